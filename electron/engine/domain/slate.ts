/** The clapperboard label of a take: scene number and take number, `12A-3`. */
export const slate = (sceneNumber: string, takeNumber: number): string => `${sceneNumber}-${takeNumber}`

/** Longest label a scene may have. */
const LONGEST = 12

/** Letters I and O are skipped on slates: they read as 1 and 0. */
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ'

/** The whole number a label starts with; 0 without one. */
const wholeOf = (label: string): number => Number(/^\d+/.exec(label)?.[0] ?? 0)

/** Gives new scenes their labels, none twice. */
export interface SceneNumbers {
  /** The whole number above every label that starts with one: what a scene added at the end is called. */
  last(): string
  /**
   * The label of a scene inserted after `previous`: `12` gives `12A`, then `12B`; past Z the letters double. What is too
   * long for a label loses its end.
   * @param previous label of the scene before, null at the head of the board
   */
  after(previous: string | null): string
}

/** @param taken labels that are not to be given */
export function createSceneNumbers(taken: readonly string[]): SceneNumbers {
  const used = new Set(taken)
  let highest = taken.reduce((most, label) => Math.max(most, wholeOf(label)), 0)

  const after = (previous: string | null): string => {
    const stem = /^\d+/.exec(previous ?? '0')?.[0] ?? previous ?? '0'
    for (let round = 1; ; round++) {
      for (const letter of LETTERS) {
        const label = stem.slice(0, LONGEST - round) + letter.repeat(round)
        if (used.has(label)) continue
        used.add(label)
        return label
      }
    }
  }
  return {
    after,
    last() {
      const next = String(highest + 1)
      if (next.length > LONGEST) return after(null)
      highest++
      used.add(next)
      return next
    },
  }
}

/** The label of one scene inserted after `previous`. */
export const insertedSceneNumber = (previous: string | null, taken: readonly string[]): string =>
  createSceneNumbers(taken).after(previous)
