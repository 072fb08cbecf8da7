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

const SceneIds = z.array(SceneId).min(1).max(5000)

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
  /** Puts a storyboard before another of its project; null puts it last. Code: bad-input. */
  'storyboard.move': command(z.strictObject({ storyboardId: StoryboardId, before: StoryboardId.nullable() }), nothing),
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
  /** Adds a scene before another, or last. */
  'scene.create': command(
    z.strictObject({ storyboardId: StoryboardId, before: SceneId.nullable() }),
    z.strictObject({ sceneId: SceneId }),
  ),
  'scene.update': command(z.strictObject({ sceneId: SceneId, patch: ScenePatch }), nothing),
  /** Puts the scene before another, or last. */
  'scene.move': command(z.strictObject({ sceneId: SceneId, before: SceneId.nullable() }), nothing),
  'scene.duplicate': command(z.strictObject({ sceneId: SceneId }), z.strictObject({ sceneId: SceneId })),
  /** Takes and clips stay in the library and in the history. Code: conflict while one of its takes is under way. */
  'scene.remove': command(z.strictObject({ sceneId: SceneId }), nothing),
  'scene.pick': command(z.strictObject({ sceneId: SceneId, takeId: TakeId.nullable() }), nothing),

  // Several scenes at once: one transaction, one step of undo. All scenes are of one storyboard; they keep board order.
  'scene.updateMany': command(
    z.strictObject({
      edits: z
        .array(z.strictObject({ sceneId: SceneId, patch: ScenePatch }))
        .min(1)
        .max(5000),
    }),
    nothing,
  ),
  /** Adds scenes with what is given of them, before another or last: dropped pictures, pasted text. */
  'scene.createMany': command(
    z.strictObject({
      storyboardId: StoryboardId,
      before: SceneId.nullable(),
      scenes: z.array(ScenePatch).min(1).max(500),
    }),
    z.strictObject({ sceneIds: z.array(SceneId) }),
  ),
  'scene.moveMany': command(z.strictObject({ sceneIds: SceneIds, before: SceneId.nullable() }), nothing),
  /** Each copy follows its original. */
  'scene.duplicateMany': command(
    z.strictObject({ sceneIds: SceneIds }),
    z.strictObject({ sceneIds: z.array(SceneId) }),
  ),
  'scene.removeMany': command(z.strictObject({ sceneIds: SceneIds }), nothing),
  /** Cuts the prompt at a character; the second half becomes the next scene and the seconds are shared out. */
  'scene.split': command(
    z.strictObject({ sceneId: SceneId, at: z.number().int().nonnegative() }),
    z.strictObject({ sceneId: SceneId }),
  ),
  /** Makes neighbours one scene: prompts joined, seconds added up to the model's longest. Code: conflict. */
  'scene.merge': command(
    z.strictObject({ sceneIds: z.array(SceneId).min(2).max(20) }),
    z.strictObject({ sceneId: SceneId }),
  ),
  /** Labels scenes 1, 2, 3 in board order. */
  'storyboard.renumber': command(z.strictObject({ storyboardId: StoryboardId }), nothing),
  /** Copies scenes and settings, without takes. */
  'storyboard.duplicate': command(
    z.strictObject({ storyboardId: StoryboardId }),
    z.strictObject({ storyboardId: StoryboardId }),
  ),

  /**
   * Takes back the latest edit of a project, or makes it again. Money, takes and clips are never touched. The label says
   * what was done, null when there was nothing. Code: conflict for an edit that later work stands on.
   */
  'edit.undo': command(z.strictObject({ projectId: ProjectId }), z.strictObject({ label: z.string().nullable() })),
  'edit.redo': command(z.strictObject({ projectId: ProjectId }), z.strictObject({ label: z.string().nullable() })),
} as const
