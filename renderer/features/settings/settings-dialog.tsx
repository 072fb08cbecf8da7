import './settings.css'
import { useState } from 'react'
import { useProjection } from '../../state/projection.ts'
import { closeSettings, useUi } from '../../state/ui-store.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { Account } from './account.tsx'
import { KeysPage } from './keys-page.tsx'
import { NotificationsPage } from './notifications-page.tsx'
import { Appearance, Library, Pace, ProjectPage, PromptPage } from './pages.tsx'

const PAGES = ['account', 'pace', 'project', 'prompt', 'keys', 'appearance', 'notifications', 'library'] as const
type Page = (typeof PAGES)[number]
const isPage = (page: string | null): page is Page => PAGES.some((each) => each === page)

/** Key, pace, cap, prompt wording, keys, theme, notifications and library. Every change counts at once. */
export default function SettingsDialog() {
  const open = useUi((ui) => ui.settingsOpen)
  const asked = useUi((ui) => ui.settingsPage)
  const studio = useProjection((projection) => projection.studio)
  const [page, setPage] = useState<Page>('account')
  const show = (next: Page) => {
    setPage(next)
    useUi.setState({ settingsPage: null })
  }
  if (!studio) return null
  const { settings } = studio
  return (
    <Dialog open={open} onClose={closeSettings} title="Settings" size="medium" bare>
      <div className="settings">
        <Tabs<Page>
          side
          label="Settings"
          value={isPage(asked) ? asked : page}
          onChange={show}
          options={[
            { value: 'account', label: 'Account', panel: <Account /> },
            { value: 'pace', label: 'Pace', panel: <Pace settings={settings} /> },
            { value: 'project', label: 'Project', panel: <ProjectPage /> },
            { value: 'prompt', label: 'Prompt', panel: <PromptPage settings={settings} /> },
            { value: 'keys', label: 'Keys', panel: <KeysPage keys={settings.keys} /> },
            { value: 'appearance', label: 'Appearance', panel: <Appearance settings={settings} /> },
            { value: 'notifications', label: 'Notifications', panel: <NotificationsPage on={settings.notify} /> },
            {
              value: 'library',
              label: 'Library',
              panel: <Library path={studio.libraryPath} version={studio.version} money={studio.money} />,
            },
          ]}
        />
      </div>
    </Dialog>
  )
}
