import './film-tiles.css'
import { useState } from 'react'
import { STRIP } from '../../shared/clip-facts.ts'
import type { Scene, Take } from '../../shared/model.ts'
import { WISH } from '../media/derive-queue.ts'
import { useKnownClips } from '../media/known-clips.ts'
import { tilesFor } from '../media/sequence-scale.ts'
import { stripUrl } from '../state/media.ts'
import { TakePicture } from './pictures.tsx'
import { useWanted } from './use-wanted.ts'

const ratioOf = (ratio: string): number => {
  const [width = 16, height = 9] = ratio.split(':').map(Number)
  return width / height
}

/** The filmstrip of a clip over its length, in pixels; its poster, again and again, until there is one. */
export function FilmTiles({
  scene,
  take,
  width,
  height,
}: {
  /** Null when it is gone. */
  scene: Scene | null
  take: Take | null
  width: number
  height: number
}) {
  const clip = take?.clip?.sha256
  const made = useKnownClips((known) => (clip === undefined ? 0 : (known.made.get(clip) ?? 0)))
  const url = clip === undefined ? null : stripUrl(clip, made)
  const [missing, setMissing] = useState<string | null>(null)
  const shown = url !== null && missing !== url
  useWanted(url !== null && !shown ? take : null, WISH.seen)
  const tileWidth = Math.max(1, Math.round(height * ratioOf(take?.request.aspectRatio ?? scene?.aspectRatio ?? '16:9')))
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
        <TakePicture scene={scene} take={take} contain={false} />
      )}
    </span>
  ))
}
