import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { EngineEvent } from '../../shared/contract.ts'
import type { TakePhase } from '../../shared/model.ts'
import { createActivity, outcomeText, type Outcome } from '../../electron/hosts/desktop/activity.ts'
import { followEngine, shellSignals } from '../../electron/hosts/desktop/shell-signals.ts'
import { BrowserWindow, fake, resetElectron } from '../support/fake-electron.ts'
import { STUDIO } from '../support/stub-engine.ts'

vi.mock('electron', () => import('../support/fake-electron.ts'))

const follow = () => {
  const heard = {
    progress: [] as (number | null)[],
    badge: [] as number[],
    awake: [] as boolean[],
    finished: [] as Outcome[],
  }
  const activity = createActivity({
    progress: (fraction) => heard.progress.push(fraction),
    badge: (count) => heard.badge.push(count),
    awake: (on) => heard.awake.push(on),
    finished: (outcome) => heard.finished.push(outcome),
  })
  const take = (id: string, phase: TakePhase) => activity.take({ id: id as never, phase })
  const runner = (paused: boolean, inFlight: number) => activity.runner({ paused, inFlight, halted: null })
  return { heard, activity, take, runner }
}

describe('activity', () => {
  it('counts a run from its first take to its last', () => {
    const { heard, take } = follow()
    for (const id of ['a', 'b', 'c', 'd']) take(id, 'reserved')
    for (const phase of ['submitting', 'running', 'downloading', 'ready'] as const) take('a', phase)
    take('b', 'failed')
    take('c', 'unconfirmed')
    take('d', 'ready')
    expect(heard.progress).toEqual([0, 0.25, 0.5, 0.75, null])
    expect(heard.badge).toEqual([1, 2, 3, 4, 3, 2, 1, 0])
    expect(heard.awake).toEqual([true, false])
    expect(heard.finished).toEqual([{ ready: 2, failed: 1, unconfirmed: 1 }])
  })

  it('does not count what happens to finished takes', () => {
    const { heard, take } = follow()
    take('old', 'ready')
    take('old', 'ready')
    take('older', 'failed')
    expect(heard).toEqual({ progress: [], badge: [], awake: [], finished: [] })
  })

  it('stays silent about a run of cancelled takes, and begins the next from nothing', () => {
    const { heard, take } = follow()
    take('a', 'reserved')
    take('a', 'cancelled')
    take('b', 'running')
    take('b', 'ready')
    expect(heard.finished).toEqual([{ ready: 1, failed: 0, unconfirmed: 0 }])
    expect(heard.progress).toEqual([0, null, 0, null])
  })

  it('takes back a take that works again, such as a download tried once more', () => {
    const { heard, take } = follow()
    take('a', 'running')
    take('b', 'running')
    take('a', 'failed')
    take('a', 'downloading')
    take('a', 'ready')
    take('b', 'ready')
    expect(heard.progress).toEqual([0, 0.5, 0, 0.5, null])
    expect(heard.finished).toEqual([{ ready: 2, failed: 0, unconfirmed: 0 }])
  })

  it('lets the machine sleep while the runner stands still with nothing out', () => {
    const { heard, take, runner } = follow()
    take('a', 'reserved')
    runner(true, 1)
    expect(heard.awake).toEqual([true])
    runner(true, 0)
    runner(true, 0)
    runner(false, 0)
    expect(heard.awake).toEqual([true, false, true])
  })

  it.each([
    [{ ready: 12, failed: 0, unconfirmed: 0 }, '12 takes ready', 'Every take is there.'],
    [{ ready: 1, failed: 2, unconfirmed: 1 }, '1 take ready', '2 failed, 1 needs your attention.'],
    [{ ready: 0, failed: 0, unconfirmed: 2 }, 'The batch has ended', '2 need your attention.'],
  ])('puts %j into words', (outcome, title, body) => {
    expect(outcomeText(outcome)).toEqual({ title, body })
  })
})

describe('shell', () => {
  beforeEach(resetElectron)
  const signalled = () => {
    const window = new BrowserWindow({})
    return { window, signals: shellSignals(window as never) }
  }

  it('holds one power blocker at a time and gives it back', () => {
    const { signals } = signalled()
    signals.awake(true)
    signals.awake(true)
    expect(fake.blockers.size).toBe(1)
    expect(fake.log).toContain('block prevent-app-suspension')
    signals.awake(false)
    signals.awake(false)
    expect(fake.blockers.size).toBe(0)
  })

  it('shows progress and takes it away, unless the window is gone', () => {
    const { window, signals } = signalled()
    signals.progress(0.5)
    expect(window.progress).toBe(0.5)
    signals.progress(null)
    expect(window.progress).toBe(-1)
    window.webContents.destroyed = true
    signals.progress(0.7)
    expect(window.progress).toBe(-1)
  })

  it('notifies only when the window is out of sight, and brings it back', () => {
    const { window, signals } = signalled()
    const outcome = { ready: 3, failed: 0, unconfirmed: 0 }
    fake.focused = true
    signals.finished(outcome)
    fake.focused = false
    fake.notificationsWork = false
    signals.finished(outcome)
    expect(fake.notifications).toEqual([])
    fake.notificationsWork = true
    signals.finished(outcome)
    expect(fake.notifications[0]?.options.title).toBe('3 takes ready')
    window.minimized = true
    fake.notifications[0]?.emit('click')
    expect([window.minimized, fake.focused]).toEqual([false, true])
  })

  it('follows the takes that were open at the start, then every event', async () => {
    const { heard, activity } = follow()
    let publish: (event: EngineEvent) => void = () => {}
    const project = { id: 'p1', title: 'Film', cap: null, provider: 'rehearsal', createdAt: 0, openedAt: 0 }
    const asked: string[] = []
    await followEngine(
      {
        call: async (name: string) => {
          asked.push(name)
          return (
            name === 'studio.get'
              ? { ...STUDIO, projects: [project], runner: { ...STUDIO.runner, inFlight: 1, waiting: 1 } }
              : {
                  takes: [
                    { id: 'a', phase: 'running' },
                    { id: 'b', phase: 'ready' },
                    { id: 'c', phase: 'reserved' },
                  ],
                }
          ) as never
        },
        onEvent(listener) {
          publish = listener
          return () => {}
        },
      },
      activity,
    )
    expect(asked).toEqual(['studio.get', 'project.get'])
    expect(heard.badge).toEqual([1, 2])
    publish({ seq: 1, name: 'take.put', payload: { id: 'a', phase: 'ready' } as never })
    publish({ seq: 2, name: 'take.put', payload: { id: 'c', phase: 'ready' } as never })
    expect(heard.finished).toEqual([{ ready: 2, failed: 0, unconfirmed: 0 }])
  })
})
