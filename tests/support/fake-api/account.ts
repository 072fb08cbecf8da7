import { createHash } from 'node:crypto'
import { MODEL, priceMicros } from './jobs.ts'
import type { LedgerEntry } from './ledger.ts'
import { prediction } from './poll.ts'
import { readBody, sendData, sendError, sendFault, type Exchange } from './reply.ts'
import type { World } from './world.ts'

type Json = Record<string, unknown>

const usd = (micros: number): number => micros / 1_000_000

/** Epoch milliseconds of what a client sends as a time: ISO 8601, or milliseconds as a string or a number. */
function timeOf(value: unknown): number | null {
  if (typeof value === 'number') return value
  if (typeof value !== 'string') return null
  return /^\d+$/.test(value) ? Number(value) : Date.parse(value)
}

async function readJson(exchange: Exchange): Promise<Json> {
  return JSON.parse((await readBody(exchange)).toString('utf8')) as Json
}

/** GET /api/v3/balance */
export async function balance(world: World, exchange: Exchange): Promise<void> {
  const data = { balance: usd(world.jobs.balance(world.script.balanceUsd * 1_000_000)) }
  const fault = world.otherFault('balance')
  if (fault) return sendFault(exchange, fault, data)
  sendData(exchange, data)
}

/** POST /api/v3/model/price */
export async function price(world: World, exchange: Exchange): Promise<void> {
  const { model_id: model, inputs } = await readJson(exchange)
  const { resolution = '720p', duration = 5 } = (inputs ?? {}) as Json
  // Floats on purpose, made as the service makes them: a rate times seconds.
  const amount = (priceMicros(String(resolution), 1) / 1_000_000) * Number(duration)
  const data = world.script.price ?? { model_id: model, price: amount, discounted_price: amount, currency: 'USD' }
  const fault = world.otherFault('price')
  if (fault) return sendFault(exchange, fault, data)
  if (model !== MODEL) return sendError(exchange, 404, 'model not found')
  sendData(exchange, data)
}

/** POST /api/v3/predictions: newest first. */
export async function history(world: World, exchange: Exchange): Promise<void> {
  const asked = await readJson(exchange)
  const after = timeOf(asked['created_after']) ?? 0
  const before = timeOf(asked['created_before']) ?? Number.POSITIVE_INFINITY
  const jobs = world.jobs.all
    .filter((job) => job.createdAt >= after && job.createdAt <= before)
    .filter(() => asked['model'] === undefined || asked['model'] === MODEL)
    .toReversed()
  const rows = jobs.map((job) => {
    const row = prediction(world, exchange, job, world.jobs.status(job, world.script, false))
    return world.script.lists.echoInput ? { ...row, input: job.body } : row
  })
  await sendPage(world, exchange, 'history', asked, rows)
}

/** POST /api/v3/billings/search: newest first. */
export async function billings(world: World, exchange: Exchange): Promise<void> {
  const asked = await readJson(exchange)
  const times = [asked['start_time'], asked['end_time']]
  if (world.script.lists.millisecondsOnly && times.some((time) => typeof time === 'string' && !/^\d+$/.test(time))) {
    return sendError(exchange, 400, 'start_time must be milliseconds since epoch')
  }
  const [start, end] = [timeOf(times[0]) ?? 0, timeOf(times[1]) ?? Number.POSITIVE_INFINITY]
  const rows = world.ledger.entries
    .filter(
      (entry): entry is Extract<LedgerEntry, { micros: number }> => entry.kind === 'charge' || entry.kind === 'refund',
    )
    .filter((entry) => entry.at >= start && entry.at <= end)
    .toReversed()
    .map((entry) => ({
      uuid: createHash('sha256').update(`${entry.kind} ${entry.id}`).digest('hex').slice(0, 32),
      billing_type: entry.kind === 'charge' ? 'deduct' : 'refund',
      price: usd(entry.micros),
      created_at: new Date(entry.at).toISOString(),
      updated_at: new Date(entry.at).toISOString(),
      access_key_name: 'fake',
      order: { state: 'done', price: usd(entry.micros), origin_price: usd(entry.micros) },
      prediction: { uuid: entry.id, model_uuid: MODEL, status: world.jobs.find(entry.id)?.ended ?? 'created' },
    }))
  await sendPage(world, exchange, 'billings', asked, rows)
}

async function sendPage(
  world: World,
  exchange: Exchange,
  route: 'history' | 'billings',
  asked: Json,
  rows: readonly Json[],
): Promise<void> {
  const { more, pageCap } = world.script.lists
  const [page, size] = [Number(asked['page']), Number(asked['page_size'])]
  if (!(page >= 1) || !(size >= 1 && size <= 100)) return sendError(exchange, 400, 'page and page_size are required')
  const step = Math.min(size, pageCap)
  const items = rows.slice((page - 1) * step, page * step)
  const data = {
    page,
    items,
    ...(more === 'has_more' || more === 'both' ? { has_more: page * step < rows.length } : {}),
    ...(more === 'total' || more === 'both' ? { total: rows.length } : {}),
  }
  const fault = world.otherFault(route)
  if (fault) return sendFault(exchange, fault, data)
  sendData(exchange, data)
}
