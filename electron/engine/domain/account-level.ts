import type { AccountLevel, Settings } from '../../../shared/studio-model.ts'

/** What the service lets an account do (wavespeed.ai/docs/account-levels): jobs at once and submissions a minute. */
export interface Pace {
  readonly concurrency: number
  readonly perMinute: number
}

const LEVELS: Readonly<Record<Exclude<AccountLevel, 'custom'>, Pace>> = {
  bronze: { concurrency: 2, perMinute: 2 },
  silver: { concurrency: 300, perMinute: 500 },
  gold: { concurrency: 3000, perMinute: 3000 },
  ultra: { concurrency: 10_000, perMinute: 5000 },
}

/** No client of one person needs more connections than this, whatever the account allows. */
const MAX_CONCURRENCY = 500

export function paceOf(settings: Pick<Settings, 'level' | 'concurrency' | 'perMinute'>): Pace {
  if (settings.level === 'custom') {
    return { concurrency: settings.concurrency, perMinute: settings.perMinute ?? Number.POSITIVE_INFINITY }
  }
  const pace = LEVELS[settings.level]
  return { concurrency: Math.min(pace.concurrency, MAX_CONCURRENCY), perMinute: pace.perMinute }
}
