/** One thing wrong with a board file. Safe to send: `found` is cut short and never nests deeply. */
export interface BoardProblem {
  /** JSON path such as `scenes[3].duration`; `$` is the whole file; `line 3, column 5` when it is not JSON at all. */
  readonly path: string
  /** The value as it stands in the file; undefined when it is missing. */
  readonly found: unknown
  /** The values allowed, in words. */
  readonly allowed: string
  /** One sentence: what is wrong, with the nearest name or key where a typing mistake is likely. */
  readonly message: string
}

const MAX_TEXT = 200
const MAX_ITEMS = 8

/** A copy of any JSON value that is small whatever the original is. */
export function shortened(value: unknown, depth = 2): unknown {
  if (typeof value === 'string') return value.length > MAX_TEXT ? `${value.slice(0, MAX_TEXT)}…` : value
  if (typeof value !== 'object' || value === null) return value
  if (depth === 0) return Array.isArray(value) ? '[…]' : '{…}'
  if (Array.isArray(value)) return value.slice(0, MAX_ITEMS).map((item) => shortened(item, depth - 1))
  const entries = Object.entries(value).slice(0, MAX_ITEMS)
  return Object.fromEntries(entries.map(([key, item]) => [key.slice(0, MAX_TEXT), shortened(item, depth - 1)]))
}

const LINE_VALUE = 60

/** The value as one short line of JSON, or `nothing`. */
function shown(found: unknown): string {
  if (found === undefined) return 'nothing'
  const json = JSON.stringify(shortened(found)) ?? typeof found
  return json.length > LINE_VALUE ? `${json.slice(0, LINE_VALUE - 1)}…` : json
}

/** One line per problem: the path, what is wrong, the value found and the values allowed. */
export function formatBoardProblems(problems: readonly BoardProblem[]): string[] {
  return problems.map(
    ({ path, message, found, allowed }) => `${path}: ${message} Found ${shown(found)}; allowed: ${allowed}.`,
  )
}
