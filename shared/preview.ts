import { z } from 'zod'
import { SceneId, TakeId } from './ids.ts'
import { ProviderName, SeedPolicy } from './model.ts'
import { Duration, Resolution, Seed } from './models/happyhorse-1.1-r2v.ts'
import { UsdMicros } from './money.ts'

/** How a batch chooses seeds. `keep`: each scene's own policy. `pick`: the pick's seed where there is one. */
export const BatchSeeds = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('keep') }),
  z.strictObject({ kind: z.literal('pick') }),
  z.strictObject({ kind: z.literal('one'), value: Seed }),
  z.strictObject({ kind: z.literal('random') }),
])
export type BatchSeeds = z.infer<typeof BatchSeeds>

/** Scenes as they stand, admitted in board order until the cap. */
export const SceneOrder = z.strictObject({
  kind: z.literal('scenes'),
  provider: ProviderName,
  /** Null: every scene of the storyboard. */
  sceneIds: z.array(SceneId).max(5000).nullable(),
  takesPerScene: z.number().int().min(1).max(20),
  /**
   * `add` makes that many new takes. `up-to` makes only what is missing: takes of the same provider that are ready or
   * open and whose request is still what the scene would send count as there.
   */
  mode: z.enum(['add', 'up-to']),
  seeds: BatchSeeds,
  /** Scenes that do not follow `seeds`: the seed each gets instead, null for a draw. */
  exceptSeeds: z
    .array(z.strictObject({ sceneId: SceneId, seed: Seed.nullable() }))
    .max(5000)
    .optional(),
  /** Null: each scene's own. */
  resolution: Resolution.nullable(),
  /** True when scenes with an unconfirmed take were chosen on purpose. */
  includeUnconfirmed: z.boolean(),
})
export type SceneOrder = z.infer<typeof SceneOrder>

/**
 * Cells of the seed matrix, or several seeds of one scene: one take for each, with that seed. A cell that is named twice
 * with one seed is still one cell; every null is a draw of its own.
 */
export const CellOrder = z.strictObject({
  kind: z.literal('cells'),
  provider: ProviderName,
  /** A null seed is drawn when the batch starts. */
  cells: z
    .array(z.strictObject({ sceneId: SceneId, seed: Seed.nullable() }))
    .min(1)
    .max(5000),
  /** Null: each scene's own. */
  resolution: Resolution.nullable(),
  duration: Duration.nullable(),
  includeUnconfirmed: z.boolean(),
})
export type CellOrder = z.infer<typeof CellOrder>

/**
 * Takes made again from their frozen requests, whatever became of their scenes: a final pass, a retry, a repeated batch.
 * A take named twice is made twice with new seeds and once with its own, since the same request buys the same clip.
 */
export const TakeOrder = z.strictObject({
  kind: z.literal('takes'),
  provider: ProviderName,
  takeIds: z.array(TakeId).min(1).max(5000),
  seeds: z.enum(['same', 'new']),
  /** Null: each take's own. */
  resolution: Resolution.nullable(),
  duration: Duration.nullable(),
  /** True when scenes with an unconfirmed take, and failed takes that were charged, were chosen on purpose. */
  includeUnconfirmed: z.boolean(),
})
export type TakeOrder = z.infer<typeof TakeOrder>

/** What a batch is asked to make. */
export const BatchOrder = z.discriminatedUnion('kind', [SceneOrder, CellOrder, TakeOrder])
export type BatchOrder = z.infer<typeof BatchOrder>

/** Why a row would not be sent. `charged`: a failed take that was paid for and is not to be bought again unawares. */
export const HeldBackReason = z.enum([
  'cap',
  'library-cap',
  'batch-limit',
  'no-cap',
  'unconfirmed',
  'no-references',
  'empty-prompt',
  'mention',
  'seed',
  'charged',
  'scene-gone',
  'image-missing',
])
export type HeldBackReason = z.infer<typeof HeldBackReason>

/** One row of an order: a scene, a cell, or a take to be made again. One scene may have several rows. */
export const PreviewRow = z.strictObject({
  /** Unique within the preview, and the same for the same row of a later one. */
  key: z.string(),
  sceneId: SceneId,
  number: z.string(),
  /** The take this row makes again; null for the other kinds of order. */
  fromTakeId: TakeId.nullable(),
  seed: SeedPolicy,
  /** Known only when the seed is already settled; of a walk, the one of the row's first take. */
  seedValue: z.number().int().nullable(),
  resolution: Resolution,
  duration: z.number().int(),
  takes: z.number().int(),
  /** For all takes of the row at the paid service. */
  price: UsdMicros,
  heldBack: HeldBackReason.nullable(),
  /** Full sentence to show with `heldBack`, or null. */
  reason: z.string().nullable(),
  /** A take of this scene is already open, or waits for its outcome. */
  note: z.enum(['in-flight', 'unsettled']).nullable(),
})
export type PreviewRow = z.infer<typeof PreviewRow>

export const Preview = z.strictObject({
  rows: z.array(PreviewRow),
  /** At the paid service, for all rows and for the admitted ones. */
  total: UsdMicros,
  admitted: UsdMicros,
  /** Different scenes among the admitted rows. */
  admittedScenes: z.number().int(),
  /** What submitting would reserve: 0 in rehearsal. */
  reserves: UsdMicros,
  /** The same order at each resolution, for the choice of pass. */
  byResolution: z.record(Resolution, UsdMicros),
  cap: UsdMicros.nullable(),
  held: UsdMicros,
  spent: UsdMicros,
  left: UsdMicros.nullable(),
  /** `table` when the service could not be asked; a note when its quote differs from the table. */
  priceSource: z.enum(['table', 'quote']),
  priceNote: z.string().nullable(),
})
export type Preview = z.infer<typeof Preview>
