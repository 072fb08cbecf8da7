import { setTimeout as pause } from 'node:timers/promises'
import { assertNever } from '../../../shared/assert.ts'
import { clipOf, type ClipBytes } from './clip.ts'
import { reset, sendError, sendFault, type Exchange } from './reply.ts'
import { take, type DownloadFault } from './script.ts'
import type { World } from './world.ts'

/** GET /outputs/<id>.mp4: one clip, with ranges and If-Range as a content network does them. */
export async function download(world: World, exchange: Exchange, id: string): Promise<void> {
  const job = world.jobs.find(id)
  const subject = { predictionId: id, prompt: job?.body.prompt, seed: job?.body.seed }
  const { fault, rest } = take(world.script.download, subject)
  if (fault) world.script = { ...world.script, download: rest }
  if (!job) return sendError(exchange, 404, 'no such output')
  if (!fault && !world.useUrl(exchange.url.searchParams.get('signature') ?? '')) {
    return sendError(exchange, 403, 'the address has expired')
  }
  if (fault?.reply === 'change') job.clipVersion += 1
  const clip = clipOf(job)
  const range = fault?.reply === 'ignore-range' || fault?.reply === 'plain' ? null : rangeOf(exchange, clip)
  if (fault) await sendSpoiled(exchange, fault, clip, range)
  else if (range === 'unsatisfiable') sendUnsatisfiable(exchange, clip)
  else await sendClip(exchange, clip, range)
}

interface Range {
  readonly start: number
  readonly end: number
}

/** What part is asked for; null for the whole, also where If-Range no longer matches. */
function rangeOf(exchange: Exchange, clip: ClipBytes): Range | null | 'unsatisfiable' {
  const match = /^bytes=(\d+)-(\d*)$/.exec(exchange.request.headers.range ?? '')
  if (!match) return null
  const ifRange = exchange.request.headers['if-range']
  if (ifRange !== undefined && ifRange !== clip.etag) return null
  const start = Number(match[1])
  if (start >= clip.size) return 'unsatisfiable'
  return { start, end: match[2] ? Math.min(Number(match[2]) + 1, clip.size) : clip.size }
}

function sendUnsatisfiable(exchange: Exchange, clip: ClipBytes): void {
  exchange.response.writeHead(416, { 'content-range': `bytes */${clip.size}` })
  exchange.response.end()
}

interface Manner {
  /** In place of the header that would be right; null leaves it out. */
  readonly headers?: Readonly<Record<string, string | null>>
  /** Stop after so many bytes of the body. */
  readonly stopAt?: number
  /** What then: reset the connection or leave it open and silent. */
  readonly afterwards?: 'reset' | 'silence'
  readonly drip?: { readonly chunk: number; readonly everyMs: number }
}

async function sendClip(exchange: Exchange, clip: ClipBytes, range: Range | null, manner: Manner = {}): Promise<void> {
  const { response } = exchange
  const { start, end } = range ?? { start: 0, end: clip.size }
  const headers: Record<string, string | null> = {
    'content-type': 'video/mp4',
    'accept-ranges': 'bytes',
    etag: clip.etag,
    'content-length': String(end - start),
    ...(range ? { 'content-range': `bytes ${start}-${end - 1}/${clip.size}` } : {}),
    ...manner.headers,
  }
  response.writeHead(
    range ? 206 : 200,
    Object.fromEntries(Object.entries(headers).filter((pair): pair is [string, string] => pair[1] !== null)),
  )
  response.flushHeaders()
  const stop = Math.min(end, start + (manner.stopAt ?? Number.POSITIVE_INFINITY))
  for (const part of clip.read(start, stop)) {
    for (const piece of manner.drip ? pieces(part, manner.drip.chunk) : [part]) {
      if (response.destroyed) return
      if (!response.write(piece)) await drained(exchange)
      if (manner.drip) await pause(manner.drip.everyMs)
    }
  }
  if (manner.afterwards === 'silence') return
  if (manner.afterwards === 'reset') response.write('', () => reset(exchange))
  else response.end()
}

function* pieces(part: Uint8Array, size: number): Iterable<Uint8Array> {
  for (let at = 0; at < part.length; at += size) yield part.subarray(at, at + size)
}

/** Resolves when there is room again, or the client has gone. */
const drained = ({ response }: Exchange): Promise<void> =>
  new Promise((resolve) => {
    const done = () => {
      response.off('drain', done).off('close', done)
      resolve()
    }
    response.on('drain', done).on('close', done)
  })

async function sendSpoiled(
  exchange: Exchange,
  fault: DownloadFault,
  clip: ClipBytes,
  asked: Range | null | 'unsatisfiable',
): Promise<void> {
  const range = asked === 'unsatisfiable' ? null : asked
  switch (fault.reply) {
    case 'cut':
      return sendClip(exchange, clip, range, { stopAt: fault.at, afterwards: 'reset' })
    case 'stall':
      return sendClip(exchange, clip, range, { stopAt: fault.at, afterwards: 'silence' })
    case 'drip':
      return sendClip(exchange, clip, range, { drip: { chunk: fault.chunk, everyMs: fault.everyMs } })
    case 'wrong-length': {
      const { start, end } = range ?? { start: 0, end: clip.size }
      const headers = { 'content-length': String(fault.declared) }
      const short = fault.declared < end - start
      return sendClip(exchange, clip, range, {
        headers,
        ...(short ? { stopAt: fault.declared } : { afterwards: 'reset' }),
      })
    }
    case 'wrong-range': {
      const from = (range?.start ?? 0) + fault.shift
      return sendClip(exchange, clip, { start: from, end: clip.size })
    }
    case 'unsatisfiable':
      return sendUnsatisfiable(exchange, clip)
    case 'empty':
      exchange.response.writeHead(200, { 'content-type': 'video/mp4', 'content-length': '0', etag: clip.etag })
      exchange.response.end()
      return undefined
    case 'type':
      return sendClip(exchange, clip, range, { headers: { 'content-type': fault.contentType } })
    case 'plain':
      return sendClip(exchange, clip, null, {
        headers: { etag: null, 'content-length': null, 'accept-ranges': null, 'content-type': null },
      })
    case 'ignore-range':
    case 'change':
      return sendClip(exchange, clip, range)
    case 'status':
    case 'raw':
    case 'html':
    case 'malformed':
    case 'truncated':
    case 'oversized':
    case 'reset':
    case 'hang':
    case 'delay':
    case 'redirect':
    case 'patch':
      return sendFault(exchange, fault, {})
    default:
      return assertNever(fault)
  }
}
