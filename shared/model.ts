import { z } from 'zod'
import { WireError } from './errors.ts'
import { BatchId, CastId, PredictionId, ProjectId, ReferenceId, SceneId, Sha256, StoryboardId, TakeId } from './ids.ts'
import { AspectRatio, Duration, IMAGES, Resolution, Seed } from './models/happyhorse-1.1-r2v.ts'
import { UsdMicros } from './money.ts'
import { TakeLabel } from './review.ts'

/** Milliseconds since 1970, UTC. */
export const EpochMs = z.number().int()

/** `rehearsal` is the free embedded service; `wavespeed` spends money. */
export const PROVIDERS = ['rehearsal', 'wavespeed'] as const
export const ProviderName = z.enum(PROVIDERS)
export type ProviderName = z.infer<typeof ProviderName>

const title = z.string().max(200)
const longText = z.string().max(20_000)

/** Where a scene's next take gets its seed. The number itself is always drawn and stored before anything is sent. */
export const SeedPolicy = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('random') }),
  z.strictObject({ kind: z.literal('locked'), value: Seed }),
  /** Start, start + step, start + 2 steps: one step a take. Bookkeeping, since neighbouring seeds are no more alike. */
  z.strictObject({ kind: z.literal('walk'), start: Seed, step: z.number().int().min(-1_000_000).max(1_000_000) }),
  /** The seed of that scene's pick, else of its latest take, else of the take about to be made in the same batch. */
  z.strictObject({ kind: z.literal('scene'), sceneId: SceneId }),
])
export type SeedPolicy = z.infer<typeof SeedPolicy>

export const Project = z.strictObject({
  id: ProjectId,
  title,
  /** Null until the artist sets one; nothing paid can be reserved without it. */
  cap: UsdMicros.nullable(),
  /** The most one batch may reserve; null for no limit but the cap. */
  batchLimit: UsdMicros.nullable(),
  /** Share of the cap, in percent, from which the meter asks for attention. */
  warnAt: z.number().int().min(1).max(100),
  /** A batch that reserves more than this asks once more; null never asks. */
  confirmOver: UsdMicros.nullable(),
  /** Paid takes that may fail one after the other before the rest of the queue is put on hold; null for no limit. */
  stopAfter: z.number().int().min(1).max(100).nullable(),
  /** Which provider Generate uses in this project. */
  provider: ProviderName,
  createdAt: EpochMs,
  openedAt: EpochMs,
})
export type Project = z.infer<typeof Project>

/** What new scenes of a storyboard start with. */
export const SceneDefaults = z.strictObject({
  resolution: Resolution,
  aspectRatio: AspectRatio,
  duration: Duration,
  seed: SeedPolicy,
})
export type SceneDefaults = z.infer<typeof SceneDefaults>

export const Storyboard = z.strictObject({
  id: StoryboardId,
  projectId: ProjectId,
  castId: CastId,
  title,
  /** Appended to every prompt after a blank line. */
  style: longText,
  defaults: SceneDefaults,
  /** `keep`: inserted scenes get a letter (12A). `renumber`: labels are 1, 2, 3 again after every change of order. */
  numbering: z.enum(['keep', 'renumber']),
  position: z.number().int(),
})
export type Storyboard = z.infer<typeof Storyboard>

export const Scene = z.strictObject({
  id: SceneId,
  storyboardId: StoryboardId,
  /** Order within the storyboard, dense from 0. */
  position: z.number().int(),
  /** The label on the slate: `12`, or `12A` for an inserted one. Unique within the storyboard. */
  number: z.string().min(1).max(12),
  title,
  prompt: longText,
  notes: longText,
  dialogue: longText,
  resolution: Resolution,
  aspectRatio: AspectRatio,
  duration: Duration,
  seed: SeedPolicy,
  /** Null: the cast members the prompt mentions, else the whole cast. Sent in cast order either way. */
  references: z.array(ReferenceId).max(IMAGES.max).nullable(),
  /** Heading of the section that begins with this scene; null when it goes on with the one before. */
  section: title.nullable(),
  pickTakeId: TakeId.nullable(),
})
export type Scene = z.infer<typeof Scene>

/** An image stored in the library under its content hash. */
export const ImageFile = z.strictObject({
  sha256: Sha256,
  mime: z.enum(['image/jpeg', 'image/png', 'image/webp']),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  bytes: z.number().int().positive(),
})
export type ImageFile = z.infer<typeof ImageFile>

export const Reference = z.strictObject({
  id: ReferenceId,
  /** The character it shows; several references may share a name. Mentioned as `@Name`. */
  name: z.string().min(1).max(60),
  image: ImageFile,
})
export type Reference = z.infer<typeof Reference>

/** A character reference set: one to nine images in the order they are sent. Empty while it is being put together. */
export const Cast = z.strictObject({
  id: CastId,
  projectId: ProjectId,
  title,
  references: z.array(Reference).max(IMAGES.max),
})
export type Cast = z.infer<typeof Cast>

export const TAKE_PHASES = [
  'planned',
  'reserved',
  'submitting',
  'unconfirmed',
  'running',
  'downloading',
  'ready',
  'failed',
  'cancelled',
] as const
export const TakePhase = z.enum(TAKE_PHASES)
export type TakePhase = z.infer<typeof TakePhase>

/** Phases in which a take still needs the engine or the artist. */
export const OPEN_PHASES = ['planned', 'reserved', 'submitting', 'unconfirmed', 'running', 'downloading'] as const
export const isOpen = (phase: TakePhase): boolean => (OPEN_PHASES as readonly TakePhase[]).includes(phase)

/** What is frozen on a take before anything is sent. */
export const TakeRequest = z.strictObject({
  model: z.string(),
  /** As sent: mentions replaced, style appended. */
  prompt: z.string(),
  /** In the order sent. */
  references: z.array(z.strictObject({ referenceId: ReferenceId, name: z.string(), sha256: Sha256 })),
  resolution: Resolution,
  aspectRatio: AspectRatio,
  duration: Duration,
  seed: Seed,
})
export type TakeRequest = z.infer<typeof TakeRequest>

/** What differs between a take's frozen request and what its scene would send now. */
export const StaleField = z.enum(['prompt', 'references', 'resolution', 'aspect_ratio', 'duration', 'seed'])
export type StaleField = z.infer<typeof StaleField>

/**
 * Where the money of a take stands.
 * `none` nothing reserved (rehearsal, planned); `held` reserved; `charged` spent; `released` given back, never spent;
 * `refund-pending` the job failed and the provider owes the amount, still counted against the cap.
 */
export const ChargeState = z.enum(['none', 'held', 'charged', 'released', 'refund-pending'])
export type ChargeState = z.infer<typeof ChargeState>

export const Clip = z.strictObject({
  sha256: Sha256,
  bytes: z.number().int().positive(),
  /** As the provider's content type or the magic bytes say. */
  mime: z.string(),
})
export type Clip = z.infer<typeof Clip>

export const Take = z.strictObject({
  id: TakeId,
  sceneId: SceneId,
  storyboardId: StoryboardId,
  projectId: ProjectId,
  batchId: BatchId,
  /** Counts up within the scene from 1; with the scene number it is the slate. */
  number: z.number().int().positive(),
  provider: ProviderName,
  phase: TakePhase,
  request: TakeRequest,
  /** What is reserved and later spent: 0 in rehearsal. */
  price: UsdMicros,
  /** What the same take costs at the paid service. */
  livePrice: UsdMicros,
  charge: ChargeState,
  /** What the service's own billing says was deducted; null until it was asked. */
  billed: UsdMicros.nullable(),
  /** Submissions begun. */
  attempt: z.number().int().nonnegative(),
  predictionId: PredictionId.nullable(),
  /** True when the prediction was found by reconciliation rather than in the reply to the submission. */
  recovered: z.boolean(),
  createdAt: EpochMs,
  /** When the request left, by the local clock. */
  submittedAt: EpochMs.nullable(),
  finishedAt: EpochMs.nullable(),
  /** Nothing is tried before this time. */
  waitUntil: EpochMs.nullable(),
  /** When the clip may be expected, from past inference times: earliest and latest. */
  expected: z.strictObject({ from: EpochMs, to: EpochMs }).nullable(),
  inferenceMs: z.number().nonnegative().nullable(),
  clip: Clip.nullable(),
  /** The artist moved the clip to the system's bin; it can be downloaded while the service has it, or found again. */
  clipGone: z.boolean(),
  error: WireError.nullable(),
  stale: z.array(StaleField),
  /** Kept back by the artist while it waits to be sent. Its reservation stays. */
  onHold: z.boolean(),
  /** Order among the takes that wait to be sent, lowest first. */
  place: z.number().int(),
  rating: z.number().int().min(0).max(5),
  rejected: z.boolean(),
  label: TakeLabel,
})
export type Take = z.infer<typeof Take>

/** What the artist thinks of a take. */
export const Judgement = Take.pick({ rating: true, rejected: true, label: true })
export type Judgement = z.infer<typeof Judgement>

/** True of a take whose fate only the artist can settle: never answered for, or a job the service says it does not know. */
export const needsDecision = (take: { readonly phase: TakePhase; readonly error: WireError | null }): boolean =>
  take.phase === 'unconfirmed' || (take.phase === 'running' && take.error?.code === 'prediction-missing')

export const Batch = z.strictObject({
  id: BatchId,
  projectId: ProjectId,
  storyboardId: StoryboardId,
  provider: ProviderName,
  createdAt: EpochMs,
  takes: z.number().int().nonnegative(),
})
export type Batch = z.infer<typeof Batch>

/** Money of the whole library: every project together, under a cap of its own when one is set. */
export const LibraryBudget = z.strictObject({ cap: UsdMicros.nullable(), held: UsdMicros, spent: UsdMicros })
export type LibraryBudget = z.infer<typeof LibraryBudget>

/** Money of one project. `left` is the cap less everything held and spent, never below zero; null without a cap. */
export const Budget = z.strictObject({
  projectId: ProjectId,
  cap: UsdMicros.nullable(),
  held: UsdMicros,
  /** The part of `held` that failed jobs are waiting to get back. */
  refundPending: UsdMicros,
  spent: UsdMicros,
  left: UsdMicros.nullable(),
})
export type Budget = z.infer<typeof Budget>

export const LEDGER_KINDS = ['reserve', 'settle', 'release', 'overage', 'refund'] as const
export const LedgerEntry = z.strictObject({
  seq: z.number().int(),
  at: EpochMs,
  takeId: TakeId,
  slate: z.string(),
  kind: z.enum(LEDGER_KINDS),
  held: UsdMicros,
  spent: UsdMicros,
  note: z.string(),
})
export type LedgerEntry = z.infer<typeof LedgerEntry>
