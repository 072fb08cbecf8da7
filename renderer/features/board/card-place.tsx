import { memo } from 'react'
import type { ProjectView } from '../../state/apply-event.ts'
import { seedLabel } from '../../state/seeds.ts'
import { stateOf } from '../../state/selectors.ts'
import type { BoardLayout, DropPlace } from './layout.ts'
import { type ItemProps, SceneItem } from './scene-item.tsx'

/** A card narrower than this has room for an icon where others have a word. */
const SMALL = 168

export interface CardPlaceProps extends Omit<
  ItemProps,
  'state' | 'seedKind' | 'seedText' | 'look' | 'small' | 'lines'
> {
  readonly view: ProjectView
  readonly layout: BoardLayout
  /** From the left and the top of the board, in pixels. */
  readonly left: number
  readonly top: number
  /** The side on which something would be let go beside it. */
  readonly drop: DropPlace['side'] | null
}

/** A scene at its place on the board. Scrolling draws only those that come into sight. */
export const CardPlace = memo(function CardPlace(props: CardPlaceProps) {
  const { view, layout, left, top, drop, ...item } = props
  const seed = seedLabel(view, item.scene)
  return (
    <div
      className={drop ? `card-place drop-${drop}` : 'card-place'}
      style={{ width: layout.cardWidth, height: layout.cardHeight, transform: `translate(${left}px, ${top}px)` }}
    >
      <SceneItem
        {...item}
        look={layout.look}
        state={stateOf(view, item.scene)}
        seedKind={seed.kind}
        seedText={seed.text}
        small={layout.cardWidth < SMALL}
        lines={layout.lines}
      />
    </div>
  )
})
