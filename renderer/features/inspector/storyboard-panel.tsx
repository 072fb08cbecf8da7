import { Dice5, ListOrdered } from 'lucide-react'
import type { SceneDefaults, Storyboard } from '../../../shared/model.ts'
import { formatUsd } from '../../../shared/money.ts'
import { toastWithUndo } from '../../commands/undo.ts'
import type { OpenBoard } from '../../state/hooks.ts'
import { attempt, call, run } from '../../state/requests.ts'
import { parseSeed, rollSeed } from '../../state/seeds.ts'
import { plural, runningTime, stateOf, takesOf, totalPrice } from '../../state/selectors.ts'
import { showView } from '../../state/ui-store.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Segmented } from '../../ui/choice.tsx'
import { MenuChoice, MenuItem, MenuSeparator } from '../../ui/menu.tsx'
import { FieldMenu } from './field-menu.tsx'
import { InlineName } from './inline-name.tsx'
import { NumberEntry } from './number-entry.tsx'
import { ShotSettings } from './shot-settings.tsx'
import { StyleNote } from './style-note.tsx'

const update = (
  storyboard: Storyboard,
  patch: Partial<Pick<Storyboard, 'title' | 'castId' | 'numbering' | 'defaults'>>,
) => run('storyboard.update', { storyboardId: storyboard.id, patch })

/** How much there is, and what it comes to. */
function Totals({ board }: { board: OpenBoard }) {
  const { scenes, view } = board
  let takes = 0
  let picked = 0
  for (const scene of scenes) {
    takes += takesOf(view, scene.id).filter(({ phase }) => phase === 'ready').length
    if (stateOf(view, scene).name === 'picked') picked += 1
  }
  return (
    <section className="section" aria-label="Totals">
      <dl className="facts">
        <dt>Scenes</dt>
        <dd>{plural(scenes.length, 'scene')}</dd>
        <dt>Running time</dt>
        <dd>{runningTime(scenes)}</dd>
        <dt>Takes</dt>
        <dd>{plural(takes, 'take')}</dd>
        <dt>Picked</dt>
        <dd>
          {picked} of {scenes.length}
        </dd>
        <dt>One take of each</dt>
        <dd>{formatUsd(totalPrice(scenes))}</dd>
      </dl>
    </section>
  )
}

/** Which cast stands for the storyboard, and how its scenes are labelled. */
function Setup({ board }: { board: OpenBoard }) {
  const { storyboard, view, cast } = board
  const casts = [...view.casts.values()].toSorted((a, b) => a.title.localeCompare(b.title))
  const renumber = async () => {
    const done = await attempt(() => call('storyboard.renumber', { storyboardId: storyboard.id }))
    if (done) toastWithUndo('Scenes renumbered')
  }
  const images = (count: number) => (count === 0 ? 'Empty' : plural(count, 'image'))
  return (
    <section className="section" aria-label="Cast and numbering">
      <div className="setting">
        <span>Cast</span>
        <FieldMenu label="Cast of the storyboard" value={cast?.title ?? 'None'} hint={cast?.references.length}>
          {casts.map((each) => (
            <MenuChoice
              key={each.id}
              checked={each.id === storyboard.castId}
              hint={images(each.references.length)}
              onClick={() => each.id !== storyboard.castId && update(storyboard, { castId: each.id })}
            >
              {each.title}
            </MenuChoice>
          ))}
          <MenuSeparator />
          <MenuItem onClick={() => showView('cast')}>Open the cast</MenuItem>
        </FieldMenu>
      </div>
      <div className="setting">
        <span>Numbering</span>
        <Segmented<Storyboard['numbering']>
          full
          label="Numbering of scenes"
          value={storyboard.numbering}
          options={[
            { value: 'keep', label: 'Keep' },
            { value: 'renumber', label: 'Renumber' },
          ]}
          onChange={(numbering) => update(storyboard, { numbering })}
        />
      </div>
      {storyboard.numbering === 'keep' ? (
        <div className="row numbering-note">
          <p className="field-note grow">A scene added after 12 becomes 12A.</p>
          <Button size="small" icon={<ListOrdered size={14} />} onClick={() => void renumber()}>
            Renumber now
          </Button>
        </div>
      ) : (
        <p className="field-note">Always 1, 2, 3 in the order of the board.</p>
      )}
    </section>
  )
}

/** The seed new scenes start with: drawn, or one for all. */
function DefaultSeed({ seed, onChange }: { seed: SceneDefaults['seed']; onChange(seed: SceneDefaults['seed']): void }) {
  const kind = seed.kind === 'locked' ? 'locked' : 'random'
  return (
    <>
      <div className="setting">
        <span>Seed</span>
        <Segmented<'random' | 'locked'>
          full
          label="Seed of new scenes"
          value={kind}
          options={[
            { value: 'random', label: 'Random' },
            { value: 'locked', label: 'One seed' },
          ]}
          onChange={(next) =>
            next !== kind && onChange(next === 'random' ? { kind: 'random' } : { kind: 'locked', value: rollSeed() })
          }
        />
      </div>
      {seed.kind === 'locked' && (
        <div className="setting">
          <span />
          <span className="row seed-row">
            <NumberEntry
              className="grow seed-field"
              label="Seed new scenes are locked to"
              value={seed.value}
              read={parseSeed}
              onSave={(value) => onChange({ kind: 'locked', value })}
            />
            <IconButton
              label="Roll a seed"
              icon={<Dice5 size={16} />}
              onClick={() => onChange({ kind: 'locked', value: rollSeed() })}
            />
          </span>
        </div>
      )}
    </>
  )
}

/** The storyboard itself, shown while no scene is chosen. */
export function StoryboardPanel({ board }: { board: OpenBoard }) {
  const { storyboard } = board
  const change = (patch: Partial<SceneDefaults>) =>
    update(storyboard, { defaults: { ...storyboard.defaults, ...patch } })
  return (
    <>
      <header className="inspector-head">
        <InlineName
          className="inspector-title"
          label="Name of the storyboard"
          value={storyboard.title}
          maxLength={200}
          onSave={(title) => update(storyboard, { title })}
        />
      </header>
      <div className="scroll">
        <Totals board={board} />
        <StyleNote storyboard={storyboard} />
        <Setup board={board} />
        <ShotSettings title="New scenes start with" value={storyboard.defaults} onChange={change}>
          <DefaultSeed seed={storyboard.defaults.seed} onChange={(seed) => change({ seed })} />
        </ShotSettings>
      </div>
    </>
  )
}
