/** A part of a text, from `start` up to before `end`. */
export interface Range {
  readonly start: number
  readonly end: number
}

export interface Match {
  /** Higher is better; comparable between texts for one query. */
  readonly score: number
  /** What to mark in the text, in order and apart from one another. */
  readonly ranges: readonly Range[]
}

const isWordChar = (char: string | undefined) => char !== undefined && /[\p{L}\p{N}]/u.test(char)
const startsWord = (text: string, at: number) => isWordChar(text[at]) && !isWordChar(text[at - 1])

/** Where a word stands in a text: best at the beginning of it, then of a word, then anywhere. */
function asWritten(word: string, text: string): Match | null {
  let best: Match | null = null
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    const end = at + word.length
    const place = at === 0 ? 100 : startsWord(text, at) ? 80 : 40
    const whole = isWordChar(text[end]) ? 0 : 10
    const score = place + whole - Math.min(10, at / 20)
    if (!best || score > best.score) best = { score, ranges: [{ start: at, end }] }
  }
  return best
}

/** Letters in order, such as `nsc` for `New scene`: each begins a word or follows the one before. */
function asInitials(word: string, text: string): Match | null {
  if (word.length < 2 || text.length > 80) return null
  for (let from = 0; from < text.length; from++) {
    if (text[from] !== word[0] || !startsWord(text, from)) continue
    const ranges = initialsFrom(word, text, from)
    if (ranges) return { score: 30 - 4 * ranges.length, ranges }
  }
  return null
}

function initialsFrom(word: string, text: string, from: number): readonly Range[] | null {
  const ranges: Range[] = [{ start: from, end: from + 1 }]
  let at = from
  for (const char of word.slice(1)) {
    let next = at + 1
    if (text[next] !== char) {
      do next = text.indexOf(char, next + 1)
      while (next !== -1 && !startsWord(text, next))
    }
    if (next === -1) return null
    ranges.push({ start: next, end: next + 1 })
    at = next
  }
  return merged(ranges)
}

function merged(ranges: readonly Range[]): readonly Range[] {
  const out: Range[] = []
  for (const range of ranges.toSorted((a, b) => a.start - b.start)) {
    const last = out.at(-1)
    if (last && range.start <= last.end) out[out.length - 1] = { start: last.start, end: Math.max(last.end, range.end) }
    else out.push(range)
  }
  return out
}

/** Lower case, letter by letter, so that places stay the same. */
const plain = (text: string) =>
  Array.from(text, (char) => (char.toLowerCase().length === char.length ? char.toLowerCase() : char)).join('')

/** What may be searched of an entry. */
export interface Searched {
  /** Shown, and marked where it matches. */
  readonly title: string
  /** Other words, such as a prompt: found as written only, and counted less. */
  readonly words?: string | undefined
}

/**
 * How well an entry answers a query. Every word of the query must be found, in the title or in the other words.
 * @returns null when one is not; the ranges are those of the title
 */
export function fuzzyMatch(query: string, { title, words = '' }: Searched): Match | null {
  const asked = plain(query).split(/\s+/).filter(Boolean)
  const text = plain(title)
  const other = plain(words)
  const ranges: Range[] = []
  let score = 0
  for (const word of asked) {
    const inTitle = asWritten(word, text)
    const inWords = inTitle ? null : asWritten(word, other)
    const match = inTitle ?? (inWords ? { score: inWords.score / 3, ranges: [] } : asInitials(word, text))
    if (!match) return null
    score += match.score
    ranges.push(...match.ranges)
  }
  // Of two that match alike, the shorter says more.
  return { score: asked.length === 0 ? 0 : score / asked.length + 10 / (10 + text.length), ranges: merged(ranges) }
}
