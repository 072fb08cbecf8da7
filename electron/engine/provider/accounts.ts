import { z } from 'zod'
import { TakeboardError } from '../../../shared/errors.ts'
import { PredictionId } from '../../../shared/ids.ts'
import { MODEL_ID } from '../../../shared/models/happyhorse-1.1-r2v.ts'
import { usdMicros, usdMicrosFromApi, type UsdMicros } from '../../../shared/money.ts'
import type { BillingItem, HistoryItem, Quote } from '../ports.ts'
import type { Purpose } from './classify.ts'
import { BalanceAnswer, BillingRow, HistoryRow, Page, PriceAnswer } from './wavespeed-schema.ts'

/** Asks the service and unwraps the answer's `data`. @throws TakeboardError */
export type Ask = (
  request: { method: 'GET' | 'POST'; path: string; body?: unknown; maxBytes?: number },
  purpose: Purpose,
) => Promise<unknown>

const PAGE_SIZE = 100
const MAX_PAGES = 100

const purpose = (subject: string): Purpose => ({ subject, forbidden: 'request-rejected' })

function parse<T>(schema: z.ZodType<T>, data: unknown, what: string): T {
  const answer = schema.safeParse(data)
  if (answer.success) return answer.data
  throw unreadable(what)
}

const unreadable = (what: string): TakeboardError =>
  new TakeboardError(
    'provider-fault',
    `${what} could not be read from the answer. Nothing was charged. Try again later.`,
  )

/**
 * The service's price of one take. Where it states a discount beside the price, the larger counts: what is charged is
 * decided later, and a hold must never be below it.
 */
export async function readQuote(ask: Ask, inputs: { resolution: string; duration: number }): Promise<Quote> {
  const { resolution, duration } = inputs
  const body = { model_id: MODEL_ID, inputs: { resolution, duration } }
  const data = await ask({ method: 'POST', path: '/api/v3/model/price', body }, purpose('Reading the price'))
  const answer = parse(PriceAnswer, data, 'The price')
  if (answer.currency && answer.currency.toUpperCase() !== 'USD') throw unreadable('A price in US dollars')
  return { price: usdMicrosFromApi(Math.max(answer.price, answer.discounted_price ?? 0)) }
}

export async function readBalance(ask: Ask): Promise<UsdMicros> {
  const data = await ask({ method: 'GET', path: '/api/v3/balance' }, purpose('Reading the balance'))
  return usdMicrosFromApi(parse(BalanceAnswer, data, 'The balance').balance)
}

/** Every prediction of the model in the window, newest first. */
export async function readHistory(ask: Ask, from: number, to: number): Promise<readonly HistoryItem[]> {
  const rows = await allPages({
    ask: (page) => ({
      method: 'POST',
      path: '/api/v3/predictions',
      body: { ...page, model: MODEL_ID, created_after: iso(from), created_before: iso(to) },
    }),
    send: ask,
    row: HistoryRow,
    subject: 'Reading the list of jobs',
  })
  return (
    rows
      .filter((row) => isWithin(row.created_at, from, to))
      // A service that ignores the filter shows other models' jobs; one that names the model differently must not hide ours.
      .filter((row) => !row.model?.includes('/') || row.model === MODEL_ID)
      .map((row) => ({
        predictionId: PredictionId.parse(row.id),
        model: row.model ?? MODEL_ID,
        status: row.status,
        createdAt: row.created_at,
        input: row.input ?? row.inputs ?? null,
        outputs: row.outputs,
      }))
      .toSorted(byTime)
  )
}

/** Every charge and refund in the window, newest first. Amounts are never negative. */
export async function readBillings(ask: Ask, from: number, to: number): Promise<readonly BillingItem[]> {
  const read = (start: string, end: string) =>
    allPages({
      ask: (page) => ({
        method: 'POST',
        path: '/api/v3/billings/search',
        body: { ...page, sort: 'created_at DESC', start_time: start, end_time: end },
      }),
      send: ask,
      row: BillingRow,
      subject: 'Reading the list of charges',
    })
  // The service's own client sends ISO 8601 here while its documentation speaks of milliseconds.
  const rows = await read(iso(from), iso(to)).catch((error: unknown) => {
    if (error instanceof TakeboardError && error.code === 'request-rejected') return read(String(from), String(to))
    throw error
  })
  return rows
    .filter((row) => isWithin(row.created_at, from, to))
    .map((row) => ({
      predictionId: row.prediction?.uuid ? PredictionId.parse(row.prediction.uuid) : null,
      kind: row.billing_type,
      amount: usdMicros(Math.abs(usdMicrosFromApi(row.price))),
      createdAt: row.created_at,
    }))
    .toSorted(byTime)
}

const iso = (ms: number): string => new Date(ms).toISOString()

const timeOf = (text: string): number => Date.parse(text)

/** Newest first; what has no readable time comes last. */
const byTime = (a: { createdAt: string }, b: { createdAt: string }): number =>
  (timeOf(b.createdAt) || 0) - (timeOf(a.createdAt) || 0)

/** A time that cannot be read counts as inside: evidence of a job is never thrown away for its date's spelling. */
function isWithin(text: string, from: number, to: number): boolean {
  const time = timeOf(text)
  return Number.isNaN(time) || (time >= from && time <= to)
}

interface Listing<T> {
  readonly ask: (page: { page: number; page_size: number }) => Parameters<Ask>[0]
  readonly send: Ask
  readonly row: z.ZodType<T>
  readonly subject: string
}

/**
 * All rows of a list; rows of another shape are left out. The end is what the service says it is (`has_more`, else
 * `total`), else an empty page or one that brings nothing new. A list without an end is an error: part of it must not
 * pass for the whole.
 */
async function allPages<T>({ ask, send, row, subject }: Listing<T>): Promise<T[]> {
  const items = new Map<string, unknown>()
  for (let number = 1; number <= MAX_PAGES; number += 1) {
    const data = await send(ask({ page: number, page_size: PAGE_SIZE }), purpose(subject))
    const page = parse(Page, data, 'The list')
    const before = items.size
    for (const item of page.items ?? []) items.set(keyOf(item), item)
    const total = page.total ?? Number.POSITIVE_INFINITY
    const saysEnd = typeof page.has_more === 'boolean' ? !page.has_more : items.size >= total
    if (saysEnd || items.size === before) return [...items.values()].flatMap((item) => row.safeParse(item).data ?? [])
  }
  throw new TakeboardError(
    'provider-fault',
    `${subject} failed, because the list does not end. Nothing was charged. Try again later.`,
  )
}

const Keyed = z.union([
  z.object({ id: z.string() }).transform(({ id }) => id),
  z.object({ uuid: z.string() }).transform(({ uuid }) => uuid),
])

/** Rows move between pages while a list is read; their ids tell that they are the same. */
const keyOf = (item: unknown): string => Keyed.safeParse(item).data ?? JSON.stringify(item)
