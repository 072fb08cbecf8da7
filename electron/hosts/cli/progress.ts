import type { Take, TakePhase } from '../../../shared/model.ts'
import { formatUsd, formatUsdExact, usdMicros } from '../../../shared/money.ts'
import { slateOf, trackedTakes, type RunState } from './run-state.ts'

/** The phases in words. */
export const PHASE_WORDS: Readonly<Record<TakePhase, string>> = {
  planned: 'planned',
  reserved: 'waiting to be sent',
  submitting: 'being sent',
  unconfirmed: 'sent, but never answered',
  running: 'running at the service',
  downloading: 'downloading',
  ready: 'ready',
  failed: 'failed',
  cancelled: 'cancelled',
}

/** What the money of a take did at this change, or nothing. */
function moneyWord(before: Take | undefined, after: Take): string {
  if (after.price === 0 || before?.charge === after.charge) return ''
  const price = formatUsdExact(after.price)
  switch (after.charge) {
    case 'none':
      return ''
    case 'held':
      return `, ${price} held`
    case 'charged':
      return `, ${price} spent`
    case 'released':
      return `, ${price} given back`
    case 'refund-pending':
      return `, ${price} held until the service refunds it`
  }
}

/**
 * One line for a change of a take, or null when the change is not worth one.
 * @param before undefined for a take that is new
 */
export function changeLine(slate: string, before: Take | undefined, after: Take): string | null {
  const samePhase = before?.phase === after.phase
  if (samePhase && (after.error === null || before.error?.message === after.error.message)) return null
  if (after.phase === 'submitting' || after.phase === 'planned') return null
  const reason = after.error === null ? '' : `: ${after.error.message}`
  const word = samePhase ? 'still ' + PHASE_WORDS[after.phase] : PHASE_WORDS[after.phase]
  return `${slate}  ${word}${moneyWord(before, after)}${reason}`
}

interface Tally {
  readonly wanted: number
  readonly ready: number
  readonly failed: number
  readonly running: number
  readonly waiting: number
  readonly unconfirmed: number
}

export function tallyOf(state: RunState): Tally {
  const takes = trackedTakes(state)
  const count = (...phases: readonly TakePhase[]) => takes.filter(({ phase }) => phases.includes(phase)).length
  return {
    wanted: takes.length,
    ready: count('ready'),
    failed: count('failed', 'cancelled'),
    running: count('submitting', 'running', 'downloading'),
    waiting: count('planned', 'reserved'),
    unconfirmed: count('unconfirmed'),
  }
}

/** `5 of 12 ready, 3 running, 4 waiting` */
export function tallyText({ wanted, ready, failed, running, waiting, unconfirmed }: Tally): string {
  const parts = [`${ready} of ${wanted} ready`]
  if (running > 0) parts.push(`${running} running`)
  if (waiting > 0) parts.push(`${waiting} waiting`)
  if (unconfirmed > 0) parts.push(`${unconfirmed} unconfirmed`)
  if (failed > 0) parts.push(`${failed} failed`)
  return parts.join(', ')
}

/** `held $2.10, spent $3.50 of the cap of $20.00`; empty in rehearsal. */
export function moneyText({ provider, budget }: Pick<RunState, 'provider' | 'budget'>): string {
  if (provider === 'rehearsal') return ''
  const cap = budget.cap === null ? '' : ` of the cap of ${formatUsd(budget.cap)}`
  return `held ${formatUsd(budget.held)}, spent ${formatUsd(budget.spent)}${cap}`
}

/** A bar of `width` cells for the whole part done, from 0 to 1. */
export function bar(done: number, width: number): string {
  const full = Math.round(Math.min(1, Math.max(0, done)) * width)
  return '█'.repeat(full) + '░'.repeat(width - full)
}

const clockText = (ms: number): string => {
  const seconds = Math.max(0, Math.round(ms / 1000))
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

const BAR = 20
const MAX_LINES = 8

/** How far along a job is, judged by when its clip is expected; never full before it is there. */
function partDone(take: Take, state: RunState, now: number): number {
  const download = state.downloads.get(take.id)
  if (take.phase === 'downloading') return download?.total ? 0.9 + (0.1 * download.received) / download.total : 0.9
  if (take.phase !== 'running' || take.expected === null || take.submittedAt === null) return 0
  const middle = (take.expected.from + take.expected.to) / 2
  return Math.min(0.89, (0.89 * (now - take.submittedAt)) / Math.max(1, middle - take.submittedAt))
}

function activeLine(take: Take, state: RunState, now: number): string {
  const since = take.submittedAt === null ? '' : `  ${clockText(now - take.submittedAt)}`
  const why = take.error === null ? '' : `  ${take.error.message}`
  return `  ${slateOf(state, take).padEnd(8)} ${bar(partDone(take, state, now), BAR)} ${PHASE_WORDS[take.phase]}${since}${why}`
}

const cut = (line: string, columns: number): string =>
  line.length < columns ? line : `${line.slice(0, Math.max(0, columns - 2))}…`

/** The lines a terminal shows while a run goes on: one for the whole, then one for each take under way. */
export function progressFrame(state: RunState, columns: number, now: number): readonly string[] {
  const takes = trackedTakes(state)
  const tally = tallyOf(state)
  const active = takes.filter(({ phase }) => phase === 'submitting' || phase === 'running' || phase === 'downloading')
  const parts = takes.map((take) => (isDone(take) ? 1 : partDone(take, state, now)))
  const whole = takes.length === 0 ? 1 : parts.reduce((sum, part) => sum + part, 0) / takes.length
  const money = moneyText(state)
  const lines = [`${bar(whole, BAR)} ${tallyText(tally)}`]
  if (money !== '') lines.push(`  ${money}`)
  lines.push(...active.slice(0, MAX_LINES).map((take) => activeLine(take, state, now)))
  if (active.length > MAX_LINES) lines.push(`  and ${active.length - MAX_LINES} more`)
  return lines.map((line) => cut(line, columns))
}

/** True when a run no longer shows the take as under way. */
export const isDone = ({ phase }: Take) =>
  phase === 'ready' || phase === 'failed' || phase === 'cancelled' || phase === 'unconfirmed'

/** What the takes not sent hold, to be said when a run stops early. */
export const heldBy = (takes: readonly Take[]) =>
  usdMicros(takes.reduce((sum, take) => (take.charge === 'held' ? sum + take.price : sum), 0))
