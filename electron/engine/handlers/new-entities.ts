import { CastId, SceneId, StoryboardId, type ProjectId } from '../../../shared/ids.ts'
import type { Cast, Scene, Storyboard } from '../../../shared/model.ts'
import { DEFAULTS } from '../../../shared/models/happyhorse-1.1-r2v.ts'
import type { Ports } from '../ports.ts'

/** Entities as they are when nobody has said anything about them yet. */

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
  pickTakeId: null,
})
