import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { TakeboardError } from '../../shared/errors.ts'
import { listPrice } from '../../shared/models/happyhorse-1.1-r2v.ts'
import { usdDecimal, usdMicros } from '../../shared/money.ts'
import type { ReplyFault, Script } from '../support/fake-api/script.ts'
import { startProviderRig, type ProviderRig } from '../support/fake-api/rig.ts'

let rig: ProviderRig
beforeAll(async () => {
  rig = await startProviderRig()
})
afterEach(() => rig.api.clearScript())
afterAll(() => rig.stop())

async function errorOf(run: Promise<unknown>): Promise<TakeboardError> {
  const error: unknown = await run.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (!(error instanceof TakeboardError)) throw new Error(`Not a TakeboardError: ${String(error)}`)
  expect(JSON.stringify(error.toWire())).not.toContain(rig.api.key)
  return error
}

test.each([
  ['720p', 3, '0.42'],
  ['720p', 5, '0.70'],
  ['720p', 10, '1.40'],
  ['720p', 15, '2.10'],
  ['1080p', 3, '0.567'],
  ['1080p', 5, '0.945'],
  ['1080p', 10, '1.89'],
  ['1080p', 15, '2.835'],
] as const)('a %s take of %i s is quoted at $%s to the micro-dollar', async (resolution, duration, dollars) => {
  const { price } = await rig.provider.quote({ resolution, duration })
  expect(usdDecimal(price)).toBe(dollars)
  expect(price).toBe(listPrice(resolution, duration))
})

test.each([
  ['the price where it stands alone', { price: 0.7 }, 700_000],
  ['the larger where a discount is stated', { price: 0.7, discounted_price: 0.35 }, 700_000],
  ['the larger where the discount is none', { price: 0.7, discounted_price: 0.9 }, 900_000],
  ['a price written as text', { price: '0.945' }, 945_000],
  ['a fraction of a micro-dollar, rounded up', { price: 0.1000001 }, 100_001],
] as const)('a quote is %s', async (_name, price, micros) => {
  await rig.api.script({ price })
  expect((await rig.provider.quote({ resolution: '720p', duration: 5 })).price).toBe(micros)
})

test.each([{}, { price: 'cheap' }, { price: -1 }, { price: null }, { price: 5, currency: 'EUR' }])(
  'a quote like %j is not taken',
  async (price) => {
    await rig.api.script({ price })
    expect((await errorOf(rig.provider.quote({ resolution: '720p', duration: 5 }))).code).toBe('provider-fault')
  },
)

test('the balance falls by what is charged', async () => {
  await rig.api.script({ balanceUsd: 100 })
  const before = await rig.provider.balance()
  await rig.provider.submit(rig.body({ resolution: '1080p', duration: 3 }), '1-1')
  expect(before - (await rig.provider.balance())).toBe(567_000)
})

const READS: readonly (readonly [string, ReplyFault, string])[] = [
  ['401', { reply: 'status', status: 401 }, 'key-rejected'],
  ['403', { reply: 'status', status: 403, message: 'role runner may not read billing' }, 'request-rejected'],
  ['429', { reply: 'status', status: 429, retryAfter: '9' }, 'rate-limited'],
  ['500', { reply: 'status', status: 500 }, 'provider-fault'],
  ['500 in a 200', { reply: 'status', status: 200, code: 500 }, 'provider-fault'],
  ['a page', { reply: 'html' }, 'provider-fault'],
  ['malformed JSON', { reply: 'malformed' }, 'provider-fault'],
  ['an oversized answer', { reply: 'oversized' }, 'provider-fault'],
  ['a truncated answer', { reply: 'truncated' }, 'provider-unreachable'],
  ['a reset', { reply: 'reset' }, 'provider-unreachable'],
]

test.each(READS)('%s fails every read of the account', async (_name, fault, code) => {
  const routes = ['price', 'balance', 'history', 'billings'] as const
  // Twice, as billings may ask in two spellings.
  await rig.api.script({ other: routes.map((route) => ({ ...fault, route, times: 2 })) })
  const { provider } = rig
  const reads = [
    () => provider.quote({ resolution: '720p', duration: 5 }),
    () => provider.balance(),
    () => provider.history(0, Date.now()),
    () => provider.billings(0, Date.now()),
  ]
  for (const read of reads) expect((await errorOf(read())).code).toBe(code)
})

test('a wait the service asks for is passed on', async () => {
  await rig.api.script({ other: [{ route: 'balance', reply: 'status', status: 429, retryAfter: '9' }] })
  expect((await errorOf(rig.provider.balance())).data).toEqual({ retryAfterMs: 9_000 })
})

const PAGING: readonly (readonly [string, Script['lists']['more'], number])[] = [
  ['has_more', 'has_more', 3],
  ['total', 'total', 3],
  ['both', 'both', 3],
  ['neither', 'neither', 4],
]

test.each(PAGING)('lists that tell their end by %s are read to it', async (_name, more, pages) => {
  await rig.api.stop()
  rig = await startProviderRig()
  const from = Date.now()
  for (let seed = 1; seed <= 5; seed += 1) await rig.provider.submit(rig.body({ seed }), '1-1')
  await rig.api.script({ lists: { more, echoInput: true, pageCap: 2, millisecondsOnly: false } })

  const history = await rig.provider.history(from, Date.now())
  expect((await rig.api.requests()).history).toBe(pages)
  expect(history.map((item) => item.input?.['seed'])).toEqual([5, 4, 3, 2, 1])
  expect(history.map((item) => item.predictionId)).toEqual(
    rig.api
      .ledger()
      .jobs.map((job) => job.id)
      .toReversed(),
  )

  const billings = await rig.provider.billings(from, Date.now())
  expect((await rig.api.requests()).billings).toBe(pages)
  expect(billings.map(({ kind, amount }) => [kind, amount])).toEqual(
    Array.from({ length: 5 }, () => ['deduct', 700_000]),
  )
})

test('a list without an end is an error, not a part of the truth', async () => {
  await rig.provider.submit(rig.body(), '1-1')
  const page = (n: number) =>
    JSON.stringify({ code: 200, data: { has_more: true, items: [{ id: `p${n}`, created_at: '' }] } })
  await rig.api.script({
    other: Array.from(
      { length: 100 },
      (_, n) => ({ route: 'history', reply: 'raw', status: 200, body: page(n) }) as const,
    ),
  })
  expect((await errorOf(rig.provider.history(0, Date.now()))).code).toBe('provider-fault')
})

test('only the window counts, and the request is told where the service echoes it', async () => {
  await rig.provider.submit(rig.body(), '1-1')
  const end = Date.now()
  expect(await rig.provider.history(end + 60_000, end + 120_000)).toEqual([])
  expect(await rig.provider.billings(end + 60_000, end + 120_000)).toEqual([])

  const { lists } = await rig.api.scriptLeft()
  await rig.api.script({ lists: { ...lists, echoInput: false } })
  expect((await rig.provider.history(0, end + 1_000)).map((item) => item.input)).toContain(null)
})

test('rows of other models, other times and other shapes are left out', async () => {
  const at = '2026-08-21T10:00:00.123456789Z'
  const from = Date.parse('2026-08-21T09:00:00Z')
  const to = Date.parse('2026-08-21T11:00:00Z')
  const model = 'alibaba/happyhorse-1.1/reference-to-video'
  const items = [
    {
      id: 'ours',
      model,
      status: 'completed',
      created_at: at,
      inputs: { seed: 7 },
      outputs: ['https://x.example/1.mp4'],
    },
    { id: 'undated', model, status: 'created' },
    { id: 'other-model', model: 'wavespeed-ai/flux-dev', status: 'completed', created_at: at },
    { id: 'too-old', model, status: 'completed', created_at: '2026-08-20T10:00:00Z' },
    { id: '../odd', model, status: 'completed', created_at: at },
    7,
  ]
  const body = JSON.stringify({ code: 200, data: { has_more: false, items } })
  await rig.api.script({ other: [{ route: 'history', reply: 'raw', status: 200, body }] })
  expect(await rig.provider.history(from, to)).toEqual([
    {
      predictionId: 'ours',
      model,
      status: 'completed',
      createdAt: at,
      input: { seed: 7 },
      outputs: ['https://x.example/1.mp4'],
    },
    { predictionId: 'undated', model, status: 'created', createdAt: '', input: null, outputs: [] },
  ])
})

test('refunds are amounts of their own, and rows that are neither charge nor refund are left out', async () => {
  const at = '2026-08-21T10:00:00Z'
  const items = [
    { uuid: 'a', billing_type: 'deduct', price: 0.945, created_at: at, prediction: { uuid: 'p1' } },
    { uuid: 'b', billing_type: 'refund', price: -0.945, created_at: at, prediction: { uuid: 'p1' } },
    { uuid: 'c', billing_type: 'recharge', price: 100, created_at: at },
    { uuid: 'd', billing_type: 'deduct', price: '0.42', created_at: at, prediction: null },
  ]
  const body = JSON.stringify({ code: 200, data: { total: 4, items } })
  await rig.api.script({ other: [{ route: 'billings', reply: 'raw', status: 200, body }] })
  expect(await rig.provider.billings(Date.parse(at), Date.parse(at))).toEqual([
    { predictionId: 'p1', kind: 'deduct', amount: usdMicros(945_000), createdAt: at },
    { predictionId: 'p1', kind: 'refund', amount: usdMicros(945_000), createdAt: at },
    { predictionId: null, kind: 'deduct', amount: usdMicros(420_000), createdAt: at },
  ])
})

test('a service that wants times in milliseconds gets them', async () => {
  const { lists } = await rig.api.scriptLeft()
  await rig.api.script({ lists: { ...lists, millisecondsOnly: true } })
  const from = Date.now()
  await rig.provider.submit(rig.body(), '1-1')
  const billings = await rig.provider.billings(from, Date.now())
  expect(billings.map((item) => item.predictionId)).toEqual([rig.api.ledger().jobs.at(-1)?.id])
})

test('without a key nothing is sent', async () => {
  const keyless = rig.with({ key: () => null })
  const before = (await rig.api.seen()).length
  expect((await errorOf(keyless.balance())).code).toBe('key-missing')
  expect((await rig.api.seen()).length).toBe(before)
})
