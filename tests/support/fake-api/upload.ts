import { createHash, randomBytes } from 'node:crypto'
import { readBody, sendData, sendError, sendFault, type Exchange } from './reply.ts'
import type { World } from './world.ts'

/** Tickets handed out for direct uploads, by id. A restart forgets them, as an expired ticket would be. */
const tickets = new Map<string, { filename: string; size: number; type: string }>()

/** POST /api/v3/media/uploads: says where to PUT the bytes. */
export async function uploadTicket(world: World, exchange: Exchange): Promise<void> {
  const body = JSON.parse((await readBody(exchange)).toString('utf8')) as Record<string, unknown>
  const { filename, size, content_type: type = 'application/octet-stream' } = body
  if (typeof filename !== 'string' || !Number.isInteger(size))
    return sendError(exchange, 400, 'filename and size are required')
  const id = randomBytes(16).toString('hex')
  const data = {
    type: 'image',
    download_url: `${exchange.baseUrl}/media/${id}`,
    filename,
    size,
    upload: {
      method: 'PUT',
      url: `${exchange.baseUrl}/upload-target/${id}?signature=${randomBytes(8).toString('hex')}`,
      headers: { 'Content-Type': String(type), 'If-None-Match': '*' },
    },
  }
  // A late ticket is a good one; an answer that is spoiled otherwise never gets to be used.
  tickets.set(id, { filename, size: Number(size), type: String(type) })
  const fault = world.otherFault('upload-ticket')
  if (fault) return sendFault(exchange, fault, data)
  sendData(exchange, data)
}

/** PUT /upload-target/<id>: takes the bytes exactly as the ticket said, and refuses an Authorization header. */
export async function uploadPut(world: World, exchange: Exchange, id: string): Promise<void> {
  const bytes = await readBody(exchange)
  const fault = world.otherFault('upload-put')
  if (fault) return sendFault(exchange, fault, {})
  const { headers } = exchange.request
  const ticket = tickets.get(id)
  if (!ticket) return sendError(exchange, 403, 'no such ticket')
  if (headers.authorization !== undefined) return sendError(exchange, 400, 'Authorization is not allowed here')
  if (headers['content-type'] !== ticket.type || headers['if-none-match'] !== '*') {
    return sendError(exchange, 403, 'signed headers do not match')
  }
  if (bytes.length !== ticket.size) return sendError(exchange, 400, 'size does not match')
  record(world, id, ticket.filename, bytes)
  exchange.response.writeHead(200, { 'content-length': '0' })
  exchange.response.end()
}

/** POST /api/v3/media/upload/binary: the older route, one multipart file. */
export async function uploadBinary(world: World, exchange: Exchange): Promise<void> {
  const bytes = await readBody(exchange)
  const type = exchange.request.headers['content-type'] ?? ''
  let file: unknown
  try {
    file = (await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } }).formData()).get('file')
  } catch {
    file = null
  }
  if (!(file instanceof File)) return sendError(exchange, 400, 'the field file is required')
  const id = randomBytes(16).toString('hex')
  const data = { type: 'image', download_url: `${exchange.baseUrl}/media/${id}`, filename: file.name, size: file.size }
  const fault = world.otherFault('upload-binary')
  if (fault) return sendFault(exchange, fault, data)
  record(world, id, file.name, Buffer.from(await file.arrayBuffer()))
  sendData(exchange, data)
}

function record(world: World, id: string, filename: string, bytes: Buffer): void {
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  world.ledger.append({ kind: 'upload', at: Date.now(), id, filename, size: bytes.length, sha256 })
}
