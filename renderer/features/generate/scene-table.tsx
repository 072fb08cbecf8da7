import { OctagonX } from 'lucide-react'
import type { SceneId } from '../../../shared/ids.ts'
import type { Scene } from '../../../shared/model.ts'
import { formatUsd, formatUsdExact, sumUsd } from '../../../shared/money.ts'
import { ScenePicture } from '../../common/pictures.tsx'
import { useVirtualRows } from '../../common/use-virtual-rows.ts'
import type { ProjectView } from '../../state/apply-event.ts'
import { padNumber, plural, stateOf } from '../../state/selectors.ts'
import { Checkbox } from '../../ui/choice.tsx'
import { SeedChip } from '../../ui/chip.tsx'
import { type Choices, LIMITS, limitOf, type Line, rateText, seedChip, unsettledTakes } from './order.ts'

const ROW = 44
const CAP_LINE = 32

/** What is to be known of a scene before it is sent. */
function noteOf(view: ProjectView, line: Line & { kind: 'scene' }): { text: string; attention: boolean } | null {
  const { scene, row } = line
  const unsettled = unsettledTakes(view, scene.id, view.project.provider)
  if (unsettled.length > 0) {
    const held = sumUsd(unsettled.map((take) => take.price))
    const text = held > 0 ? `Earlier take unsettled, ${formatUsdExact(held)} stays reserved` : 'Earlier take unsettled'
    return { text, attention: true }
  }
  if (row?.heldBack && row.heldBack !== 'no-cap' && limitOf(row) === null)
    return { text: row.reason ?? 'Cannot be sent yet', attention: true }
  if (row?.note === 'in-flight') return { text: 'A take is already in flight', attention: false }
  return null
}

function SceneLine({
  view,
  line,
  choices,
  ticked,
  onTick,
}: {
  view: ProjectView
  line: Line & { kind: 'scene' }
  choices: Choices
  ticked: boolean
  onTick(ids: readonly SceneId[], on: boolean): void
}) {
  const { scene, row, price, admitted } = line
  const note = noteOf(view, line)
  const state = stateOf(view, scene)
  const price1 = rateText(scene.duration, choices.takes, price)
  return (
    <tr className={admitted ? 'generate-row' : 'generate-row blocked'} data-scene={scene.id} data-admitted={admitted}>
      <td>
        <Checkbox
          label={`Scene ${scene.number}, ${scene.title || 'untitled'}`}
          checked={ticked}
          onChange={(on) => onTick([scene.id], on)}
        />
      </td>
      <td>
        <ScenePicture scene={scene} state={{ ...state, name: state.poster ? 'ready' : 'draft' }} />
      </td>
      <td className="num strong">{padNumber(scene.number)}</td>
      <td>
        <span className="ell generate-title">{scene.title || <span className="t3">Untitled</span>}</span>
        {note && (
          <span className={note.attention ? 'ell generate-note attention' : 'ell generate-note'} title={note.text}>
            {note.text}
          </span>
        )}
      </td>
      <td>
        <SeedChip {...seedChip(row, scene, choices.seeds)} />
      </td>
      <td className="right num t2">{price1}</td>
      <td className="right num generate-cost">{formatUsdExact(price)}</td>
    </tr>
  )
}

/** Every scene of the batch in board order, and where the cap stops it. */
export function SceneTable({
  view,
  scope,
  lines,
  choices,
  ordered,
  onTick,
}: {
  view: ProjectView
  scope: readonly Scene[]
  lines: readonly Line[]
  choices: Choices
  /** The scenes that are asked for. */
  ordered: ReadonlySet<SceneId>
  onTick(ids: readonly SceneId[], on: boolean): void
}) {
  const { attach, shown, before, after } = useVirtualRows(lines.length, (index) =>
    lines[index]?.kind === 'cap' ? CAP_LINE : ROW,
  )
  const some = scope.some(({ id }) => ordered.has(id))
  const all = scope.every(({ id }) => ordered.has(id))
  return (
    <div className="generate-list" ref={attach}>
      <table className="generate-table" aria-label="Scenes of this batch" aria-rowcount={scope.length + 1}>
        <colgroup>
          <col style={{ width: 28 }} />
          <col style={{ width: 72 }} />
          <col style={{ width: 36 }} />
          <col />
          <col style={{ width: 104 }} />
          <col style={{ width: choices.takes > 1 ? 120 : 100 }} />
          <col style={{ width: 64 }} />
        </colgroup>
        <thead>
          <tr>
            <th scope="col">
              <Checkbox
                label={all ? 'Clear every scene' : 'Tick every scene'}
                checked={all}
                mixed={some && !all}
                onChange={(on) =>
                  onTick(
                    scope.map(({ id }) => id),
                    on,
                  )
                }
              />
            </th>
            <th scope="col">
              <span className="hidden-text">Picture</span>
            </th>
            <th scope="col">
              <span className="hidden-text">Number</span>
            </th>
            <th scope="col">Scene</th>
            <th scope="col">Seed</th>
            <th scope="col" className="right">
              Rate
            </th>
            <th scope="col" className="right">
              Cost
            </th>
          </tr>
        </thead>
        <tbody>
          {before > 0 && <tr aria-hidden style={{ height: before }} />}
          {shown.map((index) => {
            const line = lines[index]
            if (!line) return null
            return line.kind === 'cap' ? (
              <tr key="cap" className="cap-line">
                <td colSpan={7}>
                  <span>
                    <OctagonX size={14} aria-hidden />
                    Over {LIMITS[line.limit]}: {plural(line.scenes, 'scene')}, {formatUsd(line.price)}
                  </span>
                </td>
              </tr>
            ) : (
              <SceneLine
                key={line.scene.id}
                view={view}
                line={line}
                choices={choices}
                ticked={ordered.has(line.scene.id)}
                onTick={onTick}
              />
            )
          })}
          {after > 0 && <tr aria-hidden style={{ height: after }} />}
        </tbody>
      </table>
    </div>
  )
}
