import type { ClipForm } from '../../shared/sequence.ts'
import type { ExportReply, ExportRequest } from './export-worker.ts'
import type { Encoders } from './sequence-encode.ts'

/** Why a clip could not be read, or the file not be made. */
export class ExportFailure extends Error {
  readonly kind: 'out-of-reach' | 'stopped' | 'unreadable'
  constructor(kind: ExportFailure['kind'], detail: string) {
    super(detail)
    this.name = 'ExportFailure'
    this.kind = kind
  }
}

let started: Worker | null = null
/** One worker for the window, started when something is first exported. */
const worker = (): Worker => (started ??= new Worker(new URL('export-worker.ts', import.meta.url), { type: 'module' }))

let count = 0

type Wish = ExportRequest extends infer R ? (R extends { id: number } ? Omit<R, 'id'> : never) : never

/** Has the worker do something. @param heard told of every answer; true ends it */
function ask(
  wish: Wish,
  heard: (reply: ExportReply, send: (request: ExportRequest) => void) => boolean,
  signal?: AbortSignal,
): Promise<void> {
  const id = ++count
  const target = worker()
  // A worker of this page has no target origin to name.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  const send = (request: ExportRequest) => target.postMessage(request)
  return new Promise((resolve, reject) => {
    const ended = new AbortController()
    const end = (then: () => void) => {
      ended.abort()
      then()
    }
    target.addEventListener(
      'message',
      ({ data }: MessageEvent<ExportReply>) => {
        if (data.id !== id) return
        if ('failed' in data) end(() => reject(new ExportFailure(data.failed, data.detail)))
        else if (heard(data, send)) end(resolve)
      },
      { signal: ended.signal },
    )
    target.addEventListener(
      'error',
      () => {
        target.terminate()
        if (started === target) started = null
        end(() => reject(new ExportFailure('unreadable', 'The worker broke.')))
      },
      { signal: ended.signal },
    )
    signal?.addEventListener('abort', () => send({ do: 'stop', id }), { signal: ended.signal })
    send({ ...wish, id })
  })
}

/** What a clip needs of a decoder; null when it has no pictures. @throws ExportFailure */
export async function lookAtClip(url: string): Promise<ClipForm | null> {
  let form: ClipForm | null = null
  await ask({ do: 'look', url }, (reply) => {
    if ('form' in reply) form = reply.form
    return true
  })
  return form
}

/** What this browser encodes at a size. */
export async function askEncoders(width: number, height: number): Promise<Encoders> {
  let encoders: Encoders = { video: null, audio: null }
  await ask({ do: 'encoders', width, height }, (reply) => {
    if ('encoders' in reply) encoders = reply.encoders
    return true
  })
  return encoders
}

/**
 * Makes the file and hands over its pieces one after the other.
 * @param write rejects to end it
 * @returns how long the file is
 * @throws ExportFailure, or what `write` threw
 */
export async function makeFile(
  wish: Omit<Extract<ExportRequest, { do: 'make' }>, 'do' | 'id'>,
  {
    write,
    onFrames,
    signal,
  }: {
    write(at: number, bytes: Uint8Array<ArrayBuffer>): Promise<void>
    onFrames(done: number): void
    signal: AbortSignal
  },
): Promise<number> {
  let bytes = 0
  let refused: { readonly error: unknown } | null = null
  const work = ask(
    { ...wish, do: 'make' },
    (reply, send) => {
      if ('frames' in reply) onFrames(reply.frames)
      if ('write' in reply)
        write(reply.at, reply.write).then(
          () => send({ do: 'written', id: reply.id, failed: false }),
          (error: unknown) => {
            refused ??= { error }
            send({ do: 'written', id: reply.id, failed: true })
          },
        )
      if (!('made' in reply)) return false
      bytes = reply.made.bytes
      return true
    },
    signal,
  )
  await work.catch((error: unknown) => {
    throw refused ? (refused as { error: unknown }).error : error
  })
  return bytes
}
