import '../../ui/data-table.css'
import { OctagonX, PiggyBank } from 'lucide-react'
import type { Scene } from '../../../shared/model.ts'
import { formatUsd, formatUsdExact, sumUsd } from '../../../shared/money.ts'
import { ScenePicture, TakePicture } from '../../common/pictures.tsx'
import { useVirtualRows } from '../../common/use-virtual-rows.ts'
import type { ProjectView } from '../../state/apply-event.ts'
import { padNumber, plural, stateOf } from '../../state/selectors.ts'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/choice.tsx'
import { SeedChip } from '../../ui/chip.tsx'
import { isUnseen, type Item, unsettledTakes } from './items.ts'
import { LIMITS, limitOf, type Line, rateText, seedChip } from './lines.ts'
import type { Choices } from './order.ts'
import { PromptRow, type Rerun, RerunFold, rerunNote, RerunSeedCell } from './rerun-row.tsx'

const HEIGHTS = { item: 44, cap: 32, prompt: 188 } as const

type ItemLine = Line & { kind: 'item' }

/** What is to be known of something before it is sent. */
function noteOf(view: ProjectView, { item, row, covered }: ItemLine): { text: string; attention: boolean } | null {
  const { provider } = view.project
  if (item.leftOut !== null) return { text: item.leftOut, attention: false }
  const unsettled = unsettledTakes(view, item.sceneId, provider)
  if (unsettled.length > 0) {
    const held = sumUsd(unsettled.map((take) => take.price))
    const text = held > 0 ? `Earlier take unsettled, ${formatUsdExact(held)} stays reserved` : 'Earlier take unsettled'
    return { text, attention: true }
  }
  if (row?.heldBack && row.heldBack !== 'no-cap' && limitOf(row) === null)
    return { text: row.reason ?? 'Cannot be sent yet', attention: true }
  if (covered) return { text: 'Has such a take already', attention: false }
  if (isUnseen(item, provider)) return { text: 'Its pick is a rehearsal: no draft was seen', attention: true }
  if (row?.note === 'in-flight') return { text: 'A take is already in flight', attention: false }
  if (item.from) return { text: `As take ${item.from.number}, ${item.from.request.resolution}`, attention: false }
  return null
}

function Picture({ view, item }: { view: ProjectView; item: Item }) {
  const take = item.from ?? item.again?.take
  if (take) return <TakePicture scene={item.scene} take={take} />
  if (!item.scene) return null
  const state = stateOf(view, item.scene)
  return <ScenePicture scene={item.scene} state={{ ...state, name: state.poster ? 'ready' : 'draft' }} />
}

/** Names the box of a line: the seed tells the cells of one scene apart. */
const nameOf = (item: Item, several: boolean) =>
  `Scene ${item.number}, ${item.title || 'untitled'}${several && item.seed !== null ? `, seed ${item.seed}` : ''}`

function ItemRow({
  view,
  line,
  choices,
  ticked,
  several,
  rerun,
  onTick,
}: {
  view: ProjectView
  line: ItemLine
  choices: Choices
  ticked: boolean
  several: boolean
  rerun: Rerun | null
  onTick(items: readonly Item[], on: boolean): void
}) {
  const { item, row, price, admitted, covered } = line
  const note = noteOf(view, line) ?? (rerun && rerunNote(item, rerun))
  const out = item.leftOut !== null || covered
  return (
    <tr className={admitted ? 'generate-row' : 'generate-row blocked'} data-item={item.key} data-admitted={admitted}>
      <td>
        <Checkbox
          label={nameOf(item, several)}
          checked={ticked}
          disabled={item.leftOut !== null}
          onChange={(on) => onTick([item], on)}
        />
      </td>
      <td>
        <Picture view={view} item={item} />
      </td>
      <td className="num strong">{padNumber(item.number)}</td>
      <td>
        <div className="generate-scene">
          <div>
            <span className="ell generate-title">{item.title || <span className="t3">Untitled</span>}</span>
            {note && (
              <span className={note.attention ? 'ell generate-note attention' : 'ell generate-note'} title={note.text}>
                {note.text}
              </span>
            )}
          </div>
          {rerun && <RerunFold item={item} rerun={rerun} />}
        </div>
      </td>
      <td>
        {rerun ? (
          <RerunSeedCell line={line} rerun={rerun} />
        ) : (
          item.leftOut === null && <SeedChip {...seedChip(row, item, choices.seeds)} />
        )}
      </td>
      <td className="right num t2">{!out && rateText(item.duration, choices.takes, price)}</td>
      <td className="right num generate-cost">{out ? '–' : formatUsdExact(price)}</td>
    </tr>
  )
}

function CapLine({ line, onFit }: { line: Line & { kind: 'cap' }; onFit: (() => void) | null }) {
  return (
    <tr className="cap-line">
      <td colSpan={7}>
        <div>
          <span>
            <OctagonX size={14} aria-hidden />
            Over {LIMITS[line.limit]}: {plural(line.scenes, 'scene')}, {formatUsd(line.price)}
          </span>
          {onFit && (
            <Button size="small" icon={<PiggyBank size={14} />} onClick={onFit}>
              Fit to the budget
            </Button>
          )}
        </div>
      </td>
    </tr>
  )
}

function Columns({ takes, seed }: { takes: number; seed: number }) {
  return (
    <colgroup>
      <col style={{ width: 28 }} />
      <col style={{ width: 72 }} />
      <col style={{ width: 36 }} />
      <col />
      <col style={{ width: seed }} />
      <col style={{ width: takes > 1 ? 120 : 100 }} />
      <col style={{ width: 64 }} />
    </colgroup>
  )
}

function Head({
  items,
  ordered,
  onTick,
}: {
  items: readonly Item[]
  ordered: ReadonlySet<string>
  onTick(items: readonly Item[], on: boolean): void
}) {
  const open = items.filter((item) => item.leftOut === null)
  const some = open.some(({ key }) => ordered.has(key))
  const all = open.length > 0 && open.every(({ key }) => ordered.has(key))
  return (
    <thead>
      <tr>
        <th scope="col">
          <Checkbox
            label={all ? 'Clear every scene' : 'Tick every scene'}
            checked={all}
            mixed={some && !all}
            disabled={open.length === 0}
            onChange={(on) => onTick(items, on)}
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
  )
}

/** Everything of the batch in board order, and where the cap stops it. */
export function ItemTable({
  view,
  items,
  lines,
  choices,
  ordered,
  rerun = null,
  onTick,
  onFit,
}: {
  view: ProjectView
  items: readonly Item[]
  lines: readonly Line[]
  choices: Choices
  /** Keys of what is asked for. */
  ordered: ReadonlySet<string>
  /** Where rejected scenes are tried again: seeds and prompts of each. */
  rerun?: Rerun | null
  onTick(items: readonly Item[], on: boolean): void
  /** Leads to fitting the scenes to the budget; null where that is no way. */
  onFit: (() => void) | null
}) {
  const { attach, shown, before, after } = useVirtualRows(
    lines.length,
    (index) => HEIGHTS[lines[index]?.kind ?? 'item'],
  )
  const scenes = new Set<Scene['id']>(items.map(({ sceneId }) => sceneId))
  const several = scenes.size < items.length
  return (
    <div className="generate-list" ref={attach}>
      <table className="data-table generate-table" aria-label="Scenes of this batch" aria-rowcount={items.length + 1}>
        <Columns takes={choices.takes} seed={rerun ? 128 : 104} />
        <Head items={items} ordered={ordered} onTick={onTick} />
        <tbody>
          {before > 0 && <tr aria-hidden style={{ height: before }} />}
          {shown.map((index) => {
            const line = lines[index]
            if (!line) return null
            if (line.kind === 'cap') return <CapLine key="cap" line={line} onFit={onFit} />
            return line.kind === 'prompt' ? (
              rerun && <PromptRow key={`${line.item.key} prompt`} item={line.item} rerun={rerun} />
            ) : (
              <ItemRow
                key={line.item.key}
                view={view}
                line={line}
                choices={choices}
                ticked={ordered.has(line.item.key)}
                several={several}
                rerun={rerun}
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
