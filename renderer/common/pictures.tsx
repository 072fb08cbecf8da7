import { memo, type ReactNode, useState } from 'react'
import type { Scene, Take } from '../../shared/model.ts'
import { WISH } from '../media/derive-queue.ts'
import { useKnownClips } from '../media/known-clips.ts'
import { posterUrl, sketchUrl } from '../state/media.ts'
import type { SceneState, SceneStateName } from '../state/scene-state.ts'
import { Frame, type FrameProps } from '../ui/thumb.tsx'
import { useWanted } from './use-wanted.ts'

type Treatment = NonNullable<FrameProps['treatment']>

/** How the picture of a scene is shown in each state. */
export function treatmentOf(name: SceneStateName, poster: Take | null): Treatment {
  switch (name) {
    case 'draft':
      return 'sketch'
    case 'queued':
      return 'wait'
    case 'generating':
      return 'soft'
    case 'failed':
    case 'attention':
      return 'dim'
    case 'downloading':
    case 'ready':
    case 'picked':
      return poster ? 'plain' : 'sketch'
  }
}

/** The poster of a take, made from the clip of a paid one when there is none yet; the sketch of its scene until then. */
export const TakePicture = memo(function TakePicture({
  scene,
  take,
  children,
  ...frame
}: {
  /** Null when the scene is gone. */
  scene: Scene | null
  /** Null for the sketch. */
  take: Take | null
  children?: ReactNode
} & Omit<FrameProps, 'src' | 'onMissing' | 'picture' | 'children'>) {
  const clip = take?.phase === 'ready' ? take.clip?.sha256 : undefined
  const made = useKnownClips((known) => (clip === undefined ? 0 : (known.made.get(clip) ?? 0)))
  const poster = take?.phase === 'ready' ? posterUrl(take, made) : null
  const [missing, setMissing] = useState<string | null>(null)
  const showPoster = poster !== null && missing !== poster
  const sketch = scene ? sketchUrl(scene) : null
  const ratio = showPoster ? take?.request.aspectRatio : scene?.aspectRatio
  const wanted = poster !== null && !showPoster && take?.provider !== 'rehearsal' && !take?.clipGone
  useWanted(wanted && take ? take : null, WISH.seen)
  return (
    <Frame
      contain={ratio !== '16:9'}
      {...frame}
      src={showPoster ? poster : sketch}
      picture={showPoster ? undefined : 'sketch'}
      onMissing={() => showPoster && setMissing(poster)}
    >
      {children}
    </Frame>
  )
})

/** The picture that stands for a scene, in the look of its state. */
export function ScenePicture({
  scene,
  state,
  children,
  ...frame
}: { scene: Scene; state: SceneState; children?: ReactNode } & Omit<
  FrameProps,
  'src' | 'onMissing' | 'picture' | 'treatment' | 'children'
>) {
  return (
    <TakePicture {...frame} scene={scene} take={state.poster} treatment={treatmentOf(state.name, state.poster)}>
      {children}
    </TakePicture>
  )
}
