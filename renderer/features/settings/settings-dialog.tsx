import './settings.css'
import { useState } from 'react'
import { useProjection } from '../../state/projection.ts'
import { closeSettings, useUi } from '../../state/ui-store.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { Account } from './account.tsx'
import { Appearance, Library, Pace, ProjectPage, PromptPage } from './pages.tsx'

const PAGES = ['account', 'pace', 'project', 'prompt', 'appearance', 'library'] as const
type Page = (typeof PAGES)[number]

/** Key, pace, cap, prompt wording, theme and library. Every change counts at once. */
export function SettingsDialog() {
  const open = useUi((ui) => ui.settingsOpen)
  const studio = useProjection((projection) => projection.studio)
  const [page, setPage] = useState<Page>('account')
  if (!studio) return null
  const { settings } = studio
  return (
    <Dialog open={open} onClose={closeSettings} title="Settings" size="medium">
      <div className="settings">
        <Tabs<Page>
          label="Settings"
          value={page}
          onChange={setPage}
          options={[
            { value: 'account', label: 'Account', panel: <Account /> },
            { value: 'pace', label: 'Pace', panel: <Pace settings={settings} /> },
            { value: 'project', label: 'Project', panel: <ProjectPage /> },
            { value: 'prompt', label: 'Prompt', panel: <PromptPage settings={settings} /> },
            { value: 'appearance', label: 'Appearance', panel: <Appearance settings={settings} /> },
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
