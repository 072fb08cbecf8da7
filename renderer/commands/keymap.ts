import { tinykeys } from 'tinykeys'
import { isSingleKey } from './combos.ts'
import type { Command, Registry } from './registry.ts'

/** What of a focused element decides whether keys are typing. */
export interface KeyTarget {
  readonly tagName?: string
  readonly type?: string
  readonly isContentEditable?: boolean
  closest?(selector: string): unknown
}

const TYPES_WITHOUT_TEXT = new Set([
  'button',
  'checkbox',
  'radio',
  'range',
  'submit',
  'reset',
  'file',
  'color',
  'image',
])

/** True where a key press writes text. */
export function isTextField(target: KeyTarget | null): boolean {
  if (!target) return false
  if (target.isContentEditable === true || target.tagName === 'TEXTAREA' || target.tagName === 'SELECT') return true
  return target.tagName === 'INPUT' && !TYPES_WITHOUT_TEXT.has(target.type ?? 'text')
}

/** Dialogs, menus and drop-downs have their own keys; the board is a list of the studio's own, and a toast has none. */
const inOverlay = (target: KeyTarget | null) =>
  Boolean(
    target?.closest?.(
      '[role="dialog"]:not(.toast),[role="alertdialog"]:not(.toast),[role="menu"],[role="listbox"]:not([data-board],[data-timeline])',
    ),
  )

/** Enter and Space work the control that has the focus. */
const worksControl = (event: { key: string }, target: KeyTarget | null) =>
  (event.key === 'Enter' || event.key === ' ') && Boolean(target?.closest?.('button,a,[role="button"],[role="switch"]'))

/** The commands of each key combination, in the order they were registered. */
export function keyBindings(
  commands: readonly Command[],
  combosOf: (command: Command) => readonly string[] = ({ keys }) => keys ?? [],
): ReadonlyMap<string, readonly Command[]> {
  const bindings = new Map<string, Command[]>()
  for (const command of commands)
    for (const keys of combosOf(command)) bindings.set(keys, [...(bindings.get(keys) ?? []), command])
  return bindings
}

/** Which of the commands of a combination may run while text is typed. */
const whileTyping = (keys: string, commands: readonly Command[]) =>
  keys.includes('$mod') && !isSingleKey(keys) ? commands.filter(({ inText }) => inText === true) : []

/** Runs the first command of a list whose condition holds. @returns whether one did */
export function runFirst(commands: readonly Command[]): boolean {
  const command = commands.find((each) => each.when?.() ?? true)
  command?.run()
  return command !== undefined
}

/**
 * Makes the keys of a registry work, anew whenever its commands or keys change. While text is typed, only those marked for
 * it fire, and only with Cmd or Ctrl.
 */
export function bindKeys(registry: Registry, target: Window): () => void {
  let unbind = () => {}
  const bind = () => {
    unbind()
    const handlers = [...keyBindings(registry.list(), registry.combosOf)].map(([keys, commands]) => [
      keys,
      (event: KeyboardEvent) => {
        const element = event.target as KeyTarget | null
        if (worksControl(event, element)) return
        if (runFirst(isTextField(element) ? whileTyping(keys, commands) : commands)) event.preventDefault()
      },
    ])
    unbind = tinykeys(target, Object.fromEntries(handlers), {
      ignore: (event) => {
        const element = event.target as KeyTarget | null
        return event.isComposing || event.defaultPrevented || inOverlay(element)
      },
    })
  }
  bind()
  const off = registry.onChange(bind)
  return () => {
    off()
    unbind()
  }
}
