import { join } from 'node:path'
import type { Engine } from '../engine/api.ts'
import { openEngine } from '../engine/engine.ts'
import type { Logger, Secrets } from '../engine/ports.ts'
import { parseBaseUrl } from '../engine/provider/addresses.ts'
import { openStore } from '../engine/store/open-store.ts'
import { startRehearsalServer } from '../engine/provider/rehearsal/server.ts'
import { createWaveSpeedProvider, type WaveSpeedOptions } from '../engine/provider/wavespeed.ts'
import { systemClock, systemIds, systemRandom } from './system.ts'
import packageJson from '../../package.json' with { type: 'json' }

export interface StudioOptions {
  /** Folder of the library; made when absent. */
  readonly library: string
  readonly secrets: Secrets
  readonly logger: Logger
  /** The app's `resources` folder. */
  readonly resourcesDir: string
  /** Jobs at once for this run, whatever the settings say. */
  readonly concurrency?: number
  /** Where the paid service is; https, or http on this machine. Default: the real one. */
  readonly baseUrl?: string
  /** True opens the library without running its jobs. */
  readonly paused?: boolean
}

export const DEFAULT_BASE_URL = 'https://api.wavespeed.ai'
export const VERSION: string = packageJson.version

/** Rendered on this machine, so asking often costs nothing and the wait is short. */
const REHEARSAL_PACING: Pick<WaveSpeedOptions, 'pollFloorMs' | 'prior'> = {
  pollFloorMs: 250,
  prior: (_, duration) => ({ from: duration * 100, to: 4_000 + duration * 1_000 }),
}

/** A service on this machine is a stand-in for the real one and has no manners to keep. */
function pacingFor(base: URL): Pick<WaveSpeedOptions, 'pollFloorMs' | 'prior'> {
  const local = base.protocol === 'http:'
  return local ? { pollFloorMs: 250, prior: () => ({ from: 250, to: 10_000 }) } : {}
}

/**
 * Puts the engine together with the real clock, the rehearsal server and the paid service: what every host opens.
 * Codes: those of openEngine, and bad-input for a base URL that is not allowed.
 */
export async function openStudio(options: StudioOptions): Promise<Engine> {
  const { library, secrets, logger, resourcesDir } = options
  const base = parseBaseUrl(options.baseUrl ?? DEFAULT_BASE_URL)
  const common = { clock: systemClock, random: systemRandom, logger }
  const wavespeed = createWaveSpeedProvider({
    ...common,
    name: 'wavespeed',
    baseUrl: base.href,
    key: secrets.read,
    ...pacingFor(base),
  })

  // Whoever owns the library owns its rehearsals; a second process must not touch either.
  const store = openStore(library)
  const rehearsal = await startRehearsalServer({ dir: join(library, 'rehearsal'), logger, resourcesDir }).catch(
    (error: unknown) => {
      store.close()
      throw error
    },
  )
  try {
    const engine = await openEngine({
      library,
      store,
      version: VERSION,
      samplePath: join(resourcesDir, 'sample', 'the-long-pasture.board.json'),
      draw: (spec) => rehearsal.renderStill({ ...spec, width: 480 }),
      ...(options.paused === true ? { jobs: false } : {}),
      ...(options.concurrency === undefined ? {} : { concurrency: options.concurrency }),
      ports: {
        ...common,
        ids: systemIds,
        secrets,
        providers: {
          wavespeed,
          rehearsal: createWaveSpeedProvider({
            ...common,
            name: 'rehearsal',
            baseUrl: rehearsal.baseUrl,
            key: () => rehearsal.key,
            sendLabel: true,
            ...REHEARSAL_PACING,
          }),
        },
      },
    })
    return {
      ...engine,
      async close() {
        await engine.close()
        await rehearsal.close()
      },
    }
  } catch (error) {
    await rehearsal.close()
    store.close()
    throw error
  }
}
