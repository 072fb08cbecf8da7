import type { CallOutput } from '../../shared/contract.ts'
import type { Scene, StaleField, Take } from '../../shared/model.ts'
import { formatUsdExact } from '../../shared/money.ts'
import { type DiffPart, wordDiff } from './word-diff.ts'

/** A setting that is not what it was. */
export interface Changed {
  readonly label: string
  readonly before: string
  readonly after: string
}

/** What a take was made with beside what its scene would send now. */
export interface RequestChanges {
  /** Null while the prompt is the same. */
  readonly prompt: readonly DiffPart[] | null
  readonly settings: readonly Changed[]
}

/** `Mara 1, Mara 2, Juniper`: images of one name are counted. */
function imagesText(references: readonly { readonly name: string }[]): string {
  const many = new Map<string, number>()
  for (const { name } of references) many.set(name, (many.get(name) ?? 0) + 1)
  return [...many].map(([name, count]) => (count === 1 ? name : `${name} × ${count}`)).join(', ') || 'None'
}

/** Puts the frozen request of a take beside the present one. @param stale the fields the engine says differ */
export function requestChanges(
  take: Pick<Take, 'request' | 'stale'>,
  scene: Pick<Scene, 'resolution' | 'aspectRatio' | 'duration' | 'seed'>,
  now: Pick<CallOutput<'scene.asSent'>, 'prompt' | 'references'>,
): RequestChanges {
  const { request } = take
  const differs = (field: StaleField) => take.stale.includes(field)
  const settings = (
    [
      ['references', 'References', imagesText(request.references), imagesText(now.references)],
      ['resolution', 'Resolution', request.resolution, scene.resolution],
      ['aspect_ratio', 'Aspect', request.aspectRatio, scene.aspectRatio],
      ['duration', 'Duration', `${request.duration} s`, `${scene.duration} s`],
      ['seed', 'Seed', String(request.seed), scene.seed.kind === 'locked' ? String(scene.seed.value) : 'Not locked'],
    ] as const
  )
    .filter(([field]) => differs(field))
    .map(([field, label, before, after]) => ({
      label,
      before,
      // The same people in other pictures, or in another order.
      after: field === 'references' && before === after ? 'Other images or another order' : after,
    }))
  return { prompt: differs('prompt') ? wordDiff(request.prompt, now.prompt) : null, settings }
}

type SentImage = Take['request']['references'][number]

/** An image one of two requests sent, and what became of it in the other. */
export interface ComparedImage {
  readonly image: SentImage
  /** `only`: the other request has none like it. `moved`: it is elsewhere in the order of the other. */
  readonly fate: 'same' | 'moved' | 'only'
}

/** What two takes were asked for, side by side: the second as a change of the first. */
export interface TakesCompared {
  /** Null while the prompt is the same. */
  readonly prompt: readonly DiffPart[] | null
  /** Null while the same images were sent in the same order. */
  readonly references: { readonly before: readonly ComparedImage[]; readonly after: readonly ComparedImage[] } | null
  readonly settings: readonly Changed[]
  /** What is alike, with its value. */
  readonly same: readonly { readonly label: string; readonly value: string }[]
}

/** Images are the same by their content: a picture that was taken out and put in again is no change. */
function imageFates(images: readonly SentImage[], others: readonly SentImage[]): readonly ComparedImage[] {
  const shared = (list: readonly SentImage[], other: readonly SentImage[]) =>
    list.filter(({ sha256 }) => other.some((each) => each.sha256 === sha256)).map(({ sha256 }) => sha256)
  const order = shared(images, others)
  const otherOrder = shared(others, images)
  return images.map((image) => {
    const at = order.indexOf(image.sha256)
    return { image, fate: at < 0 ? 'only' : otherOrder[at] === image.sha256 ? 'same' : 'moved' }
  })
}

/** `$0.945 charged`, or what the like costs where nothing was paid. */
const priceText = (take: Pick<Take, 'provider' | 'price' | 'livePrice'>): string =>
  take.provider === 'rehearsal' ? `Free (${formatUsdExact(take.livePrice)} as a paid take)` : formatUsdExact(take.price)

/** What changed between what two takes were made with, of one scene or of two. */
export function compareTakes(
  before: Pick<Take, 'request' | 'provider' | 'price' | 'livePrice'>,
  after: Pick<Take, 'request' | 'provider' | 'price' | 'livePrice'>,
): TakesCompared {
  const [one, two] = [before.request, after.request]
  const rows: readonly Changed[] = [
    { label: 'Seed', before: String(one.seed), after: String(two.seed) },
    { label: 'Resolution', before: one.resolution, after: two.resolution },
    { label: 'Aspect', before: one.aspectRatio, after: two.aspectRatio },
    { label: 'Duration', before: `${one.duration} s`, after: `${two.duration} s` },
    { label: 'Model', before: one.model, after: two.model },
    { label: 'Price', before: priceText(before), after: priceText(after) },
  ]
  const sent = imageFates(one.references, two.references)
  const sentAfter = imageFates(two.references, one.references)
  const sameImages = [...sent, ...sentAfter].every(({ fate }) => fate === 'same')
  const settings = rows.filter((row) => row.before !== row.after)
  const same = rows.filter((row) => row.before === row.after).map(({ label, before: value }) => ({ label, value }))
  return {
    prompt: one.prompt === two.prompt ? null : wordDiff(one.prompt, two.prompt),
    references: sameImages ? null : { before: sent, after: sentAfter },
    settings,
    same: [
      ...(one.prompt === two.prompt ? [{ label: 'Prompt', value: one.prompt }] : []),
      ...(sameImages ? [{ label: 'References', value: imagesText(one.references) }] : []),
      ...same,
    ],
  }
}

const names = (images: readonly ComparedImage[], fate: ComparedImage['fate']): string =>
  imagesText(images.filter((each) => each.fate === fate).map(({ image }) => image))

/** What became of the references, as a sentence: `Mara came, Juniper went. The others are in another order.` */
export function referencesText({ before, after }: NonNullable<TakesCompared['references']>): string {
  const has = (images: readonly ComparedImage[], fate: ComparedImage['fate']) =>
    images.some((each) => each.fate === fate)
  const parts = [
    has(after, 'only') ? `${names(after, 'only')} came` : null,
    has(before, 'only') ? `${names(before, 'only')} went` : null,
  ].filter((part) => part !== null)
  const order = has(after, 'moved')
    ? parts.length > 0
      ? 'The others are in another order.'
      : 'The same images in another order.'
    : null
  return [parts.length > 0 ? `${parts.join(', ')}.` : null, order].filter((part) => part !== null).join(' ')
}
