import type { ReferenceId } from '../../../shared/ids.ts'
import type { Reference, Scene } from '../../../shared/model.ts'

/**
 * What a scene's choice of references becomes when its storyboard takes another cast: the images of the same names, the
 * second of a name for the second. Null, which is the choice by mention, when none of them is there.
 */
export function carryReferences(
  chosen: Scene['references'],
  from: readonly Reference[],
  to: readonly Reference[],
): Scene['references'] {
  if (chosen === null) return null
  const spot = (cast: readonly Reference[], { id, name }: Reference) =>
    cast.filter((each) => each.name === name).findIndex((each) => each.id === id)
  const carried = chosen.flatMap((id): ReferenceId[] => {
    const old = from.find((reference) => reference.id === id)
    const match = old && to.filter(({ name }) => name === old.name)[spot(from, old)]
    return match ? [match.id] : []
  })
  return carried.length === 0 ? null : carried
}
