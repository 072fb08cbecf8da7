import type { WireError } from '../../../shared/errors.ts'
import type { TakeId } from '../../../shared/ids.ts'
import type { ProviderName, Runner } from '../../../shared/model.ts'
import type { Pace } from '../domain/account-level.ts'
import type { Effect } from '../domain/take-machine.ts'
import type { Cancel, Clock, Logger } from '../ports.ts'
import type { StoredTake } from '../store/takes.ts'

/** The effects as functions; each ends by applying an event, which schedules what follows. */
export type Effects = Readonly<Record<Effect['type'], (takeId: TakeId) => Promise<void>>>

export interface SchedulerOptions {
  readonly clock: Clock
  readonly logger: Logger
  readonly effects: Effects
  readonly effectsOf: (stored: StoredTake) => readonly Effect[]
  readonly pace: (provider: ProviderName) => Pace
  readonly onRunner: (runner: Runner) => void
}

/** Runs effects when they are due: submissions in batch order within the account's pace, downloads a few at a time. */
export interface Scheduler {
  /** Tells of a take's present state; replaces whatever was scheduled for it. */
  put(stored: StoredTake): void
  pause(): void
  /** Ends a pause or a halt. */
  resume(): void
  halt(error: WireError): void
  /** The pace may have changed. */
  repace(): void
  runner(): Runner
  /** Starts nothing more and waits for submissions under way; polls and downloads are the caller's to abort. */
  stop(): Promise<void>
}

const MAX_DOWNLOADS = 6
const MINUTE_MS = 60_000
/** A failed effect that left its take as it was is tried again after this: a defence, not a plan. */
const CRASHED_EFFECT_MS = 5_000

function drop<T>(list: T[], matches: (item: T) => boolean): void {
  const index = list.findIndex(matches)
  if (index >= 0) list.splice(index, 1)
}

interface Waiting {
  readonly takeId: TakeId
  readonly provider: ProviderName
}

export function createScheduler(options: SchedulerOptions): Scheduler {
  const { clock } = options
  const timers = new Map<TakeId, Cancel>()
  const submissions: Waiting[] = []
  const downloads: TakeId[] = []
  /** Takes that occupy a slot at their service. */
  const inFlight = new Map<TakeId, ProviderName>()
  const running = new Map<TakeId, Effect['type']>()
  const dueMeanwhile = new Map<TakeId, Effect['type']>()
  const active = new Set<Promise<void>>()
  const sentAt: Record<ProviderName, number[]> = { rehearsal: [], wavespeed: [] }
  let paused = false
  let halted: WireError | null = null
  let stopped = false
  let told = ''
  let paceTimer: Cancel | null = null

  const runner = (): Runner => ({
    paused,
    halted,
    concurrency: options.pace('wavespeed').concurrency,
    inFlight: inFlight.size,
    waiting: submissions.length,
  })

  function tell(): void {
    const now = runner()
    const text = JSON.stringify(now)
    if (text === told || stopped) return
    told = text
    options.onRunner(now)
  }

  function start(takeId: TakeId, type: Effect['type']): void {
    running.set(takeId, type)
    const work = options.effects[type](takeId)
      .catch((error: unknown) => {
        options.logger.error('An effect failed', { takeId, effect: type, error: String(error) })
        if (stopped) return
        timers.get(takeId)?.()
        timers.set(
          takeId,
          clock.setTimeout(() => due(takeId, type), CRASHED_EFFECT_MS),
        )
      })
      .finally(() => {
        running.delete(takeId)
        active.delete(work)
        const next = dueMeanwhile.get(takeId)
        dueMeanwhile.delete(takeId)
        if (next) due(takeId, next)
        else pump()
      })
    active.add(work)
  }

  /** Milliseconds until the account's pace allows another submission; 0 when it does now. */
  function paceWait(provider: ProviderName, perMinute: number): number {
    const recent = sentAt[provider].filter((at) => at > clock.monotonic() - MINUTE_MS)
    sentAt[provider] = recent
    const [oldest] = recent.slice(-perMinute)
    return recent.length < perMinute || oldest === undefined ? 0 : oldest + MINUTE_MS - clock.monotonic()
  }

  const slotsUsed = (provider: ProviderName) => [...inFlight.values()].filter((name) => name === provider).length

  function nextSubmission(): number {
    return submissions.findIndex(({ takeId, provider }) => {
      if (running.has(takeId)) return false
      const { concurrency, perMinute } = options.pace(provider)
      if (slotsUsed(provider) >= concurrency) return false
      const wait = Number.isFinite(perMinute) ? paceWait(provider, perMinute) : 0
      if (wait > 0 && paceTimer === null) {
        paceTimer = clock.setTimeout(() => {
          paceTimer = null
          pump()
        }, wait)
      }
      return wait <= 0
    })
  }

  function pump(): void {
    if (stopped) return
    while (!paused && halted === null) {
      const index = nextSubmission()
      const next = index < 0 ? undefined : submissions.splice(index, 1)[0]
      if (!next) break
      inFlight.set(next.takeId, next.provider)
      sentAt[next.provider].push(clock.monotonic())
      start(next.takeId, 'submit')
    }
    const downloading = [...running.values()].filter((type) => type === 'download').length
    for (let free = MAX_DOWNLOADS - downloading; free > 0; free--) {
      const takeId = downloads.shift()
      if (takeId === undefined) break
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
    if (type === 'download') downloads.push(takeId)
    else start(takeId, type)
    pump()
  }

  function forget(takeId: TakeId): void {
    timers.get(takeId)?.()
    timers.delete(takeId)
    dueMeanwhile.delete(takeId)
    drop(submissions, (waiting) => waiting.takeId === takeId)
    drop(downloads, (waiting) => waiting === takeId)
  }

  function schedule(stored: StoredTake, effect: Effect): void {
    const { id, provider } = stored.take
    const wait = effect.at - clock.now()
    if (effect.type === 'submit' && wait <= 0) {
      submissions.push({ takeId: id, provider })
      return
    }
    const run = () => {
      if (effect.type !== 'submit') return due(id, effect.type)
      timers.delete(id)
      submissions.push({ takeId: id, provider })
      pump()
    }
    timers.set(id, clock.setTimeout(run, Math.max(0, wait)))
  }

  return {
    put(stored) {
      if (stopped) return
      const { id, provider } = stored.take
      forget(id)
      if (stored.state.phase === 'submitting' || stored.state.phase === 'running') inFlight.set(id, provider)
      else inFlight.delete(id)
      for (const effect of options.effectsOf(stored)) schedule(stored, effect)
      pump()
    },
    pause() {
      paused = true
      tell()
    },
    resume() {
      paused = false
      halted = null
      pump()
    },
    halt(error) {
      halted = error
      tell()
    },
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
