import type { SceneId } from '../../../shared/ids.ts'
import type { ProviderName, Scene, Take } from '../../../shared/model.ts'
import { listPrice, type Resolution } from '../../../shared/models/happyhorse-1.1-r2v.ts'
import { formatUsd, formatUsdExact, multiplyUsd, sumUsd, usdMicros, type UsdMicros } from '../../../shared/money.ts'
import type { BatchSeeds, Preview, PreviewRow, SceneOrder } from '../../../shared/preview.ts'
import type { ProjectView } from '../../state/apply-event.ts'
import { parseSeed, type SeedLabel } from '../../state/seeds.ts'
import { plural, takesOf } from '../../state/selectors.ts'

/** Which resolution a batch is made at; `scenes` leaves each scene its own. */
export const PASSES = ['720p', '1080p', 'scenes'] as const
export type Pass = (typeof PASSES)[number]

export const resolutionOf = (pass: Pass): Resolution | null => (pass === 'scenes' ? null : pass)

export type SeedKind = BatchSeeds['kind']

/** What is set in the dialog. */
export interface Choices {
  readonly pass: Pass
  readonly seeds: SeedKind
  /** As typed; counts when `seeds` is `one`. */
  readonly seedText: string
  readonly takes: number
  readonly ticked: ReadonlySet<SceneId>
  /** Scenes ticked although an earlier take of theirs is unsettled. */
  readonly onPurpose: ReadonlySet<SceneId>
}

/** Takes of a scene whose submission went unanswered, of the provider the batch is for. */
export const unsettledTakes = (view: ProjectView, sceneId: SceneId, provider: ProviderName): readonly Take[] =>
  takesOf(view, sceneId).filter((take) => take.phase === 'unconfirmed' && take.provider === provider)

/** What is open at first: every scene, without those whose outcome is unknown. A rehearsal has no such caution. */
export function firstChoices(view: ProjectView, scope: readonly Scene[], seedText: string): Choices {
  const settled = scope.filter(
    (scene) =>
      view.project.provider === 'rehearsal' || unsettledTakes(view, scene.id, view.project.provider).length === 0,
  )
  return {
    pass: 'scenes',
    seeds: 'keep',
    seedText,
    takes: 1,
    ticked: new Set(settled.map((scene) => scene.id)),
    onPurpose: new Set(),
  }
}

/** Ticks or clears scenes. Ticking one whose outcome is unknown counts as choosing it on purpose. */
export function tick(choices: Choices, ids: readonly SceneId[], on: boolean, unsettled: (id: SceneId) => boolean) {
  const ticked = new Set(choices.ticked)
  const onPurpose = new Set(choices.onPurpose)
  for (const id of ids) {
    if (on) ticked.add(id)
    else ticked.delete(id)
    if (on && unsettled(id)) onPurpose.add(id)
    else onPurpose.delete(id)
  }
  return { ...choices, ticked, onPurpose }
}

/** The scenes a batch is asked for, in board order: ticked, and if their outcome is unknown then on purpose. */
export const orderedScenes = (
  scope: readonly Scene[],
  choices: Choices,
  unsettled: (id: SceneId) => boolean,
): readonly Scene[] => scope.filter(({ id }) => choices.ticked.has(id) && (!unsettled(id) || choices.onPurpose.has(id)))

/** What a locked-in seed text says, or why it is none. */
export const seedsOf = (choices: Choices): { ok: true; seeds: BatchSeeds } | { ok: false; message: string } => {
  if (choices.seeds !== 'one') return { ok: true, seeds: { kind: choices.seeds } }
  const seed = parseSeed(choices.seedText)
  return seed.ok ? { ok: true, seeds: { kind: 'one', value: seed.value } } : seed
}

/** The order as the engine takes it. */
export function orderOf(
  provider: ProviderName,
  scenes: readonly Scene[],
  choices: Choices,
  seeds: BatchSeeds,
): SceneOrder {
  return {
    kind: 'scenes',
    provider,
    sceneIds: scenes.map(({ id }) => id),
    takesPerScene: choices.takes,
    mode: 'add',
    seeds,
    resolution: resolutionOf(choices.pass),
    // A rehearsal costs nothing, so an open question about money is no reason to hold it back.
    includeUnconfirmed: provider === 'rehearsal' || scenes.some(({ id }) => choices.onPurpose.has(id)),
  }
}

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

/** One line of the list of scenes. */
export type Line =
  | {
      readonly kind: 'scene'
      readonly scene: Scene
      /** Null for a scene that is not asked for. */
      readonly row: PreviewRow | null
      readonly price: UsdMicros
      /** Leaves with the batch. */
      readonly admitted: boolean
    }
  /** Where a limit on money stops the batch. */
  | { readonly kind: 'cap'; readonly limit: Limit; readonly scenes: number; readonly price: UsdMicros }

/**
 * The list: every scene in board order, with a line before the first that a limit holds back.
 * @param ordered the scenes that are asked for
 */
export function linesOf(
  scope: readonly Scene[],
  preview: Preview | null,
  choices: Pick<Choices, 'pass' | 'takes'>,
  ordered: ReadonlySet<SceneId>,
): readonly Line[] {
  const rows = new Map(preview?.rows.map((row) => [row.sceneId, row]))
  const over = preview?.rows.filter((row) => limitOf(row) !== null) ?? []
  const lines: Line[] = []
  for (const scene of scope) {
    const row = ordered.has(scene.id) ? (rows.get(scene.id) ?? null) : null
    const limit = row && row === over[0] ? limitOf(row) : null
    if (limit) lines.push({ kind: 'cap', limit, scenes: over.length, price: sumUsd(over.map(({ price }) => price)) })
    const unit = listPrice(resolutionOf(choices.pass) ?? scene.resolution, scene.duration)
    const price = row && row.price > 0 ? row.price : multiplyUsd(unit, choices.takes)
    lines.push({ kind: 'scene', scene, row, price, admitted: row !== null && row.heldBack === null })
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
  const scenes = sendable.length
  if (preview.rows.length === 0) return 'No scene is ticked.'
  if (scenes === 0) return 'No scene can be sent yet.'
  if (preview.cap === null) return 'Needs a spending cap.'
  const over = preview.rows.filter((row) => limitOf(row) !== null)
  const limit = over[0] && limitOf(over[0])
  if (!limit) return 'Fits the cap.'
  const name = LIMITS[limit].replace(/^t/, 'T')
  return over.length === scenes
    ? `${name} covers none of it.`
    : `${name} covers ${scenes - over.length} of ${scenes} scenes.`
}

/** How the seed of a line reads. */
export function seedChip(row: PreviewRow | null, scene: Scene, seeds: SeedKind): SeedLabel {
  const value = row?.seedValue ?? null
  if (value !== null)
    return { kind: seeds === 'keep' && scene.seed.kind === 'scene' ? 'scene' : 'locked', text: String(value) }
  if (seeds === 'random' || scene.seed.kind === 'random') return { kind: 'random', text: 'Random' }
  if (scene.seed.kind === 'locked') return { kind: 'locked', text: String(scene.seed.value) }
  return { kind: 'scene', text: 'Linked' }
}

/** What leaves when the button is pressed: `Submit 10 scenes · $9.26`. */
export function submitText(preview: Preview, rehearsing: boolean): string {
  const admitted = preview.rows.filter((row) => row.heldBack === null)
  if (admitted.length === 0) return rehearsing ? 'Nothing to rehearse' : 'Nothing to submit'
  const takes = admitted.reduce((sum, row) => sum + row.takes, 0)
  const what =
    takes === admitted.length
      ? plural(admitted.length, 'scene')
      : `${plural(takes, 'take')} of ${plural(admitted.length, 'scene')}`
  return rehearsing ? `Rehearse ${what}` : `Submit ${what} · ${formatUsd(preview.reserves)}`
}

/** Why some scenes stay behind for other reasons than the cap, as one sentence; null when none does. */
export function heldText(preview: Preview): string | null {
  const held = preview.rows.filter((row) => row.heldBack !== null && row.heldBack !== 'no-cap' && limitOf(row) === null)
  return held.length === 0 ? null : `${plural(held.length, 'scene')} cannot be sent yet: see the list.`
}

/** The locked seed most scenes share, as a start for one seed for all. */
export function commonSeed(scenes: readonly Scene[]): number | null {
  const counts = new Map<number, number>()
  for (const { seed } of scenes) if (seed.kind === 'locked') counts.set(seed.value, (counts.get(seed.value) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null
}
