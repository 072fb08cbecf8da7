import type { ProviderName, Scene } from '../../../shared/model.ts'
import type { BatchOrder, BatchSeeds } from '../../../shared/preview.ts'
import { resolutionOf } from '../../common/use-previews.ts'
import type { GenerateWish, Pass } from '../../state/generate-wish.ts'
import { DRAFT, FINAL } from '../../state/passes.ts'
import { FIRST_RERUN, type RerunChoices, rerunSeeds } from '../../state/rerun.ts'
import { parseSeed } from '../../state/seeds.ts'
import { isUnseen, type Item } from './items.ts'

export type SeedKind = BatchSeeds['kind']

/** What is set in the dialog. */
export interface Choices {
  readonly pass: Pass
  /** For takes made again `keep` is the seed of each, and anything else new ones. */
  readonly seeds: SeedKind
  /** As typed; counts when `seeds` is `one`. */
  readonly seedText: string
  readonly takes: number
  /** True leaves out scenes that have such a take already. */
  readonly missingOnly: boolean
  /** Keys of items. */
  readonly ticked: ReadonlySet<string>
  /** Items ticked although an earlier take of their scene is unsettled, or was paid for in vain. */
  readonly onPurpose: ReadonlySet<string>
  /** Seeds and prompts of scenes that are tried again. */
  readonly rerun: RerunChoices
}

/** What may not be asked for unawares: an outcome that is unknown, or a take that was paid for although it failed. */
export type NeedsPurpose = (item: Item) => boolean

function firstPass(wish: GenerateWish): Pass {
  if (wish.kind === 'final') return FINAL
  if (wish.kind === 'scenes') return wish.draft ? DRAFT : 'scenes'
  if (wish.kind === 'rerun') return 'scenes'
  return wish.resolution ?? 'scenes'
}

/** What is set at first: everything that can be asked for and needs no second thought. */
export function firstChoices(
  wish: GenerateWish,
  items: readonly Item[],
  provider: ProviderName,
  seedText: string,
  needsPurpose: NeedsPurpose,
): Choices {
  const wanted = items.filter(
    (item) =>
      item.leftOut === null &&
      !needsPurpose(item) &&
      !isUnseen(item, provider) &&
      (item.again === null || item.again.doubt === null),
  )
  return {
    pass: firstPass(wish),
    seeds: wish.kind === 'takes' && wish.seeds === 'new' ? 'random' : 'keep',
    seedText,
    takes: 1,
    missingOnly: wish.kind === 'scenes' && wish.draft === true,
    ticked: new Set(wanted.map(({ key }) => key)),
    onPurpose: new Set(),
    rerun: FIRST_RERUN,
  }
}

/** Ticks or clears items. Ticking one that needs a second thought counts as choosing it on purpose. */
export function tick(choices: Choices, items: readonly Item[], on: boolean, needsPurpose: NeedsPurpose): Choices {
  const ticked = new Set(choices.ticked)
  const onPurpose = new Set(choices.onPurpose)
  for (const item of items) {
    if (item.leftOut !== null) continue
    if (on) ticked.add(item.key)
    else ticked.delete(item.key)
    if (on && needsPurpose(item)) onPurpose.add(item.key)
    else onPurpose.delete(item.key)
  }
  return { ...choices, ticked, onPurpose }
}

/** What a batch is asked for, in board order: ticked, and on purpose where that is needed. */
export const orderedItems = (items: readonly Item[], choices: Choices, needsPurpose: NeedsPurpose): readonly Item[] =>
  items.filter(
    (item) =>
      item.leftOut === null && choices.ticked.has(item.key) && (!needsPurpose(item) || choices.onPurpose.has(item.key)),
  )

/** What a locked-in seed text says, or why it is none. */
export const seedsOf = (choices: Choices): { ok: true; seeds: BatchSeeds } | { ok: false; message: string } => {
  if (choices.seeds !== 'one') return { ok: true, seeds: { kind: choices.seeds } }
  const seed = parseSeed(choices.seedText)
  return seed.ok ? { ok: true, seeds: { kind: 'one', value: seed.value } } : seed
}

/** The order as the engine takes it; null while nothing can be asked for, as with a wrong seed. */
export function orderOf(
  provider: ProviderName,
  wish: GenerateWish,
  items: readonly Item[],
  choices: Choices,
): BatchOrder | null {
  const resolution = resolutionOf(choices.pass)
  // A rehearsal costs nothing, so an open question about money is no reason to hold it back.
  const includeUnconfirmed = provider === 'rehearsal' || items.some(({ key }) => choices.onPurpose.has(key))
  const shared = { provider, resolution, includeUnconfirmed }
  if (wish.kind === 'scenes') {
    const seeds = seedsOf(choices)
    if (!seeds.ok) return null
    const sceneIds = items.map(({ sceneId }) => sceneId)
    const mode = choices.missingOnly ? 'up-to' : 'add'
    return { kind: 'scenes', ...shared, sceneIds, takesPerScene: choices.takes, mode, seeds: seeds.seeds }
  }
  if (items.length === 0) return null
  if (wish.kind === 'rerun') {
    const scenes = items.flatMap(({ sceneId, again }) => (again ? [{ sceneId, take: again.take }] : []))
    const sceneIds = scenes.map(({ sceneId }) => sceneId)
    return { kind: 'scenes', ...shared, sceneIds, takesPerScene: 1, mode: 'add', ...rerunSeeds(choices.rerun, scenes) }
  }
  if (wish.kind === 'cells') {
    const cells = items.map(({ sceneId, seed }) => ({ sceneId, seed }))
    return { kind: 'cells', ...shared, cells, duration: wish.duration ?? null }
  }
  const takeIds = items.flatMap(({ from }) => (from ? [from.id] : []))
  return { kind: 'takes', ...shared, takeIds, seeds: choices.seeds === 'keep' ? 'same' : 'new', duration: null }
}

/** The locked seed most scenes share, as a start for one seed for all. */
export function commonSeed(scenes: readonly Scene[]): number | null {
  const counts = new Map<number, number>()
  for (const { seed } of scenes) if (seed.kind === 'locked') counts.set(seed.value, (counts.get(seed.value) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null
}
