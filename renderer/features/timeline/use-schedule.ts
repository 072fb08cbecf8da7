import { useEffect, useMemo } from 'react'
import { USUAL_RATE } from '../../../shared/frame-rate.ts'
import type { Scene } from '../../../shared/model.ts'
import { useWanted } from '../../common/use-wanted.ts'
import { WISH } from '../../media/derive-queue.ts'
import { factsOf, fetchFacts, useKnownClips } from '../../media/known-clips.ts'
import { useAnimatic } from '../../state/animatic.ts'
import type { OpenBoard } from '../../state/hooks.ts'
import { stateOf, takesOf } from '../../state/selectors.ts'
import { type SceneSchedule, scheduleOf, takeFor } from './schedule.ts'

/** The storyboard in time, at the frame rate of its first clip; at the usual one while there is none. */
export function useSchedule(board: OpenBoard): SceneSchedule {
  const { view, scenes } = board
  const source = useAnimatic((animatic) => animatic.source)
  const takes = useMemo(
    () =>
      new Map(scenes.map((scene) => [scene.id, takeFor(source, takesOf(view, scene.id), stateOf(view, scene).poster)])),
    [scenes, view, source],
  )
  const leading = useMemo(() => [...takes.values()].find((take) => take?.clip) ?? null, [takes])
  const clip = leading?.clip?.sha256
  const probe = useKnownClips(({ probes }) => (clip === undefined ? undefined : probes.get(clip)))
  useEffect(() => {
    if (clip !== undefined) void fetchFacts(clip)
  }, [clip])
  useWanted(probe === undefined ? leading : null, WISH.playing)
  const rate = useKnownClips(({ probes }) => factsOf(probes, clip)?.rate) ?? USUAL_RATE
  return useMemo(() => scheduleOf(scenes, (scene: Scene) => takes.get(scene.id) ?? null, rate), [scenes, takes, rate])
}
