import { AtSign, Users } from 'lucide-react'
import type { CastId, ReferenceId } from '../../../shared/ids.ts'
import type { Cast } from '../../../shared/model.ts'
import type { ProjectView } from '../../state/apply-event.ts'
import { castNames, plural } from '../../state/selectors.ts'
import { boardsOf } from './logic.ts'

/** The reference sets of the project, and who is in the one in sight. */
export function CastRail({
  view,
  cast,
  onChoose,
  onSelect,
}: {
  view: ProjectView
  cast: Cast
  onChoose(castId: CastId): void
  onSelect(referenceId: ReferenceId): void
}) {
  return (
    <aside className="panel rail" aria-label="Reference sets">
      <div className="scroll">
        <div className="rail-head">
          <h2>Reference sets</h2>
        </div>
        <ul className="rail-list">
          {[...view.casts.values()].map((each) => {
            const boards = boardsOf(view, each).map(({ title }) => title)
            return (
              <li key={each.id} className={each.id === cast.id ? 'rail-item on' : 'rail-item'}>
                <button
                  type="button"
                  className="rail-choice"
                  aria-current={each.id === cast.id}
                  title={boards.length > 0 ? `Sent by ${boards.join(', ')}` : 'Sent by no storyboard'}
                  onClick={() => onChoose(each.id)}
                >
                  <Users size={16} aria-hidden />
                  <span className="ell">{each.title}</span>
                  <span className="rail-count num">{each.references.length}</span>
                </button>
              </li>
            )
          })}
        </ul>
        <div className="rail-head">
          <h2>Characters</h2>
        </div>
        <ul className="rail-list">
          {castNames(cast).map((name) => {
            const own = cast.references.filter((reference) => reference.name === name)
            return (
              <li key={name} className="rail-item">
                <button type="button" className="rail-choice" onClick={() => own[0] && onSelect(own[0].id)}>
                  <AtSign size={16} aria-hidden />
                  <span className="ell">{name}</span>
                  <span className="rail-count num">{plural(own.length, 'image')}</span>
                </button>
              </li>
            )
          })}
        </ul>
      </div>
    </aside>
  )
}
