import { createHash, randomBytes } from 'node:crypto'
import { mkdir, readFile, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { writeDurably } from './files.ts'
import { ApiError } from './http.ts'

/** Bytes of one upload at most. */
export const UPLOAD_LIMIT = 25 * 1024 * 1024

const UploadRecord = z.object({
  filename: z.string(),
  size: z.number().int(),
  contentType: z.string(),
  createdAt: z.string(),
  sha256: z.string().nullable(),
})
type UploadRecord = z.infer<typeof UploadRecord>

/** Asks for a place to upload to; the body of `POST /api/v3/media/uploads`. */
export const UploadRequest = z.object({
  filename: z.string().min(1).max(255),
  size: z.number().int().min(1).max(UPLOAD_LIMIT),
  content_type: z.string().max(100).optional(),
})
export type UploadRequest = z.infer<typeof UploadRequest>

/** Uploaded images in one folder, each under an unguessable token. */
export interface Uploads {
  /** Opens a place. @returns its token and its file name as it stands in URLs */
  open(request: UploadRequest): Promise<{ token: string; filename: string }>
  /** Stores the bytes of an opened place, once. @throws ApiError 400, 404, 412 */
  fill(token: string, bytes: Buffer): Promise<void>
  /** @throws ApiError 404 */
  find(token: string): Promise<{ path: string; type: string; etag: string; filename: string; size: number }>
  /** The file behind a URL this or an earlier launch handed out, or null. */
  resolve(url: string): Promise<string | null>
  prune(before: number): Promise<void>
}

const TOKEN = /^[0-9a-f]{40}$/

export async function openUploads(dir: string): Promise<Uploads> {
  await mkdir(dir, { recursive: true })
  const recordPath = (token: string) => join(dir, `${token}.json`)
  const dataPath = (token: string) => join(dir, `${token}.bin`)

  async function read(token: string): Promise<UploadRecord> {
    if (!TOKEN.test(token)) throw new ApiError(404, 'The upload does not exist.')
    const text = await readFile(recordPath(token), 'utf8').catch(() => null)
    if (text === null) throw new ApiError(404, 'The upload does not exist.')
    return UploadRecord.parse(JSON.parse(text))
  }

  async function find(token: string) {
    const record = await read(token)
    if (record.sha256 === null) throw new ApiError(404, 'The upload is not finished.')
    const { contentType: type, filename, size } = record
    return { path: dataPath(token), type, etag: `"${record.sha256}"`, filename, size }
  }

  return {
    open: async (request) => {
      const token = randomBytes(20).toString('hex')
      const filename = request.filename.replace(/[^\w.-]+/g, '_')
      const record: UploadRecord = {
        filename,
        size: request.size,
        contentType: request.content_type ?? 'application/octet-stream',
        createdAt: new Date().toISOString(),
        sha256: null,
      }
      await writeDurably(recordPath(token), JSON.stringify(record))
      return { token, filename }
    },
    fill: async (token, bytes) => {
      const record = await read(token)
      if (record.sha256 !== null) throw new ApiError(412, 'The upload is already complete.')
      if (bytes.length !== record.size) {
        throw new ApiError(400, `The upload has ${bytes.length} bytes; ${record.size} were announced.`)
      }
      await writeDurably(dataPath(token), bytes)
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      await writeDurably(recordPath(token), JSON.stringify({ ...record, sha256 }))
    },
    find,
    resolve: async (url) => {
      // The port changes with every launch, so only the token counts.
      const token = /^\/media\/([0-9a-f]{40})(?:\/|$)/.exec(new URL(url).pathname)?.[1]
      if (token === undefined) return null
      return find(token).then(
        (file) => file.path,
        () => null,
      )
    },
    prune: async (before) => {
      for (const name of await readdir(dir)) {
        const path = join(dir, name)
        const changed = await stat(path).then(
          (found) => found.mtimeMs,
          () => Infinity,
        )
        if (changed < before) await rm(path, { force: true })
      }
    },
  }
}
