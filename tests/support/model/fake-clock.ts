import type { Clock } from '../../../electron/engine/ports.ts'
import type { Gate } from './gate.ts'

/** 1 January 2027, UTC. */
const START = Date.UTC(2027, 0, 1)
/** More timers than this in one command means that something spins. */
const MAX_FIRED = 30_000

interface Timer {
  readonly at: number
  readonly order: number
  readonly run: () => void
  readonly gate: Gate
}

/** Time that passes only when told to. The service's own clock is never wrong; the library's can be set. */
export interface FakeTime {
  /** True time, as the service has it (epoch ms). */
  service(): number
  /** How far the library's clock is from it. */
  skew: number
  /** The clock of one life of the engine; its timers die with it. */
  clock(gate: Gate): Clock
  /** Lets time pass, timer by timer, until it has or `gate` is down. */
  pass(ms: number, gate: Gate): Promise<void>
}

/** Lets everything that needs no time happen. Nothing here waits for a real disk or network. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 2; turn++) await new Promise<void>((resolve) => setImmediate(resolve))
}

export function createFakeTime(): FakeTime {
  let elapsed = 0
  let order = 0
  const timers = new Set<Timer>()

  function nextDue(until: number, gate: Gate): Timer | undefined {
    let next: Timer | undefined
    for (const timer of timers) {
      if (timer.gate !== gate) timers.delete(timer)
      else if (timer.at <= until && (!next || timer.at < next.at || (timer.at === next.at && timer.order < next.order)))
        next = timer
    }
    return next
  }

  const time: FakeTime = {
    skew: 0,
    service: () => START + elapsed,
    clock: (gate) => ({
      now: () => START + elapsed + time.skew,
      monotonic: () => elapsed,
      setTimeout(run, ms) {
        const timer = { at: elapsed + Math.max(0, ms), order: order++, run, gate }
        timers.add(timer)
        return () => void timers.delete(timer)
      },
    }),
    async pass(ms, gate) {
      const until = elapsed + ms
      for (let fired = 0; !gate.down; fired++) {
        const timer = nextDue(until, gate)
        if (!timer) break
        if (fired > MAX_FIRED) throw new Error('Time stands still: timers without end')
        timers.delete(timer)
        elapsed = Math.max(elapsed, timer.at)
        timer.run()
        await settle()
      }
      elapsed = until
    },
  }
  return time
}
