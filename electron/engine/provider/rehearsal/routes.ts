import type { IncomingMessage, ServerResponse } from 'node:http'
import { z } from 'zod'
import { MODEL_ID, listPrice } from '../../../../shared/models/happyhorse-1.1-r2v.ts'
import { usdDecimal } from '../../../../shared/money.ts'
import { ApiError, readBody, readJson, sendData } from './http.ts'
import type { Predictions } from './predictions.ts'
import { BillingQuery, HistoryQuery, billingsOf, historyOf, resultOf } from './replies.ts'
import { serveFile } from './serve-file.ts'
import { modelEntry, parseBody, parseSubmission, readLabel } from './submission.ts'
import { UPLOAD_LIMIT, UploadRequest, type Uploads } from './uploads.ts'

/** Dollars shown as the balance of the rehearsal account; nothing is ever taken from it. */
const BALANCE = 1000

export interface RouteContext {
  readonly baseUrl: string
  readonly uploads: Uploads
  readonly predictions: Predictions
}

interface Call {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  /** The capture groups of the route's path. */
  readonly parts: readonly string[]
}

export interface Route {
  readonly methods: readonly string[]
  readonly path: RegExp
  /** Open routes carry their secret in the path instead of the key. */
  readonly open?: true
  readonly handle: (call: Call) => Promise<void>
}

const PriceQuery = z.object({ model_id: z.string(), inputs: z.record(z.string(), z.unknown()).default({}) })
const QuoteInputs = z.object({
  resolution: z.enum(['720p', '1080p']).default('720p'),
  duration: z.number().int().min(3).max(15).default(5),
})

/** Every route of the rehearsal service, in the order they are tried. */
export function createRoutes({ baseUrl, uploads, predictions }: RouteContext): readonly Route[] {
  const mediaUrl = ({ token, filename }: { token: string; filename: string }) => `${baseUrl}/media/${token}/${filename}`

  return [
    {
      methods: ['POST'],
      path: /^\/api\/v3\/media\/uploads$/,
      handle: async ({ request, response }) => {
        const wanted = parseBody(UploadRequest, await readJson(request))
        const place = await uploads.open(wanted)
        sendData(response, {
          type: kindOf(wanted.content_type),
          download_url: mediaUrl(place),
          filename: wanted.filename,
          size: wanted.size,
          upload: {
            method: 'PUT',
            url: `${baseUrl}/uploads/${place.token}`,
            headers: { 'Content-Type': wanted.content_type ?? 'application/octet-stream', 'If-None-Match': '*' },
          },
        })
      },
    },
    {
      methods: ['PUT'],
      path: /^\/uploads\/([0-9a-f]{40})$/,
      open: true,
      handle: async ({ request, response, parts }) => {
        await uploads.fill(parts[0] ?? '', await readBody(request, UPLOAD_LIMIT))
        response.writeHead(200, { 'content-length': 0 }).end()
      },
    },
    {
      methods: ['POST'],
      path: /^\/api\/v3\/media\/upload\/binary$/,
      handle: async ({ request, response }) => {
        const file = await readMultipart(request)
        const bytes = Buffer.from(await file.arrayBuffer())
        const wanted = { filename: file.name, size: bytes.length, content_type: file.type || undefined }
        const place = await uploads.open(parseBody(UploadRequest, wanted))
        await uploads.fill(place.token, bytes)
        sendData(response, {
          type: kindOf(file.type),
          download_url: mediaUrl(place),
          filename: file.name,
          size: bytes.length,
        })
      },
    },
    {
      methods: ['GET', 'HEAD'],
      path: /^\/media\/([0-9a-f]{40})\/[\w.-]+$/,
      open: true,
      handle: async ({ request, response, parts }) => serveFile(request, response, await uploads.find(parts[0] ?? '')),
    },
    {
      methods: ['POST'],
      path: new RegExp(`^/api/v3/${MODEL_ID.replaceAll('.', '\\.')}$`),
      handle: async ({ request, response }) => {
        const input = parseSubmission(await readJson(request))
        const label = readLabel(request.headers['x-takeboard-label'])
        sendData(response, resultOf(await predictions.create(input, label), baseUrl))
      },
    },
    {
      methods: ['GET'],
      path: /^\/api\/v3\/predictions\/([^/]+)(?:\/result)?$/,
      handle: async ({ response, parts }) => {
        const prediction = predictions.get(parts[0] ?? '')
        if (!prediction) throw new ApiError(404, 'The prediction does not exist.')
        sendData(response, resultOf(prediction, baseUrl))
      },
    },
    {
      methods: ['GET', 'HEAD'],
      path: /^\/clips\/([0-9a-f]{40})\/([0-9a-f]{32})\.mp4$/,
      open: true,
      handle: async ({ request, response, parts: [token, id = ''] }) => {
        const prediction = predictions.get(id)
        if (prediction?.status !== 'completed' || prediction.token !== token)
          throw new ApiError(404, 'The clip does not exist.')
        const path = predictions.clipPath(prediction)
        await serveFile(request, response, { path, type: 'video/mp4', etag: `"${prediction.sha256 ?? id}"` })
      },
    },
    {
      methods: ['POST'],
      path: /^\/api\/v3\/model\/price$/,
      handle: async ({ request, response }) => {
        const { model_id, inputs } = parseBody(PriceQuery, await readJson(request))
        if (model_id !== MODEL_ID) throw new ApiError(404, `The model ${model_id} does not exist.`)
        const { resolution, duration } = parseBody(QuoteInputs, inputs)
        const price = Number(usdDecimal(listPrice(resolution, duration)))
        sendData(response, { model_id, price, discounted_price: price, discount_rate: 1, currency: 'USD' })
      },
    },
    {
      methods: ['GET'],
      path: /^\/api\/v3\/balance$/,
      handle: async ({ response }) => sendData(response, { balance: BALANCE }),
    },
    {
      methods: ['POST'],
      path: /^\/api\/v3\/predictions$/,
      handle: async ({ request, response }) =>
        sendData(response, historyOf(predictions.all(), parseBody(HistoryQuery, await readJson(request)), baseUrl)),
    },
    {
      methods: ['POST'],
      path: /^\/api\/v3\/billings\/search$/,
      handle: async ({ request, response }) =>
        sendData(response, billingsOf(predictions.all(), parseBody(BillingQuery, await readJson(request)))),
    },
    {
      methods: ['GET'],
      path: /^\/api\/v3\/models$/,
      handle: async ({ response }) => sendData(response, [modelEntry(baseUrl)]),
    },
  ]
}

const kindOf = (type: string | undefined): string => (type ?? 'image').split('/')[0] ?? 'image'

/** Reads the `file` field of a multipart form. @throws ApiError 400, 413 */
async function readMultipart(request: IncomingMessage): Promise<File> {
  const body = await readBody(request, UPLOAD_LIMIT + 64 * 1024)
  const headers = { 'content-type': request.headers['content-type'] ?? '' }
  const form = await new Response(body, { headers }).formData().catch(() => null)
  const file = form?.get('file')
  if (!(file instanceof File)) throw new ApiError(400, 'The form has no file field.')
  return file
}
