import { ReferenceId, type ProjectId, type SceneId, type StoryboardId } from '../../../shared/ids.ts'
import { TakeboardError } from '../../../shared/errors.ts'
import { present } from '../../../shared/assert.ts'
import type { Cast, ImageFile, Project, Reference, Scene, SeedPolicy } from '../../../shared/model.ts'
import type { BoardFile, BoardProblem, BoardSeed } from '../interchange/board-file.ts'
import { boardImagePaths, boardInvalid, readBoard } from '../interchange/read-board.ts'
import type { Emit } from '../outbox.ts'
import { listScenes, listStoryboards, putScene, putStoryboard, removeScene } from '../store/boards.ts'
import { findCast, putCast, putImage } from '../store/casts.ts'
import type { WriteDb } from '../store/open-store.ts'
import { listProjects } from '../store/projects.ts'
import { listSceneTakes } from '../store/takes.ts'
import type { HandlerContext } from './context.ts'
import { newCast, newScene, newStoryboard } from './new-entities.ts'
import { addProject } from './add-project.ts'
import { refreshCast } from './stale.ts'
import { freeSeeds } from './free-seeds.ts'

export interface OpenedBoard {
  readonly projectId: ProjectId
  readonly storyboardId: StoryboardId
  /** The scenes the file names, in its order. */
  readonly sceneIds: readonly SceneId[]
}

/** Keeps the identity of references that are still there: same name and image first, then same name in order. */
function mergeReferences(
  context: HandlerContext,
  before: readonly Reference[],
  board: BoardFile,
  images: readonly ImageFile[],
) {
  const left = [...before]
  const take = (matches: (reference: Reference) => boolean) => {
    const index = left.findIndex(matches)
    return index < 0 ? null : (left.splice(index, 1)[0] ?? null)
  }
  const wanted = board.cast.map(({ name }, index) => ({
    name,
    image: present(images[index], 'one image per reference'),
  }))
  const exact = wanted.map(({ name, image }) => take((r) => r.name === name && r.image.sha256 === image.sha256))
  return wanted.map(({ name, image }, index): Reference => {
    const kept = exact[index] ?? take((reference) => reference.name === name)
    return { id: kept?.id ?? ReferenceId.parse(context.ports.ids.next()), name, image }
  })
}

function seedPolicy(seed: BoardSeed, idOf: ReadonlyMap<string, SceneId>): SeedPolicy {
  if (seed.kind !== 'scene') return seed
  return { kind: 'scene', sceneId: present(idOf.get(seed.number), 'the parser checked it') }
}

/** The title itself, or with the first number behind it that nobody has: `Short`, `Short 2`, `Short 3`. */
function freeTitle(title: string, taken: readonly { readonly title: string }[]): string {
  const titles = new Set(taken.map((each) => each.title))
  let free = title
  for (let number = 2; titles.has(free); number++) {
    const behind = ` ${number}`
    free = title.slice(0, 200 - behind.length) + behind
  }
  return free
}

/** How a board comes into the library. */
interface BoardOptions {
  /** The project's title; null for the board's. */
  readonly project: string | null
  /** True to add it beside whatever is there: nothing is matched by title, nothing that exists is changed. */
  readonly fresh?: boolean
}

/**
 * Writes a board into the library: finds project and storyboard by title, scenes by number, and adds what is missing.
 * A fresh one gets ids of its own for everything. In a project that was there it is one step of undo.
 */
export function writeBoard(
  context: HandlerContext,
  db: WriteDb,
  emit: Emit,
  board: BoardFile,
  images: readonly ImageFile[],
  options: BoardOptions,
): OpenedBoard {
  const projects = listProjects(db)
  const asked = options.project ?? (options.fresh ? freeTitle(board.title, projects) : board.title)
  const known = projects.find(({ title }) => title === asked)
  const write = (project: Project) => writeInto(context, db, emit, project, board, images, options)
  if (known === undefined) return write(addProject(context, db, emit, asked))
  const edit = { projectId: known.id, label: `open the board file of ${board.title}` }
  return context.history.editWithin(db, emit, edit, () => write(known))
}

function writeInto(
  context: HandlerContext,
  db: WriteDb,
  emit: Emit,
  project: Project,
  board: BoardFile,
  images: readonly ImageFile[],
  options: BoardOptions,
): OpenedBoard {
  const { ports } = context
  const boards = listStoryboards(db, project.id)
  const title = options.fresh ? freeTitle(board.title, boards) : board.title
  const known = boards.find((candidate) => candidate.title === title)
  const cast: Cast = (known && findCast(db, known.castId)) ?? newCast(ports, project.id)
  const merged: Cast = { ...cast, references: mergeReferences(context, cast.references, board, images) }
  for (const image of images) putImage(db, image)
  putCast(db, merged)
  emit('cast.put', merged)

  const base = known ?? newStoryboard(ports, project.id, merged.id, title, boards.length)
  const { resolution, aspectRatio, duration, seed } = board.defaults
  const random: SeedPolicy = { kind: 'random' }
  const draft = { ...base, style: board.style, defaults: { resolution, aspectRatio, duration, seed: random } }
  putStoryboard(db, draft)

  const before = new Map(listScenes(db, base.id).map((scene) => [scene.number, scene]))
  const scenes = board.scenes.map(
    (scene, position) => before.get(scene.number) ?? newScene(ports, draft, scene.number, position),
  )
  const idOf = new Map(scenes.map((scene) => [scene.number, scene.id]))
  const storyboard = { ...draft, defaults: { ...draft.defaults, seed: seedPolicy(seed, idOf) } }
  // A seed borrowed from a scene needs that scene to be there, so the default is written again once all are known.
  putStoryboard(db, storyboard)
  emit('storyboard.put', storyboard)

  const referencesNamed = (names: readonly string[] | null) =>
    names === null ? null : merged.references.filter(({ name }) => names.includes(name)).map(({ id }) => id)
  board.scenes.forEach((wanted, position) => {
    const scene: Scene = {
      ...present(scenes[position], 'one for each'),
      position,
      title: wanted.title,
      prompt: wanted.prompt,
      notes: wanted.notes,
      dialogue: wanted.dialogue,
      resolution: wanted.resolution,
      aspectRatio: wanted.aspectRatio,
      duration: wanted.duration,
      seed: seedPolicy(wanted.seed, idOf),
      references: referencesNamed(wanted.references),
    }
    if (JSON.stringify(scene) === JSON.stringify(before.get(scene.number))) return
    putScene(db, scene)
    emit('scene.put', scene)
  })
  retireScenes(db, emit, base.id, idOf, board.scenes.length)
  refreshCast(db, emit, merged)
  return { projectId: project.id, storyboardId: base.id, sceneIds: scenes.map(({ id }) => id) }
}

/** Scenes the file no longer names: gone when they never had a take, else kept at the end. */
function retireScenes(
  db: WriteDb,
  emit: Emit,
  storyboardId: StoryboardId,
  named: ReadonlyMap<string, SceneId>,
  count: number,
) {
  let position = count
  for (const scene of listScenes(db, storyboardId)) {
    if (named.has(scene.number)) continue
    if (listSceneTakes(db, scene.id).length === 0) {
      removeScene(db, scene.id)
      emit('scene.removed', { storyboardId, sceneId: scene.id })
    } else {
      const moved = { ...scene, position: position++ }
      putScene(db, moved)
      emit('scene.put', moved)
    }
  }
  freeSeeds(db, emit, storyboardId)
}

/**
 * Reads a board file with its images and writes it into the library. Everything wrong with it is reported at once, and
 * then nothing is written. Codes: board-invalid (data: BoardProblem[]), board-version, board-unreadable.
 */
export async function openBoardFile(
  context: HandlerContext,
  path: string,
  { project, fresh = false }: { project?: string; fresh?: boolean },
): Promise<OpenedBoard> {
  const { board, dir } = await readBoard(path)
  const located = await boardImagePaths(board, dir)
  const problems: BoardProblem[] = [...located.problems]
  const files = new Map<string, ImageFile>()
  for (const { jsonPath, image, path: file } of located.images) {
    try {
      files.set(image, await context.images.addFile(file))
    } catch (error) {
      if (!(error instanceof TakeboardError) || !error.code.startsWith('image-')) throw error
      problems.push({
        path: jsonPath,
        found: image,
        allowed: 'a JPEG, PNG or WebP of 400 px or more and 10 MB or less',
        message: error.message,
      })
    }
  }
  if (problems.length > 0) throw boardInvalid(path, problems)
  const images = board.cast.map(({ image }) => present(files.get(image), 'every image was stored'))
  return context.outbox.write((db, emit) =>
    writeBoard(context, db, emit, board, images, { project: project ?? null, fresh }),
  )
}
