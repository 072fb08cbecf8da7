import type { EngineEvent, HeldBack, ProjectSnapshot } from '../../../shared/contract.ts'
import type { WireError } from '../../../shared/errors.ts'
import type { SceneId, TakeId } from '../../../shared/ids.ts'
import { isOpen, type Budget, type ProviderName, type Scene, type Take, needsDecision } from '../../../shared/model.ts'
import { slate } from '../../engine/domain/slate.ts'
import { EXIT, exitCodeFor, worstOf, type ExitCode } from './exit-codes.ts'

/** Everything a run watches, kept up to date from the engine's events. */
export interface RunState {
  readonly provider: ProviderName
  /** The scenes asked for, in board order. */
  readonly scenes: readonly Scene[]
  /** Their labels. */
  readonly numbers: ReadonlyMap<SceneId, string>
  /** Every take of those scenes and that provider. */
  readonly takes: ReadonlyMap<TakeId, Take>
  /** Takes this run waits for: those it started and those it found under way. */
  readonly tracked: ReadonlySet<TakeId>
  readonly heldBack: readonly HeldBack[]
  readonly budget: Budget
  /** Why nothing is being submitted, such as a rejected key. */
  readonly halted: WireError | null
  readonly downloads: ReadonlyMap<TakeId, { readonly received: number; readonly total: number | null }>
}

export function initialState(
  snapshot: ProjectSnapshot,
  provider: ProviderName,
  scenes: readonly Scene[],
  halted: WireError | null,
): RunState {
  const numbers = new Map(scenes.map(({ id, number }) => [id, number]))
  const takes = snapshot.takes.filter((take) => take.provider === provider && numbers.has(take.sceneId))
  return {
    provider,
    scenes,
    numbers,
    takes: new Map(takes.map((take) => [take.id, take])),
    tracked: new Set(takes.filter(({ phase }) => isOpen(phase)).map(({ id }) => id)),
    heldBack: [],
    budget: snapshot.budget,
    halted,
    downloads: new Map(),
  }
}

/** The state after an event; the same object when the event does not concern the run. */
export function applyEvent(state: RunState, event: EngineEvent): RunState {
  switch (event.name) {
    case 'take.put': {
      const take = event.payload
      const wanted = take.provider === state.provider && state.numbers.has(take.sceneId)
      if (!wanted) return state
      const takes = new Map(state.takes).set(take.id, take)
      const tracked = isOpen(take.phase) ? new Set(state.tracked).add(take.id) : state.tracked
      return { ...state, takes, tracked }
    }
    case 'take.progress': {
      const { takeId, received, total } = event.payload
      if (!state.takes.has(takeId)) return state
      return { ...state, downloads: new Map(state.downloads).set(takeId, { received, total }) }
    }
    case 'budget.put':
      return event.payload.projectId === state.budget.projectId ? { ...state, budget: event.payload } : state
    case 'runner.put':
      return { ...state, halted: event.payload.halted }
    case 'project.put':
    case 'storyboard.put':
    case 'storyboard.removed':
    case 'cast.put':
    case 'cast.removed':
    case 'seed.put':
    case 'seed.removed':
    case 'note.put':
    case 'note.removed':
    case 'playlist.put':
    case 'playlist.removed':
    case 'edits.put':
    case 'scene.put':
    case 'scene.removed':
    case 'batch.put':
    case 'settings.put':
    case 'key.put':
    case 'library.budget':
      return state
  }
}

/** How long an unanswered submission may wait for its next look at the service and still be waited for. */
const SOON_MS = 30_000

/** Whether the engine may still change this take while the run looks on. */
function underWay(take: Take, now: number): boolean {
  if (take.phase === 'unconfirmed') return take.waitUntil !== null && take.waitUntil - now < SOON_MS
  return isOpen(take.phase) && !needsDecision(take) && !take.onHold
}

export const trackedTakes = (state: RunState): readonly Take[] =>
  [...state.tracked].flatMap((id) => state.takes.get(id) ?? [])

/** True when waiting longer changes nothing: every take is done or needs the artist, or the service turned us away. */
export function isSettled(state: RunState, now: number): boolean {
  const active = trackedTakes(state).filter((take) => underWay(take, now))
  if (state.halted === null) return active.length === 0
  // A download needs no key and a submission under way must be heard out; the rest stands still.
  return !active.some(({ phase }) => phase === 'downloading' || phase === 'submitting')
}

/** Jobs that go on at the service without us. */
export const atService = (state: RunState): readonly Take[] =>
  trackedTakes(state).filter(({ phase }) => phase === 'submitting' || phase === 'running' || phase === 'downloading')

/** Takes that are reserved or planned but were not sent. */
export const notSent = (state: RunState): readonly Take[] =>
  trackedTakes(state).filter(({ phase }) => phase === 'planned' || phase === 'reserved')

/** True of a take that was put on hold because others failed. */
export const isStopped = (take: Take): boolean => take.onHold && take.error?.code === 'failures-in-a-row'

/** True of a take that the artist keeps back. */
export const isKept = (take: Take): boolean => take.onHold && !isStopped(take)

/** What holds a scene back because of money. */
const LIMITS: ReadonlySet<string> = new Set(['cap', 'no-cap', 'library-cap', 'batch-limit'])

export type Ending = 'settled' | 'timeout' | 'interrupted'

/** What the process says when the run is over. */
export function runExitCode(state: RunState, ending: Ending): ExitCode {
  const codes: ExitCode[] = []
  const takes = trackedTakes(state)
  const has = (...phases: readonly Take['phase'][]) => takes.some(({ phase }) => phases.includes(phase))
  if (takes.some(needsDecision) || state.heldBack.some(({ reason }) => reason === 'unconfirmed'))
    codes.push(EXIT.attention)
  if (has('failed', 'cancelled') || takes.some(isStopped)) codes.push(EXIT.failed)
  if (takes.some(isKept)) codes.push(EXIT.attention)
  for (const { reason } of state.heldBack) {
    if (LIMITS.has(reason)) codes.push(EXIT.heldByCap)
    else if (reason !== 'unconfirmed') codes.push(EXIT.badInput)
  }
  if (ending === 'timeout' && has('planned', 'reserved', 'submitting', 'running', 'downloading'))
    codes.push(EXIT.timeout)
  if (ending === 'interrupted') codes.push(atService(state).length > 0 ? EXIT.timeout : EXIT.other)
  if (state.halted !== null && has('planned', 'reserved', 'running')) codes.push(exitCodeFor(state.halted.code))
  return worstOf(codes)
}

/** `12A-3` */
export const slateOf = (state: RunState, take: Take): string =>
  slate(state.numbers.get(take.sceneId) ?? '?', take.number)
