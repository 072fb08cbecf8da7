import './room-filter.css'
import { ChevronDown, FastForward, LayoutGrid, ListFilter } from 'lucide-react'
import type { ReactNode } from 'react'
import { TAKE_LABELS } from '../../../shared/review.ts'
import { registry } from '../../commands/registry.ts'
import {
  narrowings,
  narrowRoom,
  type RoomFilter,
  SCENE_ORDERS,
  type SceneOrder,
  setAdvance,
  showEverything,
  TAKE_ORDERS,
  type TakeOrder,
  useRoom,
  type Verdict,
  VERDICTS,
} from '../../state/review-filter.ts'
import { plural } from '../../state/selectors.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/choice.tsx'
import { Menu, MenuChoice, MenuGroup, MenuSeparator } from '../../ui/menu.tsx'
import { Popover } from '../../ui/popover.tsx'
import { Stars } from '../../ui/stars.tsx'
import { LABEL_WORDS, LabelDot } from '../../ui/take-label.tsx'

const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  any: 'Any',
  unjudged: 'Not judged',
  picked: 'Picked',
  unpicked: 'No pick',
  rejected: 'Rejected',
  kept: 'Not rejected',
}
const TAKE_ORDER_WORDS: Readonly<Record<TakeOrder, string>> = {
  newest: 'Newest',
  oldest: 'Take number',
  rating: 'Rating',
  label: 'Label',
  seed: 'Seed',
  price: 'Price',
  notes: 'Open notes',
}
const SCENE_ORDER_WORDS: Readonly<Record<SceneOrder, string>> = {
  board: 'Scene number',
  rating: 'Best rating',
  newest: 'Newest take',
  price: 'Price of its takes',
  notes: 'Open notes',
}

/** What a filter leaves, in words: `Rejected, 3 stars or more`. */
function filterWords({ verdict, stars, label, openNotes }: RoomFilter): string {
  const words = [
    verdict !== 'any' && VERDICT_WORDS[verdict],
    stars === 5 ? '5 stars' : stars > 0 && `${plural(stars, 'star')} or more`,
    label !== 'any' && (label === 'none' ? 'No label' : `${LABEL_WORDS[label]} label`),
    openNotes && 'Open notes',
  ].filter((each) => typeof each === 'string')
  return words.map((each, index) => (index === 0 ? each : each.charAt(0).toLowerCase() + each.slice(1))).join(', ')
}

function Choice({
  on,
  onClick,
  label,
  children,
}: {
  on: boolean
  onClick(): void
  label?: string
  children: ReactNode
}) {
  return (
    <button
      type="button"
      className="filter-choice"
      aria-pressed={on}
      aria-label={label}
      title={label}
      onClick={onClick}
    >
      {children}
    </button>
  )
}

/** Which takes are shown, and so which scenes. */
function FilterButton({ shown, all }: { shown: number; all: number }) {
  const filter = useRoom((room) => room.filter)
  const narrowed = narrowings(filter) > 0
  return (
    <Popover
      title="Show takes that are"
      className="room-filter"
      trigger={
        <IconButton label="Filter" tip={false} on={narrowed} accent={narrowed} icon={<ListFilter size={16} />} />
      }
    >
      <fieldset className="filter-choices" aria-label="Verdict">
        {VERDICTS.map((verdict) => (
          <Choice key={verdict} on={filter.verdict === verdict} onClick={() => narrowRoom({ verdict })}>
            {VERDICT_WORDS[verdict]}
          </Choice>
        ))}
      </fieldset>
      <div className="filter-line">
        <span className="t3 c12">Stars, at least</span>
        <Stars label="Stars, at least" value={filter.stars} onChange={(stars) => narrowRoom({ stars })} />
      </div>
      <div className="filter-line">
        <span className="t3 c12">Label</span>
        <fieldset className="filter-labels" aria-label="Label">
          <Choice on={filter.label === 'any'} onClick={() => narrowRoom({ label: 'any' })}>
            Any
          </Choice>
          {TAKE_LABELS.map((label) => (
            <Choice
              key={label}
              on={filter.label === label}
              label={LABEL_WORDS[label]}
              onClick={() => narrowRoom({ label })}
            >
              <LabelDot label={label} />
            </Choice>
          ))}
        </fieldset>
      </div>
      <div className="filter-line">
        <span className="t3 c12">With open notes only</span>
        <Checkbox
          label="With open notes only"
          checked={filter.openNotes}
          onChange={(openNotes) => narrowRoom({ openNotes })}
        />
      </div>
      <div className="filter-line filter-foot">
        <output className="t2 c12 num">
          {shown} of {plural(all, 'scene')}
        </output>
        <Button size="small" disabled={!narrowed} onClick={showEverything}>
          Show all
        </Button>
      </div>
    </Popover>
  )
}

function OrderMenu() {
  const takeOrder = useRoom((room) => room.takeOrder)
  const sceneOrder = useRoom((room) => room.sceneOrder)
  return (
    <Menu
      trigger={
        <Button
          size="small"
          look="ghost"
          aria-label={`Takes by ${TAKE_ORDER_WORDS[takeOrder].toLowerCase()}, scenes by ${SCENE_ORDER_WORDS[sceneOrder].toLowerCase()}`}
        >
          {TAKE_ORDER_WORDS[takeOrder]}
          <ChevronDown size={14} aria-hidden />
        </Button>
      }
    >
      <MenuGroup label="Takes by">
        {TAKE_ORDERS.map((order) => (
          <MenuChoice key={order} checked={order === takeOrder} onClick={() => useRoom.setState({ takeOrder: order })}>
            {TAKE_ORDER_WORDS[order]}
          </MenuChoice>
        ))}
      </MenuGroup>
      <MenuSeparator />
      <MenuGroup label="Scenes by">
        {SCENE_ORDERS.map((order) => (
          <MenuChoice
            key={order}
            checked={order === sceneOrder}
            onClick={() => useRoom.setState({ sceneOrder: order })}
          >
            {SCENE_ORDER_WORDS[order]}
          </MenuChoice>
        ))}
      </MenuGroup>
    </Menu>
  )
}

/** What is shown of the takes and scenes, in which order, and whether verdicts lead on. */
export function RoomTools({ shown, all }: { shown: number; all: number }) {
  const advance = useRoom((room) => room.advance)
  return (
    <>
      <IconButton
        label={advance ? 'Goes on after each verdict' : 'Stays after each verdict'}
        keys={registry.keysOf('review.advance')}
        on={advance}
        aria-pressed={advance}
        accent={advance}
        icon={<FastForward size={16} />}
        onClick={() => setAdvance(!advance)}
      />
      <IconButton
        label="Contact sheet"
        keys={registry.keysOf('review.sheet')}
        icon={<LayoutGrid size={16} />}
        onClick={() => registry.run('review.sheet')}
      />
      <FilterButton shown={shown} all={all} />
      <OrderMenu />
    </>
  )
}

/** Says what is left out, with the way back to everything. */
export function FilterNotice() {
  const filter = useRoom((room) => room.filter)
  if (narrowings(filter) === 0) return null
  return (
    <div className="filter-notice">
      <ListFilter size={14} aria-hidden />
      <span className="c12 grow">{filterWords(filter)}</span>
      <Button size="small" look="ghost" onClick={showEverything}>
        Show all
      </Button>
    </div>
  )
}
