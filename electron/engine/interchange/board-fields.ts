import { SEED } from '../../../shared/models/happyhorse-1.1-r2v.ts'
import { didYouMean } from '../../../shared/nearest.ts'
import { shortened, type BoardProblem } from './board-problems.ts'
import { keyPath } from './json-source.ts'

/** Where a scene's seed comes from, as the board file says it. `number` is a scene label. */
export type BoardSeed =
  | { readonly kind: 'random' }
  | { readonly kind: 'locked'; readonly value: number }
  | { readonly kind: 'scene'; readonly number: string }

/** Adds a problem and gives undefined, so that a check can end with it. */
export type Report = (path: string, found: unknown, allowed: string, message: string) => undefined

export function collectProblems(): { report: Report; problems: BoardProblem[] } {
  const problems: BoardProblem[] = []
  return {
    problems,
    report(path, found, allowed, message) {
      problems.push({ path, found: shortened(found), allowed, message })
    },
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const missing = 'This is missing.'

/** An object with these keys only; a key that is not known is reported with the nearest that is. */
export function objectAt(report: Report, path: string, value: unknown, keys: readonly string[]) {
  const shownPath = path === '' ? '$' : path
  if (!isObject(value)) {
    return report(
      shownPath,
      value,
      `an object with ${keys.join(', ')}`,
      value === undefined ? missing : 'Not an object.',
    )
  }
  for (const key of Object.keys(value)) {
    if (keys.includes(key)) continue
    report(keyPath(path, key), value[key], keys.join(', '), `Unknown key.${didYouMean(key, keys)}`)
  }
  return (key: string): unknown => (Object.hasOwn(value, key) ? value[key] : undefined)
}

/** A list; `allowed` says of what. */
export function listAt(
  report: Report,
  path: string,
  value: unknown,
  size: { min: number; max: number },
  allowed: string,
): readonly unknown[] | undefined {
  if (!Array.isArray(value)) return report(path, value, allowed, value === undefined ? missing : 'Not a list.')
  if (value.length < size.min) report(path, value, allowed, 'This list is empty.')
  if (value.length > size.max) report(path, value, allowed, `${value.length} is too many.`)
  return value
}

/** @param max in characters */
export function textAt(
  report: Report,
  path: string,
  value: unknown,
  { max, required }: { max: number; required: boolean },
): string | undefined {
  const allowed = `text of ${required ? '1' : 'up'} to ${max} characters`
  if (value === undefined && !required) return ''
  if (typeof value !== 'string') return report(path, value, allowed, value === undefined ? missing : 'Not a text.')
  if (required && value.trim() === '') return report(path, value, allowed, 'This is empty.')
  if (value.length > max) return report(path, value, allowed, `${value.length} characters are too many.`)
  if (value.includes('\0')) return report(path, value, allowed, 'This holds a NUL character.')
  return value
}

/** One of a fixed list of words, or `otherwise` when it is not given. */
export function choiceAt<T extends string>(
  report: Report,
  path: string,
  value: unknown,
  choices: readonly T[],
  otherwise: T,
): T {
  if (value === undefined) return otherwise
  const found = choices.find((choice) => choice === value)
  if (found === undefined) report(path, value, choices.join(', '), 'Not one of the values allowed.')
  return found ?? otherwise
}

/** A whole number within a range, or `otherwise` when it is not given. */
export function wholeAt(
  report: Report,
  path: string,
  value: unknown,
  range: { min: number; max: number },
  unit: string,
  otherwise: number,
): number {
  if (value === undefined) return otherwise
  if (typeof value === 'number' && Number.isInteger(value) && value >= range.min && value <= range.max) return value
  const why = typeof value !== 'number' ? 'Not a number.' : Number.isInteger(value) ? 'Out of range.' : 'Not whole.'
  report(path, value, `whole ${unit} from ${range.min} to ${range.max}`, why)
  return otherwise
}

const SEED_ALLOWED = `a whole number from ${SEED.min} to ${SEED.max}, "random", or { "scene": "1" } with the number of a scene`

/** A seed as the file writes it, without looking at which scenes there are. */
export function seedAt(report: Report, path: string, value: unknown): BoardSeed | undefined {
  if (value === 'random') return { kind: 'random' }
  if (value === 0) {
    return report(
      path,
      value,
      SEED_ALLOWED,
      'Seed 0 is refused: the service may not keep it, and the take could not be repeated.',
    )
  }
  if (typeof value === 'number') {
    const fits = Number.isInteger(value) && value >= SEED.min && value <= SEED.max
    if (fits) return { kind: 'locked', value }
    return report(path, value, SEED_ALLOWED, Number.isInteger(value) ? 'Out of range.' : 'Not whole.')
  }
  if (!isObject(value)) return report(path, value, SEED_ALLOWED, 'Not a seed.')
  const field = objectAt(report, path, value, ['scene'])
  const number = field?.('scene')
  if (typeof number === 'string') return { kind: 'scene', number }
  const hint = typeof number === 'number' ? ' A scene number is a text in quotes.' : ''
  return report(
    `${path}.scene`,
    number,
    'the number of a scene, in quotes',
    `${number === undefined ? missing : 'Not a text.'}${hint}`,
  )
}

/** A path to an image beside the board file that cannot lead out of its folder. */
export function imagePathAt(report: Report, path: string, value: unknown): string | undefined {
  const allowed = 'a path relative to the board file, with forward slashes, that stays in its folder'
  const text = textAt(report, path, value, { max: 1000, required: true })
  if (text === undefined) return undefined
  const refuse = (message: string) => report(path, text, allowed, message)
  if (text.startsWith('\\\\') || text.startsWith('//')) return refuse('A network path is not allowed.')
  if (text.startsWith('/')) return refuse('An absolute path is not allowed.')
  if (/^[A-Za-z]:/.test(text)) return refuse('A path with a drive letter is not allowed.')
  if (/^[A-Za-z][A-Za-z0-9+.-]*:/.test(text)) return refuse('A URL is not allowed.')
  if (text.includes('\\')) return refuse('A backslash is not allowed in a path.')
  if (text.split('/').includes('..')) return refuse('The path leads out of the folder of the board file.')
  return text
}
