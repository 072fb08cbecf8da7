import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Engine } from '../engine/api.ts'
import { openEngine } from '../engine/engine.ts'
import type { Clock, FileManager, Logger, Secrets, Trash, VideoProvider } from '../engine/ports.ts'
import { parseBaseUrl } from '../engine/provider/addresses.ts'
import { openReadOnlyEngine } from '../engine/read-only.ts'
import { openReadOnlyStore } from '../engine/store/read-only-store.ts'
import { openStore } from '../engine/store/open-store.ts'
import { startRehearsalServer } from '../engine/provider/rehearsal/server.ts'
import { createWaveSpeedProvider, type WaveSpeedOptions } from '../engine/provider/wavespeed.ts'
import { systemClock, systemIds, systemRandom } from './system.ts'
import { createFileManager } from './file-manager.ts'
import { createTrash } from './trash.ts'
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
  /** True only looks at the library, which another process may have open meanwhile: nothing in it is changed. */
  readonly readOnly?: boolean
  /** The bin of this host. Default: the one of the system, as far as it is there without a desktop. */
  readonly trash?: Trash
  /** Default: that of the system, as far as it is there without a desktop. */
  readonly fileManager?: FileManager
  /** Default: that of the system. */
  readonly clock?: Clock
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
  const common = { clock: options.clock ?? systemClock, random: systemRandom, logger }
  const wavespeed = createWaveSpeedProvider({
    ...common,
    name: 'wavespeed',
    baseUrl: base.href,
    key: secrets.read,
    ...pacingFor(base),
  })

  if (options.readOnly === true) return lookAtStudio(options, wavespeed)

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
      samplePath: samplePathIn(resourcesDir),
      draw: (spec) => rehearsal.renderStill({ ...spec, width: 480 }),
      ...(options.paused === true ? { jobs: false } : {}),
      ...(options.concurrency === undefined ? {} : { concurrency: options.concurrency }),
      ports: {
        ...common,
        ids: systemIds,
        secrets,
        trash: options.trash ?? createTrash(),
        fileManager: options.fileManager ?? createFileManager(),
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

const samplePathIn = (resourcesDir: string) => join(resourcesDir, 'sample', 'the-long-pasture.board.json')

/** The same studio over a library that is only looked at. Sketches are drawn by a rehearsal in a folder of its own. */
async function lookAtStudio(options: StudioOptions, wavespeed: VideoProvider): Promise<Engine> {
  const { library, secrets, logger, resourcesDir } = options
  const store = openReadOnlyStore(library)
  const dir = mkdtempSync(join(tmpdir(), 'takeboard-look-'))
  const removeFolder = () => rmSync(dir, { recursive: true, force: true })
  try {
    const rehearsal = await startRehearsalServer({ dir, logger, resourcesDir })
    const common = { clock: systemClock, random: systemRandom, logger }
    const engine = openReadOnlyEngine({
      library,
      store,
      version: VERSION,
      samplePath: samplePathIn(resourcesDir),
      draw: (spec) => rehearsal.renderStill({ ...spec, width: 480 }),
      ports: {
        ...common,
        ids: systemIds,
        secrets,
        fileManager: options.fileManager ?? createFileManager(),
        providers: { wavespeed, rehearsal: wavespeed },
      },
    })
    return {
      ...engine,
      async close() {
        await engine.close()
        await rehearsal.close()
        removeFolder()
      },
    }
  } catch (error) {
    store.close()
    removeFolder()
    throw error
  }
}
