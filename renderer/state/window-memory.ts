/** Where a window keeps its own choices, and where a new window finds the latest ones of any. */
const stores = (): readonly Storage[] => [sessionStorage, localStorage]

/** What this window last chose under a key, else what any window did; null where nothing is kept. */
export function recalled(key: string): string | null {
  try {
    for (const store of stores()) {
      const value = store.getItem(`takeboard.${key}`)
      if (value !== null) return value
    }
  } catch {
    // Storage may be switched off; the window then starts with what is usual.
  }
  return null
}

/** Keeps a choice for this window, through a reload, and as the start of the next one. */
export function keep(key: string, value: string): void {
  try {
    for (const store of stores()) store.setItem(`takeboard.${key}`, value)
  } catch {
    // Nothing is lost but the choice.
  }
}
