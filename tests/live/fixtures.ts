import { hostname, homedir, userInfo } from 'node:os'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Exchange } from './recorder.ts'
import { createRedactor, type Redactor } from './redact.ts'

type Json = Record<string, unknown>

/** Fixtures by file name, without extension. */
export type Fixtures = Readonly<Record<string, unknown>>

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

const answerOf = (redact: Redactor, { method, url, status, headers, json }: Exchange) => ({
  request: `${method} ${redact.path(url)}`,
  status,
  headers: redact.headers(headers),
  body: redact.json(json),
})

/** Leaves only the rows about one prediction in a page of a list; other rows are other people's or other days'. */
function onlyRowsOf(exchange: Exchange, predictionId: string): Exchange {
  const { json } = exchange
  const data = isJson(json) && isJson(json['data']) ? json['data'] : null
  if (data === null || !Array.isArray(data['items'])) return exchange
  const items = (data['items'] as unknown[]).filter((item) => JSON.stringify(item).includes(predictionId))
  return { ...exchange, json: { ...(json as Json), data: { ...data, items } } }
}

/** The first answer of each kind: the statuses of a job, as they followed each other. */
function distinctPolls(exchanges: readonly Exchange[]): readonly Exchange[] {
  const seen = new Set<string>()
  return exchanges.filter(({ status, json }) => {
    const data = isJson(json) && isJson(json['data']) ? json['data'] : {}
    const kind = `${status} ${String(data['status'])}`
    if (seen.has(kind)) return false
    seen.add(kind)
    return true
  })
}

/** What of a run is worth keeping, without who and where. */
export function fixturesOf(
  exchanges: readonly Exchange[],
  {
    predictionId,
    secrets,
    network,
    facts,
  }: {
    predictionId: string
    secrets: readonly string[]
    network: readonly { asked: string; status: number; headers: Record<string, string> }[]
    facts: unknown
  },
): { fixtures: Fixtures; redact: Redactor } {
  const redact = createRedactor(secrets)
  redact.path(new URL(`http://x/predictions/${predictionId}`))
  const at = (part: RegExp) => exchanges.filter(({ url }) => part.test(url.pathname))
  const one = (exchange: Exchange | undefined) => (exchange ? answerOf(redact, exchange) : null)
  const submits = at(/\/reference-to-video$/)
  const reads = (part: RegExp) => at(part).filter(({ status }) => status !== 401)
  const fixtures = {
    unauthorized: one(exchanges.find(({ status }) => status === 401)),
    'invalid-request': one(submits[0]),
    submit: one(submits[1]),
    'upload-ticket': one(at(/\/media\/uploads$/)[0] ?? at(/\/media\/upload\/binary$/)[0]),
    poll: distinctPolls(at(/\/predictions\/[^/]+\/result$/)).map((exchange) => answerOf(redact, exchange)),
    history: one(
      reads(/\/predictions$/)
        .map((exchange) => onlyRowsOf(exchange, predictionId))
        .at(-1),
    ),
    billings: one(
      reads(/\/billings\/search$/)
        .map((exchange) => onlyRowsOf(exchange, predictionId))
        .at(-1),
    ),
    price: one(reads(/\/model\/price$/)[0]),
    balance: one(reads(/\/balance$/)[0]),
    network: network.map(({ asked, status, headers }) => ({ asked, status, headers: redact.headers(headers) })),
    clip: facts,
  }
  return { fixtures, redact }
}

/** What is left in the text that should not be; empty when it may be kept. */
export function leaksIn(text: string, secrets: readonly string[], ids: Iterable<string>): readonly string[] {
  const spellings = secrets.flatMap((secret) => [
    secret,
    encodeURIComponent(secret),
    Buffer.from(secret).toString('base64').replace(/=+$/, ''),
  ])
  const machine = [homedir(), hostname(), userInfo().username].filter((word) => word.length > 5)
  const found = [...spellings, ...ids, ...machine].filter((word) => word !== '' && text.includes(word))
  const patterns = [
    /[0-9a-f]{24,}/i,
    /https?:\/\/[^\s"]*\/(?!<path>)[^\s"]*/,
    /\b\d{1,3}(\.\d{1,3}){3}\b/,
    /@[\w-]+\.\w+/,
  ]
  return [...found, ...patterns.flatMap((pattern) => pattern.exec(text)?.[0] ?? [])]
}

export function writeFixtures(dir: string, fixtures: Fixtures): void {
  mkdirSync(dir, { recursive: true })
  for (const [name, value] of Object.entries(fixtures))
    writeFileSync(join(dir, `${name}.json`), `${JSON.stringify(value, null, 2)}\n`)
}
