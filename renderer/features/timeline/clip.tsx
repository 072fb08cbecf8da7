import { memo } from 'react'
import { FilmTiles } from '../../common/film-tiles.tsx'
import { padNumber } from '../../state/selectors.ts'
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
      <div className="clip-tiles">
        {height > 0 && <FilmTiles scene={scene} take={take} width={width} height={height} />}
      </div>
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
