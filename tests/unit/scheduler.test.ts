import { describe, expect, it } from 'vitest'
import { present } from '../../shared/assert.ts'
import type { TakeId } from '../../shared/ids.ts'
import { ZERO_USD } from '../../shared/money.ts'
import { effectsOf, plannedTake, type TakeState } from '../../electron/engine/domain/take-machine.ts'
import { createScheduler, type Effects } from '../../electron/engine/jobs/scheduler.ts'
import type { StoredTake } from '../../electron/engine/store/takes.ts'

const HOUR = 3_600_000

/** A clock that only moves when told to. */
function handClock(start = 0) {
  let now = start
  const timers: { at: number; run: () => void }[] = []
  return {
    now: () => now,
    monotonic: () => now,
    setTimeout(run: () => void, ms: number) {
      const timer = { at: now + ms, run }
      timers.push(timer)
      return () => void (timers.includes(timer) && timers.splice(timers.indexOf(timer), 1))
    },
    async advance(ms: number) {
      const end = now + ms
      for (;;) {
        const [next] = timers.filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at)
        if (!next) break
        timers.splice(timers.indexOf(next), 1)
        now = Math.max(now, next.at)
        next.run()
        await settle()
      }
      now = end
    },
  }
}
const settle = () => new Promise<void>((resolve) => setImmediate(resolve))

const stored = (id: string, state: Partial<TakeState>, place = 0): StoredTake =>
  ({
    take: { id: id as TakeId, provider: 'wavespeed', place },
    state: { ...plannedTake(ZERO_USD), phase: 'reserved', ...state },
  }) as StoredTake

function setUp(options: { concurrency?: number; effects?: Partial<Effects>; start?: number } = {}) {
  const clock = handClock(options.start)
  const done: string[] = []
  const takes = new Map<TakeId, StoredTake>()
  let paces = 0
  const effect = (type: string) => (id: TakeId) => {
    done.push(`${type} ${id}`)
    return Promise.resolve()
  }
  const line = () => {}
  const scheduler = createScheduler({
    clock,
    logger: { info: line, warn: line, error: line },
    effects: {
      submit: effect('submit'),
      poll: effect('poll'),
      download: effect('download'),
      look: effect('look'),
      refund: effect('refund'),
      ...options.effects,
    },
    effectsOf: ({ state }) => effectsOf(state, clock.now()),
    recall: (id) => present(takes.get(id), 'it was put'),
    pace: () => {
      paces += 1
      return { concurrency: options.concurrency ?? 2, perMinute: Number.POSITIVE_INFINITY }
    },
    onRunner: () => {},
  })
  const put = (...list: StoredTake[]) => {
    for (const each of list) takes.set(each.take.id, each)
    scheduler.put(list)
  }
  return { clock, done, put, scheduler, paces: () => paces }
}

describe('an effect that fails', () => {
  it('does not throw out of its timer, and is tried again', async () => {
    let tries = 0
    const rig = setUp({
      effects: {
        refund: () => {
          if (++tries === 1) throw new Error('the disk is full')
          return Promise.resolve()
        },
      },
    })
    rig.put(stored('a', { phase: 'failed', refundDueAt: 1_000 }))
    await rig.clock.advance(1_000)
    expect(tries).toBe(1)
    await rig.clock.advance(5_000)
    expect(tries).toBe(2)
  })

  it('sends nothing while the queue is paused', async () => {
    let tries = 0
    const rig = setUp({
      effects: {
        submit: async () => {
          tries += 1
          if (tries === 1) throw new Error('the disk is full')
        },
      },
    })
    rig.put(stored('a', {}))
    await settle()
    rig.scheduler.pause()
    await rig.clock.advance(60_000)
    expect([tries, rig.scheduler.runner().waiting]).toEqual([1, 1])
    rig.scheduler.resume()
    expect(tries).toBe(2)
  })
})

describe('the queue', () => {
  it('counts the jobs at the service before it sends what waits, whatever their order', () => {
    const rig = setUp({ concurrency: 2 })
    const running = { phase: 'running', waitUntil: 1_000 } as const
    rig.put(stored('waits', {}), stored('b', running), stored('c', running))
    expect([rig.done, rig.scheduler.runner()]).toMatchObject([[], { inFlight: 2, waiting: 1 }])
  })

  it('sends by place, whenever a take came, and follows a change of it', () => {
    const rig = setUp({ concurrency: 1 })
    rig.scheduler.pause()
    rig.put(stored('a', {}, 1), stored('b', {}, 2), stored('c', {}, 3))
    rig.put(stored('c', {}, 1), stored('a', {}, 3))
    rig.scheduler.resume()
    expect(rig.done).toEqual(['submit c'])
  })

  it('leaves a take on hold out, and sends it once it is released', () => {
    const rig = setUp({ concurrency: 3 })
    rig.put(stored('a', { onHold: true }), stored('b', {}))
    expect([rig.done, rig.scheduler.runner().waiting]).toEqual([['submit b'], 0])
    rig.put(stored('a', {}))
    expect(rig.done).toEqual(['submit b', 'submit a'])
  })

  it('gives the slot of a take put on hold while it is prepared to the next, but only when nothing can send it any more', async () => {
    const prepared = Promise.withResolvers<void>()
    const begun: string[] = []
    const rig = setUp({
      concurrency: 1,
      effects: {
        submit: (id) => {
          begun.push(id)
          return id === 'a' ? prepared.promise : Promise.resolve()
        },
      },
    })
    rig.put(stored('a', {}, 1), stored('b', {}, 2))
    rig.put(stored('a', { onHold: true }, 1))
    await settle()
    expect([begun, rig.scheduler.runner().inFlight]).toEqual([['a'], 1])
    prepared.resolve()
    await settle()
    expect([begun, rig.scheduler.runner().inFlight]).toEqual([['a', 'b'], 1])
  })

  it('asks for the pace about as often as takes come, not once for every take that waits', () => {
    const rig = setUp({ concurrency: 1 })
    rig.put(stored('first', { phase: 'running', waitUntil: 1_000 }))
    const count = 300
    for (let n = 0; n < count; n++) rig.put(stored(`take-${n}`, {}))
    expect(rig.scheduler.runner().waiting).toBe(count)
    expect(rig.paces()).toBeLessThan(count * 4)
  })
})

describe('a wall clock that was set back', () => {
  it('does not keep a take from being looked at, nor a refund for longer than was ever meant', async () => {
    const year = 365 * 24 * HOUR
    const rig = setUp()
    rig.put(
      stored('polled', { phase: 'running', waitUntil: year }),
      stored('owed', { phase: 'failed', refundDueAt: year + 3 * HOUR }),
    )
    await rig.clock.advance(HOUR)
    expect(rig.done).toEqual(['poll polled'])
    await rig.clock.advance(2 * HOUR)
    expect(rig.done).toEqual(['poll polled', 'refund owed'])
  })
})
