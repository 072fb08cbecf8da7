/* oxlint-disable jsx-a11y/prefer-tag-over-role -- a native option cannot hold pictures */
import { Check, Star, Trash2, X } from 'lucide-react'
import { memo, type MouseEvent, type PointerEvent, useState } from 'react'
import { STRIP } from '../../../shared/clip-facts.ts'
import type { LibraryTake } from '../../../shared/contract.ts'
import type { Take } from '../../../shared/model.ts'
import { formatUsd } from '../../../shared/money.ts'
import { TakePicture } from '../../common/pictures.tsx'
import { useWanted } from '../../common/use-wanted.ts'
import { WISH } from '../../media/derive-queue.ts'
import { useKnownClips } from '../../media/known-clips.ts'
import { stripUrl } from '../../state/media.ts'
import { padNumber } from '../../state/selectors.ts'
import { LABEL_WORDS, LabelDot } from '../../ui/take-label.tsx'
import { formatDate } from './format.ts'

/** The filmstrip of a clip at one place of it, over its poster. */
function Scrub({ take, tile }: { take: Take; tile: number }) {
  const clip = take.clip?.sha256
  const made = useKnownClips((known) => (clip === undefined ? 0 : (known.made.get(clip) ?? 0)))
  const url = clip === undefined ? null : stripUrl(clip, made)
  const [missing, setMissing] = useState<string | null>(null)
  const [loaded, setLoaded] = useState<string | null>(null)
  useWanted(url !== null && missing === url ? take : null, WISH.seen)
  if (url === null || missing === url) return null
  return (
    <>
      <img
        className="scrub"
        src={url}
        alt=""
        draggable={false}
        style={{ width: `${STRIP.tiles * 100}%`, transform: `translateX(${(-100 / STRIP.tiles) * tile}%)` }}
        onLoad={() => setLoaded(url)}
        onError={() => setMissing(url)}
      />
      {loaded === url && <i className="scrub-line" style={{ left: `${((tile + 0.5) / STRIP.tiles) * 100}%` }} />}
    </>
  )
}

/** What a screen reader says of a take. */
function words({ take, slate, scene, project, picked }: LibraryTake): string {
  const judged = [
    picked && 'picked',
    take.rejected && 'rejected',
    take.clipGone && 'clip in the bin',
    take.rating > 0 && `${take.rating} of 5 stars`,
    take.label !== 'none' && `${LABEL_WORDS[take.label].toLowerCase()} label`,
    take.provider === 'rehearsal' && 'rehearsal',
  ].filter(Boolean)
  return [`Take ${padNumber(slate)}`, scene || 'Untitled', project, ...judged].join(', ')
}

export const cardId = (index: number): string => `library-take-${index}`

/** A take of the library: its poster, which the pointer scrubs, and what is known of it. */
export const Card = memo(function Card({
  found,
  index,
  total,
  chosen,
  current,
  onPress,
  onOpen,
}: {
  found: LibraryTake
  index: number
  total: number
  chosen: boolean
  /** The one card Tab leads to. */
  current: boolean
  onPress(index: number, event: MouseEvent): void
  onOpen(found: LibraryTake): void
}) {
  const { take, slate, scene, project, picked } = found
  const [tile, setTile] = useState<number | null>(null)
  const move = (event: PointerEvent<HTMLElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect()
    setTile(Math.max(0, Math.min(STRIP.tiles - 1, Math.floor(((event.clientX - left) / width) * STRIP.tiles))))
  }
  return (
    // The list has the keys of its cards.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      id={cardId(index)}
      role="option"
      aria-selected={chosen}
      aria-setsize={total}
      aria-posinset={index + 1}
      tabIndex={current ? 0 : -1}
      className={`library-card ${chosen ? 'chosen' : ''}`}
      data-take={take.id}
      onClick={(event) => onPress(index, event)}
      onDoubleClick={() => onOpen(found)}
    >
      <span className="hidden-text">{words(found)}</span>
      <div aria-hidden className="library-picture" onPointerMove={move} onPointerLeave={() => setTile(null)}>
        <TakePicture
          scene={null}
          take={take}
          ratio="16 / 9"
          treatment={take.rejected || take.clipGone ? 'dim' : 'plain'}
        >
          {tile !== null && !take.clipGone && <Scrub take={take} tile={tile} />}
          <span className="plate num library-slate">{padNumber(slate)}</span>
          {picked && (
            <span className="plate library-mark state-picked">
              <Check size={12} strokeWidth={2.5} aria-hidden /> Picked
            </span>
          )}
          {take.rejected && !take.clipGone && (
            <span className="plate library-mark state-failed">
              <X size={12} strokeWidth={2.5} aria-hidden /> Rejected
            </span>
          )}
          {take.clipGone && (
            <span className="plate library-mark">
              <Trash2 size={12} aria-hidden /> In the bin
            </span>
          )}
        </TakePicture>
      </div>
      <div aria-hidden className="library-line">
        {take.label !== 'none' && <LabelDot label={take.label} />}
        <span className="grow ell strong">{scene || 'Untitled'}</span>
        {take.rating > 0 && (
          <span className="row library-rating num">
            <Star size={12} aria-hidden />
            {take.rating}
          </span>
        )}
      </div>
      <div aria-hidden className="library-line t3">
        <span className="grow ell">{project}</span>
        <span className="num">{take.provider === 'rehearsal' ? 'Free' : formatUsd(take.price)}</span>
        <span className="num">{formatDate(take.finishedAt ?? take.createdAt)}</span>
      </div>
    </div>
  )
})
