import type { UsdMicros } from '../../shared/money.ts'
import { combosOf, type KeyChoices } from './combos.ts'

export const COMMAND_GROUPS = [
  'Everywhere',
  'Board',
  'Playback',
  'Review',
  'Drawing',
  'Cast',
  'Seeds',
  'Queue',
  'Spend',
] as const
export type CommandGroup = (typeof COMMAND_GROUPS)[number]

/** Something the artist can do: the one place its name, its keys and its condition are written down. */
export interface Command {
  readonly id: string
  /** As a menu and the palette show it. */
  readonly title: string
  /** Heading in the list of shortcuts. */
  readonly group: CommandGroup
  /** Combinations such as `$mod+Shift+n`; the first is shown. The artist may choose others. */
  readonly keys?: readonly string[]
  /** As it reads now, with names and numbers, such as `Unlock seed 48213907`; without it the title. */
  label?(): string
  /** Other words to find it by. */
  readonly words?: string
  /** Commands of one family share a row in the list of shortcuts, such as `Switch view`. */
  readonly family?: string
  /** False keeps it out of the palette, as for arrow keys. */
  readonly listed?: boolean
  /** False when it would do nothing now. */
  when?(): boolean
  /**
   * Why the palette should not offer it now, as a few words; null when it should. A command without one is not listed
   * while its condition says no.
   */
  reason?(): string | null
  /** What it costs at the paid service; null when it costs nothing. */
  price?(): UsdMicros | null
  /** True for one that also works while text is typed, with Cmd or Ctrl held. */
  readonly inText?: boolean
  run(): void
}

export interface Registry {
  /** Adds commands. @returns takes them away again @throws Error for an id that is taken */
  register(commands: readonly Command[]): () => void
  list(): readonly Command[]
  get(id: string): Command | undefined
  /** Runs a command unless its condition says no. @returns whether it ran */
  run(id: string): boolean
  /** The combinations of a command, as chosen by the artist or its own. */
  combosOf(command: Command): readonly string[]
  /** The first key combination of a command, for menus and tooltips. */
  keysOf(id: string): string | undefined
  /** Takes over the combinations the artist chose. */
  chooseKeys(choices: KeyChoices): void
  /** Called whenever commands or their keys change. */
  onChange(listener: () => void): () => void
}

export function createRegistry(): Registry {
  const commands = new Map<string, Command>()
  const listeners = new Set<() => void>()
  const changed = () => listeners.forEach((listener) => listener())
  let choices: KeyChoices = {}

  return {
    register(added) {
      for (const command of added) {
        if (commands.has(command.id)) throw new Error(`Two commands are called ${command.id}.`)
        commands.set(command.id, command)
      }
      changed()
      return () => {
        for (const { id } of added) commands.delete(id)
        changed()
      }
    },
    list: () => [...commands.values()],
    get: (id) => commands.get(id),
    run(id) {
      const command = commands.get(id)
      if (!command || command.when?.() === false) return false
      command.run()
      return true
    },
    combosOf: (command) => combosOf(command, choices),
    keysOf(id) {
      const command = commands.get(id)
      return command && combosOf(command, choices)[0]
    },
    chooseKeys(next) {
      if (next === choices) return
      choices = next
      changed()
    },
    onChange(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

/** The commands of the studio. */
export const registry = createRegistry()
