import { RefreshCw } from 'lucide-react'
import type { Scene } from '../../../shared/model.ts'
import { promptParts } from '../../state/mentions.ts'
import { type SceneState, staleText, troubleText } from '../../state/scene-state.ts'
import { capital } from '../../state/selectors.ts'

/** A prompt with the cast it mentions in bold. */
export function PromptText({ prompt, names }: { prompt: string; names: readonly string[] }) {
  if (prompt === '') return <span className="t3">No prompt yet</span>
  return promptParts(prompt, names).map((part, index) =>
    part.kind === 'mention' ? (
      // The parts of a prompt have no identity but their place.
      // oxlint-disable-next-line react/no-array-index-key
      <b key={index}>{part.text}</b>
    ) : (
      part.text
    ),
  )
}

/** Why a card needs looking at; null when nothing went wrong. */
export const troubleOf = (state: SceneState): string | null =>
  state.take && (state.name === 'failed' || state.name === 'attention') ? troubleText(state.take) : null

/** What differs between the take on a card and what the scene would send now; null when nothing does. */
export const staleOf = (state: SceneState): string | null =>
  state.name === 'ready' || state.name === 'picked' ? staleText(state.take) : null

/** The line that names what changed since the take was made. */
export function StaleLine({ text }: { text: string }) {
  return (
    <p className="card-stale" title={capital(text)}>
      <RefreshCw size={11} aria-hidden />
      <span className="ell">{text.replace(/^changed since take \d+/, 'Changed')}</span>
    </p>
  )
}

/** The words of a card: its prompt, what changed since its take, or what went wrong with it. */
export function CardText({
  scene,
  state,
  names,
  lines,
}: {
  scene: Scene
  state: SceneState
  names: readonly string[]
  /** How many have room; none on the smallest cards. */
  lines: number
}) {
  if (lines === 0) return <span />
  const trouble = troubleOf(state)
  const clamp = (count: number) => ({ WebkitLineClamp: count })
  if (trouble) {
    return (
      <p className={`card-text ${state.name}`} style={clamp(lines)} title={trouble}>
        {trouble}
      </p>
    )
  }
  const stale = staleOf(state)
  return (
    <div className="card-text-box">
      <p className="card-text" style={clamp(stale ? lines - 1 : lines)}>
        <PromptText prompt={scene.prompt} names={names} />
      </p>
      {stale && <StaleLine text={stale} />}
    </div>
  )
}
