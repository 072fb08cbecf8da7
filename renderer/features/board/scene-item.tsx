import { memo, type MouseEvent, type Ref, useCallback, useState } from 'react'
import type { BoardLook } from '../../state/ui-store.ts'
import type { Scene } from '../../../shared/model.ts'
import { itemName, type SceneItemProps } from './card-parts.tsx'
import { SceneCard } from './scene-card.tsx'
import { SceneRow } from './scene-row.tsx'

export type Choose = (scene: Scene, how: 'only' | 'toggle' | 'extend') => void

export interface ItemProps extends Omit<SceneItemProps, 'hovered' | 'onTick'> {
  readonly look: BoardLook
  /** True on the one that Tab leads to. */
  readonly current: boolean
  readonly dragging: boolean
  readonly small: boolean
  readonly onChoose: Choose
  readonly onOpen: (scene: Scene) => void
  readonly ref?: Ref<HTMLDivElement>
  /** Place among all that are shown, from 0. */
  readonly index: number
  readonly count: number
}

const howOf = (event: MouseEvent) => (event.shiftKey ? 'extend' : event.metaKey || event.ctrlKey ? 'toggle' : 'only')

/** One scene on the board, as a card or as a row. */
export const SceneItem = memo(function SceneItem(props: ItemProps) {
  const { scene, state, look, selected, current, dragging, small, onChoose, onOpen, ref } = props
  const [hovered, setHovered] = useState(false)
  const Item = look === 'grid' ? SceneCard : SceneRow
  const kind = look === 'grid' ? 'scene-card' : 'scene-row'
  const tick = useCallback((one: Scene, range: boolean) => onChoose(one, range ? 'extend' : 'toggle'), [onChoose])
  return (
    // Keys work through the commands of the board.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      ref={ref}
      // Native options hold no pictures.
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
      role="option"
      aria-selected={selected}
      aria-posinset={props.index + 1}
      aria-setsize={props.count}
      tabIndex={current ? 0 : -1}
      data-scene={scene.id}
      data-state={state.name}
      className={`${kind} ${selected ? 'selected' : ''} ${dragging ? 'dragging' : ''} ${small ? 'small' : ''}`}
      onClick={(event) => onChoose(scene, howOf(event))}
      onDoubleClick={() => onOpen(scene)}
      onPointerEnter={() => setHovered(true)}
      onPointerLeave={() => setHovered(false)}
    >
      <span className="hidden-text">{itemName(scene, state)}</span>
      <div className="card-look" aria-hidden>
        <Item
          scene={scene}
          state={state}
          seedKind={props.seedKind}
          seedText={props.seedText}
          names={props.names}
          selected={selected}
          picking={props.picking}
          lines={props.lines}
          hovered={hovered}
          onTick={tick}
        />
      </div>
    </div>
  )
})
