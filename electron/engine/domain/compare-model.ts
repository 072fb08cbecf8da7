import type { ModelParameter, Scalar } from '../../../shared/models/parameter.ts'

/** One way in which the service's model differs from the table of this version. */
export interface ModelDifference {
  /** A full sentence. */
  readonly message: string
  /** True when something Takeboard sends or offers would be refused. */
  readonly breaks: boolean
}

/** The whole numbers of a range are listed one by one up to this many. */
const LISTABLE = 100

const list = (values: readonly Scalar[]) => values.join(', ')

/** The values of a parameter, where they can be counted. */
function valuesOf({ values, type, minimum, maximum }: ModelParameter): readonly Scalar[] | null {
  if (values !== null) return values
  if (type !== 'integer' || minimum === null || maximum === null || maximum - minimum >= LISTABLE) return null
  return Array.from({ length: maximum - minimum + 1 }, (_, index) => minimum + index)
}

const without = (all: readonly Scalar[], some: readonly Scalar[]) =>
  all.filter((value) => !some.some((other) => String(other) === String(value)))

/** @param what what is counted, such as `values` or `items` */
function compareEnds(
  name: string,
  what: string,
  ours: readonly [number | null, number | null],
  theirs: readonly [number | null, number | null],
): ModelDifference[] {
  // An end that is not stated is no difference.
  const [min, max] = [theirs[0] ?? ours[0], theirs[1] ?? ours[1]]
  if (min === ours[0] && max === ours[1]) return []
  const breaks = (min ?? -Infinity) > (ours[0] ?? -Infinity) || (max ?? Infinity) < (ours[1] ?? Infinity)
  const range = (from: number | null, to: number | null) => `${from ?? 'any'} to ${to ?? 'any'}`
  return [
    {
      message: `${name}: the service takes ${what}${range(min, max)}; Takeboard offers ${range(...ours)}.`,
      breaks,
    },
  ]
}

function compareValues(ours: ModelParameter, theirs: ModelParameter): ModelDifference[] {
  const { name } = ours
  if (ours.values === null && theirs.values === null)
    return compareEnds(name, '', [ours.minimum, ours.maximum], [theirs.minimum, theirs.maximum])
  const [mine, live] = [valuesOf(ours), valuesOf(theirs)]
  if (mine === null || live === null) return []
  const [more, fewer] = [without(live, mine), without(mine, live)]
  return [
    ...(more.length > 0 ? [{ message: `${name}: the service also offers ${list(more)}.`, breaks: false }] : []),
    ...(fewer.length > 0
      ? [{ message: `${name}: the service does not offer ${list(fewer)}; Takeboard does.`, breaks: true }]
      : []),
  ]
}

function compareOne(ours: ModelParameter, theirs: ModelParameter): ModelDifference[] {
  const { name } = ours
  const differences: ModelDifference[] = []
  const say = (message: string, breaks: boolean) => differences.push({ message: `${name}: ${message}`, breaks })
  const sameKind = theirs.type === null || theirs.type === ours.type || (isNumber(ours) && isNumber(theirs))
  if (!sameKind) say(`the service wants ${theirs.type}; Takeboard sends ${ours.type}.`, true)
  if (theirs.required !== ours.required)
    say(theirs.required ? 'the service requires it.' : 'the service does not require it.', false)
  if (theirs.default !== null && String(theirs.default) !== String(ours.default))
    say(`the service's default is ${theirs.default}; Takeboard's is ${ours.default ?? 'none'}.`, false)
  return [
    ...differences,
    ...compareValues(ours, theirs),
    ...compareEnds(name, 'items ', [ours.minItems, ours.maxItems], [theirs.minItems, theirs.maxItems]),
  ]
}

const isNumber = ({ type }: ModelParameter) => type === 'integer' || type === 'number'

/**
 * Every way in which what the service says of its model differs from this version's table. What the service does not
 * state is no difference.
 */
export function compareModel(
  ours: readonly ModelParameter[],
  theirs: readonly ModelParameter[],
): readonly ModelDifference[] {
  const known = new Map(theirs.map((each) => [each.name, each]))
  const compared = ours.flatMap((each) => {
    const live = known.get(each.name)
    return live
      ? compareOne(each, live)
      : [{ message: `${each.name}: the service does not list it; Takeboard sends it.`, breaks: true }]
  })
  const more = theirs
    .filter(({ name }) => !ours.some((each) => each.name === name))
    .map(({ name, required }) => ({
      message: required
        ? `${name}: the service requires it, and Takeboard does not send it.`
        : `${name}: the service also takes it; Takeboard does not send it.`,
      breaks: required,
    }))
  return [...compared, ...more]
}
