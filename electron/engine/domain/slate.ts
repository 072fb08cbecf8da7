/** The clapperboard label of a take: scene number and take number, `12A-3`. */
export const slate = (sceneNumber: string, takeNumber: number): string => `${sceneNumber}-${takeNumber}`

/** Longest label a scene may have. */
const LONGEST = 12

/** Letters I and O are skipped on slates: they read as 1 and 0. */
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ'

/** The whole number above every label that starts with one: what a scene added at the end is called. */
export function nextSceneNumber(taken: readonly string[]): string {
  const highest = Math.max(0, ...taken.map((label) => Number(/^\d+/.exec(label)?.[0] ?? 0)))
  const next = String(highest + 1)
  return next.length > LONGEST ? insertedSceneNumber(null, taken) : next
}

/**
 * The label of a scene inserted after `previous`: `12` gives `12A`, then `12B`; past Z the letters double. What is too
 * long for a label loses its end.
 * @param previous label of the scene before, null at the head of the board
 */
export function insertedSceneNumber(previous: string | null, taken: readonly string[]): string {
  const used = new Set(taken)
  const stem = /^\d+/.exec(previous ?? '0')?.[0] ?? previous ?? '0'
  for (let round = 1; ; round++) {
    for (const letter of LETTERS) {
      const label = stem.slice(0, LONGEST - round) + letter.repeat(round)
      if (!used.has(label)) return label
    }
  }
}

/**
 * Labels of scenes that are inserted one after the other.
 * @param previous label of the scene before them, null at the head of the board
 * @param isLast whether nothing follows them: then they count on
 */
export function newSceneNumbers(
  count: number,
  previous: string | null,
  taken: readonly string[],
  isLast: boolean,
): string[] {
  const used = [...taken]
  return Array.from({ length: count }, () => {
    const label = isLast ? nextSceneNumber(used) : insertedSceneNumber(previous, used)
    used.push(label)
    return label
  })
}
