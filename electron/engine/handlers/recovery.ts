import type { Recovery } from '../recovery/recovery.ts'
import type { Handlers } from '../router.ts'

/** Tells what a recovery of the library did, once. */
export function recoveryHandlers(
  recovery: Pick<Recovery, 'news' | 'dismiss'>,
): Pick<Handlers, 'recovery.get' | 'recovery.dismiss'> {
  return {
    'recovery.get': () => ({ news: recovery.news() }),
    'recovery.dismiss': () => {
      recovery.dismiss()
      return {}
    },
  }
}
