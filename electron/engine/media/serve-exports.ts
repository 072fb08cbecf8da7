import { z } from 'zod'
import type { ExportFiles } from './export-files.ts'
import { CACHE, errorReply, fileReply, jsonReply, notFound, readBody } from './replies.ts'

/** The most bytes a page may send at once. */
const PIECE_BYTES = 8 * 1024 * 1024
const ASK_BYTES = 4 * 1024

const Begin = z.strictObject({ title: z.string().min(1).max(500) })
const Finish = z.strictObject({ bytes: z.number().int().positive() })

const allow = (methods: string): Response =>
  jsonReply({ code: 'bad-input', message: `Only ${methods} work here.` }, 405, { allow: methods })
const empty = () => new Response(null, { status: 204, headers: { 'cache-control': CACHE.none } })

async function asked<T>(request: Request, schema: z.ZodType<T>): Promise<T | null> {
  const bytes = await readBody(request, ASK_BYTES)
  try {
    return schema.parse(JSON.parse(Buffer.from(bytes ?? []).toString('utf8')))
  } catch {
    return null
  }
}

/** A name in a header: plain letters for old readers, and as it is for the others. */
const disposition = (name: string): string =>
  `attachment; filename="${name.replaceAll(/[^\w .()-]/g, '_')}"; filename*=UTF-8''${encodeURIComponent(name).replaceAll(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)}`

/**
 * Answers `/media/exports`: POST begins a file; PUT `/{id}/{at}` writes a piece of it; POST `/{id}` finishes it, DELETE gives
 * it up; GET hands out one that was finished, to be saved elsewhere.
 */
export function createExportHandler(files: ExportFiles) {
  const bad = (message: string, status = 400) => errorReply({ code: 'bad-input', message }, status)

  const begin = async (request: Request): Promise<Response> => {
    const ask = await asked(request, Begin)
    return ask ? jsonReply(await files.begin(ask.title), 201) : bad('A file needs a title.')
  }

  const write = async (request: Request, id: string, at: string): Promise<Response> => {
    if (!/^\d{1,15}$/.test(at)) return bad('That is no place in a file.')
    const bytes = await readBody(request, PIECE_BYTES)
    if (bytes === null) return bad(`A piece may be ${PIECE_BYTES / 1024 / 1024} MB at most.`, 413)
    await files.write(id, Number(at), bytes)
    return empty()
  }

  const finish = async (request: Request, id: string): Promise<Response> => {
    const ask = await asked(request, Finish)
    return ask ? jsonReply(await files.finish(id, ask.bytes), 201) : bad('Say how long the file is.')
  }

  const hand = async (request: Request, id: string): Promise<Response> => {
    const file = files.finished(id)
    const reply =
      file && (await fileReply(request, file.path, { mime: 'video/mp4', etag: `"${id}"`, cache: CACHE.none }))
    if (!file || !reply) return notFound('There is no such file any more.')
    reply.headers.set('content-disposition', disposition(file.name))
    return reply
  }

  return async (request: Request, id: string | null, of: string | null): Promise<Response> => {
    if (id === null) return request.method === 'POST' ? begin(request) : allow('POST')
    if (of !== null) return request.method === 'PUT' ? write(request, id, of) : allow('PUT')
    switch (request.method) {
      case 'GET':
      case 'HEAD':
        return hand(request, id)
      case 'POST':
        return finish(request, id)
      case 'DELETE':
        await files.drop(id)
        return empty()
      default:
        return allow('GET, HEAD, POST, DELETE')
    }
  }
}
