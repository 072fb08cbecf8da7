import { describe, expect, it } from 'vitest'
import { createPainter } from '../../electron/hosts/cli/painter.ts'
import { bar, changeLine, progressFrame } from '../../electron/hosts/cli/progress.ts'
import { table } from '../../electron/hosts/cli/table.ts'
import { TakeId } from '../../shared/ids.ts'
import { runState, take } from './cli-run-kit.ts'

const waiting = take('1', { phase: 'reserved', charge: 'held', predictionId: null })

describe('changeLine', () => {
  it.each([
    [undefined, waiting, '1-1  waiting to be sent, $0.70 held'],
    [waiting, { ...waiting, phase: 'submitting' as const }, null],
    [waiting, { ...waiting, phase: 'running' as const }, '1-1  running at the service'],
    [waiting, { ...waiting, waitUntil: 5 }, null],
    [
      waiting,
      { ...waiting, error: { code: 'provider-unreachable' as const, message: 'No answer.' } },
      '1-1  still waiting to be sent: No answer.',
    ],
    [
      take('1', { phase: 'running', charge: 'held' }),
      take('1', { phase: 'downloading', charge: 'charged' }),
      '1-1  downloading, $0.70 spent',
    ],
    [
      take('1', { phase: 'running', charge: 'held' }),
      take('1', {
        phase: 'failed',
        charge: 'refund-pending',
        error: { code: 'prediction-failed', message: 'Too dark.' },
      }),
      '1-1  failed, $0.70 held until the service refunds it: Too dark.',
    ],
    [take('1', { phase: 'downloading' }), take('1'), '1-1  ready'],
  ])('%#', (before, after, line) => {
    expect(changeLine('1-1', before, after)).toBe(line)
  })
})

describe('progressFrame', () => {
  it('shows the whole and every take under way', async () => {
    const expected = { from: 60_000, to: 120_000 }
    const takes = [
      take('1'),
      take('2', { phase: 'running', charge: 'held', expected, submittedAt: 0 }),
      take('2', { phase: 'downloading', number: 2 }),
      take('3', { phase: 'submitting', submittedAt: 44_000 }),
      take('12A', { phase: 'reserved', charge: 'held', submittedAt: null }),
      take('12A', { phase: 'failed', number: 2 }),
    ]
    const downloads = new Map([[TakeId.parse('take-2-2'), { received: 512, total: 1024 }]])
    const frame = progressFrame(runState(takes, { downloads }), 100, 45_000)
    await expect(`${frame.join('\n')}\n`).toMatchFileSnapshot('../golden/cli/progress.txt')
    for (const line of progressFrame(runState(takes), 40, 45_000)) expect(line.length).toBeLessThan(40)
  })

  it('sums up what does not fit', () => {
    const takes = Array.from({ length: 11 }, (_, index) => take('1', { phase: 'running', number: index + 1 }))
    expect(progressFrame(runState(takes), 100, 0).at(-1)).toBe('  and 3 more')
  })
})

describe('bar', () => {
  it.each([
    [0, '░░░░'],
    [0.5, '██░░'],
    [1, '████'],
    [-1, '░░░░'],
    [2, '████'],
  ])('%d', (done, text) => {
    expect(bar(done, 4)).toBe(text)
  })
})

const ERASE = new RegExp(String.raw`^\u001B\[(\d+)A\r\u001B\[J`)

/** What a terminal shows after these writes. */
function screen(writes: readonly string[]): readonly string[] {
  let lines: string[] = ['']
  for (const write of writes) {
    const up = ERASE.exec(write)
    const text = up ? write.slice(up[0].length) : write
    if (up) lines = [...lines.slice(0, lines.length - 1 - Number(up[1])), '']
    const [first = '', ...rest] = text.split('\n')
    lines = [...lines.slice(0, -1), (lines.at(-1) ?? '') + first, ...rest]
  }
  return lines
}

describe('createPainter', () => {
  it('keeps printed lines above a block it redraws', () => {
    const writes: string[] = []
    const painter = createPainter((text) => writes.push(text))
    painter.draw(['bar 1', 'take'])
    painter.print('1-1  ready')
    painter.draw(['bar 2'])
    expect(screen(writes)).toEqual(['1-1  ready', 'bar 2', ''])
    painter.clear()
    expect(screen(writes)).toEqual(['1-1  ready', ''])
  })
})

describe('table', () => {
  it('lines up its columns', () => {
    expect(
      table(
        [
          ['a', '1', 'x'],
          ['bbb', '10', ''],
        ],
        [1],
      ),
    ).toEqual(['a     1  x', 'bbb  10'])
  })
})
