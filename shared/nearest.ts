/**
 * Edit distance with insertion, deletion, substitution and the swap of two neighbours, each costing one.
 * Compares UTF-16 units; callers lower the case first where it does not matter.
 */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let best = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1))
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      if (swapped) best = Math.min(best, (beforeLast[j - 2] ?? 0) + 1)
      row.push(best)
    }
    beforeLast = last
    last = row
  }
  return last[b.length] ?? 0
}

/** Longer words are cut before they are compared: a suggestion for a paragraph helps nobody and costs time. */
const LONGEST = 64

/**
 * The candidate a person most likely meant: the same word in another case, one within about a third of its letters, or
 * else one that begins or ends with what was typed. Ties go to the earlier candidate.
 * @returns null when nothing is close enough to be worth suggesting.
 */
export function nearest(word: string, candidates: readonly string[]): string | null {
  const typed = word.toLowerCase().slice(0, LONGEST)
  if (typed === '') return null
  let best: { candidate: string; distance: number } | null = null
  for (const candidate of candidates) {
    const known = candidate.toLowerCase().slice(0, LONGEST)
    const distance = editDistance(typed, known)
    const limit = Math.max(1, Math.floor(Math.max(typed.length, known.length) / 3))
    // A single letter is one edit from every other single letter, which says nothing.
    if (distance > limit || distance >= known.length) continue
    if (!best || distance < best.distance) best = { candidate, distance }
  }
  if (best) return best.candidate
  if (typed.length < 2) return null
  const known = (candidate: string) => candidate.toLowerCase()
  return (
    candidates.find((candidate) => known(candidate).startsWith(typed)) ??
    candidates.find((candidate) => known(candidate).endsWith(typed) && typed.length > 2) ??
    null
  )
}

/** `Did you mean duration?`, or nothing when no candidate is near. The result starts with a space. */
export function didYouMean(word: string, candidates: readonly string[], quote = (text: string) => text): string {
  const found = nearest(word, candidates)
  return found === null ? '' : ` Did you mean ${quote(found)}?`
}
