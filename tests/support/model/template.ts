import { join } from 'node:path'
import type { ProjectId, SceneId, StoryboardId } from '../../../shared/ids.ts'
import { openEngine, type EngineOptions } from '../../../electron/engine/engine.ts'
import type { Ports } from '../../../electron/engine/ports.ts'
import { systemClock, systemIds, systemRandom } from '../../../electron/hosts/system.ts'
import { createFakeTime } from './fake-clock.ts'
import { createFakeService } from './fake-service.ts'
import { createGate } from './gate.ts'
import { realFs } from './faulty-fs.ts'

const IMAGE = join(import.meta.dirname, '../../../resources/sample/cast/mara-front.png')

/** A closed library with one short board, copied for every run. */
export interface Template {
  readonly database: Buffer
  /** Folder of the images of its cast. */
  readonly images: string
  readonly projectId: ProjectId
  readonly storyboardId: StoryboardId
  readonly sceneIds: readonly SceneId[]
}

/** Locked, borrowed and drawn seeds, two resolutions, two durations. */
const BOARD = {
  takeboard: 1,
  title: 'Model',
  cast: [{ name: 'Mara', image: 'mara.png' }],
  defaults: { resolution: '720p', aspect_ratio: '16:9', duration: 5, seed: 'random' },
  scenes: [
    { number: '1', prompt: 'She opens the gate.' },
    { number: '2', prompt: 'She opens the gate.', seed: 42 },
    { number: '3', prompt: 'The horse waits.', seed: { scene: '1' }, duration: 3 },
    { number: '4', prompt: 'The horse runs.', resolution: '1080p' },
  ],
}

/** What every engine of the model is opened with besides its ports. */
export const COMMON = {
  version: '0.0.0',
  samplePath: '',
  draw: () => Promise.reject(new Error('nothing is drawn here')),
} as const satisfies Partial<EngineOptions>

export async function makeTemplate(dir: string): Promise<Template> {
  realFs.mkdirSync(dir, { recursive: true })
  realFs.copyFileSync(IMAGE, join(dir, 'mara.png'))
  realFs.writeFileSync(join(dir, 'model.board.json'), JSON.stringify(BOARD))
  const service = createFakeService({
    time: createFakeTime(),
    echo: true,
    witness: () => {
      throw new Error('nothing is sent here')
    },
  }).provider(createGate(), () => false)
  const silent = () => {}
  const ports: Ports = {
    clock: systemClock,
    random: systemRandom,
    ids: systemIds,
    logger: { info: silent, warn: silent, error: silent },
    secrets: {
      status: () => ({ present: false, source: null, caveat: null }),
      read: () => null,
      write: silent,
      clear: silent,
    },
    providers: { wavespeed: service, rehearsal: { ...service, name: 'rehearsal' } },
  }
  const library = join(dir, 'library')
  const engine = await openEngine({ ...COMMON, library, ports })
  const { projectId, storyboardId, sceneIds } = await engine.openBoard(join(dir, 'model.board.json'))
  await engine.call('project.update', { projectId, patch: { provider: 'wavespeed' } })
  await engine.close()
  const database = realFs.readFileSync(join(library, 'library.db'))
  return { database, images: join(library, 'images'), projectId, storyboardId, sceneIds }
}
