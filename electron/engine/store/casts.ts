import type { CastId, ProjectId, ReferenceId, Sha256 } from '../../../shared/ids.ts'
import type { Cast, ImageFile, Reference } from '../../../shared/model.ts'
import type { ReadDb, WriteDb } from './open-store.ts'

interface ImageRow {
  sha256: string
  mime: ImageFile['mime']
  width: number
  height: number
  bytes: number
}

interface ReferenceRow extends ImageRow {
  id: string
  cast_id: string
  name: string
}

const toImage = (row: ImageRow): ImageFile => ({
  sha256: row.sha256 as Sha256,
  mime: row.mime,
  width: row.width,
  height: row.height,
  bytes: row.bytes,
})

const toReference = (row: ReferenceRow): Reference => ({
  id: row.id as ReferenceId,
  name: row.name,
  image: toImage(row),
})

const REFERENCES = 'SELECT * FROM cast_references JOIN images USING (sha256)'

function toCast(db: ReadDb, row: { id: string; project_id: string; title: string }): Cast {
  const references = db.all<ReferenceRow>(`${REFERENCES} WHERE cast_id = ? ORDER BY position`, row.id).map(toReference)
  return { id: row.id as CastId, projectId: row.project_id as ProjectId, title: row.title, references }
}

export const listCasts = (db: ReadDb, project: ProjectId): Cast[] =>
  db
    .all<{ id: string; project_id: string; title: string }>(
      'SELECT * FROM casts WHERE project_id = ? ORDER BY rowid',
      project,
    )
    .map((row) => toCast(db, row))

export function findCast(db: ReadDb, id: CastId): Cast | null {
  const row = db.get<{ id: string; project_id: string; title: string }>('SELECT * FROM casts WHERE id = ?', id)
  return row ? toCast(db, row) : null
}

/** The cast a reference belongs to. */
export function findCastOf(db: ReadDb, reference: ReferenceId): Cast | null {
  const row = db.get<{ cast_id: string }>('SELECT cast_id FROM cast_references WHERE id = ?', reference)
  return row ? findCast(db, row.cast_id as CastId) : null
}

/** Writes a cast and its references, in order, replacing what was there. */
export function putCast(db: WriteDb, cast: Cast): void {
  db.run(
    'INSERT INTO casts (id, project_id, title) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET title = excluded.title',
    cast.id,
    cast.projectId,
    cast.title,
  )
  db.run('DELETE FROM cast_references WHERE cast_id = ?', cast.id)
  cast.references.forEach((reference, position) => {
    db.run(
      'INSERT INTO cast_references (id, cast_id, position, name, sha256) VALUES (?, ?, ?, ?, ?)',
      reference.id,
      cast.id,
      position,
      reference.name,
      reference.image.sha256,
    )
  })
}

/** Only for a cast that no storyboard uses. */
export function removeCast(db: WriteDb, id: CastId): void {
  db.run('DELETE FROM cast_references WHERE cast_id = ?', id)
  db.run('DELETE FROM casts WHERE id = ?', id)
}

export function findImage(db: ReadDb, sha256: Sha256): ImageFile | null {
  const row = db.get<ImageRow>('SELECT * FROM images WHERE sha256 = ?', sha256)
  return row ? toImage(row) : null
}

export const listImages = (db: ReadDb): ImageFile[] => db.all<ImageRow>('SELECT * FROM images').map(toImage)

export const putImage = (db: WriteDb, image: ImageFile): void => {
  db.run(
    'INSERT INTO images (sha256, mime, width, height, bytes) VALUES (?, ?, ?, ?, ?) ON CONFLICT (sha256) DO NOTHING',
    image.sha256,
    image.mime,
    image.width,
    image.height,
    image.bytes,
  )
}
