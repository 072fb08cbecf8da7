import { useRef, useState } from 'react'
import type { SceneId, StoryboardId } from '../../../shared/ids.ts'
import type { BatchOrder, Preview } from '../../../shared/preview.ts'
import { call } from '../../state/requests.ts'

type Edits = readonly { readonly sceneId: SceneId; readonly patch: { readonly prompt: string } }[]

/** What leaves and what it costs, in order. */
const leaving = ({ rows }: Preview): string =>
  JSON.stringify(rows.map(({ key, price, heldBack, takes }) => [key, price, heldBack, takes]))

/**
 * Saves edited prompts, as one step of undo, before a batch is started from them. When that changes what would be sent,
 * nothing is: the artist is told and looks again.
 * @param start what sends the order and keeps a second press from buying twice
 */
export function useSend(storyboardId: StoryboardId, start: (order: BatchOrder) => Promise<void>) {
  const [saving, setSaving] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const [changed, setChanged] = useState(false)
  const working = useRef(false)

  const send = async (order: BatchOrder, edits: Edits, shown: Preview | null) => {
    if (working.current) return
    working.current = true
    setError(null)
    setChanged(false)
    try {
      if (edits.length > 0) {
        setSaving(true)
        await call('scene.updateMany', { edits: [...edits] })
        const now = shown && (await call('batch.preview', { storyboardId, order }))
        if (now && shown && leaving(now) !== leaving(shown)) return setChanged(true)
      }
      await start(order)
    } catch (failure) {
      setError(failure)
    } finally {
      working.current = false
      setSaving(false)
    }
  }
  return { send, saving, error, changed }
}
