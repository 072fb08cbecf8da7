import { StreamTarget, type StreamTargetChunk } from 'mediabunny'
import type { ClipForm, SequencePlan } from '../../shared/sequence.ts'
import { ClipOutOfReach, openClip } from './clip-facts.ts'
import { encodeClips, type Encoders, findEncoders } from './sequence-encode.ts'
import { formOf } from './sequence-form.ts'
import { joinClips } from './sequence-join.ts'

/** To the worker. */
export type ExportRequest =
  | { readonly do: 'look'; readonly id: number; readonly url: string }
  | { readonly do: 'encoders'; readonly id: number; readonly width: number; readonly height: number }
  | {
      readonly do: 'make'
      readonly id: number
      readonly clips: readonly { readonly url: string; readonly form: ClipForm; readonly slate: readonly string[] }[]
      readonly plan: SequencePlan
      readonly encoders: Encoders
      readonly slateFrames: number | null
    }
  /** The bytes asked to be written are, or are not; `make` goes on or ends. */
  | { readonly do: 'written'; readonly id: number; readonly failed: boolean }
  | { readonly do: 'stop'; readonly id: number }

/** From the worker. */
export type ExportReply = { readonly id: number } & (
  | { readonly form: ClipForm | null }
  | { readonly encoders: Encoders }
  | { readonly frames: number }
  | { readonly write: Uint8Array<ArrayBuffer>; readonly at: number }
  | { readonly made: { readonly bytes: number } }
  | { readonly failed: 'out-of-reach' | 'stopped' | 'unreadable'; readonly detail: string }
)

/** A piece of the file that is written at once. */
const PIECE_BYTES = 2 * 1024 * 1024
/** How often it is told how far it is, in frames. */
const TOLD_EVERY = 6

interface Making {
  readonly stop: AbortController
  /** Called when the last piece was written, or could not be. */
  written: ((failed: boolean) => void) | null
}
const making = new Map<number, Making>()

function tell(reply: ExportReply, transfer: Transferable[] = []): void {
  // A worker of a page has no target origin to name.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  self.postMessage(reply, { transfer })
}

/** A stream that hands its pieces to the page, one at a time. `bytes` is how far it was written. */
function pieces(id: number, now: Making): { readonly stream: WritableStream<StreamTargetChunk>; bytes(): number } {
  let bytes = 0
  const stream = new WritableStream<StreamTargetChunk>({
    write({ data, position }) {
      bytes = Math.max(bytes, position + data.byteLength)
      return new Promise((resolve, reject) => {
        now.written = (failed) => {
          now.written = null
          if (failed) reject(new Error('The file could not be written.'))
          else resolve()
        }
        if (now.stop.signal.aborted) return now.written(true)
        // A copy: the writer keeps using its own.
        const piece = data.slice()
        tell({ id, write: piece, at: position }, [piece.buffer])
      })
    },
  })
  return { stream, bytes: () => bytes }
}

async function make({
  id,
  clips,
  plan,
  encoders,
  slateFrames,
}: Extract<ExportRequest, { do: 'make' }>): Promise<ExportReply> {
  const now: Making = { stop: new AbortController(), written: null }
  making.set(id, now)
  const { stream, bytes } = pieces(id, now)
  const target = new StreamTarget(stream, { chunked: true, chunkSize: PIECE_BYTES })
  const opened = clips.map(({ url, form, slate }) => ({ form, slate, open: () => openClip(url) }))
  const { signal } = now.stop
  const onFrames = (frames: number) => {
    if (frames % TOLD_EVERY === 0 || frames === plan.frames) tell({ id, frames })
  }
  try {
    if (plan.kind === 'copied') await joinClips(opened, plan, target, { onFrames, signal })
    else await encodeClips(opened, plan, encoders, target, { slateFrames, onFrames, signal })
    return { id, made: { bytes: bytes() } }
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    if (signal.aborted) return { id, failed: 'stopped', detail }
    return { id, failed: error instanceof ClipOutOfReach ? 'out-of-reach' : 'unreadable', detail }
  } finally {
    making.delete(id)
  }
}

async function look({ id, url }: Extract<ExportRequest, { do: 'look' }>): Promise<ExportReply> {
  const input = openClip(url)
  try {
    return { id, form: await formOf(input) }
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    return { id, failed: error instanceof ClipOutOfReach ? 'out-of-reach' : 'unreadable', detail }
  } finally {
    input.dispose()
  }
}

self.addEventListener('message', ({ data }: MessageEvent<ExportRequest>) => {
  switch (data.do) {
    case 'look':
      return void look(data).then(tell)
    case 'encoders':
      return void findEncoders(data).then((encoders) => tell({ id: data.id, encoders }))
    case 'make':
      return void make(data).then(tell)
    case 'written':
      return making.get(data.id)?.written?.(data.failed)
    case 'stop': {
      const now = making.get(data.id)
      now?.stop.abort(new Error('It was stopped.'))
      return now?.written?.(true)
    }
  }
})
