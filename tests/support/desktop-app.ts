import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { TakeboardError } from '../../shared/errors.ts'
import type { EngineEvent } from '../../shared/contract.ts'
import type { Engine } from '../../electron/engine/api.ts'
import type { Secrets } from '../../electron/engine/ports.ts'
import { createMediaHandler } from '../../electron/engine/media/serve-media.ts'
import { startDesktop } from '../../electron/hosts/desktop/app.ts'
import { fake, resetElectron, session } from './fake-electron.ts'
import { memoryLogger, STUDIO, stubEngine } from './stub-engine.ts'
import { noPictures } from './no-pictures.ts'

/** The desktop host over the fake Electron, with a stub for an engine and one clip, `t1`. */
export function desktopApp() {
  resetElectron()
  const dir = mkdtempSync(join(tmpdir(), 'takeboard-desktop-'))
  fake.userData = join(dir, 'user-data')
  mkdirSync(join(dir, 'renderer'))
  writeFileSync(join(dir, 'renderer', 'index.html'), '<!doctype html><title>Takeboard</title>')
  const clip = randomBytes(5_000_000)
  writeFileSync(join(dir, 'clip.mp4'), clip)
  const logger = memoryLogger()
  const stub = stubEngine({ 'studio.get': () => STUDIO })
  /** What has come of it. */
  const seen = { opened: [] as string[], closed: 0, secrets: null as Secrets | null }

  const engine: Engine = {
    libraryPath: dir,
    connect: stub.connect,
    call: (name, input) => stub.router.handle(name, input) as never,
    onEvent: (listener: (event: EngineEvent) => void) => stub.events.subscribe(listener),
    media: createMediaHandler({
      clip: async (id) =>
        id === 't1' ? { path: join(dir, 'clip.mp4'), bytes: 1, mime: 'video/mp4', etag: 'e' } : null,
      image: () => null,
      addImage: () => Promise.reject(new Error('not asked for')),
      ...noPictures,
      sketch: async () => null,
    }),
    async openBoard(path) {
      seen.opened.push(path)
      if (path.includes('broken')) throw new TakeboardError('board-invalid', 'scenes[0].prompt is missing.')
      return { projectId: 'p1' as never, storyboardId: 's1' as never, sceneIds: [] }
    },
    doctor: async () => [],
    repair: async () => [],
    close: async () => void seen.closed++,
  }

  return {
    clip,
    logger,
    stub,
    seen,
    remove: () => rmSync(dir, { recursive: true, force: true }),
    start: (...argv: string[]) =>
      startDesktop({
        argv: ['takeboard', ...argv],
        rendererDir: join(dir, 'renderer'),
        preload: '/app/preload.cjs',
        logger,
        async openEngine(secrets) {
          seen.secrets = secrets
          return engine
        },
      }),
    /** The only window. */
    window() {
      const [first] = fake.windows
      if (!first) throw new Error('There is no window')
      return first
    },
    /** What the studio's own scheme answers. */
    async get(url: string, headers: Record<string, string> = {}): Promise<Response> {
      const reply = await session.defaultSession.handlers.get('takeboard')?.(new Request(url, { headers }))
      return reply ?? Response.error()
    },
  }
}
