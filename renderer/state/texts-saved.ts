import { useSaving } from './saving.ts'

/**
 * Saves what is being typed, for an edit that works on the texts in the library.
 * @returns false when one of them was refused
 */
export function textsSaved(): Promise<boolean> {
  return new Promise((resolve) => {
    let off = () => {}
    const check = () => {
      const drafts = [...useSaving.getState().drafts.values()]
      const refused = drafts.some(({ state }) => state === 'failed')
      if (drafts.length > 0 && !refused) return
      off()
      resolve(!refused)
    }
    for (const draft of useSaving.getState().drafts.values()) draft.flush()
    off = useSaving.subscribe(check)
    check()
  })
}
