import type { Secrets } from '../../engine/ports.ts'

/** The key of the environment, or one given while the process runs; nothing is written down. */
export function environmentSecrets(env: NodeJS.ProcessEnv): Secrets {
  const given = env['WAVESPEED_API_KEY']?.trim() || null
  let typed: string | null = null
  return {
    status() {
      if (typed !== null)
        return { present: true, source: 'session', caveat: 'The key is forgotten when Takeboard closes.' }
      return { present: given !== null, source: given === null ? null : 'environment', caveat: null }
    },
    read: () => typed ?? given,
    write(key) {
      typed = key
    },
    clear() {
      typed = null
    },
  }
}
