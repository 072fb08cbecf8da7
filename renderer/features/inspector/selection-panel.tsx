import { Clapperboard, Film } from 'lucide-react'
import type { Scene } from '../../../shared/model.ts'
import { formatUsd } from '../../../shared/money.ts'
import { registry } from '../../commands/registry.ts'
import { rehearse } from '../../commands/scene-actions.ts'
import { ScenePicture } from '../../common/pictures.tsx'
import type { OpenBoard } from '../../state/hooks.ts'
import { padNumber, plural, stateOf, totalPrice } from '../../state/selectors.ts'
import { openGenerate } from '../../state/ui-store.ts'
import { Button } from '../../ui/button.tsx'
import { Kbd } from '../../ui/kbd.tsx'

const SHOWN = 12

/** `5 s`, or `Mixed, 4–6 s`. */
export function rangeText(values: readonly number[], unit: string): string {
  const least = Math.min(...values)
  const most = Math.max(...values)
  return least === most ? `${least} ${unit}` : `Mixed, ${least}–${most} ${unit}`
}

/** The one value all have, or the word for several. */
export const sameText = (values: readonly string[]): string =>
  new Set(values).size === 1 ? (values[0] ?? '') : 'Mixed'

/** Several scenes at once: what they have in common, and what they cost together. */
export function SelectionPanel({ board, chosen }: { board: OpenBoard; chosen: readonly Scene[] }) {
  const { left } = board.view.budget
  const rehearsing = board.view.project.provider === 'rehearsal'
  const price = totalPrice(chosen)
  const ids = chosen.map((scene) => scene.id)
  return (
    <>
      <header className="inspector-head">
        <h2 className="grow ell num">{chosen.length} scenes selected</h2>
        <Button look="ghost" size="small" onClick={() => registry.run('scene.deselect')}>
          Clear
          <Kbd keys="Escape" />
        </Button>
      </header>
      <div className="scroll">
        <section className="section" aria-label="Chosen scenes">
          <div className="chosen-scenes">
            {chosen.slice(0, SHOWN).map((scene) => (
              <ScenePicture key={scene.id} scene={scene} state={stateOf(board.view, scene)}>
                <span className="plate num chosen-number">{padNumber(scene.number)}</span>
              </ScenePicture>
            ))}
          </div>
          {chosen.length > SHOWN && <p className="field-note">and {chosen.length - SHOWN} more</p>}
        </section>
        <section className="section">
          <dl className="facts">
            <dt>Resolution</dt>
            <dd>{sameText(chosen.map((scene) => scene.resolution))}</dd>
            <dt>Aspect</dt>
            <dd>{sameText(chosen.map((scene) => scene.aspectRatio))}</dd>
            <dt>Duration</dt>
            <dd>
              {rangeText(
                chosen.map((scene) => scene.duration),
                's',
              )}
            </dd>
            <dt>Seed</dt>
            <dd>
              {sameText(
                chosen.map(({ seed }) =>
                  seed.kind === 'locked' ? String(seed.value) : seed.kind === 'random' ? 'Random' : 'Linked',
                ),
              )}
            </dd>
          </dl>
        </section>
        <section className="section" aria-label="Price">
          <div className="price-line">
            <span>{rehearsing ? 'Would cost' : 'One take of each'}</span>
            <b className={rehearsing ? 'num would' : 'num'}>{formatUsd(price)}</b>
          </div>
          {!rehearsing && left !== null && (
            <div className="price-line">
              <span>{left >= price ? 'Left of the cap after this' : 'More than is left of the cap'}</span>
              <span className="num">{formatUsd(left >= price ? ((left - price) as typeof left) : left)}</span>
            </div>
          )}
          <div className="row actions">
            <Button icon={<Film size={16} />} onClick={() => void rehearse(ids)}>
              {rehearsing ? `Rehearse ${plural(chosen.length, 'scene')}` : 'Rehearse'}
            </Button>
            {!rehearsing && (
              <Button className="paid" icon={<Clapperboard size={16} />} onClick={() => openGenerate(ids)}>
                Generate {chosen.length}
                <span className="num t2">{formatUsd(price)}</span>
              </Button>
            )}
          </div>
        </section>
      </div>
    </>
  )
}
