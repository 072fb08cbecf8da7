import type { Client, Dispatcher } from 'undici'
import { TakeboardError } from '../../../shared/errors.ts'
import type { ClipResponse, Clock } from '../ports.ts'
import { parseMediaUrl } from './addresses.ts'
import {
  classifyClip,
  clipFailure,
  clipMeter,
  urlRefused,
  type ClipRequest,
  type ClipVerdict,
} from './classify-clip.ts'
import { createMediaClient, type Limits } from './http.ts'

const MAX_REDIRECTS = 5

interface ClipOptions {
  readonly from: number
  readonly etag: string | null
  readonly signal: AbortSignal
}

/** Opens downloads; a reader of clips never sends the API key anywhere. */
export interface ClipOpener {
  open(url: string, options: ClipOptions): Promise<ClipResponse>
  /** Breaks off whatever is being read. */
  close(): Promise<void>
}

/** @param base the service's address; clips of its own origin may be on a loopback host */
export function createClipOpener(base: URL, limits: Limits, clock: Clock): ClipOpener {
  const clients = new Set<Client>()

  const end = async (client: Client): Promise<void> => {
    clients.delete(client)
    await client.destroy()
  }

  /** One request of a chain. The connection stays open only where there is a body to read. */
  const step = async (url: URL, asked: ClipRequest, signal: AbortSignal) => {
    const client = createMediaClient(url, base, limits)
    clients.add(client)
    try {
      const response = await client.request({
        method: 'GET',
        path: `${url.pathname}${url.search}`,
        headers: { accept: '*/*', 'accept-encoding': 'identity', ...rangeHeaders(asked) },
        signal,
        headersTimeout: limits.idleMs,
        bodyTimeout: limits.idleMs,
      })
      // A body nobody reads yet may break; its reader learns of it when it reads.
      response.body.on('error', () => {})
      const verdict = classifyClip(response.statusCode, response.headers, asked)
      if (verdict.kind === 'body') return { ...verdict, body: watched(response.body, verdict, () => end(client)) }
      await end(client)
      return verdict
    } catch (error) {
      await end(client)
      throw clipFailure(error)
    }
  }

  const watched = async function* (
    body: Dispatcher.ResponseData['body'],
    verdict: Extract<ClipVerdict, { kind: 'body' }>,
    release: () => Promise<void>,
  ): AsyncGenerator<Uint8Array> {
    const meter = clipMeter(verdict.start, verdict.expected, limits.clipBytes)
    try {
      for await (const chunk of body) {
        meter.add((chunk as Uint8Array).length)
        yield chunk as Uint8Array
      }
      meter.end()
    } catch (error) {
      throw clipFailure(error)
    } finally {
      await release()
    }
  }

  return {
    async open(text, { from, etag, signal }) {
      let url = parseMediaUrl(text, base)
      // Without a strong ETag nothing says that the rest belongs to what is there, so the whole is asked for.
      let asked: ClipRequest = { from: etag === null ? 0 : from, etag, maxBytes: limits.clipBytes, now: clock.now() }
      for (let redirects = 0; redirects <= MAX_REDIRECTS;) {
        if (url === null) throw urlRefused()
        const found = await step(url, asked, signal)
        switch (found.kind) {
          case 'body': {
            const { status, start, total, etag: tag, contentType, body } = found
            return { status, start, total, etag: tag, contentType, body }
          }
          case 'restart':
            asked = { ...asked, from: 0, etag: null }
            break
          case 'redirect':
            url = parseMediaUrl(found.location, base, url)
            redirects += 1
        }
      }
      throw new TakeboardError(
        'download-failed',
        'The download did not start: the service redirected too often. Nothing more is charged. Takeboard tries again.',
      )
    },
    async close() {
      await Promise.all([...clients].map(end))
    },
  }
}

function rangeHeaders({ from, etag }: ClipRequest): Record<string, string> {
  return from > 0 && etag !== null ? { range: `bytes=${from}-`, 'if-range': etag } : {}
}
