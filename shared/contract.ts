import { z } from 'zod'
import {
  BatchId,
  CastId,
  PredictionId,
  ProjectId,
  ReferenceId,
  RequestId,
  SceneId,
  Sha256,
  StoryboardId,
  TakeId,
} from './ids.ts'
import {
  Batch,
  Budget,
  Cast,
  EpochMs,
  KeyStatus,
  LedgerEntry,
  LibraryBudget,
  Project,
  ProviderName,
  Runner,
  Scene,
  Settings,
  Storyboard,
  Take,
} from './model.ts'
import { UsdMicros } from './money.ts'
import { BatchOrder, HeldBackReason, Preview } from './preview.ts'
import { Spend } from './spend.ts'

const nothing = z.strictObject({})
/** Position in the outbox; a snapshot carries the one it is true for. */
const Seq = z.number().int().nonnegative()

const StudioSnapshot = z.strictObject({
  seq: Seq,
  version: z.string(),
  libraryPath: z.string(),
  projects: z.array(Project),
  settings: Settings,
  key: KeyStatus,
  runner: Runner,
  /** Money of every project together. */
  money: LibraryBudget,
})
export type StudioSnapshot = z.infer<typeof StudioSnapshot>

const ProjectSnapshot = z.strictObject({
  seq: Seq,
  project: Project,
  storyboards: z.array(Storyboard),
  casts: z.array(Cast),
  scenes: z.array(Scene),
  takes: z.array(Take),
  budget: Budget,
})
export type ProjectSnapshot = z.infer<typeof ProjectSnapshot>

const HeldBack = z.strictObject({
  sceneId: SceneId,
  number: z.string(),
  reason: HeldBackReason,
  message: z.string(),
  price: UsdMicros,
})
export type HeldBack = z.infer<typeof HeldBack>

/** What was done to a take, oldest first; `text` is one plain sentence without secrets. */
const TakeHistoryEntry = z.strictObject({ at: EpochMs, event: z.string(), text: z.string() })

const ScenePatch = Scene.pick({
  number: true,
  title: true,
  prompt: true,
  notes: true,
  dialogue: true,
  resolution: true,
  aspectRatio: true,
  duration: true,
  seed: true,
  references: true,
}).partial()
export type ScenePatch = z.infer<typeof ScenePatch>

const query = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) =>
  ({ kind: 'query', input, output }) as const
const command = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) =>
  ({ kind: 'command', input, output }) as const

/**
 * Everything a client may ask of the engine, over any transport. The router parses every input with the schema here and
 * refuses names that are not listed. Any call may fail with `bad-input`, `not-found` or `internal` besides its own codes.
 */
export const CALLS = {
  // Queries: change nothing
  'studio.get': query(nothing, StudioSnapshot),
  'project.get': query(z.strictObject({ projectId: ProjectId }), ProjectSnapshot),
  /** Prices an order and says what the cap would hold back; asks the service for its quote where it can. */
  'batch.preview': query(z.strictObject({ storyboardId: StoryboardId, order: BatchOrder }), Preview),
  /** The prompt and the images exactly as the scene's next take would send them. */
  'scene.asSent': query(
    z.strictObject({ sceneId: SceneId }),
    z.strictObject({
      prompt: z.string(),
      references: z.array(z.strictObject({ referenceId: ReferenceId, name: z.string(), sha256: Sha256 })),
      problem: z.string().nullable(),
    }),
  ),
  'take.history': query(z.strictObject({ takeId: TakeId }), z.array(TakeHistoryEntry)),
  'ledger.list': query(
    z.strictObject({ projectId: ProjectId, before: Seq.nullable(), limit: z.number().int().min(1).max(500) }),
    z.array(LedgerEntry),
  ),
  /** When everything open will be done, earliest and latest (epoch ms); null when nothing is. */
  'queue.eta': query(
    z.strictObject({ projectId: ProjectId.nullable() }),
    z.strictObject({ eta: z.strictObject({ from: EpochMs, to: EpochMs }).nullable() }),
  ),
  /** Where the money of a project went, by scene, storyboard and month, estimate beside actual. */
  'spend.get': query(z.strictObject({ projectId: ProjectId }), Spend),
  /** The ledger as double-entry bookkeeping in CSV (RFC 4180, UTF-8); null for every project. */
  'ledger.csv': query(z.strictObject({ projectId: ProjectId.nullable() }), z.strictObject({ csv: z.string() })),
  /** Asks the service for the balance: the cheap way to try a key. Codes: key-missing, key-rejected, provider-*. */
  'provider.check': query(
    z.strictObject({ provider: ProviderName }),
    z.strictObject({ balance: UsdMicros.nullable() }),
  ),

  // Projects and boards
  'project.create': command(
    z.strictObject({ title: z.string().min(1).max(200) }),
    z.strictObject({ projectId: ProjectId }),
  ),
  'project.update': command(
    z.strictObject({
      projectId: ProjectId,
      patch: Project.pick({ title: true, cap: true, batchLimit: true, provider: true }).partial(),
    }),
    nothing,
  ),
  /** Opens the sample project, adding it to the library the first time. */
  'project.openSample': command(nothing, z.strictObject({ projectId: ProjectId })),
  /** Adds a board file as a project. `images` maps each image path in the file to an image already uploaded. */
  'board.import': command(
    z.strictObject({ text: z.string().max(4_000_000), images: z.record(z.string(), Sha256) }),
    z.strictObject({ projectId: ProjectId, storyboardId: StoryboardId }),
  ),
  'storyboard.create': command(
    z.strictObject({ projectId: ProjectId, title: z.string().min(1).max(200) }),
    z.strictObject({ storyboardId: StoryboardId }),
  ),
  'storyboard.update': command(
    z.strictObject({
      storyboardId: StoryboardId,
      patch: Storyboard.pick({ title: true, style: true, defaults: true, castId: true }).partial(),
    }),
    nothing,
  ),
  /** Only a storyboard without takes can be removed. Code: conflict. */
  'storyboard.remove': command(z.strictObject({ storyboardId: StoryboardId }), nothing),

  // Scenes
  'scene.create': command(
    z.strictObject({ storyboardId: StoryboardId, after: SceneId.nullable() }),
    z.strictObject({ sceneId: SceneId }),
  ),
  'scene.update': command(z.strictObject({ sceneId: SceneId, patch: ScenePatch }), nothing),
  /** Puts the scene before another, or last. */
  'scene.move': command(z.strictObject({ sceneId: SceneId, before: SceneId.nullable() }), nothing),
  'scene.duplicate': command(z.strictObject({ sceneId: SceneId }), z.strictObject({ sceneId: SceneId })),
  /** Only a scene without takes can be removed. Code: conflict. */
  'scene.remove': command(z.strictObject({ sceneId: SceneId }), nothing),
  'scene.pick': command(z.strictObject({ sceneId: SceneId, takeId: TakeId.nullable() }), nothing),

  // Cast. Images travel over the media handler (`POST /media/images`), which answers with the hash named here.
  'reference.add': command(
    z.strictObject({ castId: CastId, name: z.string().min(1).max(60), sha256: Sha256 }),
    z.strictObject({ referenceId: ReferenceId }),
  ),
  'reference.update': command(
    z.strictObject({
      referenceId: ReferenceId,
      patch: z.strictObject({ name: z.string().min(1).max(60), sha256: Sha256 }).partial(),
    }),
    nothing,
  ),
  'reference.move': command(z.strictObject({ referenceId: ReferenceId, to: z.number().int().min(0).max(8) }), nothing),
  'reference.remove': command(z.strictObject({ referenceId: ReferenceId }), nothing),

  // Takes and money
  /** Reserves and starts a batch. Codes: cap-missing, key-missing. A repeated requestId answers as the first did. */
  'batch.start': command(
    z.strictObject({ requestId: RequestId, storyboardId: StoryboardId, order: BatchOrder }),
    z.strictObject({ batchId: BatchId.nullable(), takeIds: z.array(TakeId), heldBack: z.array(HeldBack) }),
  ),
  /** Releases every take of the project that has not been sent. */
  'batch.cancelWaiting': command(
    z.strictObject({ projectId: ProjectId }),
    z.strictObject({ cancelled: z.number().int() }),
  ),
  /** Only a take that has not been sent can be cancelled. Code: conflict. */
  'take.cancel': command(z.strictObject({ takeId: TakeId }), nothing),
  'take.update': command(
    z.strictObject({ takeId: TakeId, patch: Take.pick({ rating: true, rejected: true }).partial() }),
    nothing,
  ),
  /** Locks the seed of a take on scenes of the same project. */
  'take.useSeed': command(z.strictObject({ takeId: TakeId, sceneIds: z.array(SceneId).min(1).max(5000) }), nothing),
  /** Asks the service for a job whose submission went unanswered. Free; never submits. */
  'take.lookFor': command(
    z.strictObject({ takeId: TakeId }),
    z.strictObject({
      outcome: z.enum(['found', 'several', 'none']),
      candidates: z.array(
        z.strictObject({
          predictionId: PredictionId,
          createdAt: z.string(),
          status: z.string(),
          previewUrl: z.string().nullable(),
        }),
      ),
    }),
  ),
  /** Settles an unconfirmed take by hand. `not-charged` releases the hold and ends the take. */
  'take.resolve': command(
    z.strictObject({
      takeId: TakeId,
      as: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('charged') }),
        z.strictObject({ kind: z.literal('not-charged') }),
        z.strictObject({ kind: z.literal('prediction'), predictionId: PredictionId }),
      ]),
    }),
    nothing,
  ),
  /** Counts the pending refund of a failed job as arrived, before the service's billing shows it. Code: conflict. */
  'take.countRefunded': command(z.strictObject({ takeId: TakeId }), nothing),
  /** Holds the ledger against the service's billing now: charges and refunds. Free. Codes: provider-*, key-*. */
  'billing.look': command(nothing, nothing),
  /** Sets the cap of the whole library; null removes it. A lower one blocks only new reservations. */
  'library.setCap': command(z.strictObject({ cap: UsdMicros.min(0).nullable() }), nothing),
  /** Tries a failed download of a paid clip again. Never submits. */
  'take.download': command(z.strictObject({ takeId: TakeId }), nothing),
  'runner.pause': command(nothing, nothing),
  'runner.resume': command(nothing, nothing),

  // Settings
  'settings.update': command(z.strictObject({ patch: Settings.partial() }), nothing),
  /** The key goes straight to the host's secret store. `persist` false keeps it in memory only. */
  'key.set': command(z.strictObject({ key: z.string().min(8).max(400), persist: z.boolean() }), KeyStatus),
  'key.clear': command(nothing, KeyStatus),
} as const

export type CallName = keyof typeof CALLS
export type CallInput<N extends CallName> = z.infer<(typeof CALLS)[N]['input']>
export type CallOutput<N extends CallName> = z.infer<(typeof CALLS)[N]['output']>

/** What the engine tells every client. Payloads are whole entities, so applying one twice changes nothing. */
export const EVENTS = {
  'project.put': Project,
  'storyboard.put': Storyboard,
  'storyboard.removed': z.strictObject({ projectId: ProjectId, storyboardId: StoryboardId }),
  'cast.put': Cast,
  'scene.put': Scene,
  'scene.removed': z.strictObject({ storyboardId: StoryboardId, sceneId: SceneId }),
  'take.put': Take,
  'batch.put': Batch,
  'budget.put': Budget,
  'library.budget': LibraryBudget,
  'settings.put': Settings,
  'key.put': KeyStatus,
  'runner.put': Runner,
  /** Unnumbered: download progress in bytes; total is null when the server does not say. */
  'take.progress': z.strictObject({
    takeId: TakeId,
    received: z.number().int().nonnegative(),
    total: z.number().int().positive().nullable(),
  }),
} as const

export type EventName = keyof typeof EVENTS
export type EventPayload<N extends EventName> = z.infer<(typeof EVENTS)[N]>

/** One event as published. `seq` is null for those that are not worth replaying: `runner.put` and `take.progress`. */
export type EngineEvent = {
  [N in EventName]: { readonly seq: number | null; readonly name: N; readonly payload: EventPayload<N> }
}[EventName]
