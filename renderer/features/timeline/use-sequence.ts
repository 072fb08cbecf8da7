import { type RefObject, useEffect, useRef } from 'react'
import type { Schedule } from '../../media/sequence-slots.ts'
import { playOn, type StagedSequence } from '../../media/sequence-stage.ts'
import { driveAnimatic, useAnimatic } from '../../state/animatic.ts'

/**
 * Plays a schedule in the two decks of a stage for as long as they are there.
 * @param stage holds two elements of class `deck`, each with a video and an image
 */
export function useSequence(stage: RefObject<HTMLElement | null>, schedule: Schedule): void {
  const latest = useRef(schedule)
  const sequence = useRef<StagedSequence | null>(null)
  useEffect(() => {
    latest.current = schedule
    sequence.current?.refresh()
  }, [schedule])
  useEffect(() => {
    const made =
      stage.current &&
      playOn(stage.current, {
        schedule: () => latest.current,
        range: () => useAnimatic.getState().range,
        loop: () => useAnimatic.getState().loop,
        speed: () => useAnimatic.getState().speed,
        onFrame: (frame) => useAnimatic.setState({ frame }),
        onSpeed: (speed) => useAnimatic.setState({ speed }),
      })
    if (!made) return
    sequence.current = made
    const offs = [driveAnimatic(made), useAnimatic.subscribe(made.wake)]
    const { frame, startOnOpen } = useAnimatic.getState()
    made.seek(frame)
    if (startOnOpen) made.play(1)
    useAnimatic.setState({ startOnOpen: false })
    return () => {
      offs.forEach((off) => off())
      made.stop()
      sequence.current = null
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
