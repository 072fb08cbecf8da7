import type { Budget } from '../../shared/model.ts'
import { call } from '../state/requests.ts'
import { MoneyField } from './money-field.tsx'

/** Changes the cap of a project. */
export function CapForm({ budget, onDone }: { budget: Budget; onDone?: (() => void) | undefined }) {
  return (
    <MoneyField
      label="Spending cap"
      hint="Takes that do not fit are held back. A lower cap never stops what is already reserved."
      saved={budget.cap}
      required
      placeholder="No cap"
      action={budget.cap === null ? 'Set cap' : 'Change cap'}
      onSave={async (cap) => {
        await call('project.update', { projectId: budget.projectId, patch: { cap } })
        onDone?.()
      }}
    />
  )
}
