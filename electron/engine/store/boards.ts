import type { CastId, ProjectId, SceneId, StoryboardId, TakeId } from '../../../shared/ids.ts'
import type { Scene, SceneDefaults, Storyboard } from '../../../shared/model.ts'
import type { ReadDb, WriteDb } from './open-store.ts'

interface StoryboardRow {
  id: string
  project_id: string
  cast_id: string
  title: string
  style: string
  defaults: string
  numbering: Storyboard['numbering']
  position: number
}

const toStoryboard = (row: StoryboardRow): Storyboard => ({
  id: row.id as StoryboardId,
  projectId: row.project_id as ProjectId,
  castId: row.cast_id as CastId,
  title: row.title,
  style: row.style,
  defaults: JSON.parse(row.defaults) as SceneDefaults,
  numbering: row.numbering,
  position: row.position,
})

export const listStoryboards = (db: ReadDb, project: ProjectId): Storyboard[] =>
  db
    .all<StoryboardRow>('SELECT * FROM storyboards WHERE project_id = ? ORDER BY position, rowid', project)
    .map(toStoryboard)

export function findStoryboard(db: ReadDb, id: StoryboardId): Storyboard | null {
  const row = db.get<StoryboardRow>('SELECT * FROM storyboards WHERE id = ?', id)
  return row ? toStoryboard(row) : null
}

export function putStoryboard(db: WriteDb, board: Storyboard): void {
  db.run(
    `INSERT INTO storyboards (id, project_id, cast_id, title, style, defaults, numbering, position)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET cast_id = excluded.cast_id, title = excluded.title, style = excluded.style,
       defaults = excluded.defaults, numbering = excluded.numbering, position = excluded.position`,
    board.id,
    board.projectId,
    board.castId,
    board.title,
    board.style,
    JSON.stringify(board.defaults),
    board.numbering,
    board.position,
  )
}

export const removeStoryboard = (db: WriteDb, id: StoryboardId): void => {
  db.run('DELETE FROM scenes WHERE storyboard_id = ?', id)
  db.run('DELETE FROM storyboards WHERE id = ?', id)
}

interface SceneRow {
  id: string
  storyboard_id: string
  position: number
  number: string
  title: string
  prompt: string
  notes: string
  dialogue: string
  resolution: Scene['resolution']
  aspect_ratio: Scene['aspectRatio']
  duration: number
  seed: string
  reference_ids: string | null
  section: string | null
  removed_as: string | null
  pick_take_id: string | null
}

const toScene = (row: SceneRow): Scene => ({
  id: row.id as SceneId,
  storyboardId: row.storyboard_id as StoryboardId,
  position: row.position,
  number: row.removed_as ?? row.number,
  title: row.title,
  prompt: row.prompt,
  notes: row.notes,
  dialogue: row.dialogue,
  resolution: row.resolution,
  aspectRatio: row.aspect_ratio,
  duration: row.duration,
  seed: JSON.parse(row.seed) as Scene['seed'],
  references: row.reference_ids === null ? null : (JSON.parse(row.reference_ids) as NonNullable<Scene['references']>),
  section: row.section,
  pickTakeId: row.pick_take_id as TakeId | null,
})

/** In board order. */
export const listScenes = (db: ReadDb, storyboard: StoryboardId): Scene[] =>
  db
    .all<SceneRow>(
      'SELECT * FROM scenes WHERE storyboard_id = ? AND removed_as IS NULL ORDER BY position, rowid',
      storyboard,
    )
    .map(toScene)

export const listProjectScenes = (db: ReadDb, project: ProjectId): Scene[] =>
  db
    .all<SceneRow>(
      `SELECT scenes.* FROM scenes JOIN storyboards ON storyboards.id = storyboard_id
       WHERE project_id = ? AND removed_as IS NULL ORDER BY storyboards.position, scenes.position`,
      project,
    )
    .map(toScene)

/** Scenes taken off the board that takes still belong to, under the labels they had. */
export const listRemovedScenes = (db: ReadDb, project: ProjectId): Scene[] =>
  db
    .all<SceneRow>(
      `SELECT scenes.* FROM scenes JOIN storyboards ON storyboards.id = storyboard_id
       WHERE project_id = ? AND removed_as IS NOT NULL ORDER BY storyboards.position, scenes.position, scenes.rowid`,
      project,
    )
    .map(toScene)

/** A scene that is on its board. */
export function findBoardScene(db: ReadDb, id: SceneId): Scene | null {
  const row = db.get<SceneRow>('SELECT * FROM scenes WHERE id = ? AND removed_as IS NULL', id)
  return row ? toScene(row) : null
}

/** Labels of a storyboard that new scenes are not given by themselves: on the board, or on slates of removed scenes. */
export const usedSceneNumbers = (db: ReadDb, storyboard: StoryboardId): string[] =>
  db
    .all<{ number: string }>(
      'SELECT coalesce(removed_as, number) AS number FROM scenes WHERE storyboard_id = ? ORDER BY position',
      storyboard,
    )
    .map(({ number }) => number)

/** Whether a scene on the board other than this one has the label. */
export const isNumberTaken = (db: ReadDb, { storyboardId, number, id }: Scene): boolean =>
  db.get('SELECT 1 AS x FROM scenes WHERE storyboard_id = ? AND number = ? AND id <> ?', storyboardId, number, id) !==
  undefined

/** A scene wherever it is, also one that was removed: for the slates of its takes. */
export function findScene(db: ReadDb, id: SceneId): Scene | null {
  const row = db.get<SceneRow>('SELECT * FROM scenes WHERE id = ?', id)
  return row ? toScene(row) : null
}

export function putScene(db: WriteDb, scene: Scene): void {
  db.run(
    `INSERT INTO scenes (id, storyboard_id, position, number, title, prompt, notes, dialogue, resolution, aspect_ratio,
       duration, seed, reference_ids, section, pick_take_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET position = excluded.position, number = excluded.number, title = excluded.title,
       prompt = excluded.prompt, notes = excluded.notes, dialogue = excluded.dialogue, resolution = excluded.resolution,
       aspect_ratio = excluded.aspect_ratio, duration = excluded.duration, seed = excluded.seed,
       reference_ids = excluded.reference_ids,
       section = excluded.section, pick_take_id = excluded.pick_take_id`,
    scene.id,
    scene.storyboardId,
    scene.position,
    scene.number,
    scene.title,
    scene.prompt,
    scene.notes,
    scene.dialogue,
    scene.resolution,
    scene.aspectRatio,
    scene.duration,
    JSON.stringify(scene.seed),
    scene.references === null ? null : JSON.stringify(scene.references),
    scene.section,
    scene.pickTakeId,
  )
}

/** Lets go of labels, so that scenes may exchange them. The scenes must be written again in the same transaction. */
export const freeNumbers = (db: WriteDb, ids: readonly SceneId[]): void => {
  for (const id of ids) db.run('UPDATE scenes SET number = id WHERE id = ?', id)
}

/** Takes a scene off the board and keeps it for its takes; its label is free. */
export const retireScene = (db: WriteDb, id: SceneId): void => {
  db.run('UPDATE scenes SET removed_as = number, number = id WHERE id = ? AND removed_as IS NULL', id)
}

/** Only for a scene without takes. */
export const removeScene = (db: WriteDb, id: SceneId): void => {
  db.run('DELETE FROM scenes WHERE id = ?', id)
}
