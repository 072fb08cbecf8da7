import type {
  CastId,
  NoteId,
  PlaylistId,
  ProjectId,
  ReferenceId,
  SavedSeedId,
  SceneId,
  StoryboardId,
  TakeId,
} from '../../../shared/ids.ts'
import type { Emit } from '../outbox.ts'
import { findBoardScene, findScene, findStoryboard, listScenes, putScene } from '../store/boards.ts'
import { findCast, findCastOf } from '../store/casts.ts'
import type { EditableTable, RowChange } from '../store/edit-capture.ts'
import type { WriteDb } from '../store/open-store.ts'
import { findProject } from '../store/projects.ts'
import { findNote, findPlaylist } from '../store/review.ts'
import { findSavedSeed } from '../store/saved-seeds.ts'
import { findTake } from '../store/takes.ts'
import { freeSeeds } from './free-seeds.ts'
import { refreshCast, refreshStale } from './stale.ts'

/** Columns of a scene that its next take depends on. */
const SENT = ['prompt', 'resolution', 'aspect_ratio', 'duration', 'seed', 'reference_ids']

/** A column of a row that is gone by now. */
const gone = ({ before }: RowChange, column: string): string => String(before?.[column] ?? '')

/**
 * Tells everyone what undo or redo made of rows, and puts right what hangs on them: what changed since the takes were
 * made, places without gaps, seeds borrowed from scenes that are gone. What others refer to comes first.
 */
export function tellRows(db: WriteDb, emit: Emit, changes: readonly RowChange[]): void {
  const of = (tbl: EditableTable) => changes.filter((change) => change.tbl === tbl)

  for (const { id } of of('projects')) {
    const project = findProject(db, id as ProjectId)
    if (project) emit('project.put', project)
  }

  const references = of('cast_references').map((change) => {
    const owner = findCastOf(db, change.id as ReferenceId)
    return owner?.id ?? (gone(change, 'cast_id') as CastId)
  })
  const casts = [...new Set([...of('casts').map(({ id }) => id as CastId), ...references])].flatMap(
    (id) => findCast(db, id) ?? [],
  )
  for (const cast of casts) emit('cast.put', cast)

  const boards = of('storyboards').flatMap(({ id }) => findStoryboard(db, id as StoryboardId) ?? [])
  for (const board of boards) emit('storyboard.put', board)

  const touched = tellScenes(db, emit, of('scenes'))

  for (const change of of('storyboards'))
    if (findStoryboard(db, change.id as StoryboardId) === null)
      emit('storyboard.removed', {
        projectId: gone(change, 'project_id') as ProjectId,
        storyboardId: change.id as StoryboardId,
      })
  for (const change of of('casts'))
    if (findCast(db, change.id as CastId) === null)
      emit('cast.removed', { projectId: gone(change, 'project_id') as ProjectId, castId: change.id as CastId })

  for (const change of of('saved_seeds')) {
    const seed = findSavedSeed(db, change.id as SavedSeedId)
    if (seed) emit('seed.put', seed)
    else
      emit('seed.removed', {
        projectId: gone(change, 'project_id') as ProjectId,
        savedSeedId: change.id as SavedSeedId,
      })
  }
  for (const change of of('notes')) {
    const note = findNote(db, change.id as NoteId)
    if (note) emit('note.put', note)
    else emit('note.removed', { projectId: gone(change, 'project_id') as ProjectId, noteId: change.id as NoteId })
  }
  for (const change of of('playlists')) {
    const playlist = findPlaylist(db, change.id as PlaylistId)
    if (playlist) emit('playlist.put', playlist)
    else
      emit('playlist.removed', {
        projectId: gone(change, 'project_id') as ProjectId,
        playlistId: change.id as PlaylistId,
      })
  }
  for (const { id } of of('takes')) {
    const stored = findTake(db, id as TakeId)
    if (stored) emit('take.put', stored.take)
  }

  for (const cast of casts) refreshCast(db, emit, cast)
  for (const board of boards) refreshStale(db, emit, board.id)
  for (const [board, scenes] of touched) refreshStale(db, emit, board, scenes)
}

/** Answers, by storyboard, the scenes whose next take is another now. */
function tellScenes(db: WriteDb, emit: Emit, changes: readonly RowChange[]): Map<StoryboardId, SceneId[]> {
  const touched = new Map<StoryboardId, SceneId[]>()
  const rearranged = new Set<StoryboardId>()
  for (const change of changes) {
    const id = change.id as SceneId
    const { before, after } = change
    const scene = findBoardScene(db, id)
    const board = (findScene(db, id)?.storyboardId ?? gone(change, 'storyboard_id')) as StoryboardId
    if (before === null || after === null || 'removed_as' in after || 'position' in after) rearranged.add(board)
    if (scene === null) {
      emit('scene.removed', { storyboardId: board, sceneId: id })
      continue
    }
    emit('scene.put', scene)
    if (before === null || after === null || 'removed_as' in after || SENT.some((name) => name in after))
      touched.set(board, [...(touched.get(board) ?? []), id])
  }
  for (const board of rearranged) if (findStoryboard(db, board) !== null) mend(db, emit, board)
  return touched
}

/** Closes gaps and frees lost seeds, which only steps that were passed over leave behind. */
function mend(db: WriteDb, emit: Emit, board: StoryboardId): void {
  listScenes(db, board).forEach((scene, position) => {
    if (scene.position === position) return
    putScene(db, { ...scene, position })
    emit('scene.put', { ...scene, position })
  })
  freeSeeds(db, emit, board)
}
