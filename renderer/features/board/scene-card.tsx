import { Layers, RefreshCw } from 'lucide-react'
import { memo, type MouseEvent, type Ref, useEffect, useState } from 'react'
import type { Scene } from '../../../shared/model.ts'
import { formatUsd } from '../../../shared/money.ts'
import { ScenePicture } from '../../common/pictures.tsx'
import { clipUrl } from '../../state/media.ts'
import { promptParts } from '../../state/mentions.ts'
import { type SceneState, staleText, troubleText } from '../../state/scene-state.ts'
import type { SeedLabel } from '../../state/seeds.ts'
import { padNumber, plural, scenePrice } from '../../state/selectors.ts'
import { SeedChip } from '../../ui/chip.tsx'
import { STATE_LABELS, StateBadge } from '../../ui/state-badge.tsx'
import { ProgressFoot, ProgressText } from './card-progress.tsx'
import { CheckMark } from './check-mark.tsx'

export interface SceneCardProps {
  readonly scene: Scene
  readonly state: SceneState
  readonly seedKind: SeedLabel['kind']
  readonly seedText: string
  readonly names: readonly string[]
  readonly selected: boolean
  /** True while several are chosen: cards then show boxes to tick. */
  readonly picking: boolean
  /** True on the one card that Tab leads to. */
  readonly current: boolean
  readonly dragging: boolean
  readonly onChoose: (scene: Scene, how: 'only' | 'toggle' | 'extend') => void
  readonly onOpen: (scene: Scene) => void
  readonly ref?: Ref<HTMLDivElement>
  readonly index: number
  readonly count: number
}

/** Hovering longer than this is not passing by. */
const HOVER_MS = 180

/** The clip of a ready card, playing without sound while the pointer rests on it. */
function HoverClip({ state }: { state: SceneState }) {
  const [playing, setPlaying] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setPlaying(!matchMedia('(prefers-reduced-motion: reduce)').matches), HOVER_MS)
    return () => clearTimeout(timer)
  }, [])
  if (!playing || !state.poster) return null
  return <video className="hover-clip" src={clipUrl(state.poster.id)} muted loop autoPlay playsInline tabIndex={-1} />
}

function Text({ scene, state, names }: Pick<SceneCardProps, 'scene' | 'state' | 'names'>) {
  if (state.take && (state.name === 'failed' || state.name === 'attention')) {
    return <p className={`card-text ${state.name}`}>{troubleText(state.take)}</p>
  }
  const stale = state.name === 'ready' || state.name === 'picked' ? staleText(state.take) : null
  return (
    <div className="card-text-box">
      <p className={stale ? 'card-text one-line' : 'card-text'}>
        {scene.prompt === '' ? (
          <span className="t3">No prompt yet</span>
        ) : (
          promptParts(scene.prompt, names).map((part, index) =>
            part.kind === 'mention' ? (
              // The parts of a prompt have no identity but their place.
              // oxlint-disable-next-line react/no-array-index-key
              <b key={index}>{part.text}</b>
            ) : (
              part.text
            ),
          )
        )}
      </p>
      {stale && (
        <p className="card-stale" title={stale}>
          <RefreshCw size={11} aria-hidden />
          <span className="ell">{stale.replace(/^changed since take \d+/, 'Changed')}</span>
        </p>
      )}
    </div>
  )
}

const howOf = (event: MouseEvent) => (event.shiftKey ? 'extend' : event.metaKey || event.ctrlKey ? 'toggle' : 'only')

/** One scene on the board. */
export const SceneCard = memo(function SceneCard(props: SceneCardProps) {
  const { scene, state, selected, picking, current, dragging, onChoose, onOpen, ref } = props
  const [hovered, setHovered] = useState(false)
  const price = formatUsd(scenePrice(scene))
  const rehearsal = state.poster?.provider === 'rehearsal'
  const playable =
    state.poster !== null && (state.name === 'ready' || state.name === 'picked' || state.name === 'draft')
  const label = [
    `Scene ${scene.number}`,
    scene.title || 'untitled',
    STATE_LABELS[state.name],
    rehearsal ? 'rehearsal' : null,
    price,
    plural(state.takeCount, 'take'),
  ]
    .filter(Boolean)
    .join(', ')

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
      className={`scene-card ${selected ? 'selected' : ''} ${dragging ? 'dragging' : ''}`}
      onClick={(event) => onChoose(scene, howOf(event))}
      onDoubleClick={() => onOpen(scene)}
      onPointerEnter={() => setHovered(true)}
      onPointerLeave={() => setHovered(false)}
    >
      <span className="hidden-text">{label}</span>
      <div className="card-look" aria-hidden>
        <ScenePicture scene={scene} state={state}>
          {hovered && playable && <HoverClip state={state} />}
          {/* A shortcut for the pointer; Shift with an arrow or Space does the same. */}
          {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions */}
          <span
            className="slate num"
            onClick={(event) => {
              event.stopPropagation()
              onChoose(scene, event.shiftKey ? 'extend' : 'toggle')
            }}
          >
            {(picking || hovered) && <CheckMark on={selected} />}
            {padNumber(scene.number)}
          </span>
          <span className="card-state">
            <StateBadge state={state.name} />
          </span>
          <span className="card-foot">
            <span className="card-left">
              <span className="plate num">{scene.duration} s</span>
              <span className="plate num">{scene.aspectRatio}</span>
            </span>
            <span className="card-right">
              {state.take && <ProgressText take={state.take} />}
              {rehearsal && state.name !== 'generating' && state.name !== 'downloading' && (
                <span className="plate">Rehearsal</span>
              )}
              {state.takeCount > 0 && (
                <span className="plate num">
                  <Layers size={12} strokeWidth={2} aria-hidden />
                  {state.takeCount}
                </span>
              )}
            </span>
          </span>
          {state.take && <ProgressFoot take={state.take} />}
        </ScenePicture>
        <div className="card-body">
          <div className="card-title ell">{scene.title || <span className="t3">Untitled</span>}</div>
          <Text {...props} />
          <div className="card-meta">
            <SeedChip kind={props.seedKind} text={props.seedText} />
            <span className="card-price num">{price}</span>
          </div>
        </div>
      </div>
    </div>
  )
})
