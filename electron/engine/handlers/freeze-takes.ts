import { present } from '../../../shared/assert.ts'
import { TakeboardError } from '../../../shared/errors.ts'
import { TakeId, type SceneId, type StoryboardId } from '../../../shared/ids.ts'
import type { Batch, Scene, StaleField, TakeRequest } from '../../../shared/model.ts'
import { SEED } from '../../../shared/models/happyhorse-1.1-r2v.ts'
import { ZERO_USD } from '../../../shared/money.ts'
import { walkedSeed } from '../../../shared/seed-walk.ts'
import type { Composed } from '../domain/compose-request.ts'
import { staleFields } from '../domain/staleness.ts'
import { costs, type PlannedRow } from '../domain/order-rows.ts'
import { plannedTake } from '../domain/take-machine.ts'
import type { Emit } from '../outbox.ts'
import type { Random } from '../ports.ts'
import { findScene } from '../store/boards.ts'
import type { ReadDb, WriteDb } from '../store/open-store.ts'
import { insertTake, takeNumberAfter, writeStale, type StoredTake } from '../store/takes.ts'
import type { HandlerContext } from './context.ts'
import { boardComposer } from './stale.ts'

/** Draws each scene's seed once, so that scenes sharing a seed in this batch really share it. */
function seedDrawer(random: Random) {
  const draw = () => random.integer(SEED.min, SEED.max)
  const drawn = new Map<string, number>()
  const shared = (key: string): number => {
    const seed = drawn.get(key) ?? draw()
    drawn.set(key, seed)
    return seed
  }
  return ({ key, seed }: PlannedRow, take: number): number => {
    switch (seed.kind) {
      case 'value':
        return seed.value
      case 'walk':
        return walkedSeed(seed, seed.made + take)
      case 'with':
        // Only rows of whole scenes share, and their key is the scene.
        return shared(seed.sceneId)
      case 'draw':
        return take > 0 ? draw() : shared(key)
      case 'problem':
        throw new TakeboardError('seed-unresolved', seed.message)
    }
  }
}

/** Tells what of a request differs from what its scene would send now: a take made again, or at another resolution. */
function staleTeller(db: ReadDb, board: StoryboardId): (id: SceneId, request: TakeRequest) => readonly StaleField[] {
  const compose = boardComposer(db, board)
  const known = new Map<SceneId, { scene: Scene; now: Composed }>()
  const look = (id: SceneId) => {
    const scene = present(findScene(db, id), 'takes are made of scenes on the board')
    const found = { scene, now: compose(scene) }
    known.set(id, found)
    return found
  }
  return (id, request) => {
    const { scene, now } = known.get(id) ?? look(id)
    return now.ok ? staleFields(request, now.request, scene.seed) : ['prompt']
  }
}

/** Writes the takes of admitted rows with their requests frozen, their seeds drawn, and their prices reserved. */
export function freezeTakes(
  { ports, driver }: Pick<HandlerContext, 'ports' | 'driver'>,
  db: WriteDb,
  emit: Emit,
  batch: Batch,
  rows: readonly PlannedRow[],
): readonly StoredTake[] {
  const { storyboardId, projectId, provider, createdAt } = batch
  const seedOf = seedDrawer(ports.random)
  const staleOf = staleTeller(db, storyboardId)
  const numbers = new Map<SceneId, number>()
  const nextNumber = (sceneId: SceneId): number => {
    const number = numbers.get(sceneId) ?? takeNumberAfter(db, sceneId)
    numbers.set(sceneId, number + 1)
    return number
  }
  const stored: StoredTake[] = []
  for (const row of rows) {
    const frozen = present(row.request, 'an admitted row composed')
    const price = costs(provider) ? row.unitPrice : ZERO_USD
    for (let take = 0; take < row.takes; take++) {
      const id = TakeId.parse(ports.ids.next())
      const request = { ...frozen, seed: seedOf(row, take) }
      insertTake(db, {
        id,
        sceneId: row.sceneId,
        storyboardId,
        projectId,
        batchId: batch.id,
        number: nextNumber(row.sceneId),
        provider,
        request,
        price,
        livePrice: row.unitPrice,
        createdAt,
        state: plannedTake(price),
      })
      const stale = staleOf(row.sceneId, request)
      if (stale.length > 0) writeStale(db, id, stale)
      stored.push(driver.applyIn(db, emit, id, { type: 'reserved' }).stored)
    }
  }
  return stored
}
