import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { realFs } from './faulty-fs.ts'
import { costOf, type Job } from './fake-service.ts'
import { KEY } from './model-ports.ts'
import type { World } from './world.ts'

export interface TakeRow {
  readonly id: string
  readonly phase: string
  readonly charge: string
  readonly attempt: number
  readonly price: number
  readonly prediction: string | null
  readonly clip: string | null
  readonly waitUntil: number | null
  readonly refundDueAt: number | null
  readonly request: string
  readonly onHold: number
  readonly place: number
}

/** What the last check saw, to see what must not change. */
export interface Memory {
  epoch: number
  readonly takes: Map<string, { phase: string; prediction: string | null; request: string }>
  /** Takes on hold, with the submissions begun of them. */
  readonly held: Map<string, number>
}

export const newMemory = (): Memory => ({ epoch: 0, takes: new Map(), held: new Map() })

export const listTakes = (world: World): TakeRow[] =>
  world.db.all<TakeRow>(
    `SELECT id, phase, charge, attempt, price, prediction_id AS prediction, clip, wait_until AS waitUntil,
       refund_due_at AS refundDueAt, request, on_hold AS onHold,
       coalesce(place, ord) AS place FROM takes ORDER BY ord`,
  )

const ENDED = new Set(['ready', 'failed', 'cancelled'])
const NOTHING_MADE: ReadonlySet<string> = new Set(['rejected', 'rate-limited', 'not-sent', 'key-rejected'])

function fail(invariant: string, detail: string): never {
  throw new Error(`${invariant}: ${detail}`)
}

/** I1 and I4: the totals are the ledger's, and every take has the entries its charge says, once. */
function checkMoney(world: World, takes: readonly TakeRow[]): void {
  const wrong = world.db.all(
    `SELECT * FROM budgets WHERE held <> (SELECT coalesce(sum(held), 0) FROM ledger WHERE project_id = budgets.project_id)
       OR spent <> (SELECT coalesce(sum(spent), 0) FROM ledger WHERE project_id = budgets.project_id)`,
  )
  if (wrong.length > 0) fail('I1', `totals and ledger disagree: ${JSON.stringify(wrong)}`)
  const kinds = new Map<string, string[]>()
  for (const { take_id, kind } of world.db.all<{ take_id: string; kind: string }>('SELECT take_id, kind FROM ledger'))
    kinds.set(take_id, [...(kinds.get(take_id) ?? []), kind])
  const expected: Readonly<Record<string, string>> = {
    held: 'reserve',
    'refund-pending': 'reserve',
    charged: 'reserve settle',
    released: 'reserve release',
  }
  for (const { id, charge, price, prediction } of takes) {
    const found = (kinds.get(id) ?? []).join(' ')
    const job = world.service.jobs.find((known) => known.id === prediction)
    // An artist may choose a job that cost another price; the billing then corrects what was spent, once.
    const correction = job && charge === 'charged' ? Math.sign(costOf(job) - price) : 0
    const corrected = correction === 0 ? null : `reserve settle ${correction > 0 ? 'overage' : 'refund'}`
    if (found !== expected[charge] && found !== corrected)
      fail('I4', `${id} is ${charge} with the entries ${found || 'none'}`)
  }
}

/** I2: no attempt makes two jobs, and nothing is sent again unless the service surely has nothing of it. */
function checkSubmissions(world: World): void {
  const attempts = new Map<string, number>()
  for (const { take } of world.service.jobs) {
    const key = `${take.takeId} ${take.attempt}`
    attempts.set(key, (attempts.get(key) ?? 0) + 1)
    if ((attempts.get(key) ?? 0) > 1) fail('I2', `attempt ${key} made two jobs`)
  }
  const last = new Map<string, { kind: string; attempt: number }>()
  for (const { take, kind } of world.service.submissions) {
    const before = last.get(take.takeId)
    if (before && !NOTHING_MADE.has(before.kind)) fail('I2', `${take.takeId} was sent again after ${before.kind}`)
    if (before && before.attempt >= take.attempt) fail('I2', `${take.takeId} repeats attempt ${take.attempt}`)
    last.set(take.takeId, { kind, attempt: take.attempt })
  }
}

/** Whether a take asks for exactly what a job was made from. */
export function asks(take: TakeRow, { body }: Job): boolean {
  const request = JSON.parse(take.request) as Record<string, unknown>
  return (['prompt', 'seed', 'resolution', 'duration'] as const).every((field) => request[field] === body[field])
}

/** I3: no job at the service is forgotten. */
function checkJobs(world: World, takes: readonly TakeRow[]): void {
  const byId = new Map(takes.map((take) => [take.id, take]))
  const bound = new Map(takes.flatMap((take) => (take.prediction === null ? [] : [[take.prediction, take] as const])))
  for (const job of world.service.jobs) {
    const owner = bound.get(job.id)
    const take = byId.get(job.take.takeId)
    if (owner) {
      const swapped = owner.id !== job.take.takeId && !world.byHand.has(owner.id) && !world.byHand.has(job.take.takeId)
      // Two takes with one request, seed and all, are the same to the artist and to the ledger.
      if (swapped && !asks(owner, job)) fail('I3', `${job.id} of ${job.take.takeId} is bound to ${owner.id}`)
      continue
    }
    const asked = take && (take.phase === 'unconfirmed' || take.phase === 'submitting') && take.charge === 'held'
    if (!asked && !world.byHand.has(job.take.takeId))
      fail('I3', `${job.id} of ${job.take.takeId} is forgotten; the take is ${JSON.stringify(take)}`)
  }
}

/** I10: the hold of a job that was sent is let go only when its refund shows, whatever the clock says. */
function checkRefunds(world: World, takes: readonly TakeRow[]): void {
  for (const take of takes) {
    const job = world.service.jobs.find(({ id }) => id === take.prediction)
    if (!job || take.charge !== 'released' || world.byHand.has(take.id)) continue
    if (!world.service.isRefunded(job)) fail('I10', `${take.id} is released and ${job.id}, ${job.ends}, is charged`)
  }
}

/** I5: what is ready is on disk, whole, and is the clip of its job. */
function checkClips(world: World, takes: readonly TakeRow[]): void {
  for (const { id, phase, clip, prediction } of takes) {
    if (phase !== 'ready') continue
    const { sha256, bytes } = JSON.parse(clip ?? '{}') as { sha256: string; bytes: number }
    const file = join(world.library, 'clips', sha256.slice(0, 2), `${sha256}.mp4`)
    if (!realFs.existsSync(file)) fail('I5', `${id} is ready and its clip is not there`)
    const content = realFs.readFileSync(file)
    const job: Job | undefined = world.service.jobs.find((known) => known.id === prediction)
    const hash = createHash('sha256').update(content).digest('hex')
    if (content.length !== bytes || hash !== sha256 || hash !== job?.sha256) fail('I5', `the clip of ${id} is damaged`)
  }
}

/** I7: an end is an end, and what was fixed stays fixed. */
function checkHistory(world: World, memory: Memory): void {
  if (memory.epoch !== world.epoch) memory.takes.clear()
  memory.epoch = world.epoch
  const rows = world.db.all<{ id: string; phase: string; prediction: string | null; request: string }>(
    'SELECT id, phase, prediction_id AS prediction, request FROM takes',
  )
  const seen = new Set<string>()
  for (const row of rows) {
    const before = memory.takes.get(row.id)
    if (before && ENDED.has(before.phase) && row.phase !== before.phase && !world.redownloaded.has(row.id))
      fail('I7', `${row.id} went from ${before.phase} to ${row.phase}`)
    if (before && before.prediction !== null && before.prediction !== row.prediction)
      fail('I7', `${row.id} changed its job from ${before.prediction} to ${row.prediction}`)
    if (before && before.request !== row.request) fail('I7', `the request of ${row.id} changed`)
    if (row.prediction !== null && seen.has(row.prediction)) fail('I7', `${row.prediction} is bound twice`)
    if (row.prediction !== null) seen.add(row.prediction)
    memory.takes.set(row.id, row)
  }
  for (const id of memory.takes.keys())
    if (!rows.some((row) => row.id === id)) fail('I7', `${id} is gone from the library`)
}

/** I11: nothing is sent of a take on hold, and the order of what waits is one. Comes before the epoch is remembered. */
function checkQueue(world: World, memory: Memory, takes: readonly TakeRow[]): void {
  const waits = takes.filter(({ phase }) => phase === 'planned' || phase === 'reserved')
  if (new Set(waits.map(({ place }) => place)).size < waits.length)
    fail('I11', `two takes wait in one place: ${JSON.stringify(waits.map(({ id, place }) => [id, place]))}`)
  const astray = takes.find((take) => take.onHold === 1 && !waits.includes(take))
  if (astray) fail('I11', `${astray.id} is ${astray.phase} and on hold`)
  if (memory.epoch !== world.epoch) memory.held.clear()
  for (const { id, attempt } of takes) {
    const begun = memory.held.get(id)
    if (begun !== undefined && begun < attempt && !world.released.has(id)) fail('I11', `${id} was sent while on hold`)
  }
  memory.held.clear()
  world.released.clear()
  for (const { id, attempt, onHold } of takes) if (onHold === 1) memory.held.set(id, attempt)
}

/** Everything that must hold whenever the engine stands still. */
export function checkAll(world: World, memory: Memory): void {
  const [violation] = world.violations
  if (violation !== undefined) throw new Error(violation)
  const takes = listTakes(world)
  checkMoney(world, takes)
  checkSubmissions(world)
  checkJobs(world, takes)
  checkRefunds(world, takes)
  checkClips(world, takes)
  checkQueue(world, memory, takes)
  checkHistory(world, memory)
}

/** I9: the key is in no file of the library. */
export function checkKey(world: World): void {
  for (const entry of realFs.readdirSync(world.library, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name)
    if (entry.isFile() && realFs.readFileSync(file).includes(KEY)) fail('I9', `the key is in ${file}`)
  }
  if (world.log.some((line) => line.includes(KEY))) fail('I9', 'the key is in the log')
}
