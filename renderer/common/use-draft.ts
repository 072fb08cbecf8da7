import { useEffect, useRef, useState } from 'react'
import { createDraft, type Draft, type DraftState } from '../state/drafts.ts'
import { attempt } from '../state/requests.ts'

export interface DraftText {
  readonly text: string
  readonly state: DraftState
  edit(text: string): void
  flush(): void
}

/**
 * A text that is edited here and saved after a pause, on leaving the field, and when the window is hidden or closed.
 * Mount it anew (by key) for another entity.
 * @param saved what the engine has
 * @param save sends a text; a rejection is reported and the text kept
 */
export function useDraft(saved: string, save: (text: string) => Promise<unknown>): DraftText {
  const [local, setLocal] = useState<string | null>(null)
  const [state, setState] = useState<DraftState>('saved')
  const saveNow = useRef(save)
  const localNow = useRef(local)
  useEffect(() => {
    saveNow.current = save
    localNow.current = local
  })

  const draft = useRef<Draft | null>(null)
  useEffect(() => {
    const made = createDraft({
      save: async (text) => {
        const done = await attempt(() => saveNow.current(text).then(() => true))
        if (done === null) throw new Error('The text was not saved.')
      },
      onState: setState,
    })
    draft.current = made
    const flush = () => made.flush()
    const hidden = () => document.visibilityState === 'hidden' && made.flush()
    window.addEventListener('pagehide', flush)
    document.addEventListener('visibilitychange', hidden)
    return () => {
      window.removeEventListener('pagehide', flush)
      document.removeEventListener('visibilitychange', hidden)
      made.dispose()
    }
  }, [])

  // Once saved, the engine's text counts again as soon as it has arrived.
  useEffect(() => {
    if (state === 'saved' && saved === localNow.current) setLocal(null)
  }, [saved, state])
  // A change made elsewhere shows unless something is being typed here.
  const [seen, setSeen] = useState(saved)
  if (seen !== saved) {
    setSeen(saved)
    if (state === 'saved' && local !== null) setLocal(null)
  }

  return {
    text: local ?? saved,
    state,
    edit(text) {
      setLocal(text)
      draft.current?.edit(text)
    },
    flush: () => draft.current?.flush(),
  }
}
