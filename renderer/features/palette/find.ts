import { fuzzyMatch, type Range } from './fuzzy.ts'
import type { PaletteItem } from './items.ts'

export interface Found {
  readonly item: PaletteItem
  /** Parts of the title to mark. */
  readonly ranges: readonly Range[]
}

export interface FoundSection {
  readonly title: string
  readonly found: readonly Found[]
}

/** Of one section, so that many scenes do not hide the rest. */
const MOST_OF_ONE = 6
const MOST = 30
const RECENT = 5
/** What was used before comes before what matches as well. */
const RECENT_BONUS = 6
const BLOCKED_MALUS = 30
/** What can be done comes before what can be gone to, where both match. */
const COMMAND_BONUS = 25
/** What is done most with chosen scenes, in this order. */
const LEAD = ['scene.edit-prompt', 'scene.generate', 'scene.rehearse', 'seed.lock', 'seed.roll', 'scene.new']

const untouched = (item: PaletteItem): Found => ({ item, ranges: [] })

function grouped(found: readonly Found[]): readonly FoundSection[] {
  return [...Map.groupBy(found, ({ item }) => item.section)].map(([title, own]) => ({ title, found: own }))
}

/** What is listed before anything is typed: recent entries, then what can be done, first about the chosen scenes. */
function atFirst(
  commands: readonly PaletteItem[],
  places: readonly PaletteItem[],
  recent: readonly string[],
): readonly FoundSection[] {
  const byKey = new Map([...commands, ...places].map((item) => [item.key, item]))
  const before = recent.flatMap((key) => byKey.get(key) ?? []).slice(0, RECENT)
  const shown = new Set(before.map(({ key }) => key))
  const rest = commands.filter(({ key }) => !shown.has(key))
  const order = (item: PaletteItem) => ['Go to', 'Studio'].indexOf(item.section) + (item.ofChoice ? 0 : 2)
  const lead = ({ key }: PaletteItem) => {
    const at = LEAD.indexOf(key.replace(/^command:/, ''))
    return at === -1 ? LEAD.length : at
  }
  const sorted = rest.toSorted((a, b) => Number(a.reason !== null) - Number(b.reason !== null) || lead(a) - lead(b))
  return [
    ...(before.length > 0 ? [{ title: 'Recent', found: before.map(untouched) }] : []),
    ...grouped(sorted.toSorted((a, b) => order(a) - order(b)).map(untouched)),
  ]
}

/**
 * What the palette lists for a query, best section first.
 * @param recent keys of entries run before, the latest first
 */
export function find(
  query: string,
  commands: readonly PaletteItem[],
  places: readonly PaletteItem[],
  recent: readonly string[],
): readonly FoundSection[] {
  if (query.trim() === '') return atFirst(commands, places, recent)
  const known = new Set(recent)
  const scored = [...commands, ...places].flatMap((item) => {
    const match = fuzzyMatch(query, item)
    if (!match) return []
    const command = item.action.kind === 'command' ? COMMAND_BONUS : 0
    const score =
      match.score + command + (known.has(item.key) ? RECENT_BONUS : 0) - (item.reason === null ? 0 : BLOCKED_MALUS)
    return [{ item, ranges: match.ranges, score }]
  })
  const best = scored.toSorted((a, b) => b.score - a.score)
  const counts = new Map<string, number>()
  const few = best.filter(({ item }) => {
    const count = (counts.get(item.section) ?? 0) + 1
    counts.set(item.section, count)
    return count <= MOST_OF_ONE
  })
  return grouped(few.slice(0, MOST))
}

/** The entry that counts as recent from now on, before the others. */
export const withRecent = (recent: readonly string[], key: string): readonly string[] =>
  [key, ...recent.filter((each) => each !== key)].slice(0, 12)
