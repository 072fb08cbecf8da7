import { present } from '../../../shared/assert.ts'
import type { Clip, Take } from '../../../shared/model.ts'
import type { TakeOrigin } from '../domain/take-origin.ts'
import { slate } from '../domain/slate.ts'
import type { PassportEntry } from '../media/passports.ts'
import { findScene, findStoryboard } from '../store/boards.ts'
import type { ReadDb } from '../store/open-store.ts'
import { findProject } from '../store/projects.ts'

/** Where a take belongs and what it asked for, as the database has it now. */
export function originOf(db: ReadDb, take: Take): TakeOrigin {
  const project = present(findProject(db, take.projectId), 'a take has a project')
  const storyboard = present(findStoryboard(db, take.storyboardId), 'a take has a storyboard')
  const scene = present(findScene(db, take.sceneId), 'a take has a scene')
  return {
    project: { id: project.id, title: project.title, cap: project.cap, batchLimit: project.batchLimit },
    storyboard: { id: storyboard.id, title: storyboard.title, style: storyboard.style },
    scene: {
      id: scene.id,
      number: scene.number,
      title: scene.title,
      prompt: scene.prompt,
      position: scene.position,
    },
    batchId: take.batchId,
    number: take.number,
    provider: take.provider,
    request: take.request,
    price: take.price,
    livePrice: take.livePrice,
    createdAt: take.createdAt,
  }
}

/** What the passport of a clip says of one of its takes. */
export function passportEntry(db: ReadDb, take: Take, downloadedAt: number): PassportEntry {
  const origin = originOf(db, take)
  return {
    ...origin,
    takeId: take.id,
    slate: slate(origin.scene.number, take.number),
    predictionId: take.predictionId,
    submittedAt: take.submittedAt,
    downloadedAt,
  }
}

/** A passport of a take that is ready, or null for one without a clip. */
export function passportOf(db: ReadDb, take: Take): { readonly clip: Clip; readonly entry: PassportEntry } | null {
  if (take.clip === null) return null
  return { clip: take.clip, entry: passportEntry(db, take, take.finishedAt ?? take.createdAt) }
}
