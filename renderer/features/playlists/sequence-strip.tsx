import { type KeyboardEvent, type PointerEvent, useCallback, useEffect, useLayoutEffect, useState } from 'react'
import { timecode } from '../../../shared/frame-rate.ts'
import { FilmTiles } from '../../common/film-tiles.tsx'
import type { PieceSchedule } from '../../media/sequence-schedule.ts'
import { fitScale, frameAtX, marksBetween, scrollFor, slotsBetween } from '../../media/sequence-scale.ts'
import { clampFrame, slotAt } from '../../media/sequence-slots.ts'
import { goToCut, seekSequence, useSequence } from '../../state/sequence.ts'

/** Drawn beyond the edges, in pixels, so that scrolling shows no gaps. */
const OVERSCAN = 400
const GAP = 2
/** Of the pictures in the pieces. */
const HEIGHT = 42

interface Viewport {
  readonly left: number
  readonly width: number
}

function useViewport(): readonly [(element: HTMLElement | null) => void, HTMLElement | null, Viewport] {
  const [scroller, setScroller] = useState<HTMLElement | null>(null)
  const [viewport, setViewport] = useState<Viewport>({ left: 0, width: 0 })
  useLayoutEffect(() => {
    if (!scroller) return
    const read = () => {
      const next = { left: scroller.scrollLeft, width: scroller.clientWidth }
      setViewport((before) => (before.left === next.left && before.width === next.width ? before : next))
    }
    read()
    const size = new ResizeObserver(read)
    size.observe(scroller)
    scroller.addEventListener('scroll', read, { passive: true })
    return () => {
      size.disconnect()
      scroller.removeEventListener('scroll', read)
    }
  }, [scroller])
  return [setScroller, scroller, viewport]
}

/** The line where the sequence stands; worked like a slider, also by the keyboard. */
function Playhead({ schedule, scale }: { schedule: PieceSchedule; scale: number }) {
  const frame = useSequence((sequence) => clampFrame(schedule, sequence.frame))
  const slot = slotAt(schedule, frame)
  const keys = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const step = event.shiftKey ? 10 : 1
    if (event.key === 'ArrowLeft') seekSequence(frame - step)
    else if (event.key === 'ArrowRight') seekSequence(frame + step)
    else if (event.key === 'PageUp') goToCut(-1)
    else if (event.key === 'PageDown') goToCut(1)
    else if (event.key === 'Home') seekSequence(0)
    else if (event.key === 'End') seekSequence(schedule.frames - 1)
    else return
    event.preventDefault()
  }
  return (
    <div
      className="sequence-playhead"
      // A native range has a track of its own, and cannot be as wide as the strip and narrow to the pointer.
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
      role="slider"
      tabIndex={0}
      aria-label="Playhead"
      aria-valuemin={0}
      aria-valuemax={Math.max(0, schedule.frames - 1)}
      aria-valuenow={frame}
      aria-valuetext={`${timecode(frame, schedule.rate)}, ${slot?.entry.slate ?? 'nothing'}`}
      style={{ transform: `translateX(${frame * scale}px)` }}
      onKeyDown={keys}
    />
  )
}

/** The takes to scale beside each other, with the time over the whole. Pressing and dragging scrubs. */
export function SequenceStrip({ schedule }: { schedule: PieceSchedule }) {
  const [attach, scroller, viewport] = useViewport()
  const scale = fitScale(schedule, Math.max(1, viewport.width - 24))
  const width = schedule.frames * scale
  const [left, right] = [viewport.left - OVERSCAN, viewport.left + viewport.width + OVERSCAN]
  const [from, to] = slotsBetween(schedule, scale, left, right)
  const at = useSequence((sequence) => slotAt(schedule, clampFrame(schedule, sequence.frame))?.index ?? -1)

  useEffect(() => {
    const slot = schedule.slots[at]
    if (!scroller || !slot) return
    const { scrollLeft, clientWidth } = scroller
    scroller.scrollLeft = scrollFor(
      slot.start * scale,
      (slot.start + slot.frames) * scale,
      scrollLeft,
      clientWidth,
      width,
    )
    // Only going to another take scrolls.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [at, scroller])

  const scrub = useCallback(
    (event: PointerEvent) => {
      if (event.button !== 0) return
      const box = event.currentTarget.getBoundingClientRect()
      const go = (x: number) => seekSequence(clampFrame(schedule, frameAtX(x - box.left, scale)))
      const ended = new AbortController()
      go(event.clientX)
      window.addEventListener('pointermove', ({ clientX }) => go(clientX), { signal: ended.signal })
      for (const end of ['pointerup', 'pointercancel'] as const)
        window.addEventListener(end, () => ended.abort(), { signal: ended.signal })
    },
    [schedule, scale],
  )

  return (
    <div className="sequence-strip" ref={attach}>
      <div className="sequence-scale" style={{ width }} onPointerDown={scrub}>
        <div className="sequence-ruler num" aria-hidden>
          {marksBetween(schedule.rate, schedule.frames, scale, left, right).map((mark) => (
            <span key={mark.x} style={{ left: mark.x }}>
              {mark.label}
            </span>
          ))}
        </div>
        <div className="sequence-pieces" aria-hidden>
          {schedule.slots.slice(from, to).map(({ key, index, start, frames, entry }) => (
            <div
              key={key}
              className="sequence-piece"
              data-current={index === at}
              data-kind={entry.take.provider === 'rehearsal' ? 'rehearsal' : 'paid'}
              style={{ left: start * scale, width: Math.max(2, frames * scale - GAP) }}
            >
              <div className="sequence-tiles">
                <FilmTiles
                  scene={entry.scene}
                  take={entry.take}
                  width={Math.max(2, frames * scale - GAP)}
                  height={HEIGHT}
                />
              </div>
              <span className="sequence-label num ell">{entry.slate}</span>
            </div>
          ))}
        </div>
        <Playhead schedule={schedule} scale={scale} />
      </div>
    </div>
  )
}
