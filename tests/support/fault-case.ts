import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { present } from '../../shared/assert.ts'
import type { SceneId } from '../../shared/ids.ts'
import type { Take } from '../../shared/model.ts'
import { usdMicros } from '../../shared/money.ts'
import type { Rig } from './engine-rig.ts'

/** The price of the scene that is used: five seconds at 720p. */
export const PRICE = 700_000

/** What a fault may have changed, at the service and in the library. Money in micro-dollars. */
export interface Tally {
  readonly posts: number
  readonly jobs: number
  readonly held: number
  readonly spent: number
}

export const inPhase =
  (...phases: readonly Take['phase'][]) =>
  (take: Take): boolean =>
    phases.includes(take.phase)

/** One scene of a rig, started again and again under different faults. */
export interface FaultCase {
  /** Starts a take, whatever came before, and waits for it to be as wanted. */
  run(condition: (take: Take) => boolean): Promise<Take>
  /** Starts a take and returns at once. */
  begin(): Promise<Take>
  until(take: Take, condition: (take: Take) => boolean): Promise<Take>
  /** What has been sent, made, held and spent since the last call. */
  since(): Promise<Tally>
  /** A ready take's clip is on disk, whole, and nothing half-done is among the clips. */
  checkClip(take: Take): void
}

/** A scene of its own seed and a cap far above what the cases of one file cost. */
export async function openCase(rig: Rig): Promise<FaultCase> {
  await rig.setCap(usdMicros(100_000_000))
  const { scenes } = await rig.engine.call('project.get', { projectId: rig.projectId })
  const sceneId: SceneId = present(scenes[2], 'the sample has twelve').id
  await rig.engine.call('scene.update', { sceneId, patch: { seed: { kind: 'random' } } })
  const count = async (): Promise<Tally> => {
    const { posts, jobs } = rig.fake.ledger()
    const { held, spent } = await rig.budget()
    return { posts: posts.length, jobs: jobs.length, held, spent }
  }
  let last = await count()

  const begin = async (): Promise<Take> => {
    const { takeIds } = await rig.start({ sceneIds: [sceneId], includeUnconfirmed: true })
    return rig.take(present(takeIds[0], 'the cap covers it'))
  }
  const until = async ({ id }: Take, condition: (take: Take) => boolean) =>
    present((await rig.until([id], condition))[0], 'one was asked for')
  return {
    begin,
    until,
    run: async (condition) => until(await begin(), condition),
    async since() {
      const before = last
      last = await count()
      return {
        posts: last.posts - before.posts,
        jobs: last.jobs - before.jobs,
        held: last.held - before.held,
        spent: last.spent - before.spent,
      }
    },
    checkClip(take) {
      const clip = present(take.clip, 'a ready take has one')
      const bytes = readFileSync(join(rig.library, 'clips', clip.sha256.slice(0, 2), `${clip.sha256}.mp4`))
      expect([bytes.length, createHash('sha256').update(bytes).digest('hex')]).toEqual([clip.bytes, clip.sha256])
      expect(bytes.includes(present(take.predictionId, 'it was made').slice(0, 30))).toBe(true)
      expect(partsOf(rig, take)).toEqual([])
    },
  }
}

/** Files of a download that is not done. */
export function partsOf({ library }: Rig, { id }: Take): string[] {
  const dir = join(library, 'parts')
  return existsSync(dir) ? readdirSync(dir).filter((name) => name.startsWith(id)) : []
}
