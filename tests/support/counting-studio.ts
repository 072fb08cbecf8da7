import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serveStudio, type LoopbackStudio } from '../../electron/hosts/loopback/serve-studio.ts'
import { signIn } from './loopback-client.ts'
import { memoryLogger } from './stub-engine.ts'

/** What no reply may ever hold. */
export const SECRET = 'the contents of a private file'

/** A built page in a folder, with private files beside it and links that lead to them. */
export function rendererFolder(): { readonly rendererDir: string; remove(): void } {
  const dir = mkdtempSync(join(tmpdir(), 'takeboard-renderer-'))
  const rendererDir = join(dir, 'renderer')
  mkdirSync(join(rendererDir, 'assets'), { recursive: true })
  mkdirSync(join(dir, 'renderer-private'))
  writeFileSync(join(rendererDir, 'index.html'), '<!doctype html><title>Takeboard</title>')
  writeFileSync(join(rendererDir, 'assets', 'app-1a2b.js'), 'export {}')
  const inside = ['.env', '.private.json', 'notes.exe', ...(process.platform === 'win32' ? [] : ['back\\slash.txt'])]
  for (const path of [...inside.map((name) => `renderer/${name}`), 'secret.txt', 'renderer-private/secret.txt'])
    writeFileSync(join(dir, path), SECRET)
  symlinkSync(join(dir, 'secret.txt'), join(rendererDir, 'assets', 'link.txt'))
  symlinkSync(dir, join(rendererDir, 'assets', 'up'))
  return { rendererDir, remove: () => rmSync(dir, { recursive: true, force: true }) }
}

/** A loopback studio over an engine that counts what reaches it. */
export async function countingStudio(rendererDir: string) {
  const logger = memoryLogger()
  const calls: { url: string; method: string }[] = []
  const clock = { now: 0 }
  let connections = 0
  const studio: LoopbackStudio = await serveStudio({
    engine: {
      connect: () => void connections++,
      async media(request) {
        calls.push({ url: request.url, method: request.method })
        return Response.json({ bytes: (await request.arrayBuffer()).byteLength })
      },
    },
    rendererDir,
    logger,
    clock: { monotonic: () => clock.now },
  })
  return {
    studio,
    logger,
    calls,
    clock,
    connections: () => connections,
    /** What the studio's own page sends with an upload. */
    async ownWrite(): Promise<Record<string, string>> {
      const { cookie, token } = await signIn(studio)
      return { cookie, origin: studio.origin, 'sec-fetch-site': 'same-origin', 'x-takeboard-token': token }
    },
  }
}

/** Headers as lines of a raw request. */
export const headerLines = (headers: Record<string, string>): string[] =>
  Object.entries(headers).map(([name, value]) => `${name}: ${value}`)

/** What asks for a WebSocket; the page's token goes beside it as `sec-websocket-protocol`. */
export const UPGRADE = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
}
