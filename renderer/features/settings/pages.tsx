import { type FormEvent, useState } from 'react'
import type { LibraryBudget } from '../../../shared/model.ts'
import type { AccountLevel, Settings } from '../../../shared/studio-model.ts'
import { formatUsd } from '../../../shared/money.ts'
import { CapForm } from '../../common/cap-form.tsx'
import { MoneyField } from '../../common/money-field.tsx'
import { rehearsalSwitch } from '../../commands/studio-commands.ts'
import { useProjection } from '../../state/projection.ts'
import { attempt, call, run } from '../../state/requests.ts'
import { closeSettings, showView } from '../../state/ui-store.ts'
import { Button } from '../../ui/button.tsx'
import { RadioList, Segmented } from '../../ui/choice.tsx'
import { Field, NumberField, TextField } from '../../ui/field.tsx'
import { levelText, parsePerMinute, placeholderExample, placeholderProblem } from './texts.ts'

const LEVELS: readonly { value: AccountLevel; label: string }[] = [
  { value: 'bronze', label: 'Bronze' },
  { value: 'silver', label: 'Silver' },
  { value: 'gold', label: 'Gold' },
  { value: 'ultra', label: 'Ultra' },
  { value: 'custom', label: 'Custom' },
]

const update = (patch: Partial<Settings>) => run('settings.update', { patch })

function PerMinute({ saved }: { saved: number | null }) {
  const [text, setText] = useState(saved === null ? '' : String(saved))
  const read = parsePerMinute(text)
  const finish = () => read.ok && read.value !== saved && update({ perMinute: read.value })
  return (
    <Field
      label="Submissions a minute"
      error={read.ok ? null : read.message}
      hint="Left empty, it is learnt from the service's refusals."
    >
      {(ids) => (
        <TextField
          {...ids}
          className="num"
          inputMode="numeric"
          placeholder="Learnt"
          autoComplete="off"
          value={text}
          onChange={(event) => setText(event.target.value)}
          onBlur={finish}
          onKeyDown={(event) => event.key === 'Enter' && finish()}
        />
      )}
    </Field>
  )
}

/** How much may run at the service at once. */
export function Pace({ settings }: { settings: Settings }) {
  return (
    <div className="settings-page">
      <p className="t2">
        The level of your account at the service decides how many jobs may run at once. It is shown on your account page
        there.
      </p>
      <RadioList<AccountLevel>
        cards
        label="Account level"
        value={settings.level}
        onChange={(level) => update({ level })}
        options={LEVELS.map(({ value, label }) => ({ value, label, text: levelText(value) }))}
      />
      {settings.level === 'custom' && (
        <div className="custom-pace">
          <Field label="Jobs at once">
            {(ids) => (
              <NumberField
                id={ids.id}
                label="Jobs at once"
                value={settings.concurrency}
                min={1}
                max={500}
                onChange={(concurrency) => update({ concurrency })}
              />
            )}
          </Field>
          <PerMinute key={settings.perMinute} saved={settings.perMinute} />
        </div>
      )}
    </div>
  )
}

/** The cap of the open project, and what Generate uses in it. */
export function ProjectPage() {
  const view = useProjection((projection) => projection.view)
  if (!view) return <p className="t2">Open a project to set its spending cap.</p>
  return (
    <div className="settings-page">
      <h3 className="settings-title ell">{view.project.title}</h3>
      <CapForm key={view.budget.cap ?? 'none'} budget={view.budget} />
      <MoneyField
        key={`batch${view.project.batchLimit}`}
        label="Limit for one batch"
        hint="The most that one press of the button may reserve, whatever is left of the cap."
        saved={view.project.batchLimit}
        onSave={(batchLimit) => call('project.update', { projectId: view.project.id, patch: { batchLimit } })}
      />
      <section className="settings-form" aria-label="What Generate makes">
        <h3 className="section-label">What Generate makes</h3>
        <RadioList
          cards
          label="What Generate makes"
          value={view.project.provider}
          onChange={(provider) => rehearsalSwitch(provider === 'rehearsal')}
          options={[
            {
              value: 'rehearsal',
              label: 'Rehearsals',
              text: 'Free placeholder clips, rendered on this computer from titles, timings and sketches.',
            },
            { value: 'wavespeed', label: 'Paid takes', text: 'Made by the service, never past the spending cap.' },
          ]}
        />
      </section>
    </div>
  )
}

function PlaceholderForm({ saved }: { saved: string }) {
  const [text, setText] = useState(saved)
  const [busy, setBusy] = useState(false)
  const problem = placeholderProblem(text)
  const save = async (event: FormEvent) => {
    event.preventDefault()
    if (problem) return
    setBusy(true)
    await attempt(() => call('settings.update', { patch: { imagePlaceholder: text } }))
    setBusy(false)
  }
  return (
    <form className="settings-form" onSubmit={(event) => void save(event)} noValidate>
      <Field
        label="Image placeholder"
        error={problem}
        hint="Stands for a reference in the prompt as sent; {n} is its place among the images of the take."
      >
        {(ids) => (
          <span className="row">
            <TextField
              {...ids}
              className="grow"
              value={text}
              maxLength={40}
              spellCheck={false}
              onChange={(event) => setText(event.target.value)}
            />
            <Button type="submit" disabled={busy || problem !== null || text === saved}>
              Save
            </Button>
          </span>
        )}
      </Field>
      <dl className="example">
        <dt>You write</dt>
        <dd>@Mara opens the barn door.</dd>
        <dt>Sent</dt>
        <dd>{placeholderExample(problem ? saved : text)}</dd>
      </dl>
    </form>
  )
}

/** How prompts name the images they are sent with. */
export const PromptPage = ({ settings }: { settings: Settings }) => (
  <div className="settings-page">
    <PlaceholderForm key={settings.imagePlaceholder} saved={settings.imagePlaceholder} />
    <p className="t2 c12">Changing it marks takes made with another wording as changed since.</p>
  </div>
)

export const Appearance = ({ settings }: { settings: Settings }) => (
  <div className="settings-page">
    <section className="settings-form" aria-label="Theme">
      <h3 className="section-label">Theme</h3>
      <div>
        <Segmented<Settings['theme']>
          label="Theme"
          value={settings.theme}
          options={[
            { value: 'dark', label: 'Dark' },
            { value: 'light', label: 'Light' },
            { value: 'system', label: 'As the system' },
          ]}
          onChange={(theme) => update({ theme })}
        />
      </div>
      <p className="field-note">Greys are neutral in both, so that footage can be judged against them.</p>
    </section>
  </div>
)

function openLibrary(): void {
  closeSettings()
  showView('library')
}

/** Where everything is kept. */
export function Library({ path, version, money }: { path: string; version: string; money: LibraryBudget }) {
  return (
    <div className="settings-page">
      <dl className="library-facts">
        <dt>Folder</dt>
        <dd className="path">{path}</dd>
        <dt>Version</dt>
        <dd className="num">Takeboard {version}</dd>
      </dl>
      <MoneyField
        key={`library${money.cap}`}
        label="Spending cap of the whole library"
        hint={`Over every project together: ${formatUsd(money.spent)} spent, ${formatUsd(money.held)} reserved.`}
        saved={money.cap}
        onSave={(cap) => call('library.setCap', { cap })}
      />
      <p className="t2 c12">
        The folder holds the database, every clip and every reference. The library shows what it takes of the disk,
        checks it, and copies it to another one.
      </p>
      <div>
        <Button onClick={openLibrary}>Open the library</Button>
      </div>
    </div>
  )
}
