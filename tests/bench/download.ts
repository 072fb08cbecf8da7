import { createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { TakeId } from '../../shared/ids.ts'
import { createClipStore } from '../../electron/engine/media/clip-store.ts'
import { createWaveSpeedProvider } from '../../electron/engine/provider/wavespeed.ts'
import { systemClock, systemRandom } from '../../electron/hosts/system.ts'
import { startFakeApi } from '../support/fake-api/client.ts'
import { median } from './median.ts'

const CLIP_BYTES = 64 * 1024 * 1024
const ROUNDS = 5

export interface DownloadFigures {
  readonly megabytes: number
  readonly plainMs: number
  readonly durableMs: number
  /** Plain streaming of the same bytes to a file, over hashing, checking, fsync and rename. 1 is free. */
  readonly throughputRatio: number
}

/** The same clip from the same server: once straight to a file, once through the clip store. */
export async function measureDownload(): Promise<DownloadFigures> {
  const fake = await startFakeApi()
  const dir = mkdtempSync(join(tmpdir(), 'takeboard-bench-'))
  const quiet = { info() {}, warn() {}, error() {} }
  const provider = createWaveSpeedProvider({
    name: 'wavespeed',
    baseUrl: fake.baseUrl,
    key: () => fake.key,
    clock: systemClock,
    random: systemRandom,
    logger: quiet,
  })
  try {
    await fake.script({ job: { clipBytes: CLIP_BYTES } })
    const body = {
      prompt: 'x',
      images: ['https://images.example/a.png'],
      resolution: '720p',
      aspect_ratio: '16:9',
      duration: 5,
      seed: 1,
    } as const
    const outcome = await provider.submit(body, '1-1')
    if (outcome.kind !== 'accepted') throw new Error(`The fake service did not accept: ${outcome.kind}`)
    const done = await provider.poll(outcome.predictionId)
    const url = done.kind === 'completed' ? done.outputs[0] : undefined
    if (url === undefined) throw new Error('The fake service did not complete')

    const signal = new AbortController().signal
    const clips = createClipStore(dir)
    const plain: number[] = []
    const durable: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      let begun = performance.now()
      const response = await provider.openClip(url, { from: 0, etag: null, signal })
      await pipeline(Readable.from(response.body), createWriteStream(join(dir, `plain-${round}`)))
      plain.push(performance.now() - begun)
      begun = performance.now()
      await clips.receive(
        `take-${round}` as TakeId,
        (from, etag) => provider.openClip(url, { from, etag, signal }),
        () => {},
      )
      durable.push(performance.now() - begun)
    }
    const [plainMs, durableMs] = [median(plain), median(durable)]
    return { megabytes: CLIP_BYTES / 1024 ** 2, plainMs, durableMs, throughputRatio: plainMs / durableMs }
  } finally {
    await provider.close()
    await fake.stop()
    rmSync(dir, { recursive: true, force: true })
  }
}
