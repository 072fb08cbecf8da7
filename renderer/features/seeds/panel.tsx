import { Bookmark, BookmarkPlus, Clapperboard, Copy, Film, Lock, LockOpen, Recycle } from 'lucide-react'
import { useState } from 'react'
import type { SceneId } from '../../../shared/ids.ts'
import type { ProviderName, Scene, Take } from '../../../shared/model.ts'
import { formatUsd, subtractUsd, sumUsd } from '../../../shared/money.ts'
import { lockSeed, saveSeedOf, unlockSeeds } from '../../commands/seed-commands.ts'
import { copyText } from '../../common/copy-text.ts'
import { Failure } from '../../common/failure.tsx'
import { TakePicture } from '../../common/pictures.tsx'
import { usePreviews } from '../../common/use-previews.ts'
import { type Started, tellStarted, useStart } from '../../common/use-start.ts'
import type { WishedCell } from '../../state/generate-wish.ts'
import type { OpenBoard } from '../../state/hooks.ts'
import { padNumber, plural, scenePrice } from '../../state/selectors.ts'
import { openPreflight, playTake, useUi } from '../../state/ui-store.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Notice } from '../../ui/empty.tsx'
import { Menu, MenuGroup, MenuItem, MenuSeparator } from '../../ui/menu.tsx'
import type { Column, Matrix, SeedFacts } from './matrix.ts'
import { factsOf } from './matrix.ts'
import { RunList } from './run-list.tsx'
import { cellOrder, cellsToRun, runRows, runText, secondsText } from './run-order.ts'
import { TakeSection } from './take-section.tsx'

/** Locks the seed on scenes, or lets those go that are locked to it. */
function LockMenu({
  board,
  column,
  facts,
  at,
}: {
  board: OpenBoard
  column: Column
  facts: SeedFacts
  at: Scene | null
}) {
  const selected = useUi((ui) => ui.selected)
  const chosen = board.scenes.filter(({ id }) => selected.has(id))
  const { seed } = column
  const locked = facts.lockedOn.length > 0
  return (
    <Menu
      trigger={
        <IconButton
          label={locked ? `Locked on ${plural(facts.lockedOn.length, 'scene')}` : 'Lock this seed'}
          tip={false}
          icon={locked ? <LockOpen size={16} /> : <Lock size={16} />}
        />
      }
    >
      <MenuGroup label={`Lock ${seed} on`}>
        {at && (
          <MenuItem onClick={() => void lockSeed(seed, [at])}>
            Scene {padNumber(at.number)} {at.title}
          </MenuItem>
        )}
        {chosen.length > 0 && (
          <MenuItem onClick={() => void lockSeed(seed, chosen)}>
            {chosen.length === 1 ? 'The scene chosen on the board' : `The ${chosen.length} scenes chosen on the board`}
          </MenuItem>
        )}
        <MenuItem onClick={() => void lockSeed(seed, board.scenes)}>Every scene ({board.scenes.length})</MenuItem>
      </MenuGroup>
      {locked && (
        <>
          <MenuSeparator />
          <MenuItem icon={<LockOpen size={14} />} onClick={() => void unlockSeeds(facts.lockedOn)}>
            Unlock {plural(facts.lockedOn.length, 'scene')}
          </MenuItem>
        </>
      )}
    </Menu>
  )
}

function Facts({ column, facts }: { column: Column; facts: SeedFacts }) {
  const { best } = facts
  const name = column.saved?.name || null
  const note = column.saved?.note || null
  return (
    <section className="section" aria-label="About this seed">
      {best && (
        <button type="button" className="seed-best" onClick={() => playTake(best.take.id)}>
          <span className="hidden-text">Play</span>
          <TakePicture scene={best.scene} take={best.take}>
            <span className="plate num">
              <span className="ell">
                Best match: {padNumber(best.scene.number)} {best.scene.title}, take {best.take.number}
              </span>
            </span>
          </TakePicture>
        </button>
      )}
      <dl className="seed-facts num">
        <dt>Used in</dt>
        <dd>{facts.usedIn === 0 ? 'No scene yet' : plural(facts.usedIn, 'scene')}</dd>
        <dt>Picked in</dt>
        <dd>{facts.pickedIn === 0 ? 'None' : plural(facts.pickedIn, 'scene')}</dd>
        <dt>Average rating</dt>
        <dd>{facts.rating === null ? 'Not rated' : `${facts.rating} of 5`}</dd>
        {name && (
          <>
            <dt>In the bank as</dt>
            <dd title={name}>{name}</dd>
          </>
        )}
        {note && (
          <>
            <dt>Note</dt>
            <dd title={note}>{note}</dd>
          </>
        )}
      </dl>
      <p className="field-note">
        A seed repeats a result under the same prompt, references and settings. It does not guarantee one anywhere else,
        and who is in the picture comes from the references.
      </p>
    </section>
  )
}

export interface PanelProps {
  readonly board: OpenBoard
  readonly matrix: Matrix
  readonly column: Column
  /** The scene the keyboard stands on, and the take shown there. */
  readonly at: Scene | null
  readonly take: Take | null
  readonly chosen: ReadonlyMap<string, WishedCell>
  isChosen(sceneId: SceneId): boolean
  onToggle(sceneIds: readonly SceneId[], on: boolean): void
  /** Forgets every chosen cell. */
  onClear(): void
  onPromote(take: Take): void
}

/** What running costs, and the one button that does it. */
function Run({ board, matrix, column, chosen, onClear }: PanelProps) {
  const { view, scenes, storyboard } = board
  const { provider, confirmOver } = view.project
  const rehearsing = provider === 'rehearsal'
  const cells = cellsToRun(chosen, matrix, scenes, provider)
  const order = cellOrder(provider, cells)
  const previews = usePreviews(storyboard.id, order, view.budget, OWN_PASS)
  const preview = order === null ? null : (previews.byPass.scenes ?? null)
  const current = previews.behind ? null : preview
  const onStarted = (started: Started, by: ProviderName) => {
    onClear()
    tellStarted(started, by, current?.reserves ?? null)
  }
  const { start, busy, error, nothing } = useStart(storyboard.id, onStarted, true)
  const table = sumUsd(cells.map(({ scene }) => scenePrice(scene)))
  const price = current?.total ?? table
  const heldBack = current?.rows.filter((row) => row.heldBack !== null) ?? []
  // Anything to decide is decided in the pre-flight.
  const direct = current !== null && heldBack.length === 0 && (confirmOver === null || current.reserves <= confirmOver)
  const elsewhere = cells.filter(({ seed }) => seed !== column.seed).length
  const run = () => {
    if (order === null) return
    if (direct) void start(order)
    else {
      openPreflight({ kind: 'cells', cells: order.cells })
      onClear()
    }
  }
  const marked = cells.map(({ scene }) => scene)
  const lockable = [...new Set(cells.filter(({ seed }) => seed === column.seed).map(({ scene }) => scene))]
  return (
    <section className="section seed-pay" aria-label="Price">
      {cells.length > 0 && (
        <>
          <div className="seed-cost">
            <span className="num">
              {rehearsing && 'Would cost '}
              {secondsText(marked)}
            </span>
            <b className="num">{formatUsd(price)}</b>
          </div>
          {!rehearsing && (
            <div className="seed-cost">
              <span>Left of cap after this</span>
              <span className="num t1">
                {view.budget.left === null
                  ? 'No cap set'
                  : formatUsd(subtractUsd(view.budget.left, current?.reserves ?? view.budget.left))}
              </span>
            </div>
          )}
          {elsewhere > 0 && (
            <div className="seed-cost">
              <span>{plural(elsewhere, 'cell')} of other seeds</span>
              <Button look="ghost" size="small" className="seed-all" onClick={onClear}>
                Clear all
              </Button>
            </div>
          )}
        </>
      )}
      {heldBack[0] && (
        <Notice tone="attention">
          {heldBack.length === 1 ? heldBack[0].reason : `${plural(heldBack.length, 'take')} would be held back.`}
        </Notice>
      )}
      {previews.error !== null && order !== null && <Failure error={previews.error} onRetry={previews.retry} />}
      {error !== null && <Failure error={error} onRetry={run} />}
      {nothing !== null && (
        <Notice tone="error" title="Nothing was sent">
          {nothing}
        </Notice>
      )}
      <Button
        look="primary"
        size="large"
        className="num"
        icon={rehearsing ? <Film size={16} /> : <Clapperboard size={16} />}
        disabled={order === null || current === null || busy !== null}
        onClick={run}
      >
        {busy
          ? 'Sending'
          : `${runText(cells, rehearsing, current?.total ?? null)}${current !== null && !direct ? '…' : ''}`}
      </Button>
      <Button
        icon={<Recycle size={16} />}
        disabled={lockable.length === 0}
        onClick={() => void lockSeed(column.seed, lockable).then((done) => done && onClear())}
      >
        Set as seed without running
      </Button>
    </section>
  )
}
const OWN_PASS = ['scenes'] as const

/** Everything about the seed the keyboard stands on, and what it would cost on other scenes. */
export function SeedPanel(props: PanelProps) {
  const { board, matrix, column, at, take, isChosen, onToggle, onPromote } = props
  const { view, scenes } = board
  const { seed, saved } = column
  const facts = factsOf(matrix, scenes, seed)
  const rows = runRows(matrix, scenes, seed, view.project.provider)
  const [scroller, setScroller] = useState<HTMLElement | null>(null)
  const save = () =>
    facts.best
      ? saveSeedOf(facts.best.take)
      : useUi.setState({ savingSeed: { seed, takeId: null, savedSeedId: saved?.id ?? null } })
  return (
    <aside className="panel seed-panel" aria-label="Seed">
      <header className="view-header">
        {facts.lockedOn.length > 0 && <Lock size={16} className="acc" aria-hidden />}
        <h2 className="grow num ell">{seed}</h2>
        <IconButton
          label={saved ? 'Change it in the bank' : 'Save to the bank'}
          accent={saved !== null}
          icon={saved ? <Bookmark size={16} fill="currentColor" /> : <BookmarkPlus size={16} />}
          onClick={save}
        />
        <IconButton
          label="Copy seed"
          icon={<Copy size={16} />}
          onClick={() => void copyText(String(seed), `Seed ${seed} copied`)}
        />
        <LockMenu board={board} column={column} facts={facts} at={at} />
      </header>
      <div className="scroll" ref={setScroller}>
        <Facts column={column} facts={facts} />
        {at && take && <TakeSection scene={at} take={take} onPromote={onPromote} />}
        <RunList
          scroller={scroller}
          above={`${seed} ${take?.id ?? ''}`}
          rows={rows}
          seed={seed}
          paid={view.project.provider !== 'rehearsal'}
          isChosen={isChosen}
          onToggle={onToggle}
        />
      </div>
      <Run {...props} />
    </aside>
  )
}
