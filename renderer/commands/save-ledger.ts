import { fileNameOf, saveFile } from '../common/save-file.ts'
import { currentView } from '../state/projection.ts'
import { attempt, call } from '../state/requests.ts'

/** Hands the ledger of the open project to the browser as a file. */
export async function saveLedger(): Promise<void> {
  const view = currentView()
  if (!view) return
  const answer = await attempt(() => call('ledger.csv', { projectId: view.project.id }))
  if (answer === null) return
  saveFile(`${fileNameOf(view.project.title)} ledger.csv`, new Blob([answer.csv], { type: 'text/csv' }))
}
