import { type PointerEvent, type ReactNode, useRef, useState } from 'react'
import { STRIP } from '../../../shared/clip-facts.ts'
import { timecode } from '../../../shared/frame-rate.ts'
import type { Take } from '../../../shared/model.ts'
import { useKnownClips } from '../../media/known-clips.ts'
import { stripUrl } from '../../state/media.ts'
import { playedRange, seekReview, useReview } from '../../state/review.ts'
import { useFacts } from './review-state.ts'

const TILES = Array.from({ length: STRIP.tiles }, (_, tile) => tile)
const part = (frame: number, frames: number) => `${(frame / frames) * 100}%`

/** One picture of a filmstrip, cut out of it. */
function Tile({ src, tile, ratio }: { src: string; tile: number; ratio: string }) {
  return (
    <span className="film-tile" style={{ aspectRatio: ratio }}>
      <img
        src={src}
        alt=""
        draggable={false}
        style={{ transform: `translateX(${(-100 * (tile + 0.5)) / STRIP.tiles}%)` }}
      />
    </span>
  )
}

/** Brackets of the range; what lies outside is dim. */
function RangeBrackets() {
  const range = useReview((review) => review.range)
  const told = useReview((review) => review.told)
  if (!range || !told) return null
  const { from, to } = playedRange({ range, told })
  const [left, right] = [part(from, told.frames), part(to + 1, told.frames)]
  return (
    <>
      <i className="film-outside" style={{ left: 0, width: left }} />
      <i className="film-outside" style={{ left: right, right: 0 }} />
      <i className="film-bracket in" style={{ left }} />
      <i className="film-bracket out" style={{ left: right }} />
    </>
  )
}

/**
 * The filmstrip of a take, to scrub over.
 * @param pins what is pinned to frames, over the strip
 */
export function Scrubber({ take, pins }: { take: Take | null; pins?: ReactNode }) {
  const film = useRef<HTMLDivElement>(null)
  const [hovered, setHovered] = useState<number | null>(null)
  const frame = useReview((review) => review.frame)
  const told = useReview((review) => review.told)
  const facts = useFacts(take)
  const clip = take?.clip?.sha256
  const made = useKnownClips((known) => (clip === undefined ? 0 : (known.made.get(clip) ?? 0)))
  const src = clip !== undefined && facts ? stripUrl(clip, made) : null
  const ratio = facts ? `${facts.width} / ${facts.height}` : '16 / 9'
  const frames = told?.frames ?? 1

  const frameAt = (event: PointerEvent): number => {
    const box = film.current?.getBoundingClientRect()
    const share = box && box.width > 0 ? (event.clientX - box.left) / box.width : 0
    return Math.max(0, Math.min(frames - 1, Math.floor(share * frames)))
  }
  const move = (event: PointerEvent<HTMLElement>) => {
    const at = frameAt(event)
    setHovered(at)
    if (event.currentTarget.hasPointerCapture(event.pointerId)) seekReview(at)
  }
  return (
    <div className="scrubber">
      <div className="film-pins">{pins}</div>
      <div
        ref={film}
        className="film"
        // A native range has a track of its own and cannot be a filmstrip.
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
        role="slider"
        tabIndex={0}
        aria-label="Frame"
        aria-orientation="horizontal"
        aria-valuemin={1}
        aria-valuemax={frames}
        aria-valuenow={frame + 1}
        aria-valuetext={told ? `${timecode(frame, told.rate)}, frame ${frame + 1} of ${frames}` : 'Not read yet'}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId)
          seekReview(frameAt(event))
        }}
        onPointerMove={move}
        onPointerLeave={() => setHovered(null)}
      >
        <span className="film-tiles">
          {TILES.map((tile) => (
            <span key={tile} className="film-place">
              {src && <Tile src={src} tile={tile} ratio={ratio} />}
            </span>
          ))}
        </span>
        <RangeBrackets />
        <i className="film-playhead" style={{ left: part(frame + 0.5, frames) }} />
        {hovered !== null && told && (
          <span className="film-preview on-frame" style={{ left: part(hovered + 0.5, frames) }} aria-hidden>
            {src && <Tile src={src} tile={Math.floor((hovered / frames) * STRIP.tiles)} ratio={ratio} />}
            <span className="plate num">{timecode(hovered, told.rate).slice(-5)}</span>
          </span>
        )}
      </div>
    </div>
  )
}
