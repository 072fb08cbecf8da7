import type { AccountLevel } from '../../../shared/model.ts'

const LEVELS: Readonly<Record<AccountLevel, string>> = {
  bronze: '2 jobs at once and 2 submissions a minute.',
  silver: '300 jobs at once and 500 submissions a minute.',
  gold: '3,000 jobs at once at the service; Takeboard runs 500 of them.',
  ultra: '10,000 jobs at once at the service; Takeboard runs 500 of them.',
  custom: 'Your own number of jobs at once, with no limit a minute. The service may ask to slow down.',
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
