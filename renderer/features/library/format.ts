const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const

/** `3.4 GB`, in powers of a thousand as systems show it. */
export function formatBytes(bytes: number): string {
  let value = bytes
  let unit = 0
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000
    unit += 1
  }
  const digits = unit === 0 || value >= 100 ? 0 : value >= 10 ? 1 : 2
  return `${value.toFixed(digits)} ${UNITS[unit]}`
}

/** `23 Nov 2026`, in the clock of this machine. */
export const formatDate = (at: number): string =>
  new Date(at).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })

/** The first or last moment of a day as an input for dates has it; null for none. */
export function dayEdge(value: string, end: boolean): number | null {
  const at = new Date(`${value}T${end ? '23:59:59.999' : '00:00:00'}`).getTime()
  return Number.isFinite(at) ? at : null
}

/** A moment as an input for dates has it; empty for none. */
export function dayOf(at: number | null): string {
  if (at === null) return ''
  const date = new Date(at)
  const pad = (part: number, length = 2) => String(part).padStart(length, '0')
  return `${pad(date.getFullYear(), 4)}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`
}
