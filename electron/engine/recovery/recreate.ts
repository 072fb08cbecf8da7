import type { TakeId } from '../../../shared/ids.ts'
import { addUsd, usdMicros, ZERO_USD } from '../../../shared/money.ts'
import { present } from '../../../shared/assert.ts'
import type { TakeOrigin } from '../domain/take-origin.ts'
import { plannedTake } from '../domain/take-machine.ts'
import type { Driver } from '../jobs/driver.ts'
import type { Outbox } from '../outbox.ts'
import type { Ports } from '../ports.ts'
import type { ReadDb, WriteDb } from '../store/open-store.ts'
import { findProject, readBudget, readLibraryBudget, updateProject, writeLibraryCap } from '../store/projects.ts'
import type { ProjectId } from '../../../shared/ids.ts'
import { putBatchOnce } from '../store/recovered.ts'
import { insertTake, listSceneTakes, takeNumberAfter } from '../store/takes.ts'
import { placeFor } from './place.ts'

export interface RecreateContext {
  readonly outbox: Outbox
  readonly ports: Pick<Ports, 'ids' | 'clock'>
  readonly driverAt: (at: number) => Driver
}

/**
 * Runs `work` with room under the caps, which are as they were when it returns: the money was reserved under a cap once
 * and may be gone already, so what is put back is counted even where a cap is lower now. New reservations are not.
 */
function withRoom(db: WriteDb, projectId: ProjectId, { price, project }: TakeOrigin, work: () => void): void {
  if (price === 0) return work()
  const now = present(findProject(db, projectId), 'it was just placed')
  const { held, spent } = readBudget(db, projectId)
  const library = readLibraryBudget(db)
  const needed = addUsd(addUsd(held, spent), price)
  updateProject(db, { ...now, cap: usdMicros(Math.max(now.cap ?? ZERO_USD, needed)) })
  writeLibraryCap(db, null)
  work()
  updateProject(db, { ...now, cap: now.cap ?? project.cap })
  writeLibraryCap(db, library.cap)
}

function numberFor(db: ReadDb, sceneId: Parameters<typeof listSceneTakes>[1], wanted: number): number {
  const taken = listSceneTakes(db, sceneId).some(({ take }) => take.number === wanted)
  return taken ? takeNumberAfter(db, sceneId) : wanted
}

/** Makes a take again as it was before it was first sent, with its money held; the journal or its passport says the rest. */
export function recreateTake({ outbox, ports, driverAt }: RecreateContext, takeId: TakeId, origin: TakeOrigin): void {
  outbox.write((db, emit) => {
    const { sceneId, board } = placeFor({ db, emit, ports }, origin)
    const { batchId, provider, createdAt, price, livePrice, request } = origin
    const { projectId } = board
    putBatchOnce(db, { id: batchId, projectId, storyboardId: board.id, provider, createdAt, takes: 1 })
    insertTake(db, {
      id: takeId,
      sceneId,
      storyboardId: board.id,
      projectId,
      batchId,
      number: numberFor(db, sceneId, origin.number),
      provider,
      request,
      price,
      livePrice,
      createdAt,
      state: plannedTake(price),
    })
    withRoom(db, projectId, origin, () => {
      driverAt(createdAt).applyIn(db, emit, takeId, { type: 'reserved' })
    })
  })
}
