import './chip.css'

const MAC = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform)

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
}

/** How a key reads on this machine: `$mod` is Cmd on macOS and Ctrl elsewhere. */
export const keyName = (key: string): string => NAMES[key] ?? (key.length === 1 ? key.toUpperCase() : key)

/** Draws a key combination written as in the keymap, such as `$mod+Shift+n`. */
export function Kbd({ keys }: { keys: string }) {
  return (
    <span className="kbds">
      {keys.split('+').map((key) => (
        <kbd key={key}>{keyName(key)}</kbd>
      ))}
    </span>
  )
}
