import { type CSSProperties, type PointerEvent, useCallback, useEffect, useRef, useState } from 'react'
import type { TakeId } from '../../../shared/ids.ts'
import type { Take } from '../../../shared/model.ts'
import { zoomBy } from '../../commands/review-actions.ts'
import type { ReviewNow } from '../../commands/review-now.ts'
import { playReview, removeTake, toggleReview, useReview } from '../../state/review.ts'
import { padNumber } from '../../state/selectors.ts'
import { BlendField, WipeHandle } from './blend-controls.tsx'
import { DrawingBar } from './drawing-bar.tsx'
import { Guides, TakeGuides } from './guides.tsx'
import { LETTERS, useFacts } from './review-state.ts'
import { Slot } from './slot.tsx'
import { type StagePlace, useStageTakes } from './use-stage-takes.ts'
import { usePlayer } from './use-player.ts'

const GAP = 12

/** Which places are seen; in modes of two, A and the active other. */
function isSeen(place: number | null, { mode, active }: { mode: string; active: number }, count: number): boolean {
  if (place === null) return false
  if (mode === 'side') return true
  if (mode === 'single' || count < 2) return place === Math.min(active, count - 1)
  return place === 0 || place === secondOf(active, count)
}
const secondOf = (active: number, count: number) => (active > 0 && active < count ? active : 1)

/** How many columns make the pictures largest. */
const columnsFor = (count: number, ratio: number) => (count < 3 || ratio < 1 ? count : 2)

/** Whose picture it is. */
function Plate({ now, take, place }: { now: ReviewNow; take: Take; place: number }) {
  const shift = useReview(({ shifts }) => shifts[take.id] ?? 0)
  const several = now.takes.length > 1
  const scene = take.sceneId === now.scene.id ? null : now.view.scenes.get(take.sceneId)
  return (
    <span className="plate review-plate num">
      {several && <b>{LETTERS[place]}</b>}
      {scene && `Scene ${padNumber(scene.number)}, `}
      Take {take.number} · {take.request.seed}
      {shift !== 0 && <span className="plate-shift">{shift > 0 ? `+${shift}` : `−${-shift}`} f</span>}
    </span>
  )
}

/** Moves an enlarged picture with the pointer. @returns whether what just ended was such a move */
function usePan() {
  const from = useRef<{ x: number; y: number; moved: boolean } | null>(null)
  return {
    down(event: PointerEvent<HTMLElement>) {
      from.current = { x: event.clientX, y: event.clientY, moved: false }
    },
    move(event: PointerEvent<HTMLElement>) {
      const start = from.current
      if (!start || event.buttons === 0 || useReview.getState().zoom === 'fit') return
      const [dx, dy] = [event.clientX - start.x, event.clientY - start.y]
      if (!start.moved && Math.hypot(dx, dy) < 4) return
      if (!start.moved) event.currentTarget.setPointerCapture(event.pointerId)
      from.current = { x: event.clientX, y: event.clientY, moved: true }
      useReview.setState(({ pan }) => ({ pan: { x: pan.x + dx, y: pan.y + dy } }))
    },
    ended: () => from.current?.moved === true,
  }
}

/** Width of an element in CSS pixels. */
function useWidth(element: { readonly current: HTMLElement | null }): number {
  const [width, setWidth] = useState(0)
  useEffect(() => {
    if (!element.current) return
    const observer = new ResizeObserver(([entry]) => setWidth(entry?.contentRect.width ?? 0))
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [element])
  return width
}

/** Closer and farther with the wheel while Ctrl or Cmd is held, as a pinch of a touchpad says. */
function useWheelZoom(element: { readonly current: HTMLElement | null }): void {
  useEffect(() => {
    const wheel = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return
      event.preventDefault()
      zoomBy(Math.exp(-event.deltaY / 300))
    }
    const stage = element.current
    stage?.addEventListener('wheel', wheel, { passive: false })
    return () => stage?.removeEventListener('wheel', wheel)
  }, [element])
}

/** The takes, alone or compared. */
export function Stage({ now }: { now: ReviewNow }) {
  const { takes } = now
  const stage = useRef<HTMLDivElement>(null)
  const box = useRef<HTMLDivElement>(null)
  const player = usePlayer(takes, stage)
  const { places, present } = useStageTakes(takes)
  const chosenMode = useReview((review) => review.mode)
  const active = useReview((review) => review.active)
  const wipe = useReview((review) => review.wipe)
  const opacity = useReview((review) => review.opacity)
  const zoom = useReview((review) => review.zoom)
  const pan = useReview((review) => review.pan)
  const started = useCallback(
    (id: TakeId) => {
      present(id)
      const { startWhenThere } = useReview.getState()
      useReview.setState({ startWhenThere: false })
      if (startWhenThere) playReview(1)
    },
    [present],
  )
  const shown = places.filter((place): place is StagePlace & { place: number } => place.place !== null)
  const count = shown.length
  const mode = count < 2 ? 'single' : chosenMode
  const first = shown.find(({ place }) => place === 0)?.take ?? takes[0]
  // Alone, each take is as large as it fits, and 100 % is its own size.
  const inSight =
    mode === 'single' ? (shown.find(({ place }) => place === Math.min(active, count - 1))?.take ?? first) : first
  const facts = useFacts(inSight)
  const [across = 16, down = 9] = facts
    ? [facts.width, facts.height]
    : (inSight?.request.aspectRatio ?? '16:9').split(':').map(Number)
  const ratio = across / down

  const told = useFacts(takes[0])
  useEffect(() => {
    useReview.setState({ told: told ? { rate: told.rate, frames: told.frames } : null })
  }, [told])

  const width = useWidth(box)
  useWheelZoom(stage)
  const columns = mode === 'side' ? columnsFor(count, ratio) : 1
  const rows = mode === 'side' ? Math.ceil(count / columns) : 1
  const cell = (width - (columns - 1) * GAP) / columns
  const scale = zoom === 'fit' || cell <= 0 ? 1 : (zoom * (facts?.width ?? cell)) / (cell * devicePixelRatio)
  const drag = usePan()
  const fitted = facts && cell > 0 ? (cell * devicePixelRatio) / facts.width : 1
  useEffect(() => useReview.setState({ fitted }), [fitted])
  const alone = mode === 'side' || mode === 'single'

  return (
    <div className="review-stage on-frame" ref={stage} data-mode={mode} data-zoomed={zoom !== 'fit'}>
      {/* A shortcut for the pointer: Space plays, and Tab reaches the takes in the panel. */}
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions */}
      <div
        className="review-fit"
        onPointerDown={drag.down}
        onPointerMove={drag.move}
        onClick={(event) => {
          const target = event.target instanceof Element ? event.target : null
          if (drag.ended() || target?.closest('button,input,label,.broken-clip')) return
          const place = Number(target?.closest('[data-place]')?.getAttribute('data-place') ?? 0)
          if (mode === 'side' && place !== active) useReview.setState({ active: place })
          else toggleReview()
        }}
      >
        <div
          ref={box}
          className="review-box"
          style={
            {
              '--ratio': ratio,
              '--columns': columns,
              '--rows': rows,
              '--scale': scale,
              '--pan-x': `${zoom === 'fit' ? 0 : pan.x}px`,
              '--pan-y': `${zoom === 'fit' ? 0 : pan.y}px`,
              '--wipe': wipe,
              '--opacity': opacity,
            } as CSSProperties
          }
        >
          <div className="review-stack">
            {places.map(({ take, place }) => (
              <div
                key={take.id}
                className="review-cell"
                data-place={place ?? 'next'}
                data-over={count > 1 && mode !== 'single' && mode !== 'side' && place === secondOf(active, count)}
                data-seen={isSeen(place, { mode, active }, count)}
                data-active={mode === 'side' && place === active}
                style={{ order: place ?? 9 }}
              >
                <Slot
                  take={take}
                  place={place}
                  seen={isSeen(place, { mode, active }, count)}
                  player={player}
                  onPresent={started}
                >
                  {alone && place !== null && <TakeGuides take={take} />}
                </Slot>
              </div>
            ))}
            {!alone && <Guides ratio={ratio} />}
          </div>
          <div className="review-over">
            {shown
              .filter(({ place }) => isSeen(place, { mode, active }, count))
              .toSorted((a, b) => a.place - b.place)
              .map(({ take, place }, index) => (
                <div key={take.id} className={index > 0 && mode !== 'side' ? 'over-cell right' : 'over-cell'}>
                  <Plate now={now} take={take} place={place} />
                  {mode === 'side' && count > 2 && (
                    <button
                      type="button"
                      className="plate plate-remove"
                      aria-label={`Leave take ${take.number} out`}
                      onClick={() => removeTake(take.id)}
                    >
                      ×
                    </button>
                  )}
                </div>
              ))}
            {mode === 'wipe' && <WipeHandle scale={scale} />}
          </div>
        </div>
      </div>
      {count > 1 && <BlendField />}
      <DrawingBar now={now} />
    </div>
  )
}
