import type { ScenePatch } from '../../shared/calls/boards.ts'
import type { SceneId } from '../../shared/ids.ts'
import type { Scene, SeedPolicy } from '../../shared/model.ts'
import { type AspectRatio, listPrice, type Resolution } from '../../shared/models/happyhorse-1.1-r2v.ts'
import { subtractUsd, sumUsd, type UsdMicros } from '../../shared/money.ts'

/** Characters the engine takes. */
const PROMPT_MOST = 20_000

/** What shall change in several scenes; what is not named stays as each has it. */
export interface BatchEdit {
  readonly resolution?: Resolution
  readonly aspectRatio?: AspectRatio
  /** Seconds. */
  readonly duration?: number
  readonly seed?: SeedPolicy
  /** Null: those each prompt mentions. */
  readonly references?: Scene['references']
  /** Text that every prompt shall end with. */
  readonly append?: string
}

/** What several scenes' seeds shall become: each its own, all one number, or drawn for each take. */
export type SeedChoice = 'keep' | 'one' | 'random'

/** @param value the one seed; null while what was typed is none */
export function seedEdit(choice: SeedChoice, value: number | null): BatchEdit {
  if (choice === 'random') return { seed: { kind: 'random' } }
  return choice === 'one' && value !== null ? { seed: { kind: 'locked', value } } : {}
}

/** The one value all have, or null for several. */
export const common = <T>(values: readonly T[]): T | null =>
  values.length > 0 && new Set(values).size === 1 ? (values[0] ?? null) : null

/** `Mixed, 4–6 s`, or null when all have the same. */
export function mixedSeconds(scenes: readonly Scene[]): string | null {
  const seconds = scenes.map(({ duration }) => duration)
  const [least, most] = [Math.min(...seconds), Math.max(...seconds)]
  return least === most ? null : `Mixed, ${least}–${most} s`
}

const sameSeed = (a: SeedPolicy, b: SeedPolicy) => JSON.stringify(a) === JSON.stringify(b)
const sameReferences = (a: Scene['references'], b: Scene['references']) => JSON.stringify(a) === JSON.stringify(b)

/** The prompt with a text at its end, as a sentence of its own; unchanged when it ends so already or would be too long. */
export function appended(prompt: string, text: string): string {
  const added = text.trim()
  const before = prompt.trimEnd()
  if (added === '' || before.endsWith(added)) return prompt
  const next = before === '' ? added : `${before}${/[.!?…:;,\n]$/.test(before) ? '' : '.'} ${added}`
  return next.length > PROMPT_MOST ? prompt : next
}

/** The edits that bring scenes to what is wished; scenes that already are so have none. */
export function editsFor(
  scenes: readonly Scene[],
  edit: BatchEdit,
): readonly { readonly sceneId: SceneId; readonly patch: ScenePatch }[] {
  return scenes.flatMap((scene) => {
    const patch: ScenePatch = {
      ...(edit.resolution !== undefined && edit.resolution !== scene.resolution && { resolution: edit.resolution }),
      ...(edit.aspectRatio !== undefined &&
        edit.aspectRatio !== scene.aspectRatio && { aspectRatio: edit.aspectRatio }),
      ...(edit.duration !== undefined && edit.duration !== scene.duration && { duration: edit.duration }),
      ...(edit.seed !== undefined && !sameSeed(edit.seed, scene.seed) && { seed: edit.seed }),
      ...(edit.references !== undefined &&
        !sameReferences(edit.references, scene.references) && { references: edit.references }),
      ...(edit.append !== undefined &&
        appended(scene.prompt, edit.append) !== scene.prompt && { prompt: appended(scene.prompt, edit.append) }),
    }
    return Object.keys(patch).length > 0 ? [{ sceneId: scene.id, patch }] : []
  })
}

export interface PriceChange {
  /** One take of each scene at the paid service, as they are and as they would be. */
  readonly before: UsdMicros
  readonly after: UsdMicros
  /** How much more; negative when it gets cheaper. */
  readonly more: UsdMicros
}

/** What an edit does to the price of one take of each scene. */
export function priceChange(scenes: readonly Scene[], edit: BatchEdit): PriceChange {
  const before = sumUsd(scenes.map((scene) => listPrice(scene.resolution, scene.duration)))
  const after = sumUsd(
    scenes.map((scene) => listPrice(edit.resolution ?? scene.resolution, edit.duration ?? scene.duration)),
  )
  return { before, after, more: subtractUsd(after, before) }
}
