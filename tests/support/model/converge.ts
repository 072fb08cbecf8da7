import type { TakeId } from '../../../shared/ids.ts'
import { checkAll, checkKey, listTakes, type Memory, type TakeRow } from './checks.ts'
import { KEY } from './model-ports.ts'
import type { JobEnd } from './fake-service.ts'
import type { World } from './world.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const ROUNDS = 12

const isOpen = ({ phase }: TakeRow) => !['ready', 'failed', 'cancelled'].includes(phase)
const jobOf = (world: World, takeId: string) => world.service.jobs.find(({ take }) => take.takeId === takeId)
const bound = (world: World, job: string) => listTakes(world).some(({ prediction }) => prediction === job)

/** What an artist does about a take that nobody answered: look, then say what became of it. */
async function settleByHand(world: World, take: TakeRow): Promise<void> {
  const takeId = take.id as TakeId
  const job = jobOf(world, take.id)
  const looked = await world.call('take.lookFor', { takeId })
  if (looked.kind === 'ok' && looked.value.outcome === 'found') return
  const own = job && !bound(world, job.id) ? job : undefined
  if (own && world.options.echo && !world.byHand.has(take.id) && !isTwin(world, take))
    throw new Error(`Convergence: ${own.id} of ${take.id} is listed with its seed and was not found`)
  world.byHand.add(take.id)
  const as = own ? ({ kind: 'prediction', predictionId: own.id } as const) : ({ kind: 'not-charged' } as const)
  const answer = await world.call('take.resolve', { takeId, as })
  if (answer.kind !== 'ok') throw new Error(`Convergence: ${take.id} cannot be settled: ${JSON.stringify(answer)}`)
}

/** Whether another job carries the same request, so that no look can tell them apart. */
function isTwin(world: World, take: TakeRow): boolean {
  const job = jobOf(world, take.id)
  return world.service.jobs.some((other) => other !== job && other.body.seed === job?.body.seed)
}

/** A finished take whose clip was given up is asked for again, once the service is well. */
async function fetchAgain(world: World): Promise<boolean> {
  let asked = false
  for (const take of listTakes(world)) {
    if (take.phase !== 'failed' || take.charge !== 'charged' || take.prediction === null) continue
    if (world.service.jobs.some(({ id, ends }) => id === take.prediction && ends === 'deleted')) continue
    world.redownloaded.add(take.id)
    await world.call('take.download', { takeId: take.id as TakeId })
    asked = true
  }
  return asked
}

/**
 * The end of a run: no more faults, time passes, the artist settles what only she can. Everything must come to an end,
 * every clip that was paid for must be here, and the money must add up.
 */
export async function converge(world: World, memory: Memory): Promise<void> {
  world.gate.disarm()
  world.service.calm()
  world.setDisk('none', null)
  world.time.skew = 0
  if (world.key === null) await world.call('key.set', { key: KEY, persist: true })
  await world.revive()
  const left = () => listTakes(world).filter(isOpen)
  for (let round = 0; round < ROUNDS && left().length > 0; round++) {
    await world.call('runner.resume', {})
    // Failures in a row put on hold what was not sent.
    await world.call('queue.release', { takeIds: left().map(({ id }) => id as TakeId) })
    await world.pass(round < 4 ? 5 * MINUTE : 20 * MINUTE)
    checkAll(world, memory)
    for (const take of left()) {
      if (take.phase === 'unconfirmed' && take.waitUntil === null) await settleByHand(world, take)
    }
  }
  if (left().length > 0) throw new Error(`Convergence: still open: ${JSON.stringify(left())}`)
  if (await fetchAgain(world)) await world.pass(5 * MINUTE)
  await world.pass(4 * HOUR)
  checkAll(world, memory)
  checkAccounts(world)
  checkKey(world)
  checkGuard(world)
}

const ENDS: Readonly<Record<JobEnd, readonly [phase: string, charge: string]>> = {
  completed: ['ready', 'charged'],
  failed: ['failed', 'released'],
  deleted: ['failed', 'charged'],
}

/** Spent is what was made, and what the artist says was charged; nothing is held any more. */
function checkAccounts(world: World): void {
  const takes = listTakes(world)
  const held = takes.filter(({ charge }) => charge === 'held' || charge === 'refund-pending')
  if (held.length > 0) throw new Error(`Convergence: money is still held: ${JSON.stringify(held)}`)
  for (const take of takes) {
    const job = world.service.jobs.find(({ id }) => id === take.prediction)
    if (!job) continue
    const [phase, charge] = ENDS[job.ends]
    const right = take.phase === phase && take.charge === charge
    if (!right) throw new Error(`Convergence: ${job.id} ${job.ends}, and its take is ${JSON.stringify(take)}`)
  }
  for (const take of takes) {
    const charged = take.charge === 'charged' && take.prediction === null
    if (charged && !world.byHand.has(take.id)) throw new Error(`Convergence: ${take.id} is charged for nothing`)
  }
}

/** I1 and I4 below the code: the database itself refuses what the cap does not cover, and a second end. */
function checkGuard(world: World): void {
  const budget = world.db.get<{ project: string; cap: number | null; used: number }>(
    'SELECT projects.id AS project, cap, held + spent AS used FROM projects JOIN budgets ON project_id = projects.id',
  )
  const take = world.db.get<{ id: string; price: number; charge: string }>(
    "SELECT id, price, charge FROM takes ORDER BY charge = 'charged' DESC",
  )
  if (!budget || !take) return
  const enter = (kind: string, held: number, spent: number) =>
    world.probe(`INSERT INTO ledger (at, project_id, take_id, kind, held, spent, note) VALUES (0, ?, ?, ?, ?, ?, '')`, [
      budget.project,
      take.id,
      kind,
      held,
      spent,
    ])
  const over = enter('reserve', Math.max(1, (budget.cap ?? 0) - budget.used + 1), 0)
  if (over !== 'cap-reached' && over !== 'cap-missing')
    throw new Error(`I1: the database lets a reservation pass the cap: ${over}`)
  if (take.charge === 'charged' && enter('settle', -take.price, take.price) === 'written')
    throw new Error('I4: the database lets a take be settled twice')
}
