import { formatUsd } from '../../shared/money.ts'
import type { BatchEnd } from '../state/batch-watch.ts'
import { useProjection } from '../state/projection.ts'
import { plural } from '../state/selectors.ts'
import { openProject } from '../state/session.ts'
import { showView } from '../state/ui-store.ts'
import { showToast } from '../ui/toast.tsx'
import { announce } from './announcer.ts'

/** `10 takes are ready, 1 failed` and `$7.00 charged`; null for a batch that was only cancelled. */
export function batchEndText(end: BatchEnd): { title: string; text: string } | null {
  const { ready, failed, cancelled, unsettled } = end
  if (ready + failed + unsettled === 0) return null
  const parts = [
    ready > 0 && `${plural(ready, 'take')} ${ready === 1 ? 'is' : 'are'} ready`,
    failed > 0 && (ready > 0 ? `${failed} failed` : `${plural(failed, 'take')} failed`),
    unsettled > 0 && `${unsettled} ${unsettled === 1 ? 'needs' : 'need'} attention`,
    cancelled > 0 && `${cancelled} cancelled`,
  ].filter((part) => part !== false)
  const money = end.rehearsal
    ? 'Rehearsal, nothing charged'
    : [`${formatUsd(end.charged)} charged`, end.held > 0 && `${formatUsd(end.held)} still reserved`]
        .filter((part) => part !== false)
        .join(', ')
  return { title: parts.join(', '), text: money }
}

const settingsOf = () => useProjection.getState().studio?.settings ?? null

/** What the browser says of notifications; `none` where it has none. */
export const notifyPermission = (): NotificationPermission | 'none' =>
  typeof Notification === 'undefined' ? 'none' : Notification.permission

/** Asks the browser once, as long as it has not been answered. @returns what it says now */
export async function askToNotify(): Promise<NotificationPermission | 'none'> {
  return notifyPermission() === 'default' ? Notification.requestPermission() : notifyPermission()
}

/** Asks for notifications at the first batch, when the settings want them. */
export function askAtFirstBatch(): void {
  if (settingsOf()?.notify) void askToNotify()
}

function goTo(end: BatchEnd): void {
  const open = useProjection.getState().view?.project.id === end.projectId
  const there = () => showView(end.failed + end.unsettled > 0 ? 'queue' : 'board')
  if (open) there()
  else void openProject(end.projectId).then(there)
}

/** A notification of the system where it is wanted, allowed and nobody looks at the window. @returns whether it was made */
function notify(end: BatchEnd, title: string, body: string): boolean {
  if (!document.hidden || !settingsOf()?.notify || notifyPermission() !== 'granted') return false
  try {
    const notice = new Notification(title, { body, tag: end.batchId })
    notice.addEventListener('click', () => {
      window.focus()
      goTo(end)
      notice.close()
    })
    return true
  } catch {
    // Some systems have the name but take none from a page.
    return false
  }
}

/** Tells how a batch ended: in a corner, or by the system while the window is not looked at. */
export function showBatchEnd(end: BatchEnd): void {
  const words = batchEndText(end)
  if (!words) return
  const project = useProjection.getState().studio?.projects.get(end.projectId)?.title
  const elsewhere = useProjection.getState().view?.project.id !== end.projectId
  const text = elsewhere && project ? `${project} · ${words.text}` : words.text
  announce(`${words.title}. ${text}.`, end.unsettled > 0)
  if (notify(end, words.title, project ? `${project} · ${words.text}` : words.text)) return
  showToast({
    kind: end.failed + end.unsettled > 0 ? 'attention' : 'info',
    id: `batch:${end.batchId}`,
    title: words.title,
    text,
    action: { label: end.failed + end.unsettled > 0 ? 'Show in queue' : 'Show', run: () => goTo(end) },
  })
}
