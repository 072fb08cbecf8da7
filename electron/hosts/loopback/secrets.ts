import envPaths from 'env-paths'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Secrets } from '../../engine/ports.ts'
import { createKeyHolder } from '../key-holder.ts'
import { readPrivateFile, writePrivateFile } from '../private-file.ts'

/**
 * The key for hosts without a keychain, the browser and the command line: `WAVESPEED_API_KEY`, else memory, else a file
 * that only this account can read, written when the person asks for the key to be kept.
 * @param dir default: the platform's folder for configuration
 */
export function createFileSecrets({
  env = process.env,
  dir = envPaths('takeboard', { suffix: '' }).config,
}: { env?: NodeJS.ProcessEnv; dir?: string } = {}): Secrets {
  const path = join(dir, 'wavespeed-key')
  return createKeyHolder({
    env,
    vault: {
      source: 'file',
      load() {
        try {
          const key = readPrivateFile(path)?.trim() ?? ''
          return key === '' ? null : { key }
        } catch {
          return { problem: `The key kept in ${path} cannot be read. Enter it again.` }
        }
      },
      save(key) {
        try {
          writePrivateFile(path, `${key}\n`)
          return null
        } catch {
          return `The key could not be kept in ${path}.`
        }
      },
      remove: () => rmSync(path, { force: true }),
      caveat: () =>
        `Here a kept key stands as plain text in ${path}, readable by your account only. The desktop app uses the system's keychain instead.`,
    },
  })
}
