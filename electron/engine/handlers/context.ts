import { TakeboardError } from '../../../shared/errors.ts'
import type { CastId, ProjectId, ReferenceId, SceneId, StoryboardId, TakeId } from '../../../shared/ids.ts'
import type { Cast, Project, ProviderName, Scene, Storyboard } from '../../../shared/model.ts'
import type { Pace } from '../domain/account-level.ts'
import type { History } from '../history.ts'
import type { Biller } from '../jobs/biller.ts'
import type { Driver } from '../jobs/driver.ts'
import type { Reconciler } from '../jobs/reconciler.ts'
import type { Scheduler } from '../jobs/scheduler.ts'
import type { ClipStore } from '../media/clip-store.ts'
import type { ImageStore } from '../media/image-store.ts'
import type { Outbox } from '../outbox.ts'
import type { Ports } from '../ports.ts'
import { findBoardScene, findStoryboard } from '../store/boards.ts'
import { findCast, findCastOf } from '../store/casts.ts'
import type { ReadDb, Store } from '../store/open-store.ts'
import { findProject } from '../store/projects.ts'
import { findTake, type StoredTake } from '../store/takes.ts'

/** What handlers work with. */
export interface HandlerContext {
  readonly ports: Ports
  readonly store: Store
  readonly outbox: Outbox
  /** Edits that the artist can take back go through here, everything else through `outbox.write`. */
  readonly history: History
  readonly driver: Driver
  readonly scheduler: Scheduler
  readonly reconciler: Reconciler
  readonly biller: Biller
  readonly images: ImageStore
  readonly libraryPath: string
  readonly version: string
  /** Absolute path of the sample board file. */
  readonly samplePath: string
  /** What may run at a service at once, and how fast it may be asked. */
  readonly pace: (provider: ProviderName) => Pace
}

/** What the calls about the library as files need besides. */
export interface LibraryFiles {
  readonly clips: ClipStore
  /** Free bytes for this program on the file system of a folder. */
  readonly freeBytes: (dir: string) => Promise<number>
  /** Aborted when the engine closes. */
  readonly signal: AbortSignal
}

function found<T>(value: T | null, what: string): T {
  if (value === null) throw new TakeboardError('not-found', `That ${what} is no longer in the library.`)
  return value
}

/** Look-ups that fail with `not-found` in words. */
export const the = {
  project: (db: ReadDb, id: ProjectId): Project => found(findProject(db, id), 'project'),
  storyboard: (db: ReadDb, id: StoryboardId): Storyboard => found(findStoryboard(db, id), 'storyboard'),
  scene: (db: ReadDb, id: SceneId): Scene => found(findBoardScene(db, id), 'scene'),
  cast: (db: ReadDb, id: CastId): Cast => found(findCast(db, id), 'cast'),
  castOf: (db: ReadDb, id: ReferenceId): Cast => found(findCastOf(db, id), 'reference'),
  take: (db: ReadDb, id: TakeId): StoredTake => found(findTake(db, id), 'take'),
}
