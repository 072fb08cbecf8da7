import { type KeyboardEvent, type MouseEvent, useCallback, useEffect, useMemo, useRef } from 'react'
import { timecode } from '../../../shared/frame-rate.ts'
import type { SceneId } from '../../../shared/ids.ts'
import { openAnimatic, playAnimatic, seekAnimatic, toggleAnimatic, useAnimatic } from '../../state/animatic.ts'
import { extendTo, selectOnly, toggleScene } from '../../state/selection.ts'
import { padNumber } from '../../state/selectors.ts'
import { useUi } from '../../state/ui-store.ts'
import { Clip } from './clip.tsx'
import { frameAtX, marksBetween, scrollFor, slotsBetween, zoomScale } from '../../media/sequence-scale.ts'
import { besideFrame, clampFrame, slotAt } from '../../media/sequence-slots.ts'
import type { SceneSchedule, SceneSlot } from './schedule.ts'
import { useDrag, useViewport } from './use-strip.ts'

/** Drawn beyond the edges, in pixels, so that scrolling shows no gaps. */
const OVERSCAN = 400
/** Between clips, in pixels. */
const GAP = 2

const optionId = (sceneId: SceneId) => `timeline-${sceneId}`

/** What an arrow key of the playhead leads to; null for other keys. */
function playheadStep(event: KeyboardEvent, schedule: SceneSchedule, frame: number): number | null {
  const stride = event.shiftKey ? 10 : 1
  switch (event.key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return frame - stride
    case 'ArrowRight':
    case 'ArrowUp':
      return frame + stride
    case 'PageUp':
      return besideFrame(schedule, frame, -1)
    case 'PageDown':
      return besideFrame(schedule, frame, 1)
    case 'Home':
      return 0
    case 'End':
      return schedule.frames - 1
    default:
      return null
  }
}

function Playhead({
  schedule,
  scale,
  onPress,
}: {
  schedule: SceneSchedule
  scale: number
  onPress(event: React.PointerEvent): void
}) {
  const frame = useAnimatic((animatic) => clampFrame(schedule, animatic.frame))
  const slot = slotAt(schedule, frame)
  return (
    <div
      className="playhead"
      // A native range has a track of its own, and cannot be as wide as the strip and narrow to the pointer.
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
      role="slider"
      tabIndex={0}
      aria-label="Playhead"
      aria-orientation="horizontal"
      aria-valuemin={0}
      aria-valuemax={Math.max(0, schedule.frames - 1)}
      aria-valuenow={frame}
      aria-valuetext={`${timecode(frame, schedule.rate)}, scene ${padNumber(slot?.scene.number ?? '')}`}
      style={{ transform: `translateX(${frame * scale}px)` }}
      onPointerDown={onPress}
      onKeyDown={(event) => {
        const to = playheadStep(event, schedule, frame)
        if (to !== null) seekAnimatic(clampFrame(schedule, to))
        else if (event.key === ' ') toggleAnimatic()
        else return
        event.preventDefault()
      }}
    />
  )
}

/** The chosen part, between its in and out. */
function RangeMark({ scale }: { scale: number }) {
  const range = useAnimatic((animatic) => animatic.range)
  if (!range) return null
  return <div className="dock-range" style={{ left: range.from * scale, width: (range.to - range.from) * scale }} />
}

/** Keeps what matters in sight: the playhead while it plays, the scene that was chosen elsewhere. */
function useAutoScroll(
  scroller: React.RefObject<HTMLElement | null>,
  schedule: SceneSchedule,
  scale: number,
  cursor: SceneSlot | null,
): void {
  const show = useRef((_left: number, _right: number) => {})
  useEffect(() => {
    show.current = (left, right) => {
      const element = scroller.current
      if (!element) return
      const width = element.clientWidth - 32
      element.scrollLeft = scrollFor(left, right, element.scrollLeft, width, schedule.frames * scale)
    }
  })
  useEffect(
    () =>
      useAnimatic.subscribe((animatic, before) => {
        if (animatic.frame !== before.frame) show.current(animatic.frame * scale, (animatic.frame + 1) * scale)
      }),
    [scale],
  )
  const [start, frames] = [cursor?.start ?? null, cursor?.frames ?? 0]
  useEffect(() => {
    if (start !== null) show.current(start * scale, (start + frames) * scale)
  }, [start, frames, scale])
}

/** Scenes beside each other, each as wide as it is long, under a ruler and a playhead. */
export function Strip({ schedule, zoom }: { schedule: SceneSchedule; zoom: number }) {
  const [attach, scroller, viewport] = useViewport()
  const selected = useUi((ui) => ui.selected)
  const cursor = useUi((ui) => ui.cursor)
  const scale = zoomScale(schedule, Math.max(1, viewport.width), zoom)
  const width = schedule.frames * scale
  const slots = useMemo(() => new Map(schedule.slots.map((slot) => [slot.scene.id, slot])), [schedule])
  const current = (cursor === null ? null : slots.get(cursor)) ?? null
  useAutoScroll(scroller, schedule, scale, current)

  const [left, right] = [viewport.left - OVERSCAN, viewport.left + viewport.width + OVERSCAN]
  const [from, to] = slotsBetween(schedule, scale, left, right)
  const marks = marksBetween(schedule.rate, schedule.frames, scale, left, right)

  const place = (clientX: number) => {
    const box = scroller.current?.querySelector('.dock-scale')?.getBoundingClientRect()
    return clampFrame(schedule, frameAtX(clientX - (box?.left ?? 0), scale))
  }
  const scrub = useDrag((clientX, moved) => {
    if (moved && !useAnimatic.getState().open) openAnimatic()
    seekAnimatic(place(clientX))
  })

  const choose = useCallback((slot: SceneSlot, how: 'only' | 'toggle' | 'extend', order: readonly SceneId[]) => {
    useUi.setState((ui) =>
      how === 'extend'
        ? extendTo(ui, slot.scene.id, order)
        : how === 'toggle'
          ? toggleScene(ui, slot.scene.id)
          : selectOnly(slot.scene.id),
    )
    const { frame } = useAnimatic.getState()
    if (how === 'only' && (frame < slot.start || frame >= slot.start + slot.frames)) seekAnimatic(slot.start)
  }, [])
  const order = () => schedule.slots.map(({ scene }) => scene.id)

  const click = (event: MouseEvent) => {
    const option = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-index]') : null
    const slot = schedule.slots[Number(option?.dataset['index'] ?? -1)]
    if (slot) choose(slot, event.shiftKey ? 'extend' : event.ctrlKey || event.metaKey ? 'toggle' : 'only', order())
  }
  const keys = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const at = current?.index ?? -1
    const last = schedule.slots.length - 1
    const targets: Readonly<Record<string, number>> = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: last }
    const target = targets[event.key]
    if (target !== undefined) {
      const slot = schedule.slots[Math.max(0, Math.min(last, target))]
      if (slot) choose(slot, event.shiftKey ? 'extend' : 'only', order())
    } else if (event.key === 'Enter' && current) {
      seekAnimatic(current.start)
      playAnimatic(1)
    } else if (event.key === ' ') toggleAnimatic()
    else return
    event.preventDefault()
  }

  const active = current && current.index >= from && current.index < to ? optionId(current.scene.id) : undefined
  return (
    <div className="dock-scroller" ref={attach}>
      <div className="dock-scale" style={{ width }}>
        <div className="dock-ruler num" onPointerDown={scrub} aria-hidden>
          {marks.map((mark) => (
            <span key={mark.x} style={{ left: mark.x }}>
              {mark.label}
            </span>
          ))}
          <RangeMark scale={scale} />
        </div>
        <div
          className="dock-clips"
          // A native list box cannot hold clips.
          // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
          role="listbox"
          tabIndex={0}
          data-timeline
          aria-label="Scenes in time"
          aria-orientation="horizontal"
          aria-multiselectable
          aria-activedescendant={active}
          onClick={click}
          onDoubleClick={() => openAnimatic()}
          onKeyDown={keys}
        >
          {schedule.slots.slice(from, to).map((slot) => (
            <Clip
              key={slot.scene.id}
              id={optionId(slot.scene.id)}
              slot={slot}
              left={slot.start * scale}
              width={Math.max(2, slot.frames * scale - GAP)}
              height={viewport.height}
              selected={selected.has(slot.scene.id)}
              count={schedule.slots.length}
            />
          ))}
        </div>
        <Playhead schedule={schedule} scale={scale} onPress={scrub} />
      </div>
    </div>
  )
}
