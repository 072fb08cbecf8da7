import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Logger } from '../../ports.ts'
import { ApiError, hasKey, sendError } from './http.ts'
import type { StillJob } from './jobs.ts'
import { openPredictions } from './predictions.ts'
import { createRenderPool } from './render-pool.ts'
import { createRoutes, type Route } from './routes.ts'
import { openUploads } from './uploads.ts'

const DAY = 24 * 60 * 60 * 1000
/** The paid service keeps predictions and uploads this long; so does the rehearsal. */
const KEEP_MS = 7 * DAY

export interface RehearsalOptions {
  /** Folder of its own for uploads, records and clips; made when missing. */
  readonly dir: string
  readonly logger: Logger
  /** Render threads at most; see render-pool. */
  readonly workers?: number
  /** Seconds every job takes at least; default 0. */
  readonly minSeconds?: number
  /** Folder that holds `fonts`; found beside the app by default. */
  readonly resourcesDir?: string
}

export interface RehearsalServer {
  /** `http://127.0.0.1:<port>` */
  readonly baseUrl: string
  /** The Bearer key of this launch. */
  readonly key: string
  /** One frame of a scene without burn-in, as JPEG; goes before waiting clips. Equal jobs give equal files. */
  renderStill(job: Omit<StillJob, 'kind'>): Promise<Buffer>
  /** Stops answering and rendering. What is unfinished is rendered after the next start. */
  close(): Promise<void>
}

/**
 * Starts the free service inside the app: the paid service's v3 protocol on a random loopback port, with drawn clips of
 * the exact length and shape, booked at nothing.
 */
export async function startRehearsalServer(options: RehearsalOptions): Promise<RehearsalServer> {
  const { dir, logger } = options
  const pool = createRenderPool(options)
  const key = `rehearsal_${randomBytes(24).toString('hex')}`
  const uploads = await openUploads(join(dir, 'uploads'))
  const predictions = await openPredictions({
    dir: join(dir, 'predictions'),
    pool,
    uploads,
    logger,
    minSeconds: options.minSeconds ?? 0,
  })
  const prune = async () => {
    await predictions.prune(Date.now() - KEEP_MS)
    await uploads.prune(Date.now() - KEEP_MS)
  }
  await prune()
  const pruning = setInterval(() => {
    prune().catch((error: unknown) => logger.warn('Old rehearsals could not be removed', { reason: String(error) }))
  }, DAY / 4).unref()

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      // A download given up half-way ends here too; there is nobody left to tell.
      if (response.headersSent) response.destroy()
      else if (error instanceof ApiError) sendError(response, error.status, error.message)
      else {
        logger.error('The rehearsal service failed', { reason: String(error) })
        sendError(response, 500, 'The rehearsal service failed.')
      }
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const baseUrl = `http://${host}`
  const routes = createRoutes({ baseUrl, uploads, predictions })

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // A page that rebinds its own name to this address carries another Host.
    if (request.headers.host !== host) throw new ApiError(403, 'Wrong host.')
    const path = (request.url ?? '/').split('?')[0] ?? '/'
    const matching = routes.filter((route) => route.path.test(path))
    const route = matching.find((each) => each.methods.includes(request.method ?? ''))
    if (!matching.some(isOpen) && !hasKey(request, key)) throw new ApiError(401, 'Invalid API key.')
    if (!route) throw new ApiError(matching.length > 0 ? 405 : 404, 'There is nothing at this address.')
    await route.handle({ request, response, parts: route.path.exec(path)?.slice(1) ?? [] })
  }

  return {
    baseUrl,
    key,
    renderStill: (job) => pool.still({ kind: 'still', ...job }),
    close: async () => {
      clearInterval(pruning)
      const stopped = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      await Promise.all([stopped, pool.close()])
    },
  }
}

const isOpen = (route: Route): boolean => route.open === true
