import { type RefObject, useEffect, useRef } from 'react'
import { driveAnimatic, useAnimatic } from '../../state/animatic.ts'
import { createDeck, type DeckElements } from './deck.ts'
import type { Schedule } from './schedule.ts'
import { createSequence, type Sequence } from './sequence.ts'

const elementsOf = (root: HTMLElement): DeckElements | null => {
  const [video, still] = [root.querySelector('video'), root.querySelector('img')]
  return video && still ? { root, video, still } : null
}

function sequenceOver(roots: readonly HTMLElement[], schedule: () => Schedule): Sequence | null {
  const [first, second] = roots.map(elementsOf)
  if (!first || !second) return null
  const now = () => performance.now()
  const raise = (up: DeckElements, down: DeckElements) => () => {
    up.root.dataset['front'] = 'true'
    down.root.dataset['front'] = 'false'
  }
  return createSequence({
    decks: [createDeck(first, now, raise(first, second)), createDeck(second, now, raise(second, first))],
    schedule,
    range: () => useAnimatic.getState().range,
    loop: () => useAnimatic.getState().loop,
    now,
    onFrame: (frame) => useAnimatic.setState({ frame }),
    onSpeed: (speed) => useAnimatic.setState({ speed }),
  })
}

/** Calls back for every picture of the screen while the animatic plays. @returns ends it */
function whilePlaying(tick: () => void): () => void {
  let request: number | null = null
  const turn = () => {
    tick()
    request = useAnimatic.getState().speed === 0 ? null : requestAnimationFrame(turn)
  }
  const off = useAnimatic.subscribe(({ speed }) => {
    if (speed !== 0) request ??= requestAnimationFrame(turn)
  })
  return () => {
    off()
    if (request !== null) cancelAnimationFrame(request)
  }
}

/**
 * Plays a schedule in the two decks of a stage for as long as they are there.
 * @param stage holds two elements of class `deck`, each with a video and an image
 */
export function useSequence(stage: RefObject<HTMLElement | null>, schedule: Schedule): void {
  const latest = useRef(schedule)
  const sequence = useRef<Sequence | null>(null)
  useEffect(() => {
    latest.current = schedule
    sequence.current?.refresh()
  }, [schedule])
  useEffect(() => {
    const roots = [...(stage.current?.querySelectorAll<HTMLElement>('.deck') ?? [])]
    const made = sequenceOver(roots, () => latest.current)
    if (!made) return
    sequence.current = made
    const offs = [driveAnimatic(made), whilePlaying(made.tick)]
    const { frame, startOnOpen } = useAnimatic.getState()
    made.seek(frame)
    if (startOnOpen) made.play(1)
    useAnimatic.setState({ startOnOpen: false })
    return () => {
      offs.forEach((off) => off())
      made.stop()
      sequence.current = null
      roots.forEach((root) => {
        const video = root.querySelector('video')
        video?.removeAttribute('src')
        video?.load()
      })
      useAnimatic.setState({ speed: 0 })
    }
  }, [stage])

  // What comes next depends on them.
  const loop = useAnimatic((animatic) => animatic.loop)
  const range = useAnimatic((animatic) => animatic.range)
  useEffect(() => {
    if (useAnimatic.getState().speed !== 0) sequence.current?.refresh()
  }, [loop, range])
}
