import type { SceneId } from '../../../shared/ids.ts'
import type { ProviderName, Scene, Take } from '../../../shared/model.ts'
import type { Resolution } from '../../../shared/models/happyhorse-1.1-r2v.ts'
import type { Preview, PreviewRow } from '../../../shared/preview.ts'
import type { ProjectView } from '../../state/apply-event.ts'
import type { GenerateWish } from '../../state/generate-wish.ts'
import { finalPass, type FinalScene, FINAL } from '../../state/passes.ts'
import { type Rejected, rejectedScenes } from '../../state/rerun.ts'
import { takesOf } from '../../state/selectors.ts'

/** Something that can be asked for: a scene, a cell, or a take made again. */
export interface Item {
  /** Unique among the items. */
  readonly key: string
  readonly sceneId: SceneId
  /** Null when it is no longer on the board. */
  readonly scene: Scene | null
  readonly number: string
  readonly title: string
  /** The take it makes again. */
  readonly from: Take | null
  /** What was rejected of the scene, where it is tried again. */
  readonly again: Rejected | null
  /** Null: as the scene says, or drawn. */
  readonly seed: number | null
  /** Its own, unless the pass says otherwise. */
  readonly resolution: Resolution
  readonly duration: number
  /** Why it is listed but cannot be asked for, as a sentence. */
  readonly leftOut: string | null
}

/** Keys things that may be alike: `a`, `a 2`, `a 3`, as the engine does. */
function counter(): (base: string) => string {
  const seen = new Map<string, number>()
  return (base) => {
    const n = (seen.get(base) ?? 0) + 1
    seen.set(base, n)
    return n === 1 ? base : `${base} ${n}`
  }
}

const ofScene = (scene: Scene): Item => ({
  key: scene.id,
  sceneId: scene.id,
  scene,
  number: scene.number,
  title: scene.title,
  from: null,
  again: null,
  seed: null,
  resolution: scene.resolution,
  duration: scene.duration,
  leftOut: null,
})

function ofTake(view: ProjectView, take: Take): Item {
  const scene = view.scenes.get(take.sceneId) ?? null
  const named = scene ?? view.removedScenes.get(take.sceneId)
  const { seed, resolution, duration } = take.request
  return {
    key: take.id,
    sceneId: take.sceneId,
    scene,
    number: named?.number ?? '?',
    title: named?.title ?? '',
    from: take,
    again: null,
    seed,
    resolution,
    duration,
    leftOut: null,
  }
}

function whyNotFinal({ state, final }: FinalScene): string | null {
  if (state === 'no-pick') return 'Pick a take first'
  if (state === 'done') return `Done: take ${final?.number ?? ''} is at ${FINAL}`
  return state === 'under-way' ? `Take ${final?.number ?? ''} is on its way at ${FINAL}` : null
}

function ofFinal(view: ProjectView, row: FinalScene): Item {
  const leftOut = whyNotFinal(row)
  const base = row.pick ? ofTake(view, row.pick) : ofScene(row.scene)
  return { ...base, leftOut }
}

/** In board order; what is of one scene stays in the order given, and what is of none comes last. */
function inBoardOrder<T>(scenes: readonly Scene[], given: readonly T[], sceneIdOf: (each: T) => SceneId): readonly T[] {
  const places = new Map(scenes.map(({ id }, place) => [id, place]))
  const place = (each: T) => places.get(sceneIdOf(each)) ?? scenes.length
  return given.toSorted((a, b) => place(a) - place(b))
}

function ofCells(scenes: readonly Scene[], wish: GenerateWish & { kind: 'cells' }): readonly Item[] {
  const byId = new Map(scenes.map((scene) => [scene.id, scene]))
  const keyOf = counter()
  const named = new Set<string>()
  const cells = wish.cells.filter(({ sceneId, seed }) => {
    const cell = `${sceneId} ${seed}`
    if (seed === null || !named.has(cell)) return named.add(cell)
    return false
  })
  return inBoardOrder(scenes, cells, ({ sceneId }) => sceneId).flatMap(({ sceneId, seed }) => {
    const scene = byId.get(sceneId)
    if (!scene) return []
    const key = keyOf(`${sceneId} ${seed ?? 'drawn'}`)
    return [{ ...ofScene(scene), key, seed, duration: wish.duration ?? scene.duration }]
  })
}

/** Everything a wish names, in board order. @param scenes of the storyboard, in board order */
export function itemsOf(view: ProjectView, scenes: readonly Scene[], wish: GenerateWish): readonly Item[] {
  switch (wish.kind) {
    case 'scenes': {
      const wanted = wish.sceneIds === null ? null : new Set(wish.sceneIds)
      return scenes.filter(({ id }) => wanted === null || wanted.has(id)).map(ofScene)
    }
    case 'cells':
      return ofCells(scenes, wish)
    case 'takes': {
      const takes = [...new Set(wish.takeIds)].flatMap((id) => view.takes.get(id) ?? [])
      return inBoardOrder(scenes, takes, ({ sceneId }) => sceneId).map((take) => ofTake(view, take))
    }
    case 'final':
      return finalPass(view, scenes).map((row) => ofFinal(view, row))
    case 'rerun':
      return rejectedScenes(view, scenes).map(({ scene, rejected }) => ({ ...ofScene(scene), again: rejected }))
  }
}

/** True of a pick nobody has seen what its seed gives: it is a rehearsal, and the batch is not. */
export const isUnseen = (item: Item, provider: ProviderName): boolean =>
  item.from !== null && item.from.provider !== provider && provider === 'wavespeed'

/** Takes of a scene whose submission went unanswered, of the provider the batch is for. */
export const unsettledTakes = (view: ProjectView, sceneId: SceneId, provider: ProviderName): readonly Take[] =>
  takesOf(view, sceneId).filter((take) => take.phase === 'unconfirmed' && take.provider === provider)

/** What the engine calls an item, but for the number of one that has likes. */
const baseOf = (item: Item): string =>
  item.from
    ? item.from.id
    : item.key.startsWith(`${item.sceneId} `)
      ? `${item.sceneId} ${item.seed ?? 'drawn'}`
      : item.sceneId

/** The row of each item that was asked for. Of several alike, the first asked for has the first row. */
export function rowsByItem(ordered: readonly Item[], preview: Preview | null): ReadonlyMap<string, PreviewRow> {
  const rows = new Map(preview?.rows.map((row) => [row.key, row]))
  const keyOf = counter()
  const found = new Map<string, PreviewRow>()
  for (const item of ordered) {
    const row = rows.get(keyOf(baseOf(item)))
    if (row) found.set(item.key, row)
  }
  return found
}
