import type { ProjectId, SavedSeedId, TakeId } from '../../../shared/ids.ts'
import type { SavedSeed } from '../../../shared/seed-bank.ts'
import type { ReadDb, WriteDb } from './open-store.ts'

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

export function findSavedSeed(db: ReadDb, id: SavedSeedId): SavedSeed | null {
  const row = db.get<SavedSeedRow>('SELECT * FROM saved_seeds WHERE id = ?', id)
  return row ? toSavedSeed(row) : null
}

export function putSavedSeed(db: WriteDb, saved: SavedSeed): void {
  db.run(
    `INSERT INTO saved_seeds (id, project_id, seed, name, character, stars, note, take_id, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, character = excluded.character, stars = excluded.stars,
       note = excluded.note`,
    saved.id,
    saved.projectId,
    saved.seed,
    saved.name,
    saved.character,
    saved.stars,
    saved.note,
    saved.takeId,
    saved.createdAt,
  )
}

export const removeSavedSeed = (db: WriteDb, id: SavedSeedId): void => {
  db.run('DELETE FROM saved_seeds WHERE id = ?', id)
}
