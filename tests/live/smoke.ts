import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import { listPrice } from '../../shared/models/happyhorse-1.1-r2v.ts'
import { formatUsdExact, parseUsd, usdDecimal } from '../../shared/money.ts'
import type { Logger } from '../../electron/engine/ports.ts'
import { createWaveSpeedProvider } from '../../electron/engine/provider/wavespeed.ts'
import { DEFAULT_BASE_URL } from '../../electron/hosts/studio.ts'
import { systemClock, systemRandom } from '../../electron/hosts/system.ts'
import { clipFacts } from './clip-facts.ts'
import { fixturesOf, leaksIn, writeFixtures } from './fixtures.ts'
import { startRecorder } from './recorder.ts'
import { askNetwork, makeOneTake, submitNothing } from './take.ts'

/**
 * `npm run smoke:live -- --spend 0.42`: one real take of 3 s at 720p through the real engine, and a record of what the
 * service answers. It spends money; see CONTRIBUTING.md.
 */
const RESOLUTION = '720p'
const DURATION = 3
const PRICE = listPrice(RESOLUTION, DURATION)
const WRONG_KEY = 'wsk_this_key_is_wrong_on_purpose'
const FIXTURES = resolve(import.meta.dirname, '../fixtures/live')

const { values } = parseArgs({
  options: {
    spend: { type: 'string' },
    yes: { type: 'boolean', default: false },
    /** Keeps the library with its clip. */
    keep: { type: 'boolean', default: false },
    /** Folder for the record. */
    out: { type: 'string', default: FIXTURES },
    /** Says that WAVESPEED_BASE_URL is a stand-in on this machine, so that nothing can be spent. */
    dry: { type: 'boolean', default: false },
  },
})

const say = (line: string) => void process.stderr.write(`${line}\n`)

class Refused extends Error {}

/** Everything that must hold before a byte is sent. @throws Refused */
function checkAsked(): { key: string; baseUrl: string } {
  const key = process.env['WAVESPEED_API_KEY']?.trim() ?? ''
  const baseUrl = process.env['WAVESPEED_BASE_URL'] ?? DEFAULT_BASE_URL
  const ci = process.env['CI'] ?? ''
  const local = ['127.0.0.1', '[::1]', 'localhost'].includes(new URL(baseUrl).hostname)
  if (values.dry && !local) throw new Refused('--dry needs WAVESPEED_BASE_URL to be on this machine.')
  if (values.dry && values.out === FIXTURES)
    throw new Refused('--dry needs --out: its record is not of the real service.')
  if (!values.dry && ci !== '' && ci !== 'false') throw new Refused('This spends money and does not run in CI.')
  if (values.spend === undefined || parseUsd(values.spend) !== PRICE)
    throw new Refused(`Say what it costs, exactly: --spend ${usdDecimal(PRICE)} (${DURATION} s at ${RESOLUTION}).`)
  if (key === '') throw new Refused('Set WAVESPEED_API_KEY.')
  return { key, baseUrl }
}

/** @throws Refused unless a person says yes, now or with --yes */
async function confirm(): Promise<void> {
  if (values.yes) return
  if (!process.stdin.isTTY) throw new Refused('Nobody is here to be asked; --yes answers beforehand.')
  const reader = createInterface({ input: process.stdin, output: process.stderr })
  const answer = await reader.question(`Spend ${formatUsdExact(PRICE)} at the service? [y/N] `)
  reader.close()
  if (!/^y(es)?$/i.test(answer.trim())) throw new Refused('As you wish.')
}

async function run(): Promise<number> {
  const { key, baseUrl } = checkAsked()
  const dir = mkdtempSync(join(tmpdir(), 'takeboard-smoke-'))
  let keep = values.keep
  const lines: string[] = []
  const log = (message: string, fields?: object) => void lines.push(`${message} ${JSON.stringify(fields ?? {})}`)
  const logger: Logger = { info: log, warn: log, error: log }
  const common = { name: 'wavespeed', baseUrl, clock: systemClock, random: systemRandom, logger } as const
  const provider = createWaveSpeedProvider({ ...common, key: () => key })
  const stranger = createWaveSpeedProvider({ ...common, key: () => WRONG_KEY })
  const recorder = startRecorder()
  try {
    const { price } = await provider.quote({ resolution: RESOLUTION, duration: DURATION })
    if (price !== PRICE) throw new Refused(`The service asks ${formatUsdExact(price)}, not ${formatUsdExact(PRICE)}.`)
    const before = await provider.balance()
    if (before < PRICE) throw new Refused(`The balance of ${formatUsdExact(before)} does not cover the take.`)
    await confirm()

    const from = Date.now() - 60_000
    await stranger.balance().catch(() => {})
    const nothing = await submitNothing(provider)
    if (nothing.kind !== 'rejected')
      throw new Error(`An empty request was not refused but ${nothing.kind}. Look at the account. No take was sent.`)
    keep = true
    const made = await makeOneTake({ dir, key, baseUrl, cap: PRICE, logger, say })
    const { take } = made
    if (take.phase !== 'ready' || made.clip === null || take.predictionId === null)
      throw new Error(
        `The take is ${take.phase}: ${take.error?.message ?? 'no reason given'} The library stays in ${dir}; ` +
          `takeboard status --library ${join(dir, 'library')} says more.`,
      )
    keep = values.keep

    await provider.history(from, Date.now() + 60_000)
    await provider.billings(from, Date.now() + 60_000)
    const after = await provider.balance()
    recorder.stop()
    const exchanges = recorder.exchanges()
    const clipUrl = exchanges
      .flatMap(({ json }) => /"outputs":\["([^"]+)"/.exec(JSON.stringify(json))?.[1] ?? [])
      .at(-1)
    const { fixtures, redact } = fixturesOf(exchanges, {
      predictionId: take.predictionId,
      secrets: [key, WRONG_KEY],
      network: clipUrl === undefined ? [] : await askNetwork(clipUrl),
      facts: await clipFacts(made.clip),
    })
    const leaks = leaksIn(JSON.stringify(fixtures), [key, WRONG_KEY], redact.ids)
    if (leaks.length > 0) {
      keep = true
      writeFileSync(join(dir, 'refused-record.json'), JSON.stringify(fixtures, null, 2), { mode: 0o600 })
      throw new Error(`The record is not kept: ${leaks.length} texts in it look private. It is in ${dir}.`)
    }
    writeFixtures(values.out, fixtures)
    say(`Spent ${formatUsdExact(made.spent)}; the balance fell by ${usdDecimal((before - after) as typeof before)}.`)
    say(`The record is in ${values.out}. Read it before you commit it.`)
    return 0
  } finally {
    recorder.stop()
    await Promise.all([provider.close(), stranger.close()])
    if (keep) say(`The library is in ${dir}.`)
    else rmSync(dir, { recursive: true, force: true })
  }
}

process.exitCode = await run().catch((error: unknown) => {
  say(error instanceof Error ? error.message : String(error))
  if (error instanceof Refused) say('Nothing was sent and nothing was spent.')
  return error instanceof Refused ? 2 : 1
})
