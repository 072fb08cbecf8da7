import { parseMentions } from '../domain/mentions.ts'
import { didYouMean } from '../../../shared/nearest.ts'
import type { BoardSeed, Report } from './board-fields.ts'

const NUMBER_ALLOWED = '1 to 12 letters, digits, dots, hyphens or underscores in quotes, such as "12A"'
const NUMBER = /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,11}$/u

/**
 * Gives every scene its label. One without a label is called after its place, counted from 1, or by the next whole
 * number that no other scene has.
 * @param found the label of each scene as the file has it, undefined where there is none
 */
export function numberScenes(report: Report, found: readonly unknown[]): readonly string[] {
  const firstAt = new Map<string, number>()
  const labels = found.map((value, index) => {
    const path = `scenes[${index}].number`
    if (value === undefined) return undefined
    if (typeof value !== 'string' || value.length > 12 || !NUMBER.test(value)) {
      return report(path, value, NUMBER_ALLOWED, typeof value === 'string' ? 'Not a scene number.' : 'Not a text.')
    }
    const earlier = firstAt.get(value)
    if (earlier !== undefined)
      return report(path, value, 'a number no other scene has', `scenes[${earlier}] has this number too.`)
    firstAt.set(value, index)
    return value
  })
  return labels.map((label, index) => {
    if (label !== undefined) return label
    let free = index + 1
    while (firstAt.has(String(free))) free += 1
    firstAt.set(String(free), index)
    return String(free)
  })
}

/** Reports a name that is not in the cast, with the nearest that is. @param sign `@` for a mention */
export function namesNobody(report: Report, path: string, word: string, names: readonly string[], sign: '@' | '') {
  const known = names.filter((name) => name !== '').map((name) => sign + name)
  const hint = didYouMean(word, names, (name) => sign + name)
  return report(path, sign + word, known.join(', ') || 'a name of the cast', `Nobody in the cast has this name.${hint}`)
}

/** Reports every mention of somebody who is not in the cast, each once. */
export function checkMentions(report: Report, path: string, prompt: string, names: readonly string[]): void {
  const unknown = new Set<string>()
  for (const part of parseMentions(prompt, names).parts) if (part.kind === 'unknown') unknown.add(part.text)
  for (const word of unknown) namesNobody(report, path, word, names, '@')
}

/**
 * Reports seeds taken from a scene that does not exist, and seeds that come back to where they started.
 * @param own whether each scene names its seed itself rather than by the defaults
 */
export function checkSeeds(
  report: Report,
  scenes: readonly { readonly number: string; readonly seed: BoardSeed }[],
  own: readonly boolean[],
): void {
  const indexOf = new Map(scenes.map(({ number }, index) => [number, index]))
  const numbers = scenes.map(({ number }) => number)
  const pathOf = (index: number) => (own[index] ? `scenes[${index}].seed.scene` : `scenes[${index}].seed`)
  const next = scenes.map(({ seed }, index) => {
    if (seed.kind !== 'scene') return undefined
    const source = indexOf.get(seed.number)
    if (source === undefined) {
      report(
        pathOf(index),
        seed.number,
        'the number of a scene on this board',
        `There is no such scene.${didYouMean(seed.number, numbers)}`,
      )
    }
    return source
  })
  const settled = new Set<number>()
  for (let start = 0; start < scenes.length; start++) {
    const way: number[] = []
    let at: number | undefined = start
    while (at !== undefined && !settled.has(at)) {
      settled.add(at)
      way.push(at)
      at = next[at]
    }
    const from = at === undefined ? -1 : way.indexOf(at)
    if (from !== -1) reportCircle(way.slice(from))
  }

  function reportCircle(circle: readonly number[]) {
    const index = Math.min(...circle)
    const seed = scenes[index]?.seed
    const labels = [...circle, circle[0] ?? index].map((each) => scenes[each]?.number ?? '')
    const byDefault = own[index] ? '' : ' by the default of the board; give this scene a seed of its own'
    const message =
      circle.length === 1
        ? `The scene takes its seed from itself${byDefault}.`
        : `The seeds go in a circle: ${labels.join(' from ')}.`
    report(pathOf(index), seed?.kind === 'scene' ? seed.number : undefined, 'the number of another scene', message)
  }
}
