import { Check, CircleDashed, CircleX, Clock, Download, Eye, Loader, TriangleAlert } from 'lucide-react'
import { useEffect, useMemo } from 'react'
import type { Scene } from '../../../shared/model.ts'
import { reviewScene } from '../../commands/review-actions.ts'
import type { ReviewNow } from '../../commands/review-now.ts'
import { ScenePicture } from '../../common/pictures.tsx'
import { useVirtualRows } from '../../common/use-virtual-rows.ts'
import { leftScenes, showEverything, useRoom } from '../../state/review-filter.ts'
import { padNumber, stateOf } from '../../state/selectors.ts'
import { Button } from '../../ui/button.tsx'
import { STATE_LABELS, type StateName } from '../../ui/state-badge.tsx'
import { LABEL_WORDS, LabelDot } from '../../ui/take-label.tsx'

const ROW = 52
const ICONS = {
  draft: CircleDashed,
  queued: Clock,
  generating: Loader,
  downloading: Download,
  ready: Eye,
  picked: Check,
  failed: CircleX,
  attention: TriangleAlert,
} satisfies Record<StateName, unknown>

function SceneButton({ now, scene }: { now: ReviewNow; scene: Scene }) {
  const state = stateOf(now.view, scene)
  const Icon = ICONS[state.name]
  const current = scene.id === now.scene.id
  const label = state.poster?.label ?? 'none'
  const labelled = label === 'none' ? '' : `, ${LABEL_WORDS[label].toLowerCase()} label`
  return (
    <button
      type="button"
      className={`rail-scene state-${state.name}`}
      aria-current={current ? 'true' : undefined}
      aria-label={`Scene ${padNumber(scene.number)}, ${scene.title || 'Untitled'}, ${STATE_LABELS[state.name]}${labelled}`}
      title={scene.title || 'Untitled'}
      onClick={() => reviewScene(scene)}
    >
      <span className="rail-scene-number num">
        {padNumber(scene.number)}
        <Icon size={12} aria-hidden />
      </span>
      <ScenePicture scene={scene} state={state}>
        {label !== 'none' && (
          <span className="rail-label">
            <LabelDot label={label} />
          </span>
        )}
      </ScenePicture>
    </button>
  )
}

/** The scenes that the filter leaves, to go from one to the next. */
export function SceneRail({ now }: { now: ReviewNow }) {
  const { filter, sceneOrder } = useRoom()
  const scenes = useMemo(
    () => leftScenes(now.view, now.scenes, filter, sceneOrder),
    [now.view, now.scenes, filter, sceneOrder],
  )
  const { attach, shown, before, after, scrollTo } = useVirtualRows(scenes.length, () => ROW)
  const at = scenes.findIndex(({ id }) => id === now.scene.id)
  useEffect(() => {
    if (at >= 0) scrollTo(at)
    // Only going elsewhere scrolls.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [at])
  return (
    <nav className="panel review-rail" aria-label="Scenes" ref={attach}>
      {scenes.length === 0 && (
        <div className="rail-none">
          <p className="c11 t3">No scene is left</p>
          <Button size="small" onClick={showEverything}>
            Show all
          </Button>
        </div>
      )}
      <div style={{ height: before }} />
      {shown.map((index) => {
        const scene = scenes[index]
        return scene && <SceneButton key={scene.id} now={now} scene={scene} />
      })}
      <div style={{ height: after }} />
    </nav>
  )
}
