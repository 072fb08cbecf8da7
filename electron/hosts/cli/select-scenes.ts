import { nearest } from '../../../shared/nearest.ts'
import { usageError } from './usage.ts'

/**
 * Picks scenes by their labels: `1,3-5,12A`. A range runs in board order from the first label to the second. Labels are
 * matched as written first and without regard to case second, so that `12a` finds `12A`.
 * @param numbers the labels of the board, in board order
 * @returns the chosen labels in board order, each once
 * @throws TakeboardError bad-input for an unknown label, naming the nearest, or a range that runs backwards
 */
export function selectScenes(list: string, numbers: readonly string[]): readonly string[] {
  const chosen = new Set<number>()
  for (const item of list.split(',').map((part) => part.trim())) {
    if (item === '') throw usageError(`--scenes ${list} has an empty place; write labels such as 1,3-5,12A.`, 'run')
    const whole = find(item, numbers)
    if (whole !== -1) {
      chosen.add(whole)
      continue
    }
    const [from, to] = rangeOf(item, numbers)
    if (from > to)
      throw usageError(`--scenes ${item} runs backwards: scene ${numbers[to]} comes first on the board.`, 'run')
    for (let index = from; index <= to; index++) chosen.add(index)
  }
  return numbers.filter((_, index) => chosen.has(index))
}

function find(label: string, numbers: readonly string[]): number {
  const exact = numbers.indexOf(label)
  return exact !== -1 ? exact : numbers.findIndex((number) => number.toLowerCase() === label.toLowerCase())
}

/** Labels may hold hyphens themselves, so every hyphen is tried as the one in the middle. */
function rangeOf(item: string, numbers: readonly string[]): readonly [number, number] {
  const hyphens = [...item.matchAll(/-/g)].map(({ index }) => index)
  for (const at of hyphens) {
    const from = find(item.slice(0, at).trim(), numbers)
    const to = find(item.slice(at + 1).trim(), numbers)
    if (from !== -1 && to !== -1) return [from, to]
  }
  const at = hyphens.find((hyphen) => hyphen > 0 && hyphen < item.length - 1)
  const ends = at === undefined ? [item] : [item.slice(0, at).trim(), item.slice(at + 1).trim()]
  const unknown = ends.find((label) => find(label, numbers) === -1) ?? item
  const close = nearest(unknown, numbers)
  const hint = close === null ? ` The board has ${summary(numbers)}.` : ` Did you mean ${close}?`
  throw usageError(`There is no scene ${unknown} on the board.${hint}`, 'run')
}

const summary = (numbers: readonly string[]): string =>
  numbers.length <= 12 ? `scenes ${numbers.join(', ')}` : `scenes ${numbers[0]} to ${numbers.at(-1)}`
