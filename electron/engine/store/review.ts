import type { NoteId, PlaylistId, ProjectId, TakeId } from '../../../shared/ids.ts'
import type { Note, Playlist, Stroke } from '../../../shared/review.ts'
import type { ReadDb, WriteDb } from './open-store.ts'

interface NoteRow {
  id: string
  project_id: string
  take_id: string
  from_frame: number
  to_frame: number
  text: string
  strokes: string
  resolved: number
  created_at: number
}

const toNote = (row: NoteRow): Note => ({
  id: row.id as NoteId,
  projectId: row.project_id as ProjectId,
  takeId: row.take_id as TakeId,
  from: row.from_frame,
  to: row.to_frame,
  text: row.text,
  strokes: JSON.parse(row.strokes) as Stroke[],
  resolved: row.resolved === 1,
  createdAt: row.created_at,
})

/** Oldest first. */
export const listNotes = (db: ReadDb, project: ProjectId): Note[] =>
  db.all<NoteRow>('SELECT * FROM notes WHERE project_id = ? ORDER BY created_at, rowid', project).map(toNote)

export function findNote(db: ReadDb, id: NoteId): Note | null {
  const row = db.get<NoteRow>('SELECT * FROM notes WHERE id = ?', id)
  return row ? toNote(row) : null
}

export function putNote(db: WriteDb, note: Note): void {
  db.run(
    `INSERT INTO notes (id, project_id, take_id, from_frame, to_frame, text, strokes, resolved, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET from_frame = excluded.from_frame, to_frame = excluded.to_frame,
       text = excluded.text, strokes = excluded.strokes, resolved = excluded.resolved`,
    note.id,
    note.projectId,
    note.takeId,
    note.from,
    note.to,
    note.text,
    JSON.stringify(note.strokes),
    note.resolved ? 1 : 0,
    note.createdAt,
  )
}

export const removeNote = (db: WriteDb, id: NoteId): void => {
  db.run('DELETE FROM notes WHERE id = ?', id)
}

interface PlaylistRow {
  id: string
  project_id: string
  title: string
  take_ids: string
  created_at: number
}

const toPlaylist = (row: PlaylistRow): Playlist => ({
  id: row.id as PlaylistId,
  projectId: row.project_id as ProjectId,
  title: row.title,
  takeIds: JSON.parse(row.take_ids) as TakeId[],
  createdAt: row.created_at,
})

/** Oldest first. */
export const listPlaylists = (db: ReadDb, project: ProjectId): Playlist[] =>
  db
    .all<PlaylistRow>('SELECT * FROM playlists WHERE project_id = ? ORDER BY created_at, rowid', project)
    .map(toPlaylist)

export function findPlaylist(db: ReadDb, id: PlaylistId): Playlist | null {
  const row = db.get<PlaylistRow>('SELECT * FROM playlists WHERE id = ?', id)
  return row ? toPlaylist(row) : null
}

export function putPlaylist(db: WriteDb, playlist: Playlist): void {
  db.run(
    `INSERT INTO playlists (id, project_id, title, take_ids, created_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET title = excluded.title, take_ids = excluded.take_ids`,
    playlist.id,
    playlist.projectId,
    playlist.title,
    JSON.stringify(playlist.takeIds),
    playlist.createdAt,
  )
}

export const removePlaylist = (db: WriteDb, id: PlaylistId): void => {
  db.run('DELETE FROM playlists WHERE id = ?', id)
}
