import { Check, CloudAlert, LoaderCircle } from 'lucide-react'
import { saveState, useSaving } from '../../state/saving.ts'
import { Button } from '../../ui/button.tsx'
import { Tip } from '../../ui/tooltip.tsx'

/** Whether everything that was changed is in the library. */
export function SaveMark() {
  const state = saveState(useSaving())
  if (state.kind === 'failed') {
    return (
      <span className="save-mark failed" role="alert">
        <CloudAlert size={14} aria-hidden />
        <span className="ell">Not saved: {state.reason}</span>
        <Button size="small" onClick={state.again}>
          Retry
        </Button>
      </span>
    )
  }
  const saving = state.kind === 'saving'
  return (
    <Tip text={saving ? 'A change is on its way to the library' : 'Every change is in the library'}>
      <span className="save-mark" data-state={state.kind}>
        {saving ? <LoaderCircle size={12} className="spin" aria-hidden /> : <Check size={12} aria-hidden />}
        <span className="save-word">{saving ? 'Saving' : 'Saved'}</span>
      </span>
    </Tip>
  )
}
