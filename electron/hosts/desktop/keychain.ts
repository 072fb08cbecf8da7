import { safeStorage } from 'electron'
import { rmSync } from 'node:fs'
import { z } from 'zod'
import type { Vault } from '../key-holder.ts'
import { readPrivateFile, writePrivateFile } from '../private-file.ts'

const Kept = z.strictObject({ version: z.literal(1), backend: z.string(), cipher: z.base64() })

const ENTER_AGAIN = 'The kept key cannot be read any more, as happens when the keyring changes. Enter it again.'
const NO_KEYRING =
  'This desktop has no keyring. A kept key is only scrambled, and any program of your account could read it.'

/** What encrypts: the system's own store, or on Linux one of several, `basic_text` being none. */
const backendName = (): string =>
  process.platform === 'linux' ? safeStorage.getSelectedStorageBackend() : process.platform

const isPlain = () => backendName() === 'basic_text'

/** On Linux without a keyring, encryption works only after the person has accepted that it protects little. */
function allowPlain(): void {
  if (isPlain()) safeStorage.setUsePlainTextEncryption(true)
}

/**
 * Keeps the key encrypted by the system's keychain. Use it once the app is ready. Which store encrypted it is written
 * beside it; after a change of store, or when decryption fails, the key is asked for again and nothing else stops.
 * @param path of the file with the encrypted key
 */
export const createKeychain = (path: string): Vault => ({
  source: 'keychain',
  load() {
    try {
      const text = readPrivateFile(path)
      if (text === null) return null
      const kept = Kept.parse(JSON.parse(text))
      if (kept.backend !== backendName()) return { problem: ENTER_AGAIN }
      allowPlain()
      const key = safeStorage.decryptString(Buffer.from(kept.cipher, 'base64'))
      return key === '' ? { problem: ENTER_AGAIN } : { key }
    } catch {
      return { problem: ENTER_AGAIN }
    }
  },
  save(key) {
    try {
      allowPlain()
      if (!safeStorage.isEncryptionAvailable()) return 'The keychain of this system is not available.'
      const cipher = safeStorage.encryptString(key).toString('base64')
      writePrivateFile(path, JSON.stringify({ version: 1, backend: backendName(), cipher }))
      return null
    } catch {
      return 'The keychain of this system did not take the key.'
    }
  },
  remove: () => rmSync(path, { force: true }),
  caveat: () => (isPlain() ? NO_KEYRING : null),
})
