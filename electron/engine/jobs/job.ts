import type { WireError } from '../../../shared/errors.ts'
import { TakeboardError } from '../../../shared/errors.ts'
import type { TakeId } from '../../../shared/ids.ts'
import type { Clip, ProviderName, Take } from '../../../shared/model.ts'
import type { Outbox } from '../outbox.ts'
import type { ImageStore } from '../media/image-store.ts'
import type { ClipStore } from '../media/clip-store.ts'
import type { Ports } from '../ports.ts'
import type { Journal } from '../store/journal.ts'
import type { Store } from '../store/open-store.ts'
import type { Driver } from './driver.ts'

/** What the effects of a take work with. */
export interface JobContext {
  readonly ports: Ports
  readonly store: Store
  readonly outbox: Outbox
  readonly driver: Driver
  readonly journal: Journal
  readonly clips: ClipStore
  readonly images: ImageStore
  /** Bytes free where the library is; submissions stop below a floor. */
  readonly freeBytes: () => Promise<number>
  /** Aborted when the engine closes. */
  readonly signal: AbortSignal
  /** Stops submissions and says why, until the artist resumes. */
  readonly halt: (error: WireError) => void
  /** The service asked to slow down. */
  readonly refused: (provider: ProviderName) => void
  /** The service's history was searched for a take's job. */
  readonly looked: (takeId: TakeId) => void
  /** A take's clip is on disk under its final name. Never throws. */
  readonly published: (take: Take, clip: Clip) => Promise<void>
  /** True while nothing may be sent: paused or halted. */
  readonly standing: () => boolean
  /** Puts a take that was not sent back in its place in the queue. */
  readonly queueAgain: (takeId: TakeId) => void
}

/** Any failure in the one form a take can store. */
export function wireOf(error: unknown): WireError {
  if (error instanceof TakeboardError) return { code: error.code, message: error.message }
  return { code: 'internal', message: error instanceof Error ? error.message : String(error) }
}
