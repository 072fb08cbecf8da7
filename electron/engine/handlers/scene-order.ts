import { TakeboardError } from '../../../shared/errors.ts'
import { present } from '../../../shared/assert.ts'
import { SceneId } from '../../../shared/ids.ts'
import type { Scene } from '../../../shared/model.ts'
import { scenesInWords } from '../domain/edit-labels.ts'
import { mergeScenes } from '../domain/merge-scenes.ts'
import { passSections } from '../domain/sections.ts'
import { createSceneNumbers } from '../domain/slate.ts'
import { splitScene } from '../domain/split-scene.ts'
import type { Handlers } from '../router.ts'
import { listScenes, usedSceneNumbers } from '../store/boards.ts'
import { arrange } from './arrange.ts'
import { type Chosen, chosenScenes } from './chosen-scenes.ts'
import { the, type HandlerContext } from './context.ts'
import { newScene } from './new-entities.ts'
import { patchScene } from './scenes.ts'

type SceneOrderCalls = Pick<
  Handlers,
  | 'scene.create'
  | 'scene.createMany'
  | 'scene.move'
  | 'scene.moveMany'
  | 'scene.duplicate'
  | 'scene.duplicateMany'
  | 'scene.remove'
  | 'scene.removeMany'
  | 'scene.split'
  | 'scene.merge'
>

const LONGEST_TEXT = 20_000
const NONE: ReadonlySet<SceneId> = new Set()

/** @param before null for the end @throws TakeboardError `not-found` */
function placeBefore(scenes: readonly Scene[], before: SceneId | null): number {
  const at = before === null ? scenes.length : scenes.findIndex(({ id }) => id === before)
  if (at < 0) throw new TakeboardError('not-found', 'That scene is no longer in the storyboard.')
  return at
}

/** Which scenes there are, and in which order. */
export function sceneOrderHandlers({ ports, store, history }: HandlerContext): SceneOrderCalls {
  const nextId = () => SceneId.parse(ports.ids.next())

  /** One step of undo that leaves the board as `after` says. */
  const rearrange = ({ board, scenes }: Pick<Chosen, 'board' | 'scenes'>, label: string, after: readonly Scene[]) =>
    history.edit({ projectId: board.projectId, label }, (db, emit) => arrange(db, emit, board, scenes, after))

  function createMany({ storyboardId, before, scenes: given }: Parameters<Handlers['scene.createMany']>[0]) {
    const db = store.read
    const board = the.storyboard(db, storyboardId)
    const scenes = listScenes(db, storyboardId)
    const index = placeBefore(scenes, before)
    const used = [...usedSceneNumbers(db, storyboardId), ...given.flatMap(({ number }) => number ?? [])]
    const isLast = index === scenes.length
    const numbers = createSceneNumbers(used)
    const previous = scenes[index - 1]?.number ?? null
    const made = given.map((patch, place) =>
      patchScene(db, newScene(ports, board, isLast ? numbers.last() : numbers.after(previous), index + place), patch),
    )
    const order = [...scenes.slice(0, index), ...made, ...scenes.slice(index)]
    const placed = rearrange({ board, scenes }, `add ${scenesInWords(made)}`, order)
    return { sceneIds: placed.slice(index, index + made.length).map(({ id }) => id) }
  }

  function moveMany(sceneIds: readonly SceneId[], before: SceneId | null) {
    const { board, scenes, chosen, ids } = chosenScenes(store.read, sceneIds)
    const at = placeBefore(scenes, before)
    const stays = (scene: Scene) => !ids.has(scene.id)
    const order = [...scenes.slice(0, at).filter(stays), ...chosen, ...scenes.slice(at).filter(stays)]
    const label = `move ${scenesInWords(chosen)}`
    if (order.some(({ id }, index) => id !== scenes[index]?.id))
      rearrange({ board, scenes }, label, passSections(scenes, order, ids))
    return {}
  }

  function duplicateMany(sceneIds: readonly SceneId[]) {
    const { board, scenes, chosen, ids } = chosenScenes(store.read, sceneIds)
    const numbers = createSceneNumbers(usedSceneNumbers(store.read, board.id))
    const copies: Scene[] = []
    const order = scenes.flatMap((scene, index) => {
      if (!ids.has(scene.id)) return [scene]
      const number = index === scenes.length - 1 ? numbers.last() : numbers.after(scene.number)
      const copy = { ...scene, id: nextId(), number, section: null, pickTakeId: null }
      copies.push(copy)
      return [scene, copy]
    })
    rearrange({ board, scenes }, `duplicate ${scenesInWords(chosen)}`, order)
    return { sceneIds: copies.map(({ id }) => id) }
  }

  function removeMany(sceneIds: readonly SceneId[]) {
    const { board, scenes, chosen, ids } = chosenScenes(store.read, sceneIds)
    const left = scenes.filter(({ id }) => !ids.has(id))
    rearrange({ board, scenes }, `remove ${scenesInWords(chosen)}`, passSections(scenes, left, NONE))
    return {}
  }

  return {
    'scene.create': ({ storyboardId, before }) => {
      const { sceneIds } = createMany({ storyboardId, before, scenes: [{}] })
      return { sceneId: present(sceneIds[0], 'one was made') }
    },
    'scene.createMany': createMany,
    'scene.move': ({ sceneId, before }) => moveMany([sceneId], before),
    'scene.moveMany': ({ sceneIds, before }) => moveMany(sceneIds, before),
    'scene.duplicate': ({ sceneId }) => ({
      sceneId: present(duplicateMany([sceneId]).sceneIds[0], 'one was made'),
    }),
    'scene.duplicateMany': ({ sceneIds }) => duplicateMany(sceneIds),
    'scene.remove': ({ sceneId }) => removeMany([sceneId]),
    'scene.removeMany': ({ sceneIds }) => removeMany(sceneIds),

    'scene.split': ({ sceneId, at }) => {
      const { board, scenes } = chosenScenes(store.read, [sceneId])
      const scene = the.scene(store.read, sceneId)
      const halves = splitScene(scene, at)
      if (halves === null)
        throw new TakeboardError('bad-input', 'Choose a place inside the prompt, with words before and after it.')
      const number = createSceneNumbers(usedSceneNumbers(store.read, board.id)).after(scene.number)
      const second: Scene = {
        ...newScene(ports, board, number, scene.position + 1),
        title: scene.title,
        resolution: scene.resolution,
        aspectRatio: scene.aspectRatio,
        seed: scene.seed,
        references: scene.references,
        ...halves[1],
      }
      const order = scenes.flatMap((each) => (each.id === sceneId ? [{ ...each, ...halves[0] }, second] : [each]))
      rearrange({ board, scenes }, `split ${scenesInWords([scene])}`, order)
      return { sceneId: second.id }
    },

    'scene.merge': ({ sceneIds }) => {
      const { board, scenes, chosen, ids } = chosenScenes(store.read, sceneIds)
      const [first, ...others] = chosen
      if (first === undefined || others.length === 0)
        throw new TakeboardError('bad-input', 'Choose two scenes or more to make one of.')
      if (others.some(({ position }, index) => position !== first.position + index + 1))
        throw new TakeboardError('conflict', 'Only scenes that follow each other can become one.')
      const merged = mergeScenes(first, others)
      if ([merged.prompt, merged.notes, merged.dialogue].some((text) => text.length > LONGEST_TEXT))
        throw new TakeboardError('conflict', 'Together these scenes have more text than one scene holds.')
      const left = scenes.flatMap((scene) => (scene.id === first.id ? [merged] : ids.has(scene.id) ? [] : [scene]))
      rearrange({ board, scenes }, `merge ${scenesInWords(chosen)}`, passSections(scenes, left, NONE))
      return { sceneId: first.id }
    },
  }
}
