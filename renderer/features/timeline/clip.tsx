import { memo, useState } from 'react'
import { STRIP } from '../../../shared/clip-facts.ts'
import type { Take } from '../../../shared/model.ts'
import { TakePicture } from '../../common/pictures.tsx'
import { useWanted } from '../../common/use-wanted.ts'
import { WISH } from '../../media/derive-queue.ts'
import { useKnownClips } from '../../media/known-clips.ts'
import { stripUrl } from '../../state/media.ts'
import { padNumber } from '../../state/selectors.ts'
import { tilesFor } from '../../media/sequence-scale.ts'
import type { SceneSlot } from './schedule.ts'

/** What a clip of the timeline is: a pick, another paid take, a rehearsal, or the sketch of a scene without takes. */
export type ClipKind = 'picked' | 'ready' | 'rehearsal' | 'sketch'

const WORDS: Readonly<Record<ClipKind, string>> = {
  picked: 'picked',
  ready: 'ready',
  rehearsal: 'rehearsal',
  sketch: 'no take yet',
}

function kindOf({ scene, take }: SceneSlot): ClipKind {
  if (!take) return 'sketch'
  if (take.provider === 'rehearsal') return 'rehearsal'
  return scene.pickTakeId === take.id ? 'picked' : 'ready'
}

const ratioOf = (ratio: string): number => {
  const [width = 16, height = 9] = ratio.split(':').map(Number)
  return width / height
}

/** The filmstrip of a clip over its length; its poster, again and again, until there is one. */
function Tiles({ slot, take, width, height }: { slot: SceneSlot; take: Take | null; width: number; height: number }) {
  const clip = take?.clip?.sha256
  const made = useKnownClips((known) => (clip === undefined ? 0 : (known.made.get(clip) ?? 0)))
  const url = clip === undefined ? null : stripUrl(clip, made)
  const [missing, setMissing] = useState<string | null>(null)
  const shown = url !== null && missing !== url
  useWanted(url !== null && !shown ? take : null, WISH.seen)
  const tileWidth = Math.max(1, Math.round(height * ratioOf(take?.request.aspectRatio ?? slot.scene.aspectRatio)))
  return tilesFor(width, tileWidth, STRIP.tiles).map((tile, place) => (
    // Tiles have no other name than their place.
    // oxlint-disable-next-line react/no-array-index-key
    <span key={place} className="clip-tile" style={{ width: tileWidth }}>
      {shown ? (
        <img
          src={url}
          alt=""
          draggable={false}
          decoding="async"
          style={{ width: tileWidth * STRIP.tiles, marginLeft: -tile * tileWidth }}
          onError={() => setMissing(url)}
        />
      ) : (
        <TakePicture scene={slot.scene} take={take} contain={false} />
      )}
    </span>
  ))
}

/** A scene of the timeline, as wide as it is long. */
export const Clip = memo(function Clip({
  slot,
  id,
  left,
  width,
  height,
  selected,
  count,
}: {
  slot: SceneSlot
  id: string
  left: number
  width: number
  /** Of its pictures, in pixels. */
  height: number
  selected: boolean
  /** Of all clips. */
  count: number
}) {
  const { scene, take } = slot
  const kind = kindOf(slot)
  const number = padNumber(scene.number)
  const title = scene.title || 'Untitled'
  return (
    <div
      id={id}
      // A native option cannot hold pictures.
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
      role="option"
      aria-selected={selected}
      aria-setsize={count}
      aria-posinset={slot.index + 1}
      className="clip"
      data-kind={kind}
      data-pick={take !== null && scene.pickTakeId === take.id}
      data-scene={scene.id}
      data-index={slot.index}
      style={{ left, width }}
    >
      <span className="hidden-text">
        {`${number}, ${title}, ${scene.duration} s, ${take ? `take ${take.number}, ` : ''}${WORDS[kind]}`}
      </span>
      <div className="clip-tiles">{height > 0 && <Tiles slot={slot} take={take} width={width} height={height} />}</div>
      <div className="clip-label" aria-hidden>
        <span className="ell">
          <b className="num">{number}</b>
          <span className="clip-title"> {title}</span>
        </span>
        <span className="clip-length num">{scene.duration} s</span>
      </div>
    </div>
  )
})
