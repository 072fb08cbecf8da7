import { memo } from 'react'
import { formatUsd } from '../../../shared/money.ts'
import { ScenePicture } from '../../common/pictures.tsx'
import { padNumber, scenePrice } from '../../state/selectors.ts'
import { SeedChip } from '../../ui/chip.tsx'
import { CardBadge, ProgressFoot, ProgressText } from './card-progress.tsx'
import { HoverClip, isRecovered, playable, RecoveredMark, type SceneItemProps } from './card-parts.tsx'
import { PromptText, StaleLine, staleOf, troubleOf } from './card-text.tsx'
import { CheckMark } from './check-mark.tsx'

/** A scene as a row of the list. Its columns are named by `ListHead`. */
export const SceneRow = memo(function SceneRow(props: SceneItemProps) {
  const { scene, state, selected, picking, hovered, onTick } = props
  const trouble = troubleOf(state)
  const stale = staleOf(state)
  return (
    <>
      {/* A shortcut for the pointer; Shift with an arrow or Space does the same. */}
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions */}
      <span
        className="row-slate num"
        onClick={(event) => {
          event.stopPropagation()
          onTick(scene, event.shiftKey)
        }}
      >
        {(picking || hovered) && <CheckMark on={selected} />}
        {padNumber(scene.number)}
      </span>
      <ScenePicture scene={scene} state={state}>
        {hovered && playable(state) && <HoverClip state={state} />}
        {state.take && <ProgressFoot take={state.take} />}
      </ScenePicture>
      <div className="row-words">
        <div className="card-title ell">{scene.title || <span className="t3">Untitled</span>}</div>
        {stale ? (
          <StaleLine text={stale} />
        ) : (
          <p className={trouble ? `row-prompt ell ${state.name}` : 'row-prompt ell'} title={trouble ?? undefined}>
            {trouble ?? <PromptText prompt={scene.prompt} names={props.names} />}
          </p>
        )}
      </div>
      <span className="row-state">
        <CardBadge state={state} />
        {state.take && <ProgressText take={state.take} />}
        {isRecovered(state) && <RecoveredMark />}
      </span>
      <span className="row-seed">
        <SeedChip kind={props.seedKind} text={props.seedText} />
      </span>
      <span className="row-shot num">{scene.resolution}</span>
      <span className="row-shot num">{scene.aspectRatio}</span>
      <span className="row-number num">{scene.duration} s</span>
      <span className="row-number num">{state.takeCount === 0 ? '–' : state.takeCount}</span>
      <span className="row-number num">{formatUsd(scenePrice(scene))}</span>
    </>
  )
})

/** The names of the columns. Every row is read aloud as a whole, so this is for the eye. */
export const ListHead = ({ width }: { width: number }) => (
  <div className="list-head" aria-hidden style={{ width }}>
    <span>Scene</span>
    <span />
    <span />
    <span>State</span>
    <span className="row-seed">Seed</span>
    <span className="row-shot">Size</span>
    <span className="row-shot">Aspect</span>
    <span className="row-number">Length</span>
    <span className="row-number">Takes</span>
    <span className="row-number">Price</span>
  </div>
)
