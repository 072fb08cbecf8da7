import { CastId, ProjectId, SceneId, StoryboardId } from '../../../shared/ids.ts'
import type { Cast, Project, Scene, Storyboard } from '../../../shared/model.ts'
import { DEFAULTS } from '../../../shared/models/happyhorse-1.1-r2v.ts'
import type { Ports } from '../ports.ts'

/** Entities as they are when nobody has said anything about them yet. */

/** Without a cap, in rehearsal. */
export function newProject({ ids, clock }: Pick<Ports, 'ids' | 'clock'>, title: string): Project {
  const now = clock.now()
  return {
    id: ProjectId.parse(ids.next()),
    title,
    cap: null,
    batchLimit: null,
    warnAt: 80,
    confirmOver: null,
    stopAfter: 3,
    provider: 'rehearsal',
    createdAt: now,
    openedAt: now,
  }
}

export const newCast = ({ ids }: Pick<Ports, 'ids'>, projectId: ProjectId): Cast => ({
  id: CastId.parse(ids.next()),
  projectId,
  title: 'Main cast',
  references: [],
})

export const newStoryboard = (
  { ids }: Pick<Ports, 'ids'>,
  projectId: ProjectId,
  castId: CastId,
  title: string,
  position: number,
): Storyboard => ({
  id: StoryboardId.parse(ids.next()),
  projectId,
  castId,
  title,
  style: '',
  defaults: { ...DEFAULTS, seed: { kind: 'random' } },
  numbering: 'keep',
  position,
})

export const newScene = ({ ids }: Pick<Ports, 'ids'>, board: Storyboard, number: string, position: number): Scene => ({
  id: SceneId.parse(ids.next()),
  storyboardId: board.id,
  position,
  number,
  title: '',
  prompt: '',
  notes: '',
  dialogue: '',
  ...board.defaults,
  references: null,
  section: null,
  pickTakeId: null,
})
