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

/** Letters in order with gaps, such as `nsc` for `New scene`; the first must begin a word. */
function withGaps(word: string, text: string): Match | null {
  if (word.length < 2 || text.length > 80) return null
  let best: Match | null = null
  for (let from = 0; from < text.length; from++) {
    if (text[from] !== word[0] || !startsWord(text, from)) continue
    const ranges: Range[] = [{ start: from, end: from + 1 }]
    let score = 20
    let at = from
    for (const char of word.slice(1)) {
      const next = nextPlace(char, text, at + 1)
      if (next === -1) {
        score = -1
        break
      }
      const last = ranges.at(-1)
      if (last && next === last.end) {
        ranges[ranges.length - 1] = { start: last.start, end: next + 1 }
        score += 3
      } else {
        ranges.push({ start: next, end: next + 1 })
        score += startsWord(text, next) ? 2 : -4
      }
      at = next
    }
    if (score > 0 && (!best || score > best.score)) best = { score, ranges }
  }
  return best
}

/** The next place of a character: right here, else at the beginning of a word, else anywhere. */
function nextPlace(char: string, text: string, from: number): number {
  if (text[from] === char) return from
  for (let at = text.indexOf(char, from); at !== -1; at = text.indexOf(char, at + 1)) {
    if (startsWord(text, at)) return at
  }
  return text.indexOf(char, from)
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
    const match = inTitle ?? (inWords ? { score: inWords.score / 3, ranges: [] } : withGaps(word, text))
    if (!match) return null
    score += match.score
    ranges.push(...match.ranges)
  }
  // Of two that match alike, the shorter says more.
  return { score: asked.length === 0 ? 0 : score / asked.length + 10 / (10 + text.length), ranges: merged(ranges) }
}
