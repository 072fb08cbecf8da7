import { app, type BrowserWindow, Notification, powerSaveBlocker } from 'electron'
import type { Engine } from '../../engine/api.ts'
import { type Activity, outcomeText, type Signals } from './activity.ts'
import { focusWindow } from './window.ts'

/** Shows activity through the system: task bar, badge, power and a notification when the window is out of sight. */
export function shellSignals(window: BrowserWindow): Signals {
  let blocker: number | null = null
  return {
    progress(fraction) {
      if (!window.isDestroyed()) window.setProgressBar(fraction ?? -1)
    },
    badge: (count) => void app.setBadgeCount(count),
    awake(on) {
      if (on && blocker === null) blocker = powerSaveBlocker.start('prevent-app-suspension')
      else if (!on && blocker !== null) {
        powerSaveBlocker.stop(blocker)
        blocker = null
      }
    },
    finished(outcome) {
      if (window.isDestroyed() || window.isFocused() || !Notification.isSupported()) return
      const notification = new Notification(outcomeText(outcome))
      notification.on('click', () => focusWindow(window))
      notification.show()
    },
  }
}

/** Feeds activity from the engine: what is open already, then every change. */
export async function followEngine(engine: Pick<Engine, 'call' | 'onEvent'>, activity: Activity): Promise<void> {
  engine.onEvent((event) => {
    if (event.name === 'take.put') activity.take(event.payload)
    else if (event.name === 'runner.put') activity.runner(event.payload)
  })
  const { runner, projects } = await engine.call('studio.get', {})
  activity.runner(runner)
  if (runner.inFlight + runner.waiting === 0) return
  for (const { id } of projects) (await engine.call('project.get', { projectId: id })).takes.forEach(activity.take)
}
