import { TakeboardError, type WireError } from '../../../shared/errors.ts'
import type { StoryboardId, TakeId } from '../../../shared/ids.ts'
import { PROVIDERS, type ProviderName } from '../../../shared/model.ts'
import type { Runner } from '../../../shared/studio-model.ts'
import type { Pace } from '../domain/account-level.ts'
import type { Effect } from '../domain/take-machine.ts'
import type { Cancel, Clock, Logger } from '../ports.ts'
import type { StoredTake } from '../store/takes.ts'
import { createPaceKeeper, type PaceKeeper } from './pace-keeper.ts'
import { createSubmissionQueue, type QueuedTake } from './submission-queue.ts'

/** The effects as functions; each ends by applying an event, which schedules what follows. */
export type Effects = Readonly<Record<Effect['type'], (takeId: TakeId) => Promise<void>>>

export interface SchedulerOptions {
  readonly clock: Clock
  readonly logger: Logger
  readonly effects: Effects
  readonly effectsOf: (stored: StoredTake) => readonly Effect[]
  /** A take whose effect failed unexpectedly, in a state from which it can go on. May throw; it is asked again. */
  readonly recall: (takeId: TakeId) => StoredTake
  readonly pace: (provider: ProviderName) => Pace
  readonly onRunner: (runner: Runner) => void
}

/**
 * Runs effects when they are due: submissions in fair order within the account's pace, downloads a few at a time. A take
 * on hold has no effects; one put again without its hold waits in its place.
 */
export interface Scheduler {
  /** Tells of the present state of takes; replaces whatever was scheduled for them. */
  put(takes: readonly StoredTake[]): void
  pause(): void
  /** Ends a pause or a halt. */
  resume(): void
  /** Ends a halt; a pause stays. */
  lift(): void
  halt(error: WireError): void
  /** True while paused or halted. */
  standing(): boolean
  /** The service answered a submission with 429. */
  refused(provider: ProviderName): void
  /** The pace may have changed. */
  repace(): void
  runner(): Runner
  /** Starts nothing more and waits for what is under way; all but submissions is the caller's to abort. */
  stop(): Promise<void>
}

const MAX_DOWNLOADS = 6
/** A take whose effect failed unexpectedly is looked at again after this: a defence, not a plan. */
const CRASHED_EFFECT_MS = 5_000
/**
 * The longest that anything is ever planned ahead: Retry-After at its most, and the refund. A take that waits for a time
 * further off was written by a clock that has since been put back, and must not wait for it.
 */
const LONGEST_WAIT_MS: Readonly<Record<Effect['type'], number>> = {
  submit: 10 * 60_000,
  poll: 10 * 60_000,
  download: 10 * 60_000,
  look: 10 * 60_000,
  refund: 3 * 60 * 60_000,
}

const queued = ({ take: { id, provider, storyboardId, place } }: StoredTake): QueuedTake => ({
  takeId: id,
  provider,
  storyboardId,
  place,
})

export function createScheduler(options: SchedulerOptions): Scheduler {
  const { clock } = options
  const timers = new Map<TakeId, Cancel>()
  const submissions = createSubmissionQueue()
  const downloads = new Set<TakeId>()
  /** Takes that occupy a slot at their service, from when their submission is prepared. */
  const inFlight = new Map<TakeId, QueuedTake>()
  /** Of those, the ones whose slot is free as soon as the effect that may still send them has returned. */
  const leaving = new Set<TakeId>()
  const running = new Map<TakeId, Effect['type']>()
  const dueMeanwhile = new Map<TakeId, Effect['type']>()
  const active = new Set<Promise<void>>()
  const keepers: Readonly<Record<ProviderName, PaceKeeper>> = {
    rehearsal: createPaceKeeper(),
    wavespeed: createPaceKeeper(),
  }
  let paused = false
  let halted: WireError | null = null
  let stopped = false
  let told = ''
  let paceTimer: Cancel | null = null

  const standing = () => paused || halted !== null

  const runner = (): Runner => ({
    paused,
    halted,
    concurrency: options.pace('wavespeed').concurrency,
    inFlight: inFlight.size,
    waiting: submissions.size(),
  })

  function tell(): void {
    const now = runner()
    const text = JSON.stringify(now)
    if (text === told || stopped) return
    told = text
    options.onRunner(now)
  }

  function halt(error: WireError): void {
    halted = error
    tell()
  }

  function setTimer(takeId: TakeId, run: () => void, ms: number): void {
    timers.get(takeId)?.()
    timers.set(takeId, clock.setTimeout(run, ms))
  }

  /** Goes on with a take whose effect failed, from what is stored of it. */
  function again(takeId: TakeId): void {
    timers.delete(takeId)
    if (stopped) return
    try {
      put([options.recall(takeId)])
    } catch (error) {
      options.logger.error('A take could not be gone on with', { takeId, error: String(error) })
      setTimer(takeId, () => again(takeId), CRASHED_EFFECT_MS)
    }
  }

  function start(takeId: TakeId, type: Effect['type']): void {
    running.set(takeId, type)
    // An effect that throws before its first await must fail like any other, not take the process with it.
    const work = (async () => options.effects[type](takeId))()
      .catch((error: unknown) => {
        options.logger.error('An effect failed', { takeId, effect: type, error: String(error) })
        // A library that cannot be written must not send anything, whatever it was that found out.
        if (error instanceof TakeboardError && error.code === 'disk-full') halt(error.toWire())
        if (!stopped) setTimer(takeId, () => again(takeId), CRASHED_EFFECT_MS)
      })
      .finally(() => {
        running.delete(takeId)
        active.delete(work)
        if (leaving.delete(takeId)) inFlight.delete(takeId)
        const next = dueMeanwhile.get(takeId)
        dueMeanwhile.delete(takeId)
        if (next) due(takeId, next)
        else pump()
      })
    active.add(work)
  }

  /** Submits for one service while it has a slot and its pace allows. */
  function submitFor(provider: ProviderName): void {
    const inUse = new Map<StoryboardId, number>()
    let used = 0
    for (const take of inFlight.values()) {
      if (take.provider !== provider) continue
      used++
      inUse.set(take.storyboardId, (inUse.get(take.storyboardId) ?? 0) + 1)
    }
    const pace = options.pace(provider)
    const keeper = keepers[provider]
    while (used < pace.concurrency) {
      const wait = keeper.wait(pace, clock.monotonic())
      if (wait > 0) {
        if (submissions.size() > 0) pumpAfter(wait)
        return
      }
      const next = submissions.next(
        provider,
        (board) => inUse.get(board) ?? 0,
        (takeId) => !running.has(takeId),
      )
      if (next === null) return
      used++
      inUse.set(next.storyboardId, (inUse.get(next.storyboardId) ?? 0) + 1)
      inFlight.set(next.takeId, next)
      keeper.sent(clock.monotonic())
      start(next.takeId, 'submit')
    }
  }

  function pumpAfter(ms: number): void {
    paceTimer ??= clock.setTimeout(() => {
      paceTimer = null
      pump()
    }, ms)
  }

  function pump(): void {
    if (stopped) return
    if (!standing() && submissions.size() > 0) PROVIDERS.forEach(submitFor)
    let free = MAX_DOWNLOADS
    for (const type of running.values()) if (type === 'download') free--
    for (const takeId of downloads) {
      if (free-- <= 0) break
      downloads.delete(takeId)
      start(takeId, 'download')
    }
    tell()
  }

  function due(takeId: TakeId, type: Effect['type']): void {
    timers.delete(takeId)
    if (stopped) return
    if (running.has(takeId)) {
      // The effect that scheduled this one is still returning.
      dueMeanwhile.set(takeId, type)
      return
    }
    if (type === 'download') downloads.add(takeId)
    else start(takeId, type)
    pump()
  }

  function forget(takeId: TakeId): void {
    timers.get(takeId)?.()
    timers.delete(takeId)
    dueMeanwhile.delete(takeId)
    submissions.remove(takeId)
    downloads.delete(takeId)
  }

  function schedule(take: QueuedTake, effect: Effect): void {
    const wait = Math.min(effect.at - clock.now(), LONGEST_WAIT_MS[effect.type])
    if (effect.type === 'submit' && wait <= 0) {
      submissions.add(take)
      return
    }
    const run = () => {
      if (effect.type !== 'submit') return due(take.takeId, effect.type)
      timers.delete(take.takeId)
      submissions.add(take)
      pump()
    }
    setTimer(take.takeId, run, Math.max(0, wait))
  }

  /** A take put on hold and released again while it is prepared may be sent by that preparation: its slot waits for it. */
  function occupy(take: QueuedTake, sent: boolean): void {
    const { takeId } = take
    leaving.delete(takeId)
    if (sent) inFlight.set(takeId, take)
    else if (running.get(takeId) === 'submit' && inFlight.has(takeId)) leaving.add(takeId)
    else inFlight.delete(takeId)
  }

  function put(takes: readonly StoredTake[]): void {
    if (stopped) return
    for (const stored of takes) {
      const take = queued(stored)
      forget(take.takeId)
      occupy(take, stored.state.phase === 'submitting' || stored.state.phase === 'running')
      for (const effect of options.effectsOf(stored)) schedule(take, effect)
    }
    pump()
  }

  return {
    put,
    pause() {
      paused = true
      tell()
    },
    resume() {
      paused = false
      halted = null
      pump()
    },
    lift() {
      halted = null
      pump()
    },
    halt,
    standing,
    refused: (provider) => keepers[provider].refused(clock.monotonic()),
    repace: pump,
    runner,
    async stop() {
      stopped = true
      for (const cancel of timers.values()) cancel()
      timers.clear()
      paceTimer?.()
      while (active.size > 0) await Promise.all(active)
    },
  }
}
