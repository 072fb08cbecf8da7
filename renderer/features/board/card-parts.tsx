import { Layers, LifeBuoy } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { Scene } from '../../../shared/model.ts'
import { formatUsd } from '../../../shared/money.ts'
import { clipUrl } from '../../state/media.ts'
import type { SceneState } from '../../state/scene-state.ts'
import type { SeedLabel } from '../../state/seeds.ts'
import { plural, scenePrice } from '../../state/selectors.ts'
import { STATE_LABELS } from '../../ui/state-badge.tsx'
import { staleOf } from './card-text.tsx'

/** What every drawing of a scene on the board is given. */
export interface SceneItemProps {
  readonly scene: Scene
  readonly state: SceneState
  readonly seedKind: SeedLabel['kind']
  readonly seedText: string
  readonly names: readonly string[]
  readonly selected: boolean
  /** True while several are chosen: cards then show boxes to tick. */
  readonly picking: boolean
  /** Lines of the prompt that have room. */
  readonly lines: number
  readonly onTick: (scene: Scene, range: boolean) => void
  /** True while the pointer is over it. */
  readonly hovered: boolean
}

/** Hovering longer than this is not passing by. */
const HOVER_MS = 180

/** True of a scene whose picture is of a clip that may play in place. */
export const playable = (state: SceneState): boolean =>
  state.poster !== null && (state.name === 'ready' || state.name === 'picked' || state.name === 'draft')

/** The clip of a ready card, playing without sound while the pointer rests on it. */
export function HoverClip({ state }: { state: SceneState }) {
  const [playing, setPlaying] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setPlaying(!matchMedia('(prefers-reduced-motion: reduce)').matches), HOVER_MS)
    return () => clearTimeout(timer)
  }, [])
  if (!playing || !state.poster) return null
  return <video className="hover-clip" src={clipUrl(state.poster.id)} muted loop autoPlay playsInline tabIndex={-1} />
}

/** What a screen reader hears of a card. */
export function itemName(scene: Scene, state: SceneState): string {
  const held = state.name === 'queued' && state.take?.onHold === true
  return [
    `Scene ${scene.number}`,
    scene.title || 'untitled',
    held ? 'On hold' : STATE_LABELS[state.name],
    state.poster?.provider === 'rehearsal' ? 'rehearsal' : null,
    isRecovered(state) ? 'recovered' : null,
    formatUsd(scenePrice(scene)),
    plural(state.takeCount, 'take'),
    staleOf(state),
  ]
    .filter(Boolean)
    .join(', ')
}

/** True when the take of the card was found at the service after its answer had been lost. */
export const isRecovered = (state: SceneState): boolean => (state.take ?? state.poster)?.recovered === true

export const RecoveredMark = () => (
  <span className="plate recovered" title="Recovered: found at the service after its answer was lost">
    <LifeBuoy size={12} strokeWidth={2} aria-hidden />
  </span>
)

export const TakeCount = ({ count }: { count: number }) => (
  <span className="plate num">
    <Layers size={12} strokeWidth={2} aria-hidden />
    {count}
  </span>
)
