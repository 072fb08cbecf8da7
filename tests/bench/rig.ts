import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TakeId } from '../../shared/ids.ts'
import type { Take } from '../../shared/model.ts'
import type { Engine } from '../../electron/engine/api.ts'
import { openEngine } from '../../electron/engine/engine.ts'
import type { Logger } from '../../electron/engine/ports.ts'
import { createWaveSpeedProvider } from '../../electron/engine/provider/wavespeed.ts'
import { systemClock, systemIds, systemRandom } from '../../electron/hosts/system.ts'
import { startFakeApi, type FakeApi } from '../support/fake-api/client.ts'

const CAST = join(import.meta.dirname, '../../resources/sample/cast')
const quiet: Logger = { info() {}, warn() {}, error() {} }

export interface BenchRig {
  readonly fake: FakeApi
  readonly engine: Engine
  readonly library: string
  /** Closes the engine, lets `work` at the library, and opens it again. */
  between(work: () => void): Promise<void>
  /** Writes a board of scenes with the given seeds and opens it. */
  board(seeds: readonly number[], duration: number): ReturnType<Engine['openBoard']>
  /** Resolves with all takes once every one named is ready. */
  ready(ids: readonly TakeId[]): Promise<readonly Take[]>
  close(): Promise<void>
}

/** An engine in production shape but for the pace of polling, which is scaled down with the latencies. */
export async function startBench(options: { concurrency: number; scale: number }): Promise<BenchRig> {
  const fake = await startFakeApi()
  const dir = mkdtempSync(join(tmpdir(), 'takeboard-bench-'))
  const library = join(dir, 'library')
  const common = {
    clock: systemClock,
    random: systemRandom,
    logger: quiet,
    baseUrl: fake.baseUrl,
    pollFloorMs: 5_000 / options.scale,
    prior: () => ({ from: 60_000 / options.scale, to: 300_000 / options.scale }),
  }
  const wavespeed = createWaveSpeedProvider({ ...common, name: 'wavespeed', key: () => fake.key })
  const rehearsal = createWaveSpeedProvider({ ...common, name: 'rehearsal', key: () => fake.key })
  const open = () =>
    openEngine({
      library,
      version: 'bench',
      samplePath: '',
      draw: () => Promise.reject(new Error('not drawn here')),
      concurrency: options.concurrency,
      ports: {
        clock: systemClock,
        random: systemRandom,
        ids: systemIds,
        logger: quiet,
        secrets: {
          status: () => ({ present: true, source: 'session', caveat: null }),
          read: () => fake.key,
          write() {},
          clear() {},
        },
        providers: { wavespeed, rehearsal },
      },
    })
  let engine = await open()
  return {
    fake,
    get engine() {
      return engine
    },
    library,
    async between(work) {
      await engine.close()
      work()
      engine = await open()
    },
    board(seeds, duration) {
      const folder = join(dir, 'board')
      mkdirSync(folder, { recursive: true })
      cpSync(CAST, join(folder, 'cast'), { recursive: true })
      const board = {
        takeboard: 1,
        title: 'Bench',
        cast: [{ name: 'Mara', image: 'cast/mara-front.png' }],
        scenes: seeds.map((seed) => ({ prompt: '@Mara waits', seed, duration })),
      }
      const file = join(folder, 'bench.board.json')
      writeFileSync(file, JSON.stringify(board))
      return engine.openBoard(file)
    },
    ready(ids) {
      return new Promise((resolve) => {
        const done = new Map<TakeId, Take>()
        const off = engine.onEvent((event) => {
          if (event.name !== 'take.put' || event.payload.phase !== 'ready' || !ids.includes(event.payload.id)) return
          done.set(event.payload.id, event.payload)
          if (done.size < ids.length) return
          off()
          resolve([...done.values()])
        })
      })
    },
    async close() {
      await engine.close()
      await fake.stop()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
