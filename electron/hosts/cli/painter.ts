/** Redraws a block of lines at the bottom of a terminal, under lines that stay. */
export interface Painter {
  /** Replaces the block. */
  draw(lines: readonly string[]): void
  /** Writes a line that stays, above the block. */
  print(line: string): void
  /** Removes the block. */
  clear(): void
}

const UP = (lines: number) => (lines > 0 ? `\u001B[${lines}A` : '')
const CLEAR_BELOW = '\r\u001B[J'

/** @param write to the terminal, as it is */
export function createPainter(write: (text: string) => void): Painter {
  let shown: readonly string[] = []
  const erase = () => (shown.length === 0 ? '' : UP(shown.length) + CLEAR_BELOW)
  const text = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join('')
  return {
    draw(lines) {
      write(erase() + text(lines))
      shown = lines
    },
    print(line) {
      write(erase() + text([line]) + text(shown))
    },
    clear() {
      write(erase())
      shown = []
    },
  }
}
