import type { AspectRatio } from '../../../../shared/models/happyhorse-1.1-r2v.ts'

/** Frames a second of every rehearsal clip. */
export const FRAME_RATE = 24

/** What a picture is drawn from; equal values give equal pixels. */
export interface PictureSpec {
  readonly prompt: string
  readonly seed: number
  readonly aspectRatio: AspectRatio
  /** Paths of the reference images, in the order they were sent. Unreadable ones are drawn as empty frames. */
  readonly images: readonly string[]
}

/** One clip with its burn-in, written to `outFile`. */
export interface ClipJob extends PictureSpec {
  readonly kind: 'clip'
  /** The slate, such as `12A-3`; empty for a submission that named none. */
  readonly label: string
  readonly resolution: string
  /** Pixels, both even. */
  readonly width: number
  readonly height: number
  /** Whole seconds. */
  readonly duration: number
  readonly outFile: string
}

/** One frame without burn-in. */
export interface StillJob extends PictureSpec {
  readonly kind: 'still'
  readonly number: string
  readonly title: string
  /** `sketch` is a neutral grey pencil version for scenes without a take. */
  readonly look: 'sketch' | 'colour'
  /** Pixels; the height follows from the aspect ratio. */
  readonly width: number
}

export type RenderJob = ClipJob | StillJob

export interface ClipResult {
  readonly kind: 'clip'
  readonly bytes: number
  readonly sha256: string
  /** Milliseconds the worker spent on it. */
  readonly renderMs: number
}

export interface StillResult {
  readonly kind: 'still'
  /** A JPEG file. */
  readonly picture: Uint8Array
}

export type RenderResult = ClipResult | StillResult

/** What the pool says to a worker, and what it hears back. */
export interface WorkerRequest {
  readonly id: number
  readonly job: RenderJob
}
export type WorkerReply =
  | { readonly id: number; readonly ok: true; readonly result: RenderResult }
  | { readonly id: number; readonly ok: false; readonly message: string }
