import './chip.css'

/** True where Cmd takes the place of Ctrl. */
export const MAC = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform)

const NAMES: Readonly<Record<string, string>> = {
  $mod: MAC ? '⌘' : 'Ctrl',
  Shift: MAC ? '⇧' : 'Shift',
  Alt: MAC ? '⌥' : 'Alt',
  Control: 'Ctrl',
  Enter: '↵',
  Escape: 'Esc',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Delete: 'Del',
  Equal: '=',
  Minus: '-',
  Comma: ',',
  Period: '.',
  Slash: '/',
}

/** How a key reads on this machine: `$mod` is Cmd on macOS and Ctrl elsewhere. */
export const keyName = (key: string): string =>
  NAMES[key] ?? (key.length === 1 ? key.toUpperCase() : key.replace(/^(Key|Digit)(?=.$)/, ''))

/** The keys of a combination; one that may or may not be held, such as `[Shift]`, is left out. */
const keysOf = (combo: string) => combo.split(/(?<=\w|\])\+/).filter((key) => !key.startsWith('['))

/** A combination in words, for tooltips and names: `Ctrl+Shift+N`. */
export const comboText = (combo: string): string =>
  keysOf(combo)
    .map(keyName)
    .join(MAC ? '' : '+')

/** Draws a key combination written as in the keymap, such as `$mod+Shift+n`. */
export function Kbd({ keys }: { keys: string }) {
  return (
    <span className="kbds">
      {keysOf(keys).map((key) => (
        <kbd key={key}>{keyName(key)}</kbd>
      ))}
    </span>
  )
}
