import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { startFakeApi, type FakeApi } from './fake-api/client.ts'

/** A key that is written differently in every notation, so that no spelling of it is missed. */
export const CANARY = 'wsk_c4n4ry/k?y+with=odd&chars~0123456789'

const base64 = (text: string) => Buffer.from(text).toString('base64').replace(/=+$/, '')

/**
 * Every way in which the key might be written: as it is, percent-encoded, escaped in JSON, in base64 at each of its
 * three alignments and in the alphabet of URLs, in hex, and in UTF-16.
 */
const SPELLINGS: readonly Buffer[] = [
  CANARY,
  encodeURIComponent(CANARY),
  encodeURI(CANARY),
  new URLSearchParams({ CANARY }).toString().slice('CANARY='.length),
  CANARY.replaceAll('/', String.raw`\/`),
  // The first and last letters of a longer text depend on their neighbours.
  ...['', '_', '__'].map((before) => base64(before + CANARY).slice(4, -2)),
  ...['', '_', '__'].map((before) =>
    base64(before + CANARY)
      .slice(4, -2)
      .replaceAll('+', '-')
      .replaceAll('/', '_'),
  ),
  Buffer.from(CANARY).toString('hex'),
]
  .map((text) => Buffer.from(text))
  .concat(Buffer.from(CANARY, 'utf16le'))

/** Whether the key is in there in any spelling. */
export const holdsCanary = (content: Buffer | string): boolean => {
  const bytes = Buffer.from(content)
  return SPELLINGS.some((spelling) => bytes.includes(spelling))
}

/** Every file below a folder that holds the key, by its path from there; links are not followed. */
export function filesWithCanary(dir: string): string[] {
  if (!existsSync(dir)) return []
  return filesBelow(dir)
    .filter((path) => holdsCanary(readFileSync(path)) || holdsCanary(path))
    .map((path) => relative(dir, path))
}

export const filesBelow = (dir: string): string[] =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))

/** The fake paid service with the canary as its key. `stop` removes its folder, too. */
export async function startCanaryApi(): Promise<FakeApi> {
  const dir = mkdtempSync(join(tmpdir(), 'takeboard-canary-api-'))
  writeFileSync(join(dir, 'key'), CANARY)
  const api = await startFakeApi({ dir })
  return Object.create(api, {
    stop: {
      value: async () => {
        await api.stop()
        rmSync(dir, { recursive: true, force: true })
      },
    },
  }) as FakeApi
}
