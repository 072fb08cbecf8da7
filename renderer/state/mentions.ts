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

/** A mention being typed at the caret. */
export interface Completion {
  /** Offset of its `@`. */
  readonly from: number
  readonly options: readonly string[]
}

/** What could be meant by the text between an `@` and the caret; null when no mention is being typed there. */
export function completionAt(prompt: string, caret: number, names: readonly string[]): Completion | null {
  const from = prompt.lastIndexOf('@', caret - 1)
  if (from === -1 || inWord(prompt, from)) return null
  const typed = prompt.slice(from + 1, caret)
  if (typed.length > 60 || typed.includes('\n')) return null
  const options = names.filter((name) => name.toLowerCase().startsWith(typed.toLowerCase()))
  const finished = options.length === 1 && options[0]?.length === typed.length
  return options.length === 0 || finished ? null : { from, options }
}

/** The prompt with the chosen name in place of what was typed, followed by a space, and where the caret goes. */
export function complete(prompt: string, caret: number, from: number, name: string): { prompt: string; caret: number } {
  const rest = prompt.slice(caret)
  const space = /^[\s.,;:!?)'’]/.test(rest) ? '' : ' '
  const head = `${prompt.slice(0, from)}@${name}${space}`
  return { prompt: head + rest, caret: head.length }
}
