import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { join, resolve } from 'node:path'
import { RequestId, type Sha256 } from '../../shared/ids.ts'
import { isOpen, type Take } from '../../shared/model.ts'
import type { UsdMicros } from '../../shared/money.ts'
import type { Engine } from '../../electron/engine/api.ts'
import type { Logger, VideoProvider } from '../../electron/engine/ports.ts'
import { createClipStore } from '../../electron/engine/media/clip-store.ts'
import { createKeyHolder } from '../../electron/hosts/key-holder.ts'
import { openStudio } from '../../electron/hosts/studio.ts'
import { systemIds } from '../../electron/hosts/system.ts'

const RESOURCES = resolve(import.meta.dirname, '../../resources')
export const PROMPT = '@Mara stands in the doorway and looks out.'
const PATIENCE_MS = 20 * 60_000

export interface TakeOptions {
  readonly dir: string
  readonly key: string
  readonly baseUrl: string
  readonly cap: UsdMicros
  readonly logger: Logger
  say(line: string): void
}

/** What became of the one take. */
export interface Made {
  readonly take: Take
  readonly spent: UsdMicros
  readonly held: UsdMicros
  /** Absolute path of the clip; null unless the take is ready. */
  readonly clip: string | null
}

/** A board of one scene of three seconds, with one reference. */
function writeBoard(dir: string): string {
  mkdirSync(join(dir, 'board'), { recursive: true })
  copyFileSync(join(RESOURCES, 'sample', 'cast', 'mara-front.png'), join(dir, 'board', 'mara.png'))
  const path = join(dir, 'board', 'smoke.board.json')
  const board = {
    takeboard: 1,
    title: 'Smoke',
    cast: [{ name: 'Mara', image: 'mara.png' }],
    defaults: { duration: 3, resolution: '720p', aspect_ratio: '16:9' },
    scenes: [{ prompt: PROMPT }],
  }
  writeFileSync(path, JSON.stringify(board))
  return path
}

/** Waits until the take has ended one way or the other, or needs a person. */
async function ended(engine: Engine, read: () => Promise<Take>, say: (line: string) => void): Promise<Take> {
  const patience = AbortSignal.timeout(PATIENCE_MS)
  let phase = ''
  for (;;) {
    const change = new Promise<void>((done) => {
      const off = engine.onEvent(() => (off(), done()))
      patience.addEventListener('abort', () => (off(), done()), { once: true })
    })
    const take = await read()
    if (take.phase !== phase) say(`The take is ${take.phase}.`)
    phase = take.phase
    if (!isOpen(take.phase) || patience.aborted) return take
    const { runner } = await engine.call('studio.get', {})
    if (runner.halted !== null && take.phase !== 'running' && take.phase !== 'downloading') return take
    await change
  }
}

/** Makes one take through the whole engine, in a library of its own, under a cap of exactly its price. */
export async function makeOneTake({ dir, key, baseUrl, cap, logger, say }: TakeOptions): Promise<Made> {
  const library = join(dir, 'library')
  const vault = {
    source: 'file',
    load: () => ({ key }),
    save: () => null,
    remove: () => {},
    caveat: () => null,
  } as const
  const engine = await openStudio({
    library,
    secrets: createKeyHolder({ env: {}, vault }),
    logger,
    resourcesDir: RESOURCES,
    baseUrl,
    concurrency: 1,
  })
  try {
    const { projectId, storyboardId } = await engine.openBoard(writeBoard(dir))
    await engine.call('project.update', { projectId, patch: { cap, provider: 'wavespeed' } })
    const started = await engine.call('batch.start', {
      requestId: RequestId.parse(systemIds.next()),
      storyboardId,
      order: {
        kind: 'scenes',
        provider: 'wavespeed',
        sceneIds: null,
        takesPerScene: 1,
        mode: 'add',
        seeds: { kind: 'keep' },
        resolution: null,
        includeUnconfirmed: false,
      },
    })
    const [takeId] = started.takeIds
    if (takeId === undefined) throw new Error(`Nothing was sent: ${started.heldBack[0]?.message ?? 'no reason given'}`)
    const read = async () => {
      const { takes } = await engine.call('project.get', { projectId })
      const take = takes.find(({ id }) => id === takeId)
      if (take === undefined) throw new Error('The take is gone.')
      return take
    }
    const take = await ended(engine, read, say)
    const { budget } = await engine.call('project.get', { projectId })
    const clip = take.clip === null ? null : createClipStore(library).path(take.clip.sha256 as Sha256)
    return { take, spent: budget.spent, held: budget.held, clip }
  } finally {
    await engine.close()
  }
}

/** The answers of the content network to what a page and a player ask. Reads headers and a few bytes only. */
export async function askNetwork(
  url: string,
): Promise<readonly { asked: string; status: number; headers: Record<string, string> }[]> {
  const questions: readonly (readonly [string, string, Record<string, string>])[] = [
    ['HEAD', 'HEAD', {}],
    ['Range: bytes=0-99', 'GET', { range: 'bytes=0-99' }],
    ['Range past the end', 'GET', { range: 'bytes=99999999999-' }],
    ['Origin: https://example.com', 'HEAD', { origin: 'https://example.com' }],
  ]
  const answers = []
  for (const [asked, method, headers] of questions) answers.push({ asked, ...(await headersOf(url, method, headers)) })
  return answers
}

function headersOf(url: string, method: string, headers: Record<string, string>) {
  const request = url.startsWith('https:') ? httpsRequest : httpRequest
  return new Promise<{ status: number; headers: Record<string, string> }>((done, fail) => {
    const sent = request(url, { method, headers, timeout: 30_000 }, (reply) => {
      const all = Object.entries(reply.headers).map(([name, value]) => [name, String(value)] as const)
      done({ status: reply.statusCode ?? 0, headers: Object.fromEntries(all) })
      reply.destroy()
    })
    sent.on('timeout', () => sent.destroy(new Error('no answer in 30 s')))
    sent.on('error', fail)
    sent.end()
  })
}

/** The provider's method, told to send what the model must refuse: nothing at all. */
export const submitNothing = (provider: VideoProvider) => provider.submit({} as never, 'probe')
