import { z } from 'zod'
import { MODEL_ID, listPrice } from '../../../../shared/models/happyhorse-1.1-r2v.ts'
import { usdDecimal } from '../../../../shared/money.ts'
import type { Prediction } from './predictions.ts'

const Page = { page: z.number().int().min(1), page_size: z.number().int().min(1).max(100) }
/** A time as ISO 8601 or as milliseconds since 1970, number or text: the service's documents and clients differ. */
const Time = z.union([z.number(), z.string()]).transform((value, context) => {
  const time = typeof value === 'number' || /^\d+$/.test(value) ? Number(value) : Date.parse(value)
  if (Number.isFinite(time)) return time
  context.addIssue({ code: 'custom', message: 'must be a time' })
  return z.NEVER
})

/** Body of `POST /api/v3/predictions`. */
export const HistoryQuery = z.object({
  ...Page,
  model: z.string().optional(),
  status: z.string().optional(),
  created_after: Time.optional(),
  created_before: Time.optional(),
})

/** Body of `POST /api/v3/billings/search`. */
export const BillingQuery = z.object({
  ...Page,
  billing_type: z.string().optional(),
  prediction_uuids: z.array(z.string()).optional(),
  sort: z.string().optional(),
  start_time: Time.optional(),
  end_time: Time.optional(),
})

const dollars = (prediction: Prediction): number =>
  Number(usdDecimal(listPrice(prediction.input.resolution, prediction.input.duration)))

/** A prediction as the result call shows it. */
export function resultOf(prediction: Prediction, baseUrl: string): Record<string, unknown> {
  const done = prediction.status === 'completed'
  return {
    id: prediction.id,
    model: MODEL_ID,
    status: prediction.status,
    outputs: done ? [clipUrl(prediction, baseUrl)] : [],
    urls: { get: `${baseUrl}/api/v3/predictions/${prediction.id}/result` },
    has_nsfw_contents: done ? [false] : [],
    created_at: prediction.createdAt,
    error: prediction.error,
    executionTime: prediction.inferenceMs ?? 0,
    timings: { inference: prediction.inferenceMs ?? 0 },
  }
}

export const clipUrl = (prediction: Prediction, baseUrl: string): string =>
  `${baseUrl}/clips/${prediction.token}/${prediction.id}.mp4`

/** One page of history, newest first; unlike the result it carries the request as `input`. */
export function historyOf(all: readonly Prediction[], query: z.output<typeof HistoryQuery>, baseUrl: string): unknown {
  const matching = all.filter((each) => {
    const made = Date.parse(each.createdAt)
    return (
      (query.model === undefined || query.model === MODEL_ID) &&
      (query.status === undefined || query.status === each.status) &&
      made >= (query.created_after ?? -Infinity) &&
      made <= (query.created_before ?? Infinity)
    )
  })
  const items = pageOf(matching, query).map((each) => ({ ...resultOf(each, baseUrl), input: each.input }))
  return { page: query.page, total: matching.length, items }
}

/** One page of billing rows: a rehearsal is booked at nothing, with the real price as its origin. */
export function billingsOf(all: readonly Prediction[], query: z.output<typeof BillingQuery>): unknown {
  const matching = all.filter((each) => {
    const made = Date.parse(each.createdAt)
    return (
      (query.billing_type === undefined || query.billing_type === 'deduct') &&
      (query.prediction_uuids === undefined || query.prediction_uuids.includes(each.id)) &&
      made >= (query.start_time ?? -Infinity) &&
      made <= (query.end_time ?? Infinity)
    )
  })
  const ordered = /\basc\b/i.test(query.sort ?? '') ? matching.toReversed() : matching
  return { page: query.page, total: ordered.length, items: pageOf(ordered, query).map(billingRow) }
}

function billingRow(each: Prediction): unknown {
  const settled = each.status === 'completed' || each.status === 'failed'
  return {
    uuid: `bill-${each.id}`,
    billing_type: 'deduct',
    price: 0,
    created_at: each.createdAt,
    updated_at: each.updatedAt,
    access_key_name: 'rehearsal',
    order: {
      uuid: `order-${each.id}`,
      state: settled ? 'done' : 'pre',
      price: 0,
      origin_price: dollars(each),
      status: settled ? 'done' : 'pre',
    },
    prediction: { uuid: each.id, model_uuid: MODEL_ID, status: each.status },
  }
}

const pageOf = <T>(items: readonly T[], { page, page_size }: { page: number; page_size: number }): readonly T[] =>
  items.slice((page - 1) * page_size, page * page_size)
