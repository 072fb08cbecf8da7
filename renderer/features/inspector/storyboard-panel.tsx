import { formatUsd } from '../../../shared/money.ts'
import type { OpenBoard } from '../../state/hooks.ts'
import { run } from '../../state/requests.ts'
import { plural, runningTime, totalPrice } from '../../state/selectors.ts'
import { InlineName } from './inline-name.tsx'
import { ShotSettings } from './shot-settings.tsx'
import { StyleNote } from './style-note.tsx'

/** The storyboard itself, shown while no scene is chosen. */
export function StoryboardPanel({ board }: { board: OpenBoard }) {
  const { storyboard, scenes } = board
  return (
    <>
      <header className="inspector-head">
        <InlineName
          className="inspector-title"
          label="Name of the storyboard"
          value={storyboard.title}
          maxLength={200}
          onSave={(title) => run('storyboard.update', { storyboardId: storyboard.id, patch: { title } })}
        />
      </header>
      <div className="scroll">
        <section className="section">
          <dl className="facts">
            <dt>Scenes</dt>
            <dd>{plural(scenes.length, 'scene')}</dd>
            <dt>Running time</dt>
            <dd>{runningTime(scenes)}</dd>
            <dt>One take of each</dt>
            <dd>{formatUsd(totalPrice(scenes))}</dd>
          </dl>
        </section>
        <StyleNote storyboard={storyboard} />
        <ShotSettings
          title="New scenes start with"
          value={storyboard.defaults}
          onChange={(patch) =>
            run('storyboard.update', {
              storyboardId: storyboard.id,
              patch: { defaults: { ...storyboard.defaults, ...patch } },
            })
          }
        />
      </div>
    </>
  )
}
