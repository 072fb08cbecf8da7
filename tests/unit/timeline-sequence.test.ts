import { describe, expect, it } from 'vitest'
import { animaticKey, shuttle } from '../../renderer/features/timeline/keys.ts'
import { scheduleOf } from '../../renderer/features/timeline/schedule.ts'
import { createSequence, type Deck } from '../../renderer/media/sequence-player.ts'
import type { Range, Slot } from '../../renderer/media/sequence-slots.ts'
import { makeScene } from './renderer-fixtures.ts'

const RATE = { num: 24, den: 1 }

/** A stage without pictures: its decks show at once, or when they are let, and time is what the test says. */
function stage(lengths: readonly number[], { range = null as Range | null, loop = false } = {}) {
  const chosen = { range, loop, lengths: [...lengths], scenes: 's' }
  const schedule = () =>
    scheduleOf(
      chosen.lengths.map((duration, index) => makeScene({ id: `${chosen.scenes}${index}`, duration })),
      () => null,
      RATE,
    )
  let clock = 0
  let front = 0
  /** While closed, pictures are not ready. */
  const gate = { open: true, waiting: [] as (() => void)[] }
  const frames: number[] = []
  const speeds: number[] = []
  const cuts: string[] = []

  function deck(place: number): Deck {
    let slot: Slot | null = null
    let rest = 0
    let since: { at: number; speed: number } | null = null
    let turn = 0
    const position = () => rest + (since ? ((clock - since.at) / 1000) * since.speed : 0)
    return {
      get key() {
        return slot?.key ?? null
      },
      async show(next, frame) {
        const mine = ++turn
        slot = next
        since = null
        if (!gate.open) await new Promise<void>((resolve) => gate.waiting.push(resolve))
        if (mine !== turn) return false
        rest = (frame + 0.5) / 24
        return true
      },
      position,
      play(speed) {
        rest = position()
        since = { at: clock, speed }
      },
      pause() {
        rest = position()
        since = null
      },
      raise() {
        front = place
        cuts.push(slot?.scene?.id ?? 'nothing')
      },
    }
  }

  const sequence = createSequence({
    decks: [deck(0), deck(1)],
    schedule,
    range: () => chosen.range,
    loop: () => chosen.loop,
    now: () => clock,
    onFrame: (frame) => frames.push(frame),
    onSpeed: (speed) => speeds.push(speed),
  })
  const calm = async () => {
    await sequence.settled()
    for (let turn = 0; turn < 10; turn++) await Promise.resolve()
  }
  return {
    sequence,
    chosen,
    frames,
    speeds,
    cuts,
    front: () => front,
    calm,
    /** Lets so much time pass, with the screen drawn every 16 ms. */
    async pass(seconds: number) {
      for (let step = 0; step < seconds * 62.5; step++) {
        clock += 16
        sequence.tick()
        await calm()
      }
    },
    close: () => {
      gate.open = false
    },
    open() {
      gate.open = true
      gate.waiting.splice(0).forEach((go) => go())
    },
  }
}

describe('a sequence', () => {
  it('shows the same frame of other scenes when they change while the first ones are on their way', async () => {
    const it = stage([3, 4])
    it.close()
    it.sequence.seek(0)
    await Promise.resolve()
    it.chosen.scenes = 'other'
    it.sequence.seek(0)
    it.open()
    await it.calm()
    expect(it.cuts.at(-1)).toBe('other0')
  })

  it('plays every scene once, in order, and stops at the last frame', async () => {
    const it = stage([3, 4, 3])
    it.sequence.seek(0)
    it.sequence.play(1)
    await it.calm()
    await it.pass(10.5)
    expect(it.cuts).toEqual(['s0', 's1', 's2'])
    expect(it.frames.at(-1)).toBe(239)
    expect(it.frames.every((frame, index) => index === 0 || frame >= (it.frames[index - 1] ?? 0))).toBe(true)
    expect(it.speeds).toEqual([1, 0])
  })

  it('plays a part over and over, also within one scene', async () => {
    const it = stage([3, 3], { range: { from: 60, to: 84 }, loop: true })
    it.sequence.seek(60)
    it.sequence.play(1)
    await it.calm()
    await it.pass(3.2)
    expect(new Set(it.cuts)).toEqual(new Set(['s0', 's1']))
    expect(it.cuts.length).toBeGreaterThanOrEqual(6)
    expect(Math.min(...it.frames)).toBe(60)
    expect(Math.max(...it.frames)).toBe(83)
    const inside = stage([3], { range: { from: 10, to: 20 }, loop: true })
    inside.sequence.seek(10)
    inside.sequence.play(1)
    await inside.calm()
    await inside.pass(2)
    expect(inside.cuts.length).toBeGreaterThan(3)
    expect([Math.min(...inside.frames), Math.max(...inside.frames)]).toEqual([10, 19])
  })

  it('keeps the last picture until the next is ready', async () => {
    const it = stage([3, 3])
    it.sequence.seek(0)
    await it.calm()
    it.close()
    it.sequence.play(1)
    it.open()
    await it.calm()
    it.close()
    it.sequence.seek(48)
    it.open()
    await it.calm()
    it.sequence.play(1)
    await it.calm()
    // From here the second scene does not come.
    it.close()
    it.sequence.refresh()
    await it.pass(3)
    expect(it.cuts.at(-1)).toBe('s0')
    expect(it.frames.at(-1)).toBe(71)
    it.open()
    await it.calm()
    await it.pass(0.1)
    expect(it.cuts.at(-1)).toBe('s1')
    expect(it.speeds.at(-1)).toBe(1)
  })

  it('goes only to the last of many places asked for', async () => {
    const it = stage([3, 3, 3, 3])
    it.sequence.seek(0)
    await it.calm()
    it.close()
    for (const frame of [10, 80, 150, 220]) it.sequence.seek(frame)
    it.open()
    await it.calm()
    expect(it.frames.at(-1)).toBe(220)
    expect(it.cuts).toEqual(['s0', 's3'])
  })

  it('goes back in time, and stops at the beginning', async () => {
    const it = stage([3, 3])
    it.sequence.seek(100)
    await it.calm()
    it.sequence.play(-2)
    await it.calm()
    await it.pass(3)
    expect(it.frames.at(-1)).toBe(0)
    expect(it.speeds).toEqual([-2, 0])
    expect(it.cuts).toEqual(['s1', 's0'])
  })

  it('starts again from the beginning when it stands at the end', async () => {
    const it = stage([3])
    it.sequence.seek(71)
    await it.calm()
    it.sequence.play(1)
    await it.calm()
    await it.pass(0.5)
    expect(it.frames.at(-1)).toBeLessThan(20)
  })

  it('stops when what it plays has changed, and stays within what is left', async () => {
    const it = stage([3, 3])
    it.sequence.seek(100)
    await it.calm()
    it.sequence.play(1)
    await it.calm()
    it.chosen.lengths = [3]
    it.sequence.refresh()
    await it.calm()
    expect(it.frames.at(-1)).toBe(71)
    expect(it.speeds).toEqual([1, 0])
  })
})

describe('keys of the animatic', () => {
  const press = (key: string, held: Partial<Record<'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey', boolean>> = {}) =>
    animaticKey({ key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...held })

  it('step, shuttle and choose a part', () => {
    expect(press('ArrowLeft')).toEqual({ do: 'step', frames: -1 })
    expect(press('ArrowRight', { shiftKey: true })).toEqual({ do: 'step', frames: 10 })
    expect([press('J'), press('k'), press('l'), press('i'), press('O')].map((key) => key?.do)).toEqual([
      'back',
      'pause',
      'faster',
      'in',
      'out',
    ])
    expect(press('X', { shiftKey: true })).toEqual({ do: 'clear' })
    expect(press('x')).toBeNull()
    expect(press('k', { ctrlKey: true })).toBeNull()
  })

  it('go faster with every press, and turn round at once', () => {
    expect([0, 1, 2, 4].map((speed) => shuttle(speed, 1))).toEqual([1, 2, 4, 4])
    expect([0, -1, -2, -4].map((speed) => shuttle(speed, -1))).toEqual([-1, -2, -4, -4])
    expect([shuttle(4, -1), shuttle(-4, 1)]).toEqual([-1, 1])
  })
})
