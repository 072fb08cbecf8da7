import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { startRehearsalServer, type RehearsalServer } from '../../electron/engine/provider/rehearsal/server.ts'

export const MODEL = 'alibaba/happyhorse-1.1/reference-to-video'
export const CAST = join(import.meta.dirname, '../../resources/sample/cast')
export const logger = { info() {}, warn() {}, error() {} }

export const Envelope = z.object({ code: z.number(), message: z.string(), data: z.unknown() })
const Result = z.object({
  id: z.string(),
  model: z.string(),
  status: z.string(),
  outputs: z.array(z.string()),
  urls: z.object({ get: z.string() }),
  created_at: z.string(),
  error: z.string(),
  timings: z.object({ inference: z.number() }),
})
export const Upload = z.object({
  download_url: z.string(),
  filename: z.string(),
  size: z.number(),
  type: z.string(),
  upload: z.object({ method: z.literal('PUT'), url: z.string(), headers: z.record(z.string(), z.string()) }),
})

const dirs: string[] = []
export const servers: RehearsalServer[] = []

export async function newDir(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'takeboard-rehearsal-'))
  dirs.push(dir)
  return dir
}

export async function start(dir: string): Promise<RehearsalServer> {
  const server = await startRehearsalServer({ dir, logger, workers: 1 })
  servers.push(server)
  return server
}

export async function api(server: RehearsalServer, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`${server.baseUrl}/api/v3/${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${server.key}`, 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const envelope = Envelope.partial({ data: true }).parse(await response.json())
  return { status: response.status, envelope, data: envelope.data }
}

export async function uploadDirect(server: RehearsalServer, name: string): Promise<string> {
  const bytes = await readFile(join(CAST, name))
  const opened = await api(server, 'media/uploads', { filename: name, size: bytes.length, content_type: 'image/png' })
  const { upload, download_url } = Upload.parse(opened.data)
  const put = await fetch(upload.url, { method: upload.method, headers: upload.headers, body: bytes })
  if (!put.ok) throw new Error(`Upload answered ${put.status}`)
  return download_url
}

export async function settled(server: RehearsalServer, id: string) {
  for (;;) {
    const { data } = await api(server, `predictions/${id}/result`)
    const result = Result.parse(data)
    if (result.status === 'completed' || result.status === 'failed') return result
    await new Promise((resolve) => setImmediate(resolve))
  }
}

export const submit = async (server: RehearsalServer, body: object, label = '12A-3') =>
  Result.parse((await api(server, MODEL, body, { 'x-takeboard-label': label })).data)

/** Closes what `start` opened and removes what `newDir` made. */
export async function tidy(): Promise<void> {
  await Promise.all(servers.splice(0).map((server) => server.close()))
  await Promise.all(dirs.splice(0).map((dir) => rm(dir, { recursive: true, force: true })))
}
