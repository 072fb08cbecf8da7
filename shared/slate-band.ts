/** What may be written into the pictures of a clip. */
export const SLATE_PARTS = ['slate', 'scene', 'take', 'seed', 'date'] as const
export type SlatePart = (typeof SLATE_PARTS)[number]

/** Facts of a take, as they are written. */
export interface SlateFacts {
  /** Such as `12A-3`. */
  readonly slate: string
  /** Number and title. */
  readonly scene: string
  readonly take: number
  readonly seed: number
  /** `2026-11-23` */
  readonly date: string
}

/** The texts of a slate, in the order of the parts. */
export function slateTexts(facts: SlateFacts, parts: readonly SlatePart[]): readonly string[] {
  const texts: Readonly<Record<SlatePart, string>> = {
    slate: facts.slate,
    scene: `Scene ${facts.scene}`,
    take: `Take ${facts.take}`,
    seed: `Seed ${facts.seed}`,
    date: facts.date,
  }
  return SLATE_PARTS.filter((part) => parts.includes(part)).map((part) => texts[part])
}

export interface Band {
  /** Pixels from the top. */
  readonly top: number
  readonly height: number
  readonly textPx: number
  readonly padding: number
}

/** The band at the lower edge of a picture that slates are written in: readable in small pictures, calm in large ones. */
export function bandOf(width: number, height: number): Band {
  const textPx = Math.max(11, Math.round(Math.min(width, height) * 0.034))
  const band = Math.min(height, Math.round(textPx * 1.9))
  return { top: height - band, height: band, textPx, padding: Math.round(textPx * 0.9) }
}

const SEPARATOR = '   '

/**
 * The text of a slate as it fits: a long scene name is shortened, then parts are left out from the end.
 * @param widthOf pixels of a text
 */
export function fitSlate(texts: readonly string[], width: number, widthOf: (text: string) => number): string {
  const whole = (parts: readonly string[]) => parts.join(SEPARATOR)
  if (widthOf(whole(texts)) <= width) return whole(texts)
  const long = texts.findIndex((text) => text.startsWith('Scene '))
  const name = texts[long] ?? ''
  for (let length = name.length - 1; length >= 10; length--) {
    const shorter = whole(texts.with(Math.max(0, long), `${name.slice(0, length).trimEnd()}…`))
    if (long >= 0 && widthOf(shorter) <= width) return shorter
  }
  const fewer = long >= 0 ? texts.with(long, name.slice(0, 10).trimEnd()) : texts
  for (let count = fewer.length; count > 1; count--)
    if (widthOf(whole(fewer.slice(0, count))) <= width) return whole(fewer.slice(0, count))
  return fewer[0] ?? ''
}
