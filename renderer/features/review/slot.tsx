import { type CSSProperties, memo, type ReactNode, useEffect, useRef } from 'react'
import type { TakeId } from '../../../shared/ids.ts'
import type { Take } from '../../../shared/model.ts'
import { useKnownClips } from '../../media/known-clips.ts'
import { posterUrl } from '../../state/media.ts'
import { useReview } from '../../state/review.ts'
import { BrokenClip } from './broken-clip.tsx'
import { DrawingLayer } from './drawing-layer.tsx'
import { clockOf } from './frame-clock.ts'
import type { Player } from './player-terms.ts'
import { useClip } from './use-clip.ts'

/** `ratio` as CSS wants it, from the file or, until it is read, from what was asked for. */
const ratioOf = (take: Take, facts: { readonly width: number; readonly height: number } | null): string =>
  facts ? `${facts.width} / ${facts.height}` : take.request.aspectRatio.replace(':', ' / ')

/** The same as a number. */
function shapeOf(take: Take, facts: { readonly width: number; readonly height: number } | null): number {
  const [width = 16, height = 9] = ratioOf(take, facts).split(' / ').map(Number)
  return width / height
}

/** The sound of one take at most is heard. */
function useSound(video: { readonly current: HTMLVideoElement | null }, heard: boolean): void {
  const muted = useReview((review) => review.muted)
  const volume = useReview((review) => review.volume)
  useEffect(() => {
    if (video.current) Object.assign(video.current, { muted: muted || !heard, volume })
  }, [video, heard, muted, volume])
}

/**
 * A take of the stage. The box `clip-picture` is exactly its picture, whatever room there is; what lies over it goes there.
 */
export const Slot = memo(function Slot({
  take,
  place,
  seen,
  player,
  onPresent,
  children,
}: {
  take: Take
  /** Null while it waits for its first picture, out of sight. */
  place: number | null
  /** False lies beneath the others. */
  seen: boolean
  player: Player
  onPresent(takeId: TakeId): void
  children?: ReactNode
}) {
  const video = useRef<HTMLVideoElement>(null)
  const { facts, trouble, url, retry } = useClip(take, video)
  const heard = useReview(({ active, mode }) => place === (mode === 'single' || mode === 'side' ? active : 0))
  const made = useKnownClips((known) => (take.clip ? (known.made.get(take.clip.sha256) ?? 0) : 0))
  useSound(video, heard)

  useEffect(() => {
    const element = video.current
    if (!element || !facts) return
    const clock = clockOf(facts)
    let remove = () => {}
    let current = true
    const loaded = () => {
      remove = player.add(take.id, element, clock)
      void player.cue(take.id).then(() => current && onPresent(take.id))
    }
    if (element.readyState >= element.HAVE_METADATA) loaded()
    else element.addEventListener('loadedmetadata', loaded, { once: true })
    return () => {
      current = false
      element.removeEventListener('loadedmetadata', loaded)
      remove()
    }
  }, [take.id, facts, player, onPresent])
  useEffect(() => {
    if (trouble !== null) onPresent(take.id)
  }, [take.id, trouble, onPresent])
  // The decoder and what it has read are given back at once, not when memory is swept.
  useEffect(() => {
    const element = video.current
    return () => {
      element?.removeAttribute('src')
      element?.load()
    }
  }, [])

  return (
    <div className="slot" data-take={take.id} data-place={place ?? 'next'} data-seen={seen}>
      <div className="clip-picture" style={{ '--ratio': ratioOf(take, facts) } as CSSProperties}>
        <video
          ref={video}
          src={url}
          poster={facts ? undefined : (posterUrl(take, made) ?? undefined)}
          preload="auto"
          muted
          playsInline
          disablePictureInPicture
          tabIndex={-1}
          aria-label={`Take ${take.number}`}
        >
          {/* The clips have no speech to caption. */}
          <track kind="captions" />
        </video>
        <DrawingLayer take={take} ratio={shapeOf(take, facts)} />
        {trouble === null && children}
      </div>
      {trouble !== null && seen && <BrokenClip take={take} trouble={trouble} onRetry={retry} />}
    </div>
  )
})
