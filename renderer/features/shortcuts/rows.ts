import { comboParts } from '../../commands/combos.ts'
import { type Command, COMMAND_GROUPS, type CommandGroup } from '../../commands/registry.ts'

/** How the keys of a row are drawn: what is held, then one key of several, or a row of digits. */
export interface RowKeys {
  readonly held: readonly string[]
  readonly keys: readonly string[]
  /** True when `keys` are the first and the last of a run. */
  readonly run: boolean
}

export interface ShortcutRow {
  readonly title: string
  readonly keys: RowKeys
}

export interface ShortcutGroup {
  readonly group: CommandGroup
  readonly rows: readonly ShortcutRow[]
}

/** Keys shown of a family; the others are found in settings. */
const MOST_KEYS = 4

const isRun = (keys: readonly string[]) =>
  keys.length > 2 && keys.every((key, index) => /^\d$/.test(key) && Number(key) === Number(keys[0]) + index)

/** The keys of several combinations as one: `Ctrl 1 to 6`. Those that hold other keys than the first are left out. */
export function rowKeys(combos: readonly string[]): RowKeys {
  const parts = combos.map(comboParts)
  const held = (parts[0] ?? []).slice(0, -1)
  const keys = parts.filter((each) => each.slice(0, -1).join() === held.join()).flatMap((each) => each.slice(-1))
  const first = keys[0]
  const last = keys.at(-1)
  return first !== undefined && last !== undefined && isRun(keys)
    ? { held, keys: [first, last], run: true }
    : { held, keys: [...new Set(keys)].slice(0, MOST_KEYS), run: false }
}

/** The list of shortcuts: commands that have keys, by group, those of one family in one row. */
export function shortcutGroups(
  commands: readonly Command[],
  combosOf: (command: Command) => readonly string[],
  query: string,
): readonly ShortcutGroup[] {
  const wanted = query.trim().toLowerCase().split(/\s+/).filter(Boolean)
  const found = ({ title, words = '', family = '', keys = [] }: Command) => {
    const text = `${title} ${family} ${words} ${keys.join(' ')}`.toLowerCase()
    return wanted.every((word) => text.includes(word))
  }
  return COMMAND_GROUPS.flatMap((group) => {
    const own = commands.filter((command) => command.group === group && found(command))
    const rows = [...Map.groupBy(own, ({ id, family }) => family ?? id).values()].flatMap((family) => {
      const combos = family.flatMap((command) => combosOf(command).slice(0, 1))
      const [first] = family
      return first && combos.length > 0 ? [{ title: first.family ?? first.title, keys: rowKeys(combos) }] : []
    })
    return rows.length > 0 ? [{ group, rows }] : []
  })
}
