import { TakeboardError } from '../../shared/errors.ts'
import { errorText } from '../state/requests.ts'
import { openSettings, useUi } from '../state/ui-store.ts'
import { showToast } from '../ui/toast.tsx'

const NEEDS_KEY = new Set(['key-missing', 'key-rejected'])

/** The way on from an error, as a button; nothing where only the artist's next edit helps. */
function wayOn(error: unknown, again: () => void): { label: string; run(): void } | undefined {
  if (!(error instanceof TakeboardError)) return { label: 'Try again', run: again }
  if (NEEDS_KEY.has(error.code)) return { label: 'Open settings', run: openSettings }
  switch (error.remedy) {
    case 'raise-cap':
      return { label: 'Set the cap', run: () => useUi.setState({ budgetOpen: true }) }
    case 'retry':
    case 'wait':
      return { label: 'Try again', run: again }
    case 'fix-input':
    case 'none':
      return undefined
  }
}

/** Says in a corner what failed. @param again does the same once more */
export function showFailure(error: unknown, again: () => void): void {
  const { title, text } = errorText(error)
  showToast({ kind: 'error', title, text, action: wayOn(error, again) })
}
