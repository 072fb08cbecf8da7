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
