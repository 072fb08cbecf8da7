import type { ProjectId, SavedSeedId, TakeId } from '../../../shared/ids.ts'
import type { SavedSeed } from '../../../shared/seed-bank.ts'
import type { ReadDb } from './open-store.ts'

interface SavedSeedRow {
  id: string
  project_id: string
  seed: number
  name: string
  character: string | null
  stars: number
  note: string
  take_id: string | null
  created_at: number
}

const toSavedSeed = (row: SavedSeedRow): SavedSeed => ({
  id: row.id as SavedSeedId,
  projectId: row.project_id as ProjectId,
  seed: row.seed,
  name: row.name,
  character: row.character,
  stars: row.stars,
  note: row.note,
  takeId: row.take_id as TakeId | null,
  createdAt: row.created_at,
})

/** Oldest first. */
export const listSavedSeeds = (db: ReadDb, project: ProjectId): SavedSeed[] =>
  db
    .all<SavedSeedRow>('SELECT * FROM saved_seeds WHERE project_id = ? ORDER BY created_at, rowid', project)
    .map(toSavedSeed)
