import { expect, it } from 'vitest'
import { createDeck, type DeckElements } from '../../renderer/media/sequence-deck.ts'
import type { Schedule, Slot } from '../../renderer/media/sequence-slots.ts'

const SCHEDULE: Schedule = { rate: { num: 24, den: 1 }, slots: [], frames: 72 }
/** Nothing to show but the empty frame, for as long as it lasts. */
const EMPTY: Slot = { index: 1, scene: null, take: null, key: 'still', start: 72, frames: 72 }

/** A deck in which a clip of three seconds plays. */
function playingDeck() {
  let now = 0
  const video = Object.assign(new EventTarget(), {
    paused: false,
    ended: false,
    duration: 3,
    currentTime: 2.9,
    playbackRate: 1,
    onended: null as (() => void) | null,
    play: () => Promise.resolve(),
    pause: () => {},
    requestVideoFrameCallback: () => 0,
    cancelVideoFrameCallback: () => {},
  })
  const root = { dataset: { shows: 'video' } as DOMStringMap }
  const still = { src: '', decode: () => Promise.resolve(), removeAttribute: () => {} }
  const deck = createDeck(
    { root, video, still } as unknown as DeckElements,
    () => now,
    () => {},
  )
  deck.play(1)
  return { deck, video, wait: (ms: number) => (now += ms) }
}

it('counts a still from its own start, though the clip before it ends a moment later', async () => {
  const { deck, video, wait } = playingDeck()
  const ended = () => video.onended?.()
  const shown = deck.show(EMPTY, 0, SCHEDULE)
  ended()
  expect(await shown).toBe(true)
  ended()
  wait(3_000)
  deck.play(1)
  wait(500)
  expect(deck.position()).toBeCloseTo(0.5 + 0.5 / 24, 3)
})
