import { describe, expect, it } from 'vitest'
import type { WireError } from '../../shared/errors.ts'
import { Sha256 } from '../../shared/ids.ts'
import type { Take } from '../../shared/model.ts'
import { usdMicros } from '../../shared/money.ts'
import { doctorExitCode } from '../../electron/hosts/cli/commands/doctor.ts'
import { findUnconfirmed } from '../../electron/hosts/cli/commands/resolve.ts'
import { EXIT, exitCodeFor, worstOf } from '../../electron/hosts/cli/exit-codes.ts'
import { runDocument } from '../../electron/hosts/cli/run-report.ts'
import { applyEvent, isSettled, runExitCode } from '../../electron/hosts/cli/run-state.ts'
import { runSummary } from '../../electron/hosts/cli/run-summary.ts'
import { budget, heldBack, runState, take } from './cli-run-kit.ts'

const error: WireError = { code: 'prediction-failed', message: 'Too dark.' }
const unconfirmed = take('2', { phase: 'unconfirmed', charge: 'held', predictionId: null })
const failed = take('3', { phase: 'failed', charge: 'refund-pending', error })
const running = take('1', { phase: 'running', charge: 'held' })
const reserved = take('12A', { phase: 'reserved', charge: 'held', predictionId: null })

describe('exit codes', () => {
  it('are the documented numbers', () => {
    expect(EXIT).toEqual({ ready: 0, other: 1, badInput: 2, heldByCap: 3, failed: 4, attention: 5, timeout: 6 })
    expect(worstOf([6, 3, 4, 5])).toBe(5)
    expect(worstOf([6, 3, 4])).toBe(4)
    expect(worstOf([6, 3])).toBe(3)
    expect(worstOf([6, 2, 1])).toBe(6)
    expect(worstOf([])).toBe(0)
  })

  it.each([
    ['board-invalid', 2],
    ['key-missing', 2],
    ['cap-missing', 2],
    ['bad-input', 2],
    ['library-locked', 1],
    ['internal', 1],
    ['submission-unknown', 5],
  ] as const)('%s ends with %i', (code, exit) => {
    expect(exitCodeFor(code)).toBe(exit)
  })

  it.each([
    ['all ready', runState([take('1')]), 'settled', 0],
    ['nothing to do', runState([]), 'settled', 0],
    ['one failed', runState([take('1'), failed]), 'settled', 4],
    ['one cancelled', runState([take('1', { phase: 'cancelled' })]), 'settled', 4],
    ['one unconfirmed and one failed', runState([unconfirmed, failed]), 'settled', 5],
    ['held by the cap', runState([take('1')], { heldBack: [heldBack('2', 'cap')] }), 'settled', 3],
    ['held by an older unconfirmed take', runState([], { heldBack: [heldBack('2', 'unconfirmed')] }), 'settled', 5],
    ['held by its seed', runState([], { heldBack: [heldBack('2', 'seed')] }), 'settled', 2],
    ['failed and held by the cap', runState([failed], { heldBack: [heldBack('2', 'cap')] }), 'settled', 4],
    ['timed out', runState([running]), 'timeout', 6],
    ['timed out and held by the cap', runState([running], { heldBack: [heldBack('2', 'cap')] }), 'timeout', 3],
    ['interrupted with jobs running', runState([running, reserved]), 'interrupted', 6],
    ['interrupted before anything was sent', runState([reserved]), 'interrupted', 1],
    ['a rejected key', runState([reserved], { halted: { code: 'key-rejected', message: 'No.' } }), 'settled', 2],
  ] as const)('%s', (_, state, ending, code) => {
    expect(runExitCode(state, ending)).toBe(code)
  })

  it('of the doctor tell attention from problems', () => {
    expect(doctorExitCode([{ name: 'key', state: 'warning', message: '' }])).toBe(0)
    expect(doctorExitCode([{ name: 'clips', state: 'problem', message: '' }])).toBe(1)
    expect(
      doctorExitCode([
        { name: 'clips', state: 'problem', message: '' },
        { name: 'takes', state: 'warning', message: '' },
      ]),
    ).toBe(5)
  })
})

describe('a run', () => {
  it('waits for an unanswered submission while the next look is near', () => {
    const soon = take('2', { phase: 'unconfirmed', waitUntil: 20_000 })
    expect(isSettled(runState([soon]), 0)).toBe(false)
    expect(isSettled(runState([{ ...soon, waitUntil: 60_000 }]), 0)).toBe(true)
    expect(isSettled(runState([unconfirmed]), 0)).toBe(true)
  })

  it('does not wait when the service turned it away, but lets downloads finish', () => {
    const halted: WireError = { code: 'key-rejected', message: 'No.' }
    expect(isSettled(runState([running, reserved]), 0)).toBe(false)
    expect(isSettled(runState([running, reserved], { halted }), 0)).toBe(true)
    expect(isSettled(runState([take('1', { phase: 'downloading' })], { halted }), 0)).toBe(false)
  })

  it('does not wait for what is on hold, and tells what the artist keeps from what failures stopped', () => {
    const kept = { ...reserved, onHold: true }
    const stopped: Take = { ...kept, error: { code: 'failures-in-a-row', message: 'Three failed.' } }
    for (const held of [kept, stopped]) expect(isSettled(runState([held]), 0)).toBe(true)
    expect([runExitCode(runState([kept]), 'settled'), runExitCode(runState([stopped]), 'settled')]).toEqual([5, 4])
    expect(runSummary(runState([kept]), 'settled', 'takeboard run').at(-1)).toBe(
      '1 take is on hold: release what should go on in the studio.',
    )
    expect(runSummary(runState([stopped]), 'settled', 'takeboard run').slice(-3)).toEqual([
      'Three failed.',
      'To continue, run the same command again:',
      '  takeboard run',
    ])
  })

  it('follows its own takes and budget only', () => {
    const before = runState([])
    const own = applyEvent(before, { seq: 1, name: 'take.put', payload: running })
    expect([...own.tracked]).toEqual([running.id])
    const other = applyEvent(before, { seq: 1, name: 'take.put', payload: { ...running, provider: 'rehearsal' } })
    expect(other).toBe(before)
    const money = applyEvent(before, { seq: 2, name: 'budget.put', payload: budget({ held: usdMicros(1) }) })
    expect(money.budget.held).toBe(1)
  })
})

describe('run --json', () => {
  it('prints exactly the documented fields', () => {
    const sha256 = Sha256.parse('a'.repeat(64))
    const ready = take('1', { clip: { sha256, bytes: 123_456, mime: 'video/mp4' } })
    const state = runState([ready, take('1', { number: 2, phase: 'failed', error })], {
      heldBack: [heldBack('3', 'cap')],
    })
    const names = { board: 'Board', project: 'Project', library: '/library' }
    const document = runDocument(state, names, (clip) => `/library/${clip.sha256.slice(0, 4)}.mp4`)
    expect(document).toEqual({
      board: 'Board',
      project: 'Project',
      provider: 'wavespeed',
      library: '/library',
      cap_usd: '20.00',
      held_usd: '2.10',
      spent_usd: '3.50',
      scenes: [
        {
          number: '1',
          takes: [
            {
              slate: '1-1',
              state: 'ready',
              seed: 48213907,
              resolution: '720p',
              aspect_ratio: '16:9',
              duration: 5,
              price_usd: '0.70',
              prediction_id: 'prediction-1',
              clip: '/library/aaaa.mp4',
              sha256,
              bytes: 123_456,
              error: null,
            },
            {
              slate: '1-2',
              state: 'failed',
              seed: 48213907,
              resolution: '720p',
              aspect_ratio: '16:9',
              duration: 5,
              price_usd: '0.70',
              prediction_id: 'prediction-1',
              clip: null,
              sha256: null,
              bytes: null,
              error: { code: 'prediction-failed', message: 'Too dark.', remedy: 'retry' },
            },
          ],
        },
        { number: '2', takes: [] },
        { number: '3', takes: [] },
        { number: '12A', takes: [] },
      ],
      held_back: [{ number: '3', reason: 'cap', price_usd: '0.70' }],
    })
  })
})

describe('the last words of a run', () => {
  it.each([
    ['ready', runState([take('1'), take('2')]), 'settled'],
    ['nothing-to-do', runState([]), 'settled'],
    ['rehearsal', runState([take('1')], { provider: 'rehearsal' }), 'settled'],
    [
      'everything-wrong',
      runState([take('1'), unconfirmed, failed], { heldBack: [heldBack('12A', 'cap'), heldBack('1', 'seed')] }),
      'settled',
    ],
    ['interrupted', runState([running, reserved]), 'interrupted'],
    ['timeout', runState([running]), 'timeout'],
    [
      'key-rejected',
      runState([reserved], { halted: { code: 'key-rejected', message: 'The key was refused.' } }),
      'settled',
    ],
  ] as const)('%s', async (name, state, ending) => {
    const text = runSummary(state, ending, 'takeboard run a.board.json --cap 20').join('\n')
    await expect(`${text}\n`).toMatchFileSnapshot(`../golden/cli/summary-${name}.txt`)
  })
})

describe('findUnconfirmed', () => {
  const named = (slate: string, board = 'One', phase: 'unconfirmed' | 'ready' = 'unconfirmed') => ({
    take: take('1', { phase }),
    slate,
    board,
    project: 'Film',
  })

  it('finds by slate, and by board where the slate is not enough', () => {
    const takes = [named('1-1'), named('1-1', 'Two'), named('12A-3')]
    expect(findUnconfirmed(takes, '12a-3')).toBe(takes[2])
    expect(findUnconfirmed(takes, 'Two/1-1')).toBe(takes[1])
    expect(() => findUnconfirmed(takes, '1-1')).toThrow(
      '1-1 names several takes. Say which:\n  --project "Film" "One/1-1"\n  --project "Film" "Two/1-1"',
    )
  })

  it('prefers the one that is unconfirmed', () => {
    const takes = [named('1-1', 'One', 'ready'), named('1-1', 'Two')]
    expect(findUnconfirmed(takes, '1-1')).toBe(takes[1])
  })

  it('explains itself', () => {
    expect(() => findUnconfirmed([named('1-1', 'One', 'ready')], '1-1')).toThrow(
      '1-1 is ready; there is nothing to settle.',
    )
    expect(() => findUnconfirmed([named('12A-3')], '12A-2')).toThrow('There is no take 12A-2. Did you mean 12A-3?')
    expect(() => findUnconfirmed([], '1-1')).toThrow('There is no take 1-1. No take is unconfirmed.')
  })
})
