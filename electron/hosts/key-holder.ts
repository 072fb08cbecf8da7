import type { KeyStatus } from '../../shared/studio-model.ts'
import type { Secrets } from '../engine/ports.ts'

/** Where a host keeps a key from one start to the next. No method throws; what goes wrong is a sentence. */
export interface Vault {
  readonly source: 'keychain' | 'file'
  /** The kept key, nothing, or why the kept one cannot be read. */
  load(): { readonly key: string } | { readonly problem: string } | null
  /** @returns why it could not be kept, or null */
  save(key: string): string | null
  remove(): void
  /** What the person should know before keeping a key here; null when nothing. */
  caveat(): string | null
}

const ENVIRONMENT = 'WAVESPEED_API_KEY'
const IN_MEMORY = 'The key is kept in memory and forgotten when Takeboard closes.'
const OVERRIDDEN = `${ENVIRONMENT} is set, so it is used instead of a key entered here.`

/**
 * The key a host hands to the engine: from the environment first, else what was entered, else what the vault kept. A key
 * is written to the vault only when asked to be.
 */
export function createKeyHolder({ env, vault }: { env: NodeJS.ProcessEnv; vault: Vault }): Secrets {
  const fromEnvironment = env[ENVIRONMENT]?.trim() ?? ''
  const loaded = vault.load()
  let kept = loaded !== null && 'key' in loaded ? loaded.key : null
  let inMemory: string | null = null
  let problem = loaded !== null && 'problem' in loaded ? loaded.problem : null

  const status = (): KeyStatus => {
    if (fromEnvironment !== '') {
      const overrides = inMemory !== null || kept !== null
      return { present: true, source: 'environment', caveat: overrides ? OVERRIDDEN : null }
    }
    if (inMemory !== null) return { present: true, source: 'session', caveat: problem ?? IN_MEMORY }
    if (kept !== null) return { present: true, source: vault.source, caveat: vault.caveat() }
    return { present: false, source: null, caveat: problem ?? vault.caveat() }
  }

  return {
    status,
    read: () => (fromEnvironment === '' ? (inMemory ?? kept) : fromEnvironment),
    write(key, persist) {
      const trimmed = key.trim()
      problem = persist ? vault.save(trimmed) : null
      if (persist && problem === null) {
        kept = trimmed
        inMemory = null
        return
      }
      if (problem !== null) problem = `${problem} ${IN_MEMORY}`
      inMemory = trimmed
      // A key that is to be forgotten must not leave an older one to come back at the next start.
      if (!persist) {
        vault.remove()
        kept = null
      }
    },
    clear() {
      vault.remove()
      kept = null
      inMemory = null
      problem = null
    },
  }
}
