import type { SceneId } from '../../../shared/ids.ts'
import { listPrice } from '../../../shared/models/happyhorse-1.1-r2v.ts'
import {
  formatUsd,
  formatUsdExact,
  multiplyUsd,
  subtractUsd,
  sumUsd,
  usdMicros,
  type UsdMicros,
} from '../../../shared/money.ts'
import type { Preview, PreviewRow } from '../../../shared/preview.ts'
import { resolutionOf } from '../../common/use-previews.ts'
import type { GenerateWish } from '../../state/generate-wish.ts'
import type { SeedLabel } from '../../state/seeds.ts'
import { plural } from '../../state/selectors.ts'
import { type Item, rowsByItem } from './items.ts'
import type { Choices, SeedKind } from './order.ts'

/** Limits on money that hold scenes back, and what each is called. */
export const LIMITS = {
  cap: 'the cap',
  'library-cap': "the library's cap",
  'batch-limit': 'the limit for one batch',
} as const
export type Limit = keyof typeof LIMITS

/** The limit on money that holds a row back; null when it is sent, or held back for another reason. */
export const limitOf = (row: PreviewRow): Limit | null =>
  row.heldBack !== null && row.heldBack in LIMITS ? (row.heldBack as Limit) : null

/** One line of the list. */
export type Line =
  | {
      readonly kind: 'item'
      readonly item: Item
      /** Null for what is not asked for, or is there already. */
      readonly row: PreviewRow | null
      readonly price: UsdMicros
      /** Leaves with the batch. */
      readonly admitted: boolean
      /** Asked for, but a take of it is there already. */
      readonly covered: boolean
    }
  /** Where a limit on money stops the batch. */
  | { readonly kind: 'cap'; readonly limit: Limit; readonly scenes: number; readonly price: UsdMicros }
  /** The prompt and the notes of the scene above it. */
  | { readonly kind: 'prompt'; readonly item: Item }

const scenesAmong = (rows: readonly PreviewRow[]) => new Set(rows.map(({ sceneId }) => sceneId)).size

/**
 * The list: everything in board order, with a line before the first that a limit holds back.
 * @param ordered what is asked for
 */
export function linesOf(
  items: readonly Item[],
  preview: Preview | null,
  choices: Pick<Choices, 'pass' | 'takes' | 'missingOnly'>,
  ordered: readonly Item[],
): readonly Line[] {
  const rows = rowsByItem(ordered, preview)
  const asked = new Set(ordered.map(({ key }) => key))
  const over = preview?.rows.filter((row) => limitOf(row) !== null) ?? []
  const lines: Line[] = []
  for (const item of items) {
    const row = rows.get(item.key) ?? null
    const limit = row && row === over[0] ? limitOf(row) : null
    if (limit)
      lines.push({ kind: 'cap', limit, scenes: scenesAmong(over), price: sumUsd(over.map(({ price }) => price)) })
    const unit = listPrice(resolutionOf(choices.pass) ?? item.resolution, item.duration)
    const price = row && row.price > 0 ? row.price : multiplyUsd(unit, choices.takes)
    const covered = preview !== null && choices.missingOnly && asked.has(item.key) && row === null
    lines.push({ kind: 'item', item, row, price, covered, admitted: row !== null && row.heldBack === null })
  }
  return lines
}

/** `6 s × $0.189`, with the number of takes before it when there are several. */
export function rateText(duration: number, takes: number, price: UsdMicros): string {
  const perSecond = usdMicros(Math.round(price / Math.max(1, takes * duration)))
  return `${takes > 1 ? `${takes} × ` : ''}${duration} s × ${formatUsdExact(perSecond)}`
}

/** What the cap does to an order, for the card of a pass. */
export function coverText(preview: Preview): string {
  // Scenes that cannot be sent for another reason are no matter of money.
  const sendable = preview.rows.filter((row) => row.heldBack === null || row.heldBack === 'no-cap' || limitOf(row))
  const scenes = scenesAmong(sendable)
  if (preview.rows.length === 0) return 'No scene is ticked.'
  if (scenes === 0) return 'No scene can be sent yet.'
  if (preview.cap === null) return 'Needs a spending cap.'
  const over = preview.rows.filter((row) => limitOf(row) !== null)
  const limit = over[0] && limitOf(over[0])
  if (!limit) return 'Fits the cap.'
  const name = LIMITS[limit].replace(/^t/, 'T')
  return over.length === sendable.length
    ? `${name} covers none of it.`
    : `${name} covers ${sendable.length - over.length} of ${sendable.length} ${sendable.length === scenes ? 'scenes' : 'takes'}.`
}

/** How the seed of a line reads. */
export function seedChip(row: PreviewRow | null, item: Item, seeds: SeedKind): SeedLabel {
  const { scene } = item
  const value = row?.seedValue ?? null
  if (item.seed !== null && (item.from === null || seeds === 'keep')) return { kind: 'locked', text: String(item.seed) }
  if (item.from !== null || scene === null) return { kind: 'random', text: 'Random' }
  if (value !== null) {
    const own = seeds === 'keep' ? scene.seed.kind : 'locked'
    return { kind: own === 'scene' || own === 'walk' ? own : 'locked', text: String(value) }
  }
  if (seeds === 'random' || scene.seed.kind === 'random' || item.key !== item.sceneId)
    return { kind: 'random', text: 'Random' }
  if (scene.seed.kind === 'locked') return { kind: 'locked', text: String(scene.seed.value) }
  return scene.seed.kind === 'walk' ? { kind: 'walk', text: 'Walk' } : { kind: 'scene', text: 'Linked' }
}

/** What leaves, without its price: `10 scenes`, `6 takes of 1 scene`; null for nothing. */
export function leavesText(preview: Preview): string | null {
  const admitted = preview.rows.filter((row) => row.heldBack === null)
  if (admitted.length === 0) return null
  const takes = admitted.reduce((sum, row) => sum + row.takes, 0)
  const scenes = scenesAmong(admitted)
  return takes === scenes ? plural(scenes, 'scene') : `${plural(takes, 'take')} of ${plural(scenes, 'scene')}`
}

/** What leaves when the button is pressed: `Submit 10 scenes · $9.26`. */
export function submitText(preview: Preview, rehearsing: boolean): string {
  const what = leavesText(preview)
  if (what === null) return rehearsing ? 'Nothing to rehearse' : 'Nothing to submit'
  return rehearsing ? `Rehearse ${what}` : `Submit ${what} · ${formatUsd(preview.reserves)}`
}

/** Why some scenes stay behind for other reasons than the cap, as one sentence; null when none does. */
export function heldText(preview: Preview): string | null {
  const held = preview.rows.filter((row) => row.heldBack !== null && row.heldBack !== 'no-cap' && limitOf(row) === null)
  const scenes = scenesAmong(held)
  return scenes === 0 ? null : `${plural(scenes, 'scene')} cannot be sent yet: see the list.`
}

/** Puts the prompt of each unfolded scene under it. */
export const withPrompts = (lines: readonly Line[], unfolded: ReadonlySet<SceneId>): readonly Line[] =>
  unfolded.size === 0
    ? lines
    : lines.flatMap((line) =>
        line.kind === 'item' && unfolded.has(line.item.sceneId)
          ? [line, { kind: 'prompt' as const, item: line.item }]
          : [line],
      )

/** The heading of a batch that tries rejected scenes again, as far as it is priced: `Re-run 6 rejected scenes: $5.04`. */
export function rerunTitle(scenes: number, preview: Preview | null, rehearsing: boolean): string {
  const what = plural(scenes, 'rejected scene')
  if (rehearsing) return `Rehearse ${what} again`
  return preview === null || scenes === 0 ? `Re-run ${what}` : `Re-run ${what}: ${formatUsd(preview.total)}`
}

/** How much is missing for all that could be sent, and which limit says so; null while all of it can go. */
export function shortText(preview: Preview): string | null {
  const over = preview.rows.filter((row) => limitOf(row) !== null)
  const limit = over[0] && limitOf(over[0])
  if (!limit) return null
  const sendable = sumUsd(preview.rows.filter((row) => row.heldBack === null || limitOf(row)).map(({ price }) => price))
  const held = `${plural(scenesAmong(over), 'scene')}, ${formatUsd(sumUsd(over.map(({ price }) => price)))}, ${
    scenesAmong(over) === 1 ? 'stays' : 'stay'
  } behind`
  const short =
    limit === 'cap' && preview.left !== null
      ? ` The cap is ${formatUsd(subtractUsd(sendable, preview.left))} short.`
      : ''
  return `Over ${LIMITS[limit]}: ${held}.${short}`
}

/** The heading of the pre-flight. */
export function titleOf(wish: GenerateWish, board: string, rehearsing: boolean): string {
  if (wish.kind === 'final') return `Final pass of ${board}`
  if (wish.kind === 'takes') return `Make again: ${board}`
  if (wish.kind === 'scenes' && wish.draft) return `Draft pass of ${board}`
  return `${rehearsing ? 'Rehearse' : 'Generate'} ${board}`
}
