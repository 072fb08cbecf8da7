import fc from 'fast-check'
import { PredictionId, RequestId, type TakeId } from '../../../shared/ids.ts'
import { usdMicros } from '../../../shared/money.ts'
import { openStore } from '../../../electron/engine/store/open-store.ts'
import { checkAll, listTakes, type Memory, type TakeRow } from './checks.ts'
import { CLIP_KINDS, JOB_ENDS, POLL_KINDS, SUBMIT_KINDS, type SubmitPlan } from './fake-service.ts'
import type { DiskFault } from './faulty-fs.ts'
import { settle } from './fake-clock.ts'
import { POINTS } from './gate.ts'
import { KEY } from './model-ports.ts'
import { checkOrdered, orderOf, wish } from './orders.ts'
import type { World } from './world.ts'

/** A run under way. The library itself is the model's state; only what it cannot know is kept beside it. */
export interface Run {
  readonly world: World
  readonly memory: Memory
  /** The last paid command, to be repeated as a client does that lost its answer. */
  request: { id: string; epoch: number; answer: string } | null
  requests: number
}
/** fast-check wants a model beside the real thing; here all of it is in the run. */
type Nothing = Record<string, never>
type Command = fc.AsyncCommand<Nothing, Run>

/** A command is a name, what it does, and the checks after it. */
function command(name: string, work: (run: Run) => Promise<void> | void): Command {
  return {
    check: () => true,
    async run(_, run) {
      await work(run)
      await settle()
      await run.world.revive()
      checkAll(run.world, run.memory)
    },
    toString: () => name,
  }
}

const show = (value: unknown) => JSON.stringify(value).replaceAll('"', '')

/** Does `work` for the `n`th of the takes that fit, if there is one. */
async function forTake(run: Run, n: number, fits: (take: TakeRow) => boolean, work: (id: TakeId) => Promise<void>) {
  const takes = listTakes(run.world).filter(fits)
  const take = takes[n % Math.max(1, takes.length)]
  if (take) await work(take.id as TakeId)
}

const plan: fc.Arbitrary<SubmitPlan> = fc.record({
  kind: fc.constantFrom(...SUBMIT_KINDS, 'accepted', 'accepted', 'unknown-recorded'),
  held: fc.nat(4).map((n) => n === 0),
  ends: fc.constantFrom(...JOB_ENDS, 'completed', 'completed'),
  seconds: fc.constantFrom(0, 10, 30, 90, 400),
})
const submitPlans = fc.array(plan, { maxLength: 4 })
const pick = fc.nat(9)

const order = fc.record({
  wished: wish,
  plans: submitPlans,
  again: fc.nat(5).map((n) => n === 0),
  /** The same request arrives twice at once, as from two windows or a repeated frame. */
  twice: fc.nat(5).map((n) => n === 0),
})

const start = order.map((given) =>
  command(`start(${show(given)})`, async (run) => {
    const { world } = run
    const { wished, plans, again, twice } = given
    const asked = orderOf(world, wished)
    if (asked === null) return
    world.service.plans.submit.push(...plans)
    const repeated = again && run.request?.epoch === world.epoch ? run.request : null
    run.requests += 1
    const id = repeated?.id ?? `request-${run.requests}`
    const before = listTakes(world).length
    const send = () =>
      world.call('batch.start', {
        requestId: RequestId.parse(id),
        storyboardId: world.storyboardId,
        order: asked,
      })
    const [answer, other] = await Promise.all(twice ? [send(), send()] : [send()])
    if (answer?.kind !== 'ok') return
    if (other?.kind === 'ok' && JSON.stringify(other) !== JSON.stringify(answer))
      throw new Error(`I2: one request was answered ${JSON.stringify(answer)} and ${JSON.stringify(other)}`)
    const text = JSON.stringify(answer.value)
    if (repeated && (text !== repeated.answer || listTakes(world).length !== before))
      throw new Error(`I2: a repeated request was answered ${text} after ${repeated.answer}`)
    if (!repeated) checkOrdered(world, asked, answer.value.takeIds)
    run.request = { id, epoch: world.epoch, answer: text }
  }),
)

const pass = fc
  .constantFrom(1_000, 6_000, 25_000, 70_000, 70_000, 320_000, 1_200_000, 12_000_000)
  .map((ms) => command(`pass(${ms})`, ({ world }) => world.pass(ms)))

const loss = fc.constantFrom('kill', 'power')
const armed = fc.record({ point: fc.constantFrom(...POINTS), nth: fc.integer({ min: 1, max: 4 }) })

const crash = fc
  .record({ loss, next: fc.option(armed, { nil: undefined, freq: 2 }) })
  .map((given) => command(`crash(${show(given)})`, ({ world }) => world.kill(given.loss, given.next)))
/** Dies later, at one of the points, in whatever the engine does then. */
const crashAt = fc.record({ armed, ms: fc.constantFrom(0, 6_000, 70_000), loss }).map((given) =>
  command(`crashAt(${show(given)})`, async ({ world }) => {
    world.gate.arm(given.armed.point, given.armed.nth)
    await world.pass(given.ms)
    await world.revive(given.loss)
  }),
)
const recoverTwice = fc.constant(
  command('recoverTwice', async ({ world }) => {
    world.gate.crash()
    const once = await world.recovered()
    const twice = await world.recovered()
    if (once !== twice) throw new Error(`I8: recovered once ${once}, twice ${twice}`)
  }),
)
const restart = fc.constant(command('restart', ({ world }) => world.restart()))

const faults = fc
  .record({
    poll: fc.array(fc.constantFrom(...POLL_KINDS), { maxLength: 3 }),
    clip: fc.array(fc.constantFrom(...CLIP_KINDS), { maxLength: 6 }),
    historyFails: fc.nat(2),
  })
  .map((given) =>
    command(`faults(${show(given)})`, ({ world }) => {
      world.service.plans.poll.push(...given.poll)
      world.service.plans.clip.push(...given.clip)
      world.service.plans.historyFails += given.historyFails
    }),
  )
const answer = pick.map((n) => command(`answer(${n})`, ({ world }) => world.service.release(n)))

const skew = fc
  .constantFrom(-864_000_000, -3_600_000, -90_000, 0, 0, 90_000, 3_600_000, 864_000_000)
  .map((ms) => command(`clock(${ms})`, ({ world }) => void (world.time.skew = ms)))

const disk = fc
  .constantFrom<DiskFault>('none', 'none', 'low', 'full', 'journal-full', 'journal-sync')
  .map((fault) => command(`disk(${fault})`, ({ world }) => world.setDisk(fault, null)))
/** The disk runs full in the middle of what the engine does next. */
const filling = fc
  .record({ room: fc.integer({ min: 0, max: 9 }), ms: fc.constantFrom(0, 6_000, 70_000) })
  .map((given) =>
    command(`filling(${show(given)})`, async ({ world }) => {
      world.setDisk('none', given.room)
      await world.pass(given.ms)
    }),
  )

const backUp = fc.constant(command('backUp', ({ world }) => world.backUp()))
const restore = fc.constant(command('restore', async ({ world }) => void (await world.restore())))

const cap = fc.constantFrom(null, 0, 900_000, 2_500_000, 6_000_000, 20_000_000).map((micros) =>
  command(`cap(${micros})`, async ({ world }) => {
    const value = micros === null ? null : usdMicros(micros)
    await world.call('project.update', { projectId: world.projectId, patch: { cap: value } })
  }),
)

const unconfirmed = ({ phase }: TakeRow) => phase === 'unconfirmed'
const resolve = fc
  .record({ n: pick, as: fc.constantFrom('charged', 'not-charged', 'own', 'other'), job: pick })
  .map((given) =>
    command(`resolve(${show(given)})`, (run) =>
      forTake(run, given.n, unconfirmed, async (takeId) => {
        const { jobs } = run.world.service
        const own = given.as === 'own' ? jobs.find(({ take }) => take.takeId === takeId) : jobs[given.job % jobs.length]
        run.world.byHand.add(takeId)
        if (given.as === 'charged' || given.as === 'not-charged') {
          await run.world.call('take.resolve', { takeId, as: { kind: given.as } })
          return
        }
        if (own && own.take.takeId !== takeId) run.world.byHand.add(own.take.takeId)
        const predictionId = own?.id ?? PredictionId.parse('job-nobody-knows')
        if (own) await run.world.call('take.resolve', { takeId, as: { kind: 'prediction', predictionId } })
      }),
    ),
  )
const lookFor = pick.map((n) =>
  command(`lookFor(${n})`, (run) =>
    forTake(run, n, unconfirmed, async (takeId) => void (await run.world.call('take.lookFor', { takeId }))),
  ),
)
const cancel = pick.map((n) =>
  command(`cancel(${n})`, (run) =>
    forTake(
      run,
      n,
      () => true,
      async (takeId) => void (await run.world.call('take.cancel', { takeId })),
    ),
  ),
)
const download = pick.map((n) =>
  command(`download(${n})`, (run) =>
    forTake(
      run,
      n,
      ({ prediction }) => prediction !== null,
      async (takeId) => {
        run.world.redownloaded.add(takeId)
        await run.world.call('take.download', { takeId })
      },
    ),
  ),
)
const cancelWaiting = fc.constant(
  command('cancelWaiting', async ({ world }) => {
    await world.call('batch.cancelWaiting', { projectId: world.projectId })
  }),
)
const waiting = ({ phase }: TakeRow) => phase === 'planned' || phase === 'reserved'
/** Some of the takes that wait, each once. */
const chosen = (run: Run, picks: readonly number[]): TakeId[] => {
  const takes = listTakes(run.world).filter(waiting)
  return [...new Set(picks.flatMap((n) => takes[n % takes.length]?.id ?? []))] as TakeId[]
}
const some = fc.array(pick, { minLength: 1, maxLength: 5 })
const queued = fc.record({ name: fc.constantFrom('hold', 'hold', 'release', 'cancel'), picks: some }).map((given) =>
  command(`${given.name}(${show(given.picks)})`, async (run) => {
    const takeIds = chosen(run, given.picks)
    if (takeIds.length > 0) await run.world.call(`queue.${given.name}`, { takeIds })
  }),
)
const move = fc.record({ picks: some, before: fc.option(pick) }).map(({ picks, before }) =>
  command(`move(${show(picks)}, ${before})`, async (run) => {
    const [takeIds, [target = null]] = [chosen(run, picks), before === null ? [null] : chosen(run, [before])]
    if (takeIds.length > 0) await run.world.call('queue.move', { takeIds, before: target })
  }),
)
const pause = fc
  .constantFrom('runner.pause', 'runner.resume', 'runner.resume')
  .map((name) => command(name, async ({ world }) => void (await world.call(name, {}))))
const key = fc.boolean().map((there) =>
  command(`key(${there})`, async ({ world }) => {
    if (there) await world.call('key.set', { key: KEY, persist: true })
    else await world.call('key.clear', {})
  }),
)
const edit = fc.record({ n: pick, text: fc.constantFrom('She waits.', 'She runs.') }).map(({ n, text }) =>
  command(`edit(${n}, ${text})`, async ({ world }) => {
    const sceneId = world.sceneIds[n % world.sceneIds.length]
    if (sceneId) await world.call('scene.update', { sceneId, patch: { prompt: text } })
  }),
)
/** Takes a scene off the board; with takes it is set aside, and its takes can be made again only when it is back. */
const remove = pick.map((n) =>
  command(`remove(${n})`, async ({ world }) => {
    const sceneId = world.sceneIds[n % world.sceneIds.length]
    if (sceneId) await world.call('scene.remove', { sceneId })
  }),
)
const undo = fc.constant(
  command('undo', async ({ world }) => void (await world.call('edit.undo', { projectId: world.projectId }))),
)
const second = fc.constant(
  command('secondInstance', ({ world }) => {
    try {
      openStore(world.library).close()
    } catch (error) {
      if (String(error).includes('Another Takeboard')) return
      throw error
    }
    throw new Error('Two engines opened one library')
  }),
)

/** Every command; those that lead somewhere come more often. */
export const commands = (replayPath?: string) =>
  fc.commands<Nothing, Run, false>(
    [
      start,
      start,
      start,
      pass,
      pass,
      pass,
      pass,
      crash,
      crashAt,
      crashAt,
      recoverTwice,
      restart,
      faults,
      answer,
      skew,
    ].concat([
      disk,
      filling,
      backUp,
      restore,
      cap,
      resolve,
      lookFor,
      cancel,
      download,
      cancelWaiting,
      queued,
      queued,
      move,
      pause,
      key,
      edit,
      remove,
      undo,
      undo,
      second,
    ]),
    { maxCommands: 24, size: '+1', ...(replayPath === undefined ? {} : { replayPath }) },
  )
