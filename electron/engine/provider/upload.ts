import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { extname } from 'node:path'
import { Readable } from 'node:stream'
import { TakeboardError } from '../../../shared/errors.ts'
import type { Random, VideoProvider } from '../ports.ts'
import { parseMediaUrl } from './addresses.ts'
import { isRefusal, lacksRoute, unwrap, type Context, type Purpose } from './classify.ts'
import { isFileFault } from './failure.ts'
import { createMediaClient, readReply, type Exchange, type Limits, type Reader, type Request } from './http.ts'
import { UploadedFile, UploadTicket } from './wavespeed-schema.ts'

type Image = Parameters<VideoProvider['upload']>[0]

const PURPOSE: Purpose = { subject: 'Uploading a reference', forbidden: 'key-rejected' }

export interface UploadParts {
  readonly base: URL
  readonly reader: Reader
  readonly limits: Limits
  readonly random: Random
  readonly context: Context
  /** Aborted when the provider closes. */
  readonly closing: AbortSignal
  /** Authorization and the like, for the service itself. */
  readonly headers: Readonly<Record<string, string>>
}

/**
 * Puts an image where the service can read it: straight into its storage, or through its older multipart route where it
 * has no other or its storage will not take it. The image's own file name is never told.
 */
export async function uploadImage(image: Image, parts: UploadParts): Promise<{ url: string }> {
  const found = await stat(image.path).catch(() => null)
  if (found?.size !== image.bytes) throw unreadableFile()
  const ticket = await askForTicket(image, parts)
  if (ticket !== null) {
    const put = await putBytes(image, ticket, parts)
    checkFile(put)
    // Storage that refuses (a signature past its time, say) leaves the older way.
    if (!isRefusal(put)) {
      unwrapPut(put, parts.context)
      return { url: ticket.downloadUrl }
    }
  }
  return { url: await uploadMultipart(image, parts) }
}

interface Ticket {
  readonly target: URL
  readonly headers: Readonly<Record<string, string>>
  readonly downloadUrl: string
}

const nameOf = (image: Image): string => {
  const extension = { 'image/jpeg': '.jpg', 'image/png': '.png', 'image/webp': '.webp' }[image.mime]
  return `${image.sha256}${extension ?? extname(image.path)}`
}

/** @returns null where the service has no such route or its answer is of no use */
async function askForTicket(
  image: Image,
  { base, reader, limits, headers, context }: UploadParts,
): Promise<Ticket | null> {
  const exchange = await reader.send({
    method: 'POST',
    path: '/api/v3/media/uploads',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({ filename: nameOf(image), size: image.bytes, content_type: image.mime }),
    timeoutMs: limits.readMs,
  })
  if (lacksRoute(exchange) || isUnreadable(exchange)) return null
  const answer = UploadTicket.safeParse(unwrap(exchange, PURPOSE, context)).data
  if (answer === undefined) return null
  const target = parseMediaUrl(answer.upload.url, base)
  const download = parseMediaUrl(answer.download_url, base)
  if (target === null || download === null) return null
  return { target, headers: answer.upload.headers ?? {}, downloadUrl: download.href }
}

/** An answer that is not an error and yet not JSON. */
const isUnreadable = (exchange: Exchange): boolean =>
  exchange.kind === 'reply' && exchange.reply.json === undefined && !isRefusal(exchange) && exchange.reply.status < 300

/** Exactly the headers the ticket names, and never the key. */
async function putBytes(image: Image, ticket: Ticket, { base, limits, closing }: UploadParts): Promise<Exchange> {
  const client = createMediaClient(ticket.target, base, limits)
  try {
    const response = await client.request({
      method: 'PUT',
      path: `${ticket.target.pathname}${ticket.target.search}`,
      headers: { ...ticket.headers, 'content-length': String(image.bytes) },
      body: createReadStream(image.path),
      signal: AbortSignal.any([AbortSignal.timeout(uploadMs(image, limits)), closing]),
      headersTimeout: 0,
      bodyTimeout: 0,
    })
    return { kind: 'reply', reply: await readReply(response, limits.jsonBytes) }
  } catch (error) {
    return { kind: 'failure', sent: true, error }
  } finally {
    await client.destroy()
  }
}

/** Storage answers with nothing or with XML; only a failure is read for its meaning. */
function unwrapPut(exchange: Exchange, context: Context): void {
  if (exchange.kind === 'reply' && exchange.reply.status >= 200 && exchange.reply.status < 300) return
  unwrap(exchange, PURPOSE, context)
}

async function uploadMultipart(image: Image, parts: UploadParts): Promise<string> {
  const { reader, random, limits, headers, context, base } = parts
  const boundary = `takeboard-${random.integer(0, 2 ** 47)}-${random.integer(0, 2 ** 47)}`
  const head = Buffer.from(
    `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${nameOf(image)}"\r\n` +
      `content-type: ${image.mime}\r\n\r\n`,
  )
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`)
  const request: Request = {
    method: 'POST',
    path: '/api/v3/media/upload/binary',
    headers: {
      ...headers,
      'content-type': `multipart/form-data; boundary=${boundary}`,
      'content-length': String(head.length + image.bytes + tail.length),
    },
    body: Readable.from(concatenate(head, image.path, tail)),
    timeoutMs: uploadMs(image, limits),
  }
  const exchange = await reader.send(request)
  checkFile(exchange)
  const answer = UploadedFile.safeParse(unwrap(exchange, PURPOSE, context)).data
  const url = answer ? parseMediaUrl(answer.download_url, base) : null
  if (url !== null) return url.href
  throw new TakeboardError(
    'upload-failed',
    'A reference was uploaded, but the service did not say where to. Nothing was charged. Try again later.',
  )
}

async function* concatenate(head: Buffer, path: string, tail: Buffer): AsyncGenerator<Buffer> {
  yield head
  for await (const chunk of createReadStream(path)) yield chunk as Buffer
  yield tail
}

/** The file may still go or change while it is read. */
function checkFile(exchange: Exchange): void {
  if (exchange.kind === 'failure' && isFileFault(exchange.error)) throw unreadableFile()
}

const unreadableFile = (): TakeboardError =>
  new TakeboardError(
    'image-unreadable',
    'A reference could not be read from the library, so it was not uploaded. Nothing was charged. Add the image again.',
  )

const uploadMs = (image: Image, limits: Limits): number =>
  Math.ceil(limits.uploadMs + image.bytes / limits.uploadBytesPerMs)
