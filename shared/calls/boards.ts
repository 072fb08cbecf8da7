import { z } from 'zod'
import { ProjectId, ReferenceId, SceneId, Sha256, StoryboardId, TakeId } from '../ids.ts'
import { Scene, Storyboard } from '../model.ts'
import { command, nothing, query } from './define.ts'

const ScenePatch = Scene.pick({
  number: true,
  title: true,
  prompt: true,
  notes: true,
  dialogue: true,
  resolution: true,
  aspectRatio: true,
  duration: true,
  seed: true,
  section: true,
  references: true,
}).partial()
export type ScenePatch = z.infer<typeof ScenePatch>

/** Storyboards and their scenes. */
export const boardCalls = {
  'storyboard.create': command(
    z.strictObject({ projectId: ProjectId, title: z.string().min(1).max(200) }),
    z.strictObject({ storyboardId: StoryboardId }),
  ),
  'storyboard.update': command(
    z.strictObject({
      storyboardId: StoryboardId,
      patch: Storyboard.pick({ title: true, style: true, defaults: true, castId: true, numbering: true }).partial(),
    }),
    nothing,
  ),
  /** Only a storyboard without takes can be removed. Code: conflict. */
  'storyboard.remove': command(z.strictObject({ storyboardId: StoryboardId }), nothing),
  /** The prompt and the images exactly as the scene's next take would send them. */
  'scene.asSent': query(
    z.strictObject({ sceneId: SceneId }),
    z.strictObject({
      prompt: z.string(),
      references: z.array(z.strictObject({ referenceId: ReferenceId, name: z.string(), sha256: Sha256 })),
      problem: z.string().nullable(),
    }),
  ),
  'scene.create': command(
    z.strictObject({ storyboardId: StoryboardId, after: SceneId.nullable() }),
    z.strictObject({ sceneId: SceneId }),
  ),
  'scene.update': command(z.strictObject({ sceneId: SceneId, patch: ScenePatch }), nothing),
  /** Puts the scene before another, or last. */
  'scene.move': command(z.strictObject({ sceneId: SceneId, before: SceneId.nullable() }), nothing),
  'scene.duplicate': command(z.strictObject({ sceneId: SceneId }), z.strictObject({ sceneId: SceneId })),
  /** Only a scene without takes can be removed. Code: conflict. */
  'scene.remove': command(z.strictObject({ sceneId: SceneId }), nothing),
  'scene.pick': command(z.strictObject({ sceneId: SceneId, takeId: TakeId.nullable() }), nothing),
} as const
