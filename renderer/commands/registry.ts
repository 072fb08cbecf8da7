/** Something the artist can do: the one place its name, its keys and its condition are written down. */
export interface Command {
  readonly id: string
  /** As a menu and the palette show it. */
  readonly title: string
  /** Heading in the list of shortcuts. */
  readonly group: 'Everywhere' | 'Board'
  /** Combinations such as `$mod+Shift+n`; the first is shown. */
  readonly keys?: readonly string[]
  /** False when it would do nothing now. */
  when?(): boolean
  run(): void
}

export interface Registry {
  /** Adds commands. @returns takes them away again @throws Error for an id that is taken */
  register(commands: readonly Command[]): () => void
  list(): readonly Command[]
  get(id: string): Command | undefined
  /** Runs a command unless its condition says no. @returns whether it ran */
  run(id: string): boolean
  /** The first key combination of a command, for menus and tooltips. */
  keysOf(id: string): string | undefined
  /** Called whenever commands come or go. */
  onChange(listener: () => void): () => void
}

export function createRegistry(): Registry {
  const commands = new Map<string, Command>()
  const listeners = new Set<() => void>()
  const changed = () => listeners.forEach((listener) => listener())

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
    keysOf: (id) => commands.get(id)?.keys?.[0],
    onChange(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

/** The commands of the studio. */
export const registry = createRegistry()
