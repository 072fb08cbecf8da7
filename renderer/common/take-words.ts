import type { Take } from '../../shared/model.ts'

/** What a take's money does, in one word or two; null where there never was any. */
export function chargeWord(take: Take): string | null {
  switch (take.charge) {
    case 'none':
      return take.provider === 'rehearsal' ? 'free' : null
    case 'held':
      return 'held'
    case 'charged':
      return 'charged'
    case 'released':
      return 'released'
    case 'refund-pending':
      return 'refund pending'
  }
}

/** `10:45:03`, in the clock of this machine. */
export const timeOfDay = (at: number, seconds = true): string =>
  new Date(at).toLocaleTimeString('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    ...(seconds ? { second: '2-digit' } : {}),
  })
