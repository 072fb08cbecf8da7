import type { AccountLevel } from '../../../shared/studio-model.ts'

const LEVELS: Readonly<Record<AccountLevel, string>> = {
  bronze: '2 jobs at once and 2 submissions a minute.',
  silver: '300 jobs at once and 500 submissions a minute.',
  gold: '3,000 jobs at once at the service; Takeboard runs 500 of them.',
  ultra: '10,000 jobs at once at the service; Takeboard runs 500 of them.',
  custom: 'Your own number of jobs at once.',
}

/** What an account level means for a batch. */
export const levelText = (level: AccountLevel): string => LEVELS[level]

/** Why a text cannot stand for an image; null when it can. */
export function placeholderProblem(text: string): string | null {
  if (!text.includes('{n}')) return 'It must contain {n}, the place of the image.'
  return text.length > 40 ? 'At most 40 characters.' : null
}

/** A prompt as it would be sent with a placeholder. */
export const placeholderExample = (placeholder: string): string =>
  `Mara (${placeholder.replaceAll('{n}', '1')}) opens the barn door.`

/** Reads a number of submissions a minute: nothing typed leaves it to be learnt. */
export function parsePerMinute(text: string): { ok: true; value: number | null } | { ok: false; message: string } {
  const trimmed = text.trim()
  if (trimmed === '') return { ok: true, value: null }
  const value = /^\d{1,5}$/.test(trimmed) ? Number(trimmed) : 0
  return value >= 1 && value <= 10_000
    ? { ok: true, value }
    : { ok: false, message: 'A whole number from 1 to 10,000, or nothing.' }
}
