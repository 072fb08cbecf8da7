import type { SceneId, StoryboardId } from '../../../shared/ids.ts'
import type { Project, ProviderName, Scene, Storyboard } from '../../../shared/model.ts'
import { IMAGES } from '../../../shared/models/happyhorse-1.1-r2v.ts'
import type { TakeOrigin } from '../domain/take-origin.ts'
import { insertedSceneNumber } from '../domain/slate.ts'
import { newCast, newProject, newScene, newStoryboard } from '../handlers/new-entities.ts'
import type { Emit, Outbox } from '../outbox.ts'
import type { Ports } from '../ports.ts'
import { findScene, findStoryboard, listScenes, listStoryboards, putScene, putStoryboard } from '../store/boards.ts'
import { findCast, findCastOf, findImage, listCasts, putCast } from '../store/casts.ts'
import type { WriteDb } from '../store/open-store.ts'
import { findProject, insertProject, listProjects, readBudget } from '../store/projects.ts'
import { projectByTitle, storyboardByTitle } from '../store/recovered.ts'

/** Where what finds no place of its own goes. */
export const RECOVERED = 'Recovered'

interface Placing {
  readonly db: WriteDb
  readonly emit: Emit
  readonly ports: Pick<Ports, 'ids' | 'clock'>
}

function projectFor({ db, emit, ports }: Placing, { project, provider }: TakeOrigin): Project {
  const known = findProject(db, project.id)
  if (known) return known
  const named = projectByTitle(db, project.title)
  const same = named === null ? null : findProject(db, named)
  if (same) return same
  const made: Project = { ...newProject(ports, project.title), ...project, provider: provider satisfies ProviderName }
  insertProject(db, made)
  emit('project.put', made)
  emit('budget.put', readBudget(db, made.id))
  return made
}

/** Puts the images a take was sent with into the cast, as far as they are in the library. */
function fillCast({ db, emit }: Placing, storyboard: Storyboard, { request }: TakeOrigin): void {
  const cast = findCast(db, storyboard.castId)
  if (!cast) return
  const missing = request.references.flatMap(({ referenceId, name, sha256 }) => {
    const image = findImage(db, sha256)
    const there = cast.references.some((reference) => reference.image.sha256 === sha256 && reference.name === name)
    return image === null || there || findCastOf(db, referenceId) !== null ? [] : [{ id: referenceId, name, image }]
  })
  if (missing.length === 0) return
  const filled = { ...cast, references: [...cast.references, ...missing].slice(0, IMAGES.max) }
  putCast(db, filled)
  emit('cast.put', filled)
}

function addStoryboard(placing: Placing, project: Project, patch: Pick<Storyboard, 'id' | 'title' | 'style'>) {
  const { db, emit, ports } = placing
  let [cast] = listCasts(db, project.id)
  if (!cast) {
    cast = newCast(ports, project.id)
    putCast(db, cast)
    emit('cast.put', cast)
  }
  const position = listStoryboards(db, project.id).length
  const board: Storyboard = { ...newStoryboard(ports, project.id, cast.id, patch.title, position), ...patch }
  putStoryboard(db, board)
  emit('storyboard.put', board)
  return board
}

function addScene({ db, emit, ports }: Placing, board: Storyboard, origin: TakeOrigin, number: string): Scene {
  const { scene, request } = origin
  const made: Scene = {
    ...newScene(ports, board, number, scene.position),
    id: scene.id,
    title: scene.title,
    prompt: scene.prompt,
    resolution: request.resolution,
    aspectRatio: request.aspectRatio,
    duration: request.duration,
    seed: { kind: 'random' },
  }
  putScene(db, made)
  emit('scene.put', made)
  return made
}

/** Scenes made again stand where they stood, which leaves gaps and ties; this numbers every board densely again. */
export function densifyBoards(outbox: Outbox): void {
  outbox.write((db, emit) => {
    const boards = listProjects(db).flatMap((project) => listStoryboards(db, project.id))
    for (const board of boards) {
      listScenes(db, board.id).forEach((scene, position) => {
        if (scene.position === position) return
        const dense = { ...scene, position }
        putScene(db, dense)
        emit('scene.put', dense)
      })
    }
  })
}

/**
 * The scene a take belongs to: its own when it is there, else made again with what is known of it, in its own project
 * and storyboard (found by id, then by title, so that a board opened anew counts the takes it already has). Only where
 * another scene has taken its number meanwhile does it go into a storyboard called Recovered.
 */
export function placeFor(placing: Placing, origin: TakeOrigin): { sceneId: SceneId; board: Storyboard } {
  const { db, ports } = placing
  const known = findScene(db, origin.scene.id)
  const home = known ? findStoryboard(db, known.storyboardId) : null
  if (known && home) return { sceneId: known.id, board: home }

  const project = projectFor(placing, origin)
  const own = findStoryboard(db, origin.storyboard.id)
  const namesake = own === null ? storyboardByTitle(db, project.id, origin.storyboard.title) : null
  const board =
    own ??
    (namesake === null ? null : findStoryboard(db, namesake)) ??
    addStoryboard(placing, project, origin.storyboard)
  fillCast(placing, board, origin)
  const rival = listScenes(db, board.id).find(({ number }) => number === origin.scene.number)
  if (!rival) return { sceneId: addScene(placing, board, origin, origin.scene.number).id, board }
  // A board of the same name that was made anew has the same scenes under other ids.
  if (board.id !== origin.storyboard.id) return { sceneId: rival.id, board }

  const aside = storyboardByTitle(db, board.projectId, RECOVERED)
  const recovered =
    (aside === null ? null : findStoryboard(db, aside)) ??
    addStoryboard(placing, project, { id: ports.ids.next() as StoryboardId, title: RECOVERED, style: '' })
  const numbers = listScenes(db, recovered.id).map(({ number }) => number)
  const number = numbers.includes(origin.scene.number)
    ? insertedSceneNumber(origin.scene.number, numbers)
    : origin.scene.number
  return { sceneId: addScene(placing, recovered, origin, number).id, board: recovered }
}
