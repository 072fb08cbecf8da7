import type { ReferenceId } from '../../../shared/ids.ts'
import type { Scene } from '../../../shared/model.ts'
import { DURATION, IMAGES } from '../../../shared/models/happyhorse-1.1-r2v.ts'

const joined = (texts: readonly string[]) =>
  texts
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .join('\n\n')

/** The references of all, when each chose its own; otherwise the joined prompt says who is needed. */
function references(scenes: readonly Scene[]): Scene['references'] {
  const all = new Set<ReferenceId>()
  for (const scene of scenes) {
    if (scene.references === null) return null
    for (const id of scene.references) all.add(id)
  }
  return [...all].slice(0, IMAGES.max)
}

/**
 * Makes one scene of neighbours: nothing the artist wrote is lost, seconds add up to the model's longest, everything else
 * is as in the first. Prompt, notes and dialogue are joined by a blank line.
 * @param scenes in board order
 */
export const mergeScenes = (first: Scene, others: readonly Scene[]): Scene => {
  const scenes = [first, ...others]
  return {
    ...first,
    title: scenes.find(({ title }) => title !== '')?.title ?? '',
    prompt: joined(scenes.map(({ prompt }) => prompt)),
    notes: joined(scenes.map(({ notes }) => notes)),
    dialogue: joined(scenes.map(({ dialogue }) => dialogue)),
    duration: Math.min(
      DURATION.max,
      scenes.reduce((seconds, { duration }) => seconds + duration, 0),
    ),
    references: references(scenes),
  }
}
