import { memo } from 'react'
import { formatUsd } from '../../../shared/money.ts'
import { ScenePicture } from '../../common/pictures.tsx'
import { padNumber, scenePrice } from '../../state/selectors.ts'
import { SeedChip } from '../../ui/chip.tsx'
import { CardBadge, ProgressFoot, ProgressText } from './card-progress.tsx'
import { HoverClip, isRecovered, playable, RecoveredMark, type SceneItemProps, TakeCount } from './card-parts.tsx'
import { CardText } from './card-text.tsx'
import { CheckMark } from './check-mark.tsx'

/** A scene as a card of the grid. */
export const SceneCard = memo(function SceneCard(props: SceneItemProps) {
  const { scene, state, selected, picking, hovered, lines, onTick } = props
  const rehearsal = state.poster?.provider === 'rehearsal'
  const underWay = state.name === 'generating' || state.name === 'downloading'
  return (
    <>
      <ScenePicture scene={scene} state={state}>
        {hovered && playable(state) && <HoverClip state={state} />}
        {/* A shortcut for the pointer; Shift with an arrow or Space does the same. */}
        {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions */}
        <span
          className="slate num"
          onClick={(event) => {
            event.stopPropagation()
            onTick(scene, event.shiftKey)
          }}
        >
          {(picking || hovered) && <CheckMark on={selected} />}
          {padNumber(scene.number)}
        </span>
        <span className="card-state">
          <CardBadge state={state} />
        </span>
        <span className="card-foot">
          <span className="card-left">
            <span className="plate num">{scene.duration} s</span>
            <span className="plate num">{scene.aspectRatio}</span>
            {scene.resolution !== '720p' && <span className="plate num">{scene.resolution}</span>}
          </span>
          <span className="card-right">
            {state.take && <ProgressText take={state.take} />}
            {isRecovered(state) && <RecoveredMark />}
            {rehearsal && !underWay && <span className="plate">Rehearsal</span>}
            {state.takeCount > 0 && <TakeCount count={state.takeCount} />}
          </span>
        </span>
        {state.take && <ProgressFoot take={state.take} />}
      </ScenePicture>
      <div className="card-body">
        <div className="card-title ell">{scene.title || <span className="t3">Untitled</span>}</div>
        <CardText scene={scene} state={state} names={props.names} lines={lines} />
        <div className="card-meta">
          <SeedChip kind={props.seedKind} text={props.seedText} />
          <span className="card-price num">{formatUsd(scenePrice(scene))}</span>
        </div>
      </div>
    </>
  )
})
