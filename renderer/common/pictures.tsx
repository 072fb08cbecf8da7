import { memo, type ReactNode, useState } from 'react'
import type { Scene, Take } from '../../shared/model.ts'
import { posterUrl, sketchUrl } from '../state/media.ts'
import { useProjection } from '../state/projection.ts'
import type { SceneState, SceneStateName } from '../state/scene-state.ts'
import { Frame, type FrameProps } from '../ui/thumb.tsx'
import { requestPoster } from './posters.ts'

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
  const version = useProjection(({ posterVersion }) => (take ? (posterVersion.get(take.id) ?? 0) : 0))
  const poster = take?.phase === 'ready' ? posterUrl(take.id, version) : null
  const [missing, setMissing] = useState<string | null>(null)
  const showPoster = poster !== null && missing !== poster
  const sketch = scene ? sketchUrl(scene) : null
  const ratio = showPoster ? take?.request.aspectRatio : scene?.aspectRatio
  return (
    <Frame
      contain={ratio !== '16:9'}
      {...frame}
      src={showPoster ? poster : sketch}
      picture={showPoster ? undefined : 'sketch'}
      onMissing={() => {
        if (!showPoster || !take) return
        setMissing(poster)
        // The poster of a rehearsal is drawn by the engine, without the lettering its clip has.
        if (take.provider !== 'rehearsal') requestPoster(take.id)
      }}
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
