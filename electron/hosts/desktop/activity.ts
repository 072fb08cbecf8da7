import type { Take, TakePhase } from '../../../shared/model.ts'
import type { Runner } from '../../../shared/studio-model.ts'

/** What the desktop shows while takes are made. Each is called only when its value changes. */
export interface Signals {
  /** Between 0 and 1; null when nothing is being made. */
  progress(fraction: number | null): void
  /** Takes being made. */
  badge(count: number): void
  /** True while the machine should not fall asleep. */
  awake(on: boolean): void
  /** A run has ended: how its takes came out. Cancelled ones are not counted. */
  finished(outcome: Outcome): void
}

export interface Outcome {
  readonly ready: number
  readonly failed: number
  readonly unconfirmed: number
}

/** Takes that move without the artist. An unconfirmed one waits for a person, not for the machine. */
const WORKING: ReadonlySet<TakePhase> = new Set(['planned', 'reserved', 'submitting', 'running', 'downloading'])

/** Calls `tell` when the value is another than before. */
function onChange<T>(first: T, tell: (value: T) => void): (value: T) => void {
  let last = first
  return (value) => {
    if (value === last) return
    last = value
    tell(value)
  }
}

/**
 * Follows takes through a run: from the first that is being made to the moment none is. Progress counts every take that
 * joined meanwhile.
 */
export function createActivity(signals: Signals) {
  const working = new Set<string>()
  const ended = new Map<string, TakePhase>()
  let standing = false
  const progress = onChange<number | null>(null, signals.progress)
  const badge = onChange<number>(0, signals.badge)
  const awake = onChange<boolean>(false, signals.awake)

  const show = () => {
    const total = working.size + ended.size
    progress(working.size === 0 ? null : ended.size / total)
    badge(working.size)
    awake(working.size > 0 && !standing)
  }

  const endRun = () => {
    const count = (phase: TakePhase) => [...ended.values()].filter((one) => one === phase).length
    const outcome = { ready: count('ready'), failed: count('failed'), unconfirmed: count('unconfirmed') }
    ended.clear()
    if (outcome.ready + outcome.failed + outcome.unconfirmed > 0) signals.finished(outcome)
  }

  return {
    take({ id, phase }: Pick<Take, 'id' | 'phase'>): void {
      if (WORKING.has(phase)) {
        working.add(id)
        ended.delete(id)
      } else if (working.delete(id)) ended.set(id, phase)
      show()
      if (working.size === 0 && ended.size > 0) endRun()
    },
    /** A runner that is paused or halted with nothing at the service needs no waking machine. */
    runner({ paused, halted, inFlight }: Pick<Runner, 'paused' | 'halted' | 'inFlight'>): void {
      standing = (paused || halted !== null) && inFlight === 0
      show()
    },
  }
}
export type Activity = ReturnType<typeof createActivity>

const takes = (count: number) => `${count} ${count === 1 ? 'take' : 'takes'}`

/** The notification at the end of a run. */
export function outcomeText({ ready, failed, unconfirmed }: Outcome): { title: string; body: string } {
  const parts = [
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(unconfirmed > 0 ? [`${unconfirmed} ${unconfirmed === 1 ? 'needs' : 'need'} your attention`] : []),
  ]
  const title = ready > 0 ? `${takes(ready)} ready` : 'The batch has ended'
  return { title, body: parts.length > 0 ? `${parts.join(', ')}.` : 'Every take is there.' }
}
