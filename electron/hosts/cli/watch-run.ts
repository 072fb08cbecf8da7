import type { Take } from '../../../shared/model.ts'
import type { Engine } from '../../engine/api.ts'
import type { Console } from './console.ts'
import { createPainter } from './painter.ts'
import { changeLine, isDone, progressFrame } from './progress.ts'
import { applyEvent, isSettled, slateOf, type Ending, type RunState } from './run-state.ts'

const REDRAW_MS = 250

export interface Watch {
  state(): RunState
  /** Takes in what only the command knows, such as what the cap held back. */
  update(change: (state: RunState) => RunState): void
  /** Waits until nothing more can happen, or for the first of the two to fire. */
  settled(limits: { timeoutMs: number | null; interrupted: AbortSignal }): Promise<Ending>
  /** One line about the way that stays on the screen. */
  say(line: string): void
  /** Stops listening and leaves the last words of the progress on the screen. */
  stop(): void
}

/** Follows a run by the engine's events and shows it: redrawn lines on a terminal, plain lines elsewhere. */
export function watchRun(engine: Engine, console: Console, now: () => number, first: RunState): Watch {
  let state = first
  let wake: (() => void) | null = null
  const painter = console.redraws ? createPainter((text) => console.raw(text)) : null
  const say = (line: string) => (painter ? painter.print(line) : console.note(line))
  const paint = () => painter?.draw(progressFrame(state, console.columns(), now()))
  const ticking = painter ? setInterval(paint, REDRAW_MS) : null

  let waking = false

  const change = (next: RunState) => {
    const before = state
    state = next
    if (next.halted !== null && before.halted?.message !== next.halted.message) {
      say(`Stopped sending: ${next.halted.message}`)
    }
    if (waking) return
    waking = true
    // A batch of thousands comes as one burst of events, which is looked at once.
    setImmediate(() => {
      waking = false
      wake?.()
    })
  }
  const tell = (take: Take, before: Take | undefined) => {
    const line = changeLine(slateOf(state, take), before, take)
    // Under a bar that shows the rest, only what is done is worth a line that stays.
    if (line !== null && (painter === null || isDone(take))) say(line)
  }
  const off = engine.onEvent((event) => {
    const before = state
    const next = applyEvent(before, event)
    if (next === before) return
    change(next)
    if (event.name === 'take.put') tell(event.payload, before.takes.get(event.payload.id))
  })

  return {
    state: () => state,
    say,
    update: (apply) => change(apply(state)),
    settled({ timeoutMs, interrupted }) {
      return new Promise((resolve) => {
        const finish = (ending: Ending) => {
          wake = null
          clearTimeout(timer)
          interrupted.removeEventListener('abort', onInterrupt)
          resolve(ending)
        }
        const onInterrupt = () => finish('interrupted')
        const timer = timeoutMs === null ? undefined : setTimeout(() => finish('timeout'), timeoutMs)
        interrupted.addEventListener('abort', onInterrupt, { once: true })
        wake = () => {
          if (interrupted.aborted) finish('interrupted')
          else if (isSettled(state, now())) finish('settled')
        }
        wake()
      })
    },
    stop() {
      off()
      if (ticking !== null) clearInterval(ticking)
      painter?.clear()
    },
  }
}
