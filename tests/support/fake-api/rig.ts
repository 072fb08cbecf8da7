import { createWaveSpeedProvider, type WaveSpeedOptions } from '../../../electron/engine/provider/wavespeed.ts'
import type { Clock, Logger, Random, SubmitBody, VideoProvider } from '../../../electron/engine/ports.ts'
import { startFakeApi, type FakeApi } from './client.ts'

/** The real clock, as production has it. */
const realClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  setTimeout: (run, ms) => {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}

const random: Random = {
  unit: () => Math.random(),
  integer: (min, max) => min + Math.floor(Math.random() * (max - min + 1)),
}

/** A provider together with the fake service it talks to. */
export interface ProviderRig {
  readonly api: FakeApi
  readonly provider: VideoProvider
  /** Every line the provider logged. */
  readonly logged: string[]
  /** Another provider for the same service, with other options. */
  with(options: Partial<WaveSpeedOptions>): VideoProvider
  /** A submission the service takes. */
  body(patch?: Partial<SubmitBody>): SubmitBody
  stop(): Promise<void>
}

export async function startProviderRig(): Promise<ProviderRig> {
  const api = await startFakeApi()
  const logged: string[] = []
  const log = (message: string, fields?: unknown) => void logged.push(JSON.stringify({ message, fields }))
  const logger: Logger = { info: log, warn: log, error: log }
  const made: VideoProvider[] = []
  const make = (options: Partial<WaveSpeedOptions>) => {
    const provider = createWaveSpeedProvider({
      name: 'wavespeed',
      baseUrl: api.baseUrl,
      key: () => api.key,
      clock: realClock,
      random,
      logger,
      ...options,
    })
    made.push(provider)
    return provider
  }
  return {
    api,
    provider: make({}),
    logged,
    with: make,
    body: (patch = {}) => ({
      prompt: 'Mara ([Image 1]) leads Juniper through the mist',
      images: ['https://images.example/mara.png'],
      resolution: '720p',
      aspect_ratio: '16:9',
      duration: 5,
      seed: 48_213_907,
      ...patch,
    }),
    async stop() {
      await Promise.all(made.map((provider) => provider.close()))
      await api.stop()
    },
  }
}
