import { needsDecision } from '../../../shared/model.ts'
import { formatUsd, formatUsdExact, sumUsd } from '../../../shared/money.ts'
import { heldBy, moneyText, tallyOf, tallyText } from './progress.ts'
import { remedyText } from './remedies.ts'
import {
  atService,
  isKept,
  isStopped,
  notSent,
  slateOf,
  trackedTakes,
  type Ending,
  type RunState,
} from './run-state.ts'

const count = (n: number, one: string) => `${n} ${one}${n === 1 ? '' : 's'}`

/**
 * The last words of a run: what is there, what it cost, what is in the way and what to do about it.
 * @param typed the command as it was typed
 */
export function runSummary(state: RunState, ending: Ending, typed: string): readonly string[] {
  const lines: string[] = []
  const takes = trackedTakes(state)
  const tally = tallyOf(state)
  if (takes.length > 0) lines.push(`${tallyText(tally)}.`)
  else if (state.heldBack.length === 0) lines.push('Every wanted take is ready; nothing was sent.')
  const money = moneyText(state)
  lines.push(money === '' ? 'Rehearsal costs nothing.' : `Money: ${money}.`)

  for (const take of takes.filter(({ phase }) => phase === 'failed')) {
    const charged = take.charge === 'charged' ? ` ${formatUsdExact(take.price)} was charged.` : ''
    const refund =
      take.charge === 'refund-pending' ? ` ${formatUsdExact(take.price)} stays held until the service refunds it.` : ''
    lines.push(`${slateOf(state, take)} failed: ${take.error?.message ?? 'no reason was given.'}${charged}${refund}`)
  }
  for (const take of takes.filter(needsDecision)) {
    const held = take.price > 0 ? ` ${formatUsdExact(take.price)} stays held.` : ''
    const slate = slateOf(state, take)
    lines.push(
      `${slate} needs you: ${take.phase === 'unconfirmed' ? 'it was sent and never answered' : 'the service does not know its job'}.${held} When you know more: takeboard resolve ${slate} --charged, --not-charged or --prediction ID.`,
    )
  }
  lines.push(...heldBackLines(state))
  if (state.halted !== null) {
    lines.push(`Stopped sending: ${state.halted.message}`)
    const remedy = remedyText(state.halted.code)
    if (remedy !== null) lines.push(remedy)
  }
  lines.push(...unfinishedLines(state, ending, typed))
  return lines
}

function heldBackLines({ heldBack }: RunState): readonly string[] {
  const byCap = heldBack.filter(({ reason }) => reason === 'cap' || reason === 'no-cap')
  const others = heldBack.filter((row) => !byCap.includes(row))
  const lines = others.map(({ number, message }) => `Scene ${number} was held back: ${message}`)
  if (byCap.length > 0) {
    const worth = formatUsd(sumUsd(byCap.map(({ price }) => price)))
    lines.push(
      `The cap held back ${count(byCap.length, 'scene')} (${byCap.map(({ number }) => number).join(', ')}) worth ${worth}. Raise it with --cap USD and run the same command again.`,
    )
  }
  return lines
}

function unfinishedLines(state: RunState, ending: Ending, typed: string): readonly string[] {
  const running = atService(state).length
  const waiting = notSent(state)
  if (running + waiting.length === 0) return ending === 'interrupted' ? ['Stopped.'] : []
  const lines =
    state.halted !== null && ending === 'settled' ? [] : [ending === 'timeout' ? 'Stopped waiting.' : 'Stopped.']
  if (running > 0)
    lines.push(`${count(running, 'job')} ${running === 1 ? 'goes' : 'go'} on at the service and will be picked up.`)
  if (waiting.length > 0) {
    const held = heldBy(waiting)
    const money = held > 0 ? `; ${waiting.length === 1 ? 'its' : 'their'} ${formatUsd(held)} stays held` : ''
    lines.push(`${count(waiting.length, 'take')} ${waiting.length === 1 ? 'was' : 'were'} not sent${money}.`)
  }
  const [stopped] = waiting.filter(isStopped)
  if (stopped) lines.push(stopped.error?.message ?? '')
  const kept = waiting.filter(isKept).length
  if (kept > 0)
    lines.push(`${count(kept, 'take')} ${kept === 1 ? 'is' : 'are'} on hold: release what should go on in the studio.`)
  if (kept < running + waiting.length) lines.push('To continue, run the same command again:', `  ${typed}`)
  return lines
}
