import { z } from 'zod'
import { batchCalls } from './calls/batches.ts'
import { boardCalls } from './calls/boards.ts'
import { castCalls } from './calls/casts.ts'
import { historyCalls } from './calls/history.ts'
import { libraryCalls } from './calls/library.ts'
import { moneyCalls } from './calls/money.ts'
import { reviewCalls } from './calls/review.ts'
import { seedCalls } from './calls/seeds.ts'
import { studioCalls } from './calls/studio.ts'
import { takeCalls } from './calls/takes.ts'
import { EditState } from './edits.ts'
import { CastId, NoteId, PlaylistId, ProjectId, SavedSeedId, SceneId, StoryboardId, TakeId } from './ids.ts'
import { Batch, Budget, Cast, LibraryBudget, Project, Scene, Storyboard, Take } from './model.ts'
import { KeyStatus, Runner, Settings } from './studio-model.ts'
import { Note, Playlist } from './review.ts'
import { SavedSeed } from './seed-bank.ts'

/**
 * Everything a client may ask of the engine, over any transport; `calls/` has one file per topic. The router parses every
 * input with the schema there and refuses names that are not listed. Any call may fail with `bad-input`, `not-found` or
 * `internal` besides its own codes.
 */
export const CALLS = {
  ...studioCalls,
  ...boardCalls,
  ...castCalls,
  ...batchCalls,
  ...takeCalls,
  ...moneyCalls,
  ...seedCalls,
  ...historyCalls,
  ...reviewCalls,
  ...libraryCalls,
} as const

export type { HeldBack } from './calls/batches.ts'
export type { BadClip, LibrarySearch, LibraryTake, LibraryUsage } from './calls/library.ts'
export type { ProjectSnapshot, StudioSnapshot } from './calls/studio.ts'

export type CallName = keyof typeof CALLS
export type CallInput<N extends CallName> = z.infer<(typeof CALLS)[N]['input']>
export type CallOutput<N extends CallName> = z.infer<(typeof CALLS)[N]['output']>

/** What the engine tells every client. Payloads are whole entities, so applying one twice changes nothing. */
export const EVENTS = {
  'project.put': Project,
  'storyboard.put': Storyboard,
  'storyboard.removed': z.strictObject({ projectId: ProjectId, storyboardId: StoryboardId }),
  'cast.put': Cast,
  'cast.removed': z.strictObject({ projectId: ProjectId, castId: CastId }),
  'scene.put': Scene,
  'scene.removed': z.strictObject({ storyboardId: StoryboardId, sceneId: SceneId }),
  'take.put': Take,
  'batch.put': Batch,
  'budget.put': Budget,
  'library.budget': LibraryBudget,
  'seed.put': SavedSeed,
  'seed.removed': z.strictObject({ projectId: ProjectId, savedSeedId: SavedSeedId }),
  'note.put': Note,
  'note.removed': z.strictObject({ projectId: ProjectId, noteId: NoteId }),
  'playlist.put': Playlist,
  'playlist.removed': z.strictObject({ projectId: ProjectId, playlistId: PlaylistId }),
  'edits.put': EditState,
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
