import { useEffect, useState } from 'react'
import type { Sha256, TakeId } from '../../../shared/ids.ts'
import type { ClipProblem } from '../../../shared/clip-facts.ts'
import type { ClipForm } from '../../../shared/sequence.ts'
import { lookAtClip } from '../../media/export-client.ts'
import { clipUrl } from '../../state/media.ts'
import type { PlaylistEntry } from '../../state/playlist.ts'

/** What clips need of a decoder, by their content: it never changes. */
const known = new Map<Sha256, ClipForm>()

/** What was found out of the clips of a list. */
export interface Forms {
  /** How many were looked at. */
  readonly looked: number
  readonly clips: readonly { readonly entry: PlaylistEntry; readonly form: ClipForm }[]
  readonly bad: readonly { readonly slate: string; readonly problem: ClipProblem }[]
}

const NOTHING: Forms = { looked: 0, clips: [], bad: [] }

/** Whether a clip is still where it was. */
const isThere = (takeId: TakeId): Promise<boolean> =>
  fetch(clipUrl(takeId), { method: 'HEAD' }).then(
    ({ ok }) => ok,
    () => false,
  )

async function formOf({ take }: PlaylistEntry): Promise<ClipForm | ClipProblem> {
  if (!take.clip || take.clipGone) return 'missing'
  const before = known.get(take.clip.sha256)
  if (before) return (await isThere(take.id)) ? before : 'missing'
  try {
    const form = await lookAtClip(clipUrl(take.id))
    if (!form) return 'unreadable'
    known.set(take.clip.sha256, form)
    return form
  } catch (error) {
    return error instanceof Error && 'kind' in error && error.kind === 'out-of-reach' ? 'missing' : 'unreadable'
  }
}

/** Looks at the clips of a list, one after the other. @param entries always the same list */
export function useForms(entries: readonly PlaylistEntry[]): Forms {
  const [forms, setForms] = useState(NOTHING)
  useEffect(() => {
    let wanted = true
    const look = async () => {
      const clips: { entry: PlaylistEntry; form: ClipForm }[] = []
      const bad: { slate: string; problem: ClipProblem }[] = []
      for (const [at, entry] of entries.entries()) {
        const found = await formOf(entry)
        if (!wanted) return
        if (typeof found === 'string') bad.push({ slate: entry.slate, problem: found })
        else clips.push({ entry, form: found })
        setForms({ looked: at + 1, clips: [...clips], bad: [...bad] })
      }
    }
    void look()
    return () => {
      wanted = false
    }
  }, [entries])
  return forms
}
