import type { StoryboardId, TakeId } from '../../shared/ids.ts'
import type { Take } from '../../shared/model.ts'
import { sumUsd, type UsdMicros } from '../../shared/money.ts'
import { announce } from '../common/announcer.ts'
import type { ProjectView } from '../state/apply-event.ts'
import { currentView } from '../state/projection.ts'
import { askCancel, chooseNone, useQueueChoice } from '../state/queue-choice.ts'
import {
  failedTakes,
  isUnsent,
  moveBy,
  moveTo,
  type Placed,
  QUEUE_MOVES,
  type QueueMove,
  waitingTakes,
} from '../state/queue-order.ts'
import { attempt, call } from '../state/requests.ts'
import { padNumber, plural } from '../state/selectors.ts'
import { openPreflight, useUi } from '../state/ui-store.ts'
import { showToast } from '../ui/toast.tsx'
import type { Command } from './registry.ts'

const onQueue = () => useUi.getState().view === 'queue' && currentView() !== null

/** The chosen rows of the open project. */
export function chosenTakes(): readonly Take[] {
  const view = currentView()
  return view ? [...useQueueChoice.getState().chosen].flatMap((id) => view.takes.get(id) ?? []) : []
}

const unsent = () => chosenTakes().filter(isUnsent)
const idsOf = (takes: readonly Take[]) => takes.map(({ id }) => id)

/** Keeps takes back, or lets them go again. Money does not move. */
export async function hold(takes: readonly Take[], on: boolean): Promise<void> {
  const takeIds = idsOf(takes.filter((take) => isUnsent(take) && take.onHold !== on))
  if (takeIds.length === 0) return
  const done = await attempt(() => call(on ? 'queue.hold' : 'queue.release', { takeIds }))
  if (done) announce(`${plural(done.changed, 'take')} ${on ? 'put on hold' : 'released'}.`)
}

const waiting = () => {
  const view = currentView()
  return view ? waitingTakes(view) : []
}

const ORDINALS = ['th', 'st', 'nd', 'rd']
const ordinal = (n: number) => `${n}${(n % 100 >= 11 && n % 100 <= 13 ? 'th' : ORDINALS[n % 10]) ?? 'th'}`

async function place(moved: ReadonlySet<TakeId>, placed: Placed | null): Promise<void> {
  const takeIds = idsOf(waiting().filter(({ id }) => moved.has(id)))
  if (placed === null || takeIds.length === 0) return
  const done = await attempt(() => call('queue.move', { takeIds, before: placed.before }))
  if (!done) return
  const view = currentView()
  const first = takeIds[0] && view?.takes.get(takeIds[0])
  const at = placed.order.findIndex((id) => moved.has(id)) + 1
  const number = first ? (view?.scenes.get(first.sceneId)?.number ?? '?') : '?'
  const name =
    first && takeIds.length === 1 ? `Scene ${padNumber(number)} take ${first.number}` : plural(takeIds.length, 'take')
  announce(`${name}, ${ordinal(at)} of ${placed.order.length} in line.`)
}

/** Moves waiting takes by a step, or to an end. */
export function moveWaiting(ids: readonly TakeId[], move: QueueMove): void {
  const moved = new Set(ids)
  void place(moved, moveBy(idsOf(waiting()), moved, move))
}

/** Puts waiting takes over or under another. */
export function dropWaiting(ids: readonly TakeId[], target: TakeId, side: 'top' | 'bottom'): void {
  const moved = new Set(ids)
  void place(moved, moveTo(idsOf(waiting()), moved, target, side))
}

/** Cancels those that have not been sent, and says how many had been. */
export async function cancelTakes(takes: readonly Take[]): Promise<void> {
  if (takes.length === 0) return
  const done = await attempt(() => call('queue.cancel', { takeIds: idsOf(takes) }))
  if (!done) return
  const { cancelled, alreadySent } = done
  const sent =
    alreadySent > 0 ? `${plural(alreadySent, 'take')} had been sent, which cannot be called back.` : undefined
  showToast({
    kind: alreadySent > 0 ? 'attention' : 'info',
    title: `${plural(cancelled, 'take')} cancelled`,
    text: sent,
  })
  chooseNone()
}

/** Failed takes of one storyboard, since a batch is of one: of that in sight, else of that with the most. */
export function retryGroup(
  view: ProjectView | null,
  inSight: StoryboardId | null,
): { readonly storyboardId: StoryboardId; readonly takes: readonly Take[] } | null {
  if (!view) return null
  const groups = [...Map.groupBy(failedTakes(view), ({ storyboardId }) => storyboardId)]
  const [storyboardId, takes] =
    groups.find(([id]) => id === inSight) ?? groups.toSorted((a, b) => b[1].length - a[1].length)[0] ?? []
  return storyboardId && takes ? { storyboardId, takes } : null
}

const retryNow = () => retryGroup(currentView(), useUi.getState().storyboardId)

/** Opens the pre-flight for takes made again: nothing is sent before their price was seen. */
export function askAgain(storyboardId: StoryboardId, takes: readonly Take[]): void {
  useUi.setState({ storyboardId })
  openPreflight({ kind: 'takes', takeIds: idsOf(takes), seeds: 'same' })
}

/** What takes made again come to at the paid service; null when they are rehearsed. */
const againPrice = (takes: readonly Take[]): UsdMicros | null =>
  currentView()?.project.provider === 'rehearsal' ? null : sumUsd(takes.map(({ livePrice }) => livePrice))

const MOVE_WORDS: Readonly<Record<QueueMove, { title: string; keys: string }>> = {
  first: { title: 'Move first in line', keys: 'Alt+Home' },
  up: { title: 'Move up in line', keys: 'Alt+ArrowUp' },
  down: { title: 'Move down in line', keys: 'Alt+ArrowDown' },
  last: { title: 'Move last in line', keys: 'Alt+End' },
}

const holdCommands = (): readonly Command[] => [
  {
    id: 'queue.hold',
    title: 'Hold or release',
    label: () => (unsent().some(({ onHold }) => !onHold) ? 'Hold' : 'Release'),
    group: 'Queue',
    words: 'keep back waiting selected',
    keys: ['h'],
    when: () => onQueue() && unsent().length > 0,
    run() {
      const takes = unsent()
      void hold(
        takes,
        takes.some(({ onHold }) => !onHold),
      )
    },
  },
  {
    id: 'queue.holdAll',
    title: 'Hold all that waits',
    group: 'Queue',
    words: 'keep back queue',
    when: () => waiting().some(({ onHold }) => !onHold),
    run: () => void hold(waiting(), true),
  },
  {
    id: 'queue.releaseAll',
    title: 'Release all on hold',
    group: 'Queue',
    words: 'let go queue',
    when: () => waiting().some(({ onHold }) => onHold),
    run: () => void hold(waiting(), false),
  },
]

/** What can be done with the takes of the queue. */
export const queueCommands = (): readonly Command[] => [
  ...holdCommands(),
  ...QUEUE_MOVES.map((move): Command => ({
    id: `queue.${move}`,
    title: MOVE_WORDS[move].title,
    group: 'Queue',
    keys: [MOVE_WORDS[move].keys],
    words: 'order priority reorder',
    when: () => onQueue() && unsent().length > 0,
    run: () => moveWaiting(idsOf(unsent()), move),
  })),
  {
    id: 'queue.cancel',
    title: 'Cancel what has not been sent',
    group: 'Queue',
    words: 'remove release selected',
    keys: ['Delete', 'Backspace'],
    when: () => onQueue() && unsent().length > 0,
    reason: () => (onQueue() && chosenTakes().length > 0 ? 'What has been sent cannot be called back' : null),
    run: () => askCancel(true),
  },
  {
    id: 'queue.retryFailed',
    title: 'Retry failed takes',
    group: 'Queue',
    words: 'again repeat',
    price: () => {
      const group = retryNow()
      return group && againPrice(group.takes)
    },
    when: () => retryNow() !== null,
    reason: () => (currentView() ? 'Nothing failed' : null),
    run() {
      const group = retryNow()
      if (group) askAgain(group.storyboardId, group.takes)
    },
  },
  {
    id: 'queue.deselect',
    title: 'Clear the selection in the queue',
    group: 'Queue',
    keys: ['Escape'],
    listed: false,
    when: () => onQueue() && useQueueChoice.getState().chosen.size > 0,
    run: chooseNone,
  },
]
