import { nearest } from '../../shared/nearest.ts'

/** A stretch of a prompt; `mention` names a cast member, `unknown` looks like a mention of nobody. */
export interface PromptPart {
  readonly kind: 'text' | 'mention' | 'unknown'
  readonly text: string
}

/** What comes before an `@` that is part of a word, such as an e-mail address. */
const IN_WORD = /[\p{L}\p{M}\p{N}._+-]$/u
const WORD_END = /[\p{L}\p{M}\p{N}_]$/u
const WORD_GOES_ON = /^(?:[\p{L}\p{M}\p{N}_]|-[\p{L}\p{N}_])/u
const WORD = /^[\p{L}\p{M}\p{N}_-]+/u

const inWord = (text: string, at: number) => IN_WORD.test(text.slice(Math.max(0, at - 2), at))

function nameLength(text: string, at: number, names: readonly string[]): number {
  let best = 0
  for (const name of names) {
    if (text.slice(at, at + name.length).toLowerCase() !== name.toLowerCase()) continue
    const cut = WORD_END.test(name) && WORD_GOES_ON.test(text.slice(at + name.length, at + name.length + 4))
    if (!cut && name.length > best) best = name.length
  }
  return best
}

/**
 * Splits a prompt for highlighting, by the rules the engine composes with: the longest cast name that ends at a word
 * boundary, whatever its case. Joining the texts gives the prompt back.
 * @param names of the cast; may contain spaces
 */
export function promptParts(prompt: string, names: readonly string[]): readonly PromptPart[] {
  const parts: PromptPart[] = []
  let from = 0
  let at = prompt.indexOf('@')
  while (at !== -1) {
    const known = inWord(prompt, at) ? 0 : nameLength(prompt, at + 1, names)
    const word = known || inWord(prompt, at) ? 0 : (WORD.exec(prompt.slice(at + 1))?.[0].length ?? 0)
    const end = at + 1 + (known || word)
    if (known || word) {
      if (at > from) parts.push({ kind: 'text', text: prompt.slice(from, at) })
      parts.push({ kind: known ? 'mention' : 'unknown', text: prompt.slice(at, end) })
      from = end
    }
    at = prompt.indexOf('@', end)
  }
  if (from < prompt.length) parts.push({ kind: 'text', text: prompt.slice(from) })
  return parts
}

/** The cast names a prompt mentions, as the cast writes them, each once. */
export function mentionedNames(prompt: string, names: readonly string[]): readonly string[] {
  const found = new Set<string>()
  for (const part of promptParts(prompt, names)) {
    if (part.kind !== 'mention') continue
    const word = part.text.slice(1)
    const name = names.find((each) => each === word) ?? names.find((each) => each.toLowerCase() === word.toLowerCase())
    if (name !== undefined) found.add(name)
  }
  return [...found]
}

/** A word that looks like a mention of nobody. */
export interface UnknownMention {
  /** As written, without its `@`. */
  readonly word: string
  /** Offset of its `@`, and of what comes after the word. */
  readonly from: number
  readonly to: number
  /** The name that may have been meant. */
  readonly nearest: string | null
}

/** What of a prompt looks like a mention but names nobody in the cast, in order. */
export function unknownMentions(prompt: string, names: readonly string[]): readonly UnknownMention[] {
  const found: UnknownMention[] = []
  let from = 0
  for (const { kind, text } of promptParts(prompt, names)) {
    const to = from + text.length
    const word = text.slice(1)
    if (kind === 'unknown') found.push({ word, from, to, nearest: nearest(word, names) })
    from = to
  }
  return found
}

/** A mention being typed at the caret. */
export interface Completion {
  /** Offset of its `@`. */
  readonly from: number
  /** Best first. */
  readonly options: readonly string[]
}

const folded = (text: string) => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()

/** How well a name answers what was typed, best first; null when it does not. */
function answer(name: string, typed: string): number | null {
  if (name.startsWith(typed)) return 0
  // After a space the text has gone on, unless it is a name of several words.
  if (/\s/.test(typed)) return null
  if (name.split(/[\s_-]+/).some((word) => word.startsWith(typed))) return 1
  if (name.includes(typed)) return 2
  let at = -1
  for (const letter of typed) {
    at = name.indexOf(letter, at + 1)
    if (at === -1) return null
  }
  return typed.length > 1 ? 3 : null
}

/** What could be meant by the text between an `@` and the caret; null when no mention is being typed there. */
export function completionAt(prompt: string, caret: number, names: readonly string[]): Completion | null {
  const from = prompt.lastIndexOf('@', caret - 1)
  if (from === -1 || inWord(prompt, from)) return null
  const typed = folded(prompt.slice(from + 1, caret))
  if (typed.length > 60 || typed.includes('\n')) return null
  const found = names.flatMap((name) => {
    const rank = answer(folded(name), typed)
    return rank === null ? [] : [{ name, rank, length: folded(name).length }]
  })
  const begin = found.filter(({ rank }) => rank === 0)
  const finished = begin.length > 0 && begin.every(({ length }) => length === typed.length)
  if (found.length === 0 || finished) return null
  return { from, options: found.toSorted((a, b) => a.rank - b.rank).map(({ name }) => name) }
}

/** The prompt with the chosen name in place of what was typed, followed by a space, and where the caret goes. */
export function complete(prompt: string, caret: number, from: number, name: string): { prompt: string; caret: number } {
  const rest = prompt.slice(caret)
  const space = /^[\s.,;:!?)'’]/.test(rest) ? '' : ' '
  const head = `${prompt.slice(0, from)}@${name}${space}`
  return { prompt: head + rest, caret: head.length }
}
