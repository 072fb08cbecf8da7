import type { SceneId } from '../../../shared/ids.ts'
import type { ProviderName, Scene } from '../../../shared/model.ts'
import { PRICE_PER_SECOND } from '../../../shared/models/happyhorse-1.1-r2v.ts'
import { formatUsd, formatUsdExact, type UsdMicros } from '../../../shared/money.ts'
import type { CellOrder } from '../../../shared/preview.ts'
import type { WishedCell } from '../../state/generate-wish.ts'
import { plural, totalPrice } from '../../state/selectors.ts'
import { type Matrix, runnable } from './matrix.ts'

/** A scene a seed can be run on, or could once its earlier take is settled. */
export interface RunRow {
  readonly scene: Scene
  readonly able: boolean
  /** What there was before, or what stands in the way. */
  readonly note: string | null
}

/** The scenes a seed has no take of that is as they would be sent now, in board order. */
export const runRows = (
  matrix: Matrix,
  scenes: readonly Scene[],
  seed: number,
  provider: ProviderName,
): readonly RunRow[] =>
  scenes.flatMap((scene): readonly RunRow[] => {
    const can = runnable(matrix.takesAt(scene.id, seed), provider)
    if (can.ok) return [{ scene, able: true, note: can.why }]
    return can.reason === 'unsettled' ? [{ scene, able: false, note: 'unsettled' }] : []
  })

/** Chosen cells that can still be run, in board order. */
export function cellsToRun(
  chosen: ReadonlyMap<string, WishedCell>,
  matrix: Matrix,
  scenes: readonly Scene[],
  provider: ProviderName,
): readonly (WishedCell & { readonly seed: number; readonly scene: Scene })[] {
  const byScene = Map.groupBy(chosen.values(), ({ sceneId }) => sceneId)
  return scenes.flatMap((scene) =>
    (byScene.get(scene.id) ?? []).flatMap(({ seed }) =>
      seed !== null && runnable(matrix.takesAt(scene.id, seed), provider).ok
        ? [{ sceneId: scene.id, seed, scene }]
        : [],
    ),
  )
}

export const cellOrder = (provider: ProviderName, cells: readonly WishedCell[]): CellOrder | null =>
  cells.length === 0
    ? null
    : {
        kind: 'cells',
        provider,
        cells: cells.map(({ sceneId, seed }) => ({ sceneId, seed })),
        resolution: null,
        duration: null,
        includeUnconfirmed: provider === 'rehearsal',
      }

/** `19 s × $0.14 at 720p`, or `19 s of video` for different resolutions. */
export function secondsText(scenes: readonly Scene[]): string {
  const seconds = scenes.reduce((sum, { duration }) => sum + duration, 0)
  const [first] = scenes
  const alike = first && scenes.every(({ resolution }) => resolution === first.resolution)
  if (!alike) return `${seconds} s of video`
  return `${seconds} s × ${formatUsdExact(PRICE_PER_SECOND[first.resolution])} at ${first.resolution}`
}

/** What the button of the panel says. @param price what the engine says it reserves; the table's until it has answered */
export function runText(
  cells: readonly { readonly sceneId: SceneId; readonly scene: Scene }[],
  rehearsing: boolean,
  price: UsdMicros | null,
): string {
  const scenes = new Set(cells.map(({ sceneId }) => sceneId)).size
  if (scenes === 0) return 'Choose scenes to run'
  const what =
    scenes === cells.length ? plural(scenes, 'scene') : `${plural(cells.length, 'take')} of ${plural(scenes, 'scene')}`
  if (rehearsing) return `Rehearse on ${what}`
  return `Run on ${what} · ${formatUsd(price ?? totalPrice(cells.map(({ scene }) => scene)))}`
}
