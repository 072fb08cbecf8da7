/** What the artist chose, by command id: another combination, or null for none. What is not named keeps its own. */
export type KeyChoices = Readonly<Record<string, string | null>>

/** Named among the choices, with null: keys without Cmd, Ctrl or Alt are switched off (WCAG 2.1.4). */
export const SINGLE_KEYS = 'single-keys'

const MODIFIERS = ['$mod', 'Control', 'Meta', 'Alt', 'Shift'] as const
const MODIFIER_KEYS = new Set([
  'Control',
  'Meta',
  'Alt',
  'Shift',
  'AltGraph',
  'CapsLock',
  'Fn',
  'OS',
  'Dead',
  'Process',
])

/** What of a command decides its keys. */
interface Keyed {
  readonly id: string
  readonly keys?: readonly string[]
}

interface Combo {
  readonly modifiers: readonly string[]
  readonly key: string
}

function parse(combo: string): Combo {
  const parts = combo.split(/(?<=\w|\])\+/)
  const key = parts.pop() ?? ''
  return { modifiers: parts.filter((part) => !part.startsWith('[')), key }
}

/** The parts to draw as keys, modifiers first; one that may or may not be held is left out. */
export const comboParts = (combo: string): readonly string[] => {
  const { modifiers, key } = parse(combo)
  return [...modifiers, key]
}

/** True of a character typed without Cmd, Ctrl or Alt. Keys such as Enter, Escape and the arrows are not meant. */
export function isSingleKey(combo: string): boolean {
  const { modifiers, key } = parse(combo)
  return modifiers.every((modifier) => modifier === 'Shift') && (key.length === 1 || /^(Key|Digit)/.test(key))
}

/** The combinations of a command: the artist's, else its own; none of a single key while those are off. */
export function combosOf(command: Keyed, choices: KeyChoices): readonly string[] {
  const chosen = choices[command.id]
  const combos = chosen === undefined ? (command.keys ?? []) : chosen === null ? [] : [chosen]
  return choices[SINGLE_KEYS] === null ? combos.filter((combo) => !isSingleKey(combo)) : combos
}

/** The same spelling for combinations that are the same keys. */
export function plainCombo(combo: string): string {
  const { modifiers, key } = parse(combo)
  const held = MODIFIERS.filter((modifier) => modifiers.includes(modifier))
  return [...held, key.length === 1 ? key.toLowerCase() : key].join('+')
}

/** What of a key press makes a combination. */
export interface KeyPress {
  readonly key: string
  readonly code: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}

/**
 * The combination that was pressed, as the keymap writes it; null while only modifiers are held, and for keys that belong
 * to moving about: Tab, and Escape alone.
 * @param mac whether Cmd takes the place of Ctrl
 */
export function comboOfPress(press: KeyPress, mac: boolean): string | null {
  const { key, code } = press
  if (MODIFIER_KEYS.has(key) || key === 'Tab' || key === 'Unidentified') return null
  if (key === 'Escape' && !press.ctrlKey && !press.metaKey && !press.altKey) return null
  const held = [
    (mac ? press.metaKey : press.ctrlKey) && '$mod',
    mac ? press.ctrlKey && 'Control' : press.metaKey && 'Meta',
    press.altKey && 'Alt',
  ].filter((part) => typeof part === 'string')
  // Alt writes other characters on some keyboards, and a plus would be read as a joint: the place of the key counts.
  if (press.altKey || key === '+') return [...held, ...(press.shiftKey ? ['Shift'] : []), code].join('+')
  if (key === ' ') return [...held, ...(press.shiftKey ? ['Shift'] : []), 'Space'].join('+')
  // A sign such as ? is typed with Shift on some keyboards and without on others.
  const sign = key.length === 1 && key.toLowerCase() === key.toUpperCase() && !/\d/.test(key)
  const shift = press.shiftKey ? [sign ? '[Shift]' : 'Shift'] : []
  return [...held, ...shift, key.length === 1 ? key.toLowerCase() : key].join('+')
}

interface Grouped extends Keyed {
  readonly group: string
}

/** Commands that are asked about at the same time: those of one group, and those of `Everywhere` with all. */
const meet = (one: Grouped, other: Grouped) =>
  one.group === other.group || one.group === 'Everywhere' || other.group === 'Everywhere'

/** The other commands that the combination would also run, or run instead. */
export function clashesWith<C extends Grouped>(
  combo: string,
  command: C,
  commands: readonly C[],
  choices: KeyChoices,
): readonly C[] {
  const wanted = plainCombo(combo)
  return commands.filter(
    (other) =>
      other.id !== command.id &&
      meet(command, other) &&
      combosOf(other, choices).some((each) => plainCombo(each) === wanted),
  )
}
