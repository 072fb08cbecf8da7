import { nearest } from '../../../shared/nearest.ts'

/** A stretch of a prompt. `start` and `end` are string offsets that include the `@`. */
export type MentionPart =
  | { readonly kind: 'text'; readonly text: string }
  /** `name` is the cast name as the cast writes it, whatever the case in the prompt. */
  | { readonly kind: 'mention'; readonly name: string; readonly start: number; readonly end: number }
  /** `text` is the word after the `@`; `nearest` is the cast name it may have been meant for. */
  | {
      readonly kind: 'unknown'
      readonly text: string
      readonly start: number
      readonly end: number
      readonly nearest: string | null
    }

const BEFORE_MENTION = /[\p{L}\p{M}\p{N}._+-]$/u
const WORD_END = /[\p{L}\p{M}\p{N}_]$/u
/** What would make the name only the beginning of a longer word: `@Mara` in `@Maranda`, `@Mara_2` or `@Mara-Anne`. */
const WORD_GOES_ON = /^(?:[\p{L}\p{M}\p{N}_]|-[\p{L}\p{N}_])/u
const UNKNOWN_WORD = /^[\p{L}\p{M}\p{N}_-]+/u

/** The last whole character of `text` before `offset`, or nothing. */
const before = (text: string, offset: number) => text.slice(Math.max(0, offset - 2), offset)

function matchName(prompt: string, at: number, names: readonly string[]): { name: string; length: number } | null {
  let best: { name: string; exact: boolean } | null = null
  for (const name of names) {
    const found = prompt.slice(at, at + name.length)
    if (name === '' || found.toLowerCase() !== name.toLowerCase()) continue
    if (WORD_END.test(name) && WORD_GOES_ON.test(prompt.slice(at + name.length, at + name.length + 4))) continue
    const exact = found === name
    const better = !best || name.length > best.name.length || (name.length === best.name.length && exact && !best.exact)
    if (better) best = { name, exact }
  }
  return best && { name: best.name, length: best.name.length }
}

/**
 * Splits a prompt into text, mentions of cast members and words that look like mentions of nobody.
 * A mention is an `@` that no letter, digit, `.`, `_`, `-` or `+` precedes (so the `@` of an e-mail address is text),
 * followed by the longest cast name that ends there at a word boundary. Case is ignored, but a name in the same case
 * wins over one of the same length in another. An `@` with no word after it is text.
 * @param names cast names; they may contain spaces and may repeat
 */
export function parseMentions(prompt: string, names: readonly string[]): { parts: readonly MentionPart[] } {
  const parts: MentionPart[] = []
  let textFrom = 0
  let at = prompt.indexOf('@')
  while (at !== -1) {
    let end = at + 1
    const part = BEFORE_MENTION.test(before(prompt, at)) ? null : mentionAt(prompt, at, names)
    if (part) {
      if (at > textFrom) parts.push({ kind: 'text', text: prompt.slice(textFrom, at) })
      parts.push(part)
      end = part.end
      textFrom = end
    }
    at = prompt.indexOf('@', end)
  }
  if (textFrom < prompt.length) parts.push({ kind: 'text', text: prompt.slice(textFrom) })
  return { parts }
}

function mentionAt(prompt: string, at: number, names: readonly string[]) {
  const known = matchName(prompt, at + 1, names)
  if (known) return { kind: 'mention', name: known.name, start: at, end: at + 1 + known.length } as const
  const word = UNKNOWN_WORD.exec(prompt.slice(at + 1))?.[0]
  if (word === undefined) return null
  return { kind: 'unknown', text: word, start: at, end: at + 1 + word.length, nearest: nearest(word, names) } as const
}

/** A prompt with every mention of a name, whatever its case, made a mention of another. @param names of the cast */
export function renameMentions(prompt: string, names: readonly string[], from: string, to: string): string {
  return parseMentions(prompt, names)
    .parts.map((part) => {
      if (part.kind === 'text') return part.text
      return part.kind === 'mention' && part.name === from ? `@${to}` : prompt.slice(part.start, part.end)
    })
    .join('')
}
