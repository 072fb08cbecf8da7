import { Check, CircleAlert } from 'lucide-react'
import type { DraftState } from '../state/drafts.ts'

const WORDS: Readonly<Record<DraftState, string>> = {
  saved: 'Saved',
  dirty: 'Editing',
  saving: 'Saving',
  failed: 'Not saved',
}

/** Whether what was typed is kept. Quiet until something was typed. */
export function DraftMark({ state, touched }: { state: DraftState; touched: boolean }) {
  if (!touched) return null
  return (
    <output className={`draft-mark ${state}`}>
      {state === 'saved' && <Check size={12} aria-hidden />}
      {state === 'failed' && <CircleAlert size={12} aria-hidden />}
      {WORDS[state]}
    </output>
  )
}
