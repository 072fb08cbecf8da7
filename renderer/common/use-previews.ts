import { useEffect, useRef, useState } from 'react'
import type { StoryboardId } from '../../shared/ids.ts'
import type { Resolution } from '../../shared/models/happyhorse-1.1-r2v.ts'
import type { BatchOrder, Preview } from '../../shared/preview.ts'
import { PASSES, type Pass } from '../state/generate-wish.ts'
import { call } from '../state/requests.ts'

export interface Previews {
  /** The latest answer for each pass; kept while a newer one is on its way. */
  readonly byPass: Readonly<Partial<Record<Pass, Preview>>>
  /** True while what is shown does not yet belong to the present order. */
  readonly behind: boolean
  readonly error: unknown
}

const PAUSE_MS = 120

/** Null leaves each scene, or each take, its own. */
export const resolutionOf = (pass: Pass): Resolution | null => (pass === 'scenes' ? null : pass)

/**
 * Prices an order, at every pass, whenever it changes or something it depends on does.
 * @param order null while it cannot be priced, such as with a wrong seed
 * @param facts what else the answer depends on; a change asks again without marking the old answer as behind
 * @param passes which to ask for; the same list every time
 */
export function usePreviews(
  storyboardId: StoryboardId,
  order: BatchOrder | null,
  facts: unknown,
  passes: readonly Pass[] = PASSES,
): Previews & { retry(): void } {
  const wanted = order === null ? null : JSON.stringify({ ...order, resolution: null })
  const [state, setState] = useState<{ key: string | null; byPass: Previews['byPass']; error: unknown }>({
    key: null,
    byPass: {},
    error: null,
  })
  const [turn, setTurn] = useState(0)
  const first = useRef(true)

  useEffect(() => {
    if (wanted === null) return
    let current = true
    const base = JSON.parse(wanted) as BatchOrder
    const ask = async () => {
      try {
        const answers = await Promise.all(
          passes.map((pass) =>
            call('batch.preview', { storyboardId, order: { ...base, resolution: resolutionOf(pass) } }),
          ),
        )
        const byPass = Object.fromEntries(passes.map((pass, index) => [pass, answers[index]]))
        if (current) setState({ key: wanted, byPass, error: null })
      } catch (error) {
        if (current) setState((before) => ({ ...before, error }))
      }
    }
    const timer = setTimeout(() => void ask(), first.current ? 0 : PAUSE_MS)
    first.current = false
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [storyboardId, wanted, facts, passes, turn])

  return {
    byPass: state.byPass,
    behind: wanted === null || state.key !== wanted,
    error: state.error,
    retry: () => setTurn((before) => before + 1),
  }
}
