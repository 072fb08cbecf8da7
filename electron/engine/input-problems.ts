import type { z } from 'zod'
import { TakeboardError } from '../../shared/errors.ts'

/** One thing that is wrong with an input: where, what was found and what may stand there. */
interface InputProblem {
  /** Dotted, such as `patch.duration`; `the input` for the whole of it. */
  readonly path: string
  readonly found: string
  readonly allowed: string
}

type Issue = z.core.$ZodIssue

const SHOWN = 5
/** Field names whose value must not appear in a message, because messages are shown and logged. */
const SECRET = new Set(['key', 'token'])

const EXPECTED: Readonly<Record<string, string>> = { string: 'text', int: 'a whole number', array: 'a list' }

const plural = (count: number | bigint, one: string) => `${count} ${one}${Number(count) === 1 ? '' : 's'}`

const counted = (origin: string, count: number | bigint) => {
  if (origin === 'string') return plural(count, 'character')
  return origin === 'array' || origin === 'set' ? plural(count, 'item') : String(count)
}

function allowedBy(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return EXPECTED[issue.expected] ?? issue.expected
    case 'too_big':
      return `${issue.inclusive === false ? 'less than' : 'at most'} ${counted(issue.origin, issue.maximum)}`
    case 'too_small':
      return `${issue.inclusive === false ? 'more than' : 'at least'} ${counted(issue.origin, issue.minimum)}`
    case 'invalid_value':
      return issue.values.map(String).join(', ')
    case 'not_multiple_of':
      return `a multiple of ${issue.divisor}`
    case 'unrecognized_keys':
      return 'no such field'
    case 'invalid_format':
      return issue.pattern === undefined ? issue.format : `text that matches ${issue.pattern}`
    case 'invalid_union':
      return 'options' in issue && Array.isArray(issue.options) ? issue.options.map(String).join(', ') : issue.message
    case 'invalid_key':
    case 'invalid_element':
    case 'custom':
      return issue.message
  }
}

/** A short picture of a value: long texts and lists are described rather than quoted. */
function describe(value: unknown): string {
  if (value === undefined) return 'missing'
  if (typeof value === 'string') return value.length > 60 ? plural(value.length, 'character') : JSON.stringify(value)
  if (Array.isArray(value)) return value.length > 0 ? plural(value.length, 'item') : 'an empty list'
  if (typeof value === 'object' && value !== null) return 'an object'
  return typeof value === 'number' || typeof value === 'boolean' || value === null ? `${value}` : typeof value
}

const at = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (inner, step) =>
      typeof inner === 'object' && inner !== null && Object.hasOwn(inner, step)
        ? (inner as Record<PropertyKey, unknown>)[step]
        : undefined,
    value,
  )

/** What zod found, in words. Values of secret fields are never quoted. */
function inputProblems(error: z.ZodError, input: unknown): readonly InputProblem[] {
  return error.issues.flatMap((issue) => {
    const allowed = allowedBy(issue)
    const paths = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path]
    return paths.map((path) => ({
      path: path.length > 0 ? path.map(String).join('.') : 'the input',
      found: path.some((step) => SECRET.has(String(step))) ? 'something else' : describe(at(input, path)),
      allowed,
    }))
  })
}

/** `bad-input` with every problem in `data.problems` and the first few of them in the message. */
export function badInput(call: string, error: z.ZodError, input: unknown): TakeboardError {
  const problems = inputProblems(error, input)
  const told = problems.slice(0, SHOWN).map(({ path, found, allowed }) => `${path} is ${found}, allowed: ${allowed}`)
  const rest = problems.length - told.length
  return new TakeboardError(
    'bad-input',
    `${call} cannot take this. ${told.join('; ')}${rest > 0 ? `; and ${rest} more` : ''}.`,
    { data: { problems } },
  )
}
