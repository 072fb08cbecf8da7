import { TakeboardError } from '../../../shared/errors.ts'
import { present } from '../../../shared/assert.ts'
import type { TakeId } from '../../../shared/ids.ts'
import { formatUsdExact } from '../../../shared/money.ts'
import { isOpen, type Judgement, needsDecision, type Scene, type Take } from '../../../shared/model.ts'
import { judgementInWords, scenesInWords, takesInWords } from '../domain/edit-labels.ts'
import { slate } from '../domain/slate.ts'
import { canDownloadAgain, type TakeEvent } from '../domain/take-machine.ts'
import type { Handlers } from '../router.ts'
import { findScene } from '../store/boards.ts'
import { listHistory } from '../store/records.ts'
import { writeJudgement } from '../store/takes.ts'
import { writeScenes } from './arrange.ts'
import { the, type HandlerContext } from './context.ts'
import { describeEvent } from './describe-event.ts'
import { patched } from './patched.ts'

type TakeCalls = Pick<
  Handlers,
  | 'take.history'
  | 'take.cancel'
  | 'take.update'
  | 'take.judge'
  | 'take.useSeed'
  | 'take.lookFor'
  | 'take.resolve'
  | 'take.download'
>

export function takeHandlers(context: HandlerContext): TakeCalls {
  const { store, history, driver, reconciler } = context

  const slateOf = (take: Take) => slate(findScene(store.read, take.sceneId)?.number ?? '?', take.number)

  function judge(takeIds: readonly TakeId[], patch: { readonly [K in keyof Judgement]?: Judgement[K] | undefined }) {
    const takes = [...new Set(takeIds)].map((id) => the.take(store.read, id).take)
    const { projectId } = present(takes[0], 'at least one was given')
    if (takes.some((take) => take.projectId !== projectId))
      throw new TakeboardError('bad-input', 'Takes of one project are judged at a time.')
    const label = `${judgementInWords(patch)} ${takesInWords(takes.map(slateOf))}`
    return history.edit({ projectId, label }, (db, emit) => {
      for (const { id } of takes) {
        const { take } = the.take(db, id)
        writeJudgement(db, id, patched<Judgement>(take, patch))
        emit('take.put', the.take(db, id).take)
      }
      return {}
    })
  }

  const mustChange = (changed: boolean, message: string) => {
    if (!changed) throw new TakeboardError('conflict', message)
    return {}
  }

  const needsSettling = (takeId: Parameters<typeof the.take>[1]) => {
    const stored = the.take(store.read, takeId)
    if (!needsDecision(stored.state))
      throw new TakeboardError('conflict', 'Only a take whose submission outcome is unknown can be settled by hand.')
    return stored
  }

  return {
    'take.history': ({ takeId }) => {
      const paid = the.take(store.read, takeId).state.price > 0
      return listHistory(store.read, takeId).map(({ at, event }) => {
        const parsed = JSON.parse(event) as TakeEvent
        return { at, event: parsed.type, text: describeEvent(parsed, paid) }
      })
    },

    'take.cancel': ({ takeId }) => {
      the.take(store.read, takeId)
      const { changed } = driver.apply(takeId, { type: 'cancelled' })
      return mustChange(
        changed,
        'This take was already sent; a job at the service cannot be cancelled or refunded from here.',
      )
    },

    'take.update': ({ takeId, patch }) => judge([takeId], patch),
    'take.judge': ({ takeIds, patch }) => judge(takeIds, patch),

    'take.useSeed': ({ takeId, sceneIds }) => {
      const { take } = the.take(store.read, takeId)
      const scenes = [...new Set(sceneIds)].map((id) => the.scene(store.read, id))
      const boards = Map.groupBy(scenes, ({ storyboardId }) => storyboardId)
      for (const id of boards.keys())
        if (the.storyboard(store.read, id).projectId !== take.projectId)
          throw new TakeboardError('bad-input', 'A seed can be reused in scenes of the same project.')
      const label = `use the seed of ${slateOf(take)} in ${scenesInWords(scenes)}`
      return history.edit({ projectId: take.projectId, label }, (db, emit) => {
        for (const [id, before] of boards) {
          const locked = before.map((scene): Scene => ({
            ...scene,
            seed: { kind: 'locked', value: take.request.seed },
          }))
          writeScenes(db, emit, id, new Map(before.map((scene) => [scene.id, scene])), locked)
        }
        return {}
      })
    },

    'take.lookFor': ({ takeId }) => {
      if (needsSettling(takeId).state.phase !== 'unconfirmed')
        throw new TakeboardError('conflict', 'The service was asked and does not know the job of this take.')
      return reconciler.lookFor(takeId)
    },

    'take.resolve': ({ takeId, as }) => {
      const { take } = needsSettling(takeId)
      if (as.kind === 'prediction') {
        return mustChange(reconciler.bind(takeId, as.predictionId), 'The take was settled meanwhile.')
      }
      const type = as.kind === 'charged' ? 'resolved-charged' : 'resolved-not-charged'
      const { changed } = driver.apply(takeId, { type })
      return mustChange(changed, `The take was settled meanwhile; ${formatUsdExact(take.price)} was not moved.`)
    },

    'take.download': ({ takeId }) => {
      const { state } = the.take(store.read, takeId)
      if (!isOpen(state.phase) && !canDownloadAgain(state))
        throw new TakeboardError('conflict', 'This take has no clip at the service to download.')
      const { changed } = driver.apply(takeId, { type: 'download-again' })
      return mustChange(changed, 'This take is still being worked on.')
    },
  }
}
