import { createHash } from 'node:crypto'
import type { ScenePatch } from '../../../shared/calls/boards.ts'
import { TakeboardError } from '../../../shared/errors.ts'
import { present } from '../../../shared/assert.ts'
import type { SceneId } from '../../../shared/ids.ts'
import type { Scene } from '../../../shared/model.ts'
import { chosenReferences } from '../domain/compose-request.ts'
import { changeInWords } from '../domain/edit-labels.ts'
import { slate } from '../domain/slate.ts'
import type { Handlers } from '../router.ts'
import { findBoardScene, putScene } from '../store/boards.ts'
import type { ReadDb } from '../store/open-store.ts'
import { writeScenes } from './arrange.ts'
import { mustBeOf } from './chosen-scenes.ts'
import { the, type HandlerContext } from './context.ts'
import { namedIn, patched } from './patched.ts'
import { boardComposer } from './stale.ts'

type SceneCalls = Pick<Handlers, 'scene.update' | 'scene.updateMany' | 'scene.pick' | 'scene.asSent'>

/** Fields that are typed: what is typed in a row is one step of undo. */
const TYPED = new Set(['number', 'title', 'prompt', 'notes', 'dialogue', 'section'])

/** A scene with a patch applied. Code: seed-unresolved for a seed from the scene itself or from another storyboard. */
export function patchScene(db: ReadDb, scene: Scene, patch: ScenePatch): Scene {
  if (patch.seed?.kind === 'scene') {
    const source = findBoardScene(db, patch.seed.sceneId)
    if (source?.storyboardId !== scene.storyboardId || source.id === scene.id)
      throw new TakeboardError('seed-unresolved', 'A seed can be taken from another scene of the same storyboard.')
  }
  const next = patched(scene, patch)
  return next.section?.trim() === '' ? { ...next, section: null } : next
}

/** What is in a scene. */
export function sceneHandlers({ store, history }: HandlerContext): SceneCalls {
  function updateMany(edits: readonly { readonly sceneId: SceneId; readonly patch: ScenePatch }[]) {
    const db = store.read
    const before = new Map<SceneId, Scene>()
    const after = new Map<SceneId, Scene>()
    const first = the.scene(db, present(edits[0], 'the contract asks for one').sceneId)
    const board = the.storyboard(db, first.storyboardId)
    for (const { sceneId, patch } of edits) {
      const scene = before.get(sceneId) ?? the.scene(db, sceneId)
      mustBeOf(board, scene)
      before.set(sceneId, scene)
      after.set(sceneId, patchScene(db, after.get(sceneId) ?? scene, patch))
    }
    const fields = [...new Set(edits.flatMap(({ patch }) => namedIn(patch)))]
    const label = changeInWords(fields, [...before.values()])
    const stroke = createHash('sha256')
      .update([...before.keys(), ...fields].join(' '))
      .digest('base64url')
    const mergeKey = fields.every((field) => TYPED.has(field)) ? { mergeKey: stroke } : {}
    history.edit({ projectId: board.projectId, label, ...mergeKey }, (write, emit) =>
      writeScenes(write, emit, board.id, before, [...after.values()]),
    )
    return {}
  }

  return {
    'scene.update': (edit) => updateMany([edit]),
    'scene.updateMany': ({ edits }) => updateMany(edits),

    'scene.pick': ({ sceneId, takeId }) => {
      const scene = the.scene(store.read, sceneId)
      const take = takeId === null ? null : the.take(store.read, takeId).take
      if (take !== null && (take.sceneId !== sceneId || take.phase !== 'ready'))
        throw new TakeboardError('conflict', 'Only a finished take of this scene can be its pick.')
      const { projectId } = the.storyboard(store.read, scene.storyboardId)
      const label =
        take === null ? `take back the pick of scene ${scene.number}` : `pick ${slate(scene.number, take.number)}`
      return history.edit({ projectId, label }, (db, emit) => {
        const picked = { ...scene, pickTakeId: takeId }
        putScene(db, picked)
        emit('scene.put', picked)
        return {}
      })
    },

    'scene.asSent': ({ sceneId }) => {
      const db = store.read
      const scene = the.scene(db, sceneId)
      const composed = boardComposer(db, scene.storyboardId)(scene)
      if (composed.ok)
        return { prompt: composed.request.prompt, references: [...composed.request.references], problem: null }
      const cast = the.cast(db, the.storyboard(db, scene.storyboardId).castId)
      const references = chosenReferences(scene, cast.references)
      return {
        prompt: composed.prompt,
        references: references.map(({ id, name, image }) => ({ referenceId: id, name, sha256: image.sha256 })),
        problem: composed.problem.message,
      }
    },
  }
}
