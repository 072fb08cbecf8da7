/** A stretch of two texts: in both, only in the one before, or only in the one after. */
export interface DiffPart {
  readonly kind: 'same' | 'removed' | 'added'
  readonly text: string
}

/** Comparisons beyond which the middle counts as one change: such texts have little in common. */
const MOST_STEPS = 2_000_000

const wordsOf = (text: string): readonly string[] => text.match(/\s+|[\p{L}\p{M}\p{N}_@'’-]+|[^\s]/gu) ?? []

/** Neighbours of one kind as one part. */
function joined(parts: readonly DiffPart[]): readonly DiffPart[] {
  const out: DiffPart[] = []
  for (const part of parts) {
    if (part.text === '') continue
    const last = out.at(-1)
    if (last?.kind === part.kind) out[out.length - 1] = { kind: part.kind, text: last.text + part.text }
    else out.push(part)
  }
  return out
}

/** What differs between two lists of words, by the longest list of words they share in order. */
function between(before: readonly string[], after: readonly string[]): readonly DiffPart[] {
  const whole = (): readonly DiffPart[] => [
    { kind: 'removed', text: before.join('') },
    { kind: 'added', text: after.join('') },
  ]
  if (before.length * after.length > MOST_STEPS) return whole()
  const width = after.length + 1
  const shared = new Uint16Array((before.length + 1) * width)
  const at = (i: number, j: number) => shared[i * width + j] ?? 0
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--)
      shared[i * width + j] = before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))

  const parts: DiffPart[] = []
  let i = 0
  let j = 0
  while (i < before.length && j < after.length) {
    if (before[i] === after[j]) {
      parts.push({ kind: 'same', text: before[i] ?? '' })
      i += 1
      j += 1
    } else if (at(i + 1, j) >= at(i, j + 1)) parts.push({ kind: 'removed', text: before[i++] ?? '' })
    else parts.push({ kind: 'added', text: after[j++] ?? '' })
  }
  parts.push({ kind: 'removed', text: before.slice(i).join('') }, { kind: 'added', text: after.slice(j).join('') })
  return parts
}

/** What changed from one text to another, word by word. Without the added parts it reads as the first, without the removed ones as the second. */
export function wordDiff(before: string, after: string): readonly DiffPart[] {
  const a = wordsOf(before)
  const b = wordsOf(after)
  let head = 0
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1
  let tail = 0
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail])
    tail += 1
  return joined([
    { kind: 'same', text: a.slice(0, head).join('') },
    ...between(a.slice(head, a.length - tail), b.slice(head, b.length - tail)),
    { kind: 'same', text: a.slice(a.length - tail).join('') },
  ])
}
