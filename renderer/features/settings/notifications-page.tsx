import { useState } from 'react'
import { askToNotify, notifyPermission } from '../../common/batch-notice.ts'
import { run } from '../../state/requests.ts'
import { Switch } from '../../ui/choice.tsx'
import { Notice } from '../../ui/empty.tsx'

const BLOCKED: Readonly<Partial<Record<NotificationPermission | 'none', string>>> = {
  denied: 'Notifications are blocked for this page. Allow them in the settings of the browser or the system.',
  none: 'This browser has no notifications. What happened is shown in the window.',
}

/** Whether the system tells when a batch ends. */
export function NotificationsPage({ on }: { on: boolean }) {
  const [permission, setPermission] = useState(notifyPermission)
  const change = (notify: boolean) => {
    run('settings.update', { patch: { notify } })
    if (notify) void askToNotify().then(setPermission)
  }
  const blocked = on ? BLOCKED[permission] : undefined
  return (
    <div className="settings-page">
      <div className="setting-row">
        <div className="grow">
          <strong>Tell when a batch ends</strong>
          <p className="t2 c12">
            A notification of the system while the window is hidden: how many takes are ready, how many failed, what was
            charged.
          </p>
        </div>
        <Switch label="Tell when a batch ends" checked={on} onChange={change} />
      </div>
      {blocked !== undefined && <Notice tone="attention">{blocked}</Notice>}
      {on && permission === 'default' && <p className="t2 c12">Permission is asked for when the first batch starts.</p>}
      <p className="t2 c12">While the window is in sight, the same is said in its corner.</p>
    </div>
  )
}
