import { Dice5, Ellipsis, Lock, Pencil, Search, Table2, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { SavedSeed } from '../../../shared/seed-bank.ts'
import { lockSeed } from '../../commands/seed-commands.ts'
import { toastWithUndo } from '../../commands/undo.ts'
import { TakePicture } from '../../common/pictures.tsx'
import type { ProjectView } from '../../state/apply-event.ts'
import type { OpenBoard } from '../../state/hooks.ts'
import { attempt, call, run } from '../../state/requests.ts'
import { plural } from '../../state/selectors.ts'
import { useUi } from '../../state/ui-store.ts'
import { IconButton } from '../../ui/button.tsx'
import { Segmented } from '../../ui/choice.tsx'
import { EmptyState } from '../../ui/empty.tsx'
import { TextField } from '../../ui/field.tsx'
import { Menu, MenuItem, MenuSeparator } from '../../ui/menu.tsx'
import { Stars } from '../../ui/stars.tsx'
import { bankCharacters, type BankFilter, bankShown } from './bank.ts'

async function remove(saved: SavedSeed): Promise<void> {
  const done = await attempt(() => call('seed.remove', { savedSeedId: saved.id }))
  if (done) toastWithUndo(`Seed ${saved.name || saved.seed} removed from the bank`)
}

function CardMenu({ board, saved, onShow }: { board: OpenBoard; saved: SavedSeed; onShow(seed: number): void }) {
  const selected = useUi((ui) => ui.selected)
  const chosen = board.scenes.filter(({ id }) => selected.has(id))
  const name = saved.name || String(saved.seed)
  return (
    <Menu trigger={<IconButton label={`More for ${name}`} size="small" tip={false} icon={<Ellipsis size={16} />} />}>
      <MenuItem icon={<Table2 size={14} />} onClick={() => onShow(saved.seed)}>
        Show in the matrix
      </MenuItem>
      <MenuItem
        icon={<Lock size={14} />}
        disabled={chosen.length === 0}
        hint={chosen.length === 0 ? 'none chosen' : undefined}
        onClick={() => void lockSeed(saved.seed, chosen)}
      >
        {chosen.length > 0 ? `Use on the ${plural(chosen.length, 'chosen scene')}` : 'Use on the chosen scenes'}
      </MenuItem>
      <MenuItem
        icon={<Pencil size={14} />}
        onClick={() =>
          useUi.setState({ savingSeed: { seed: saved.seed, takeId: saved.takeId, savedSeedId: saved.id } })
        }
      >
        Edit
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={<Trash2 size={14} />} danger onClick={() => void remove(saved)}>
        Remove
      </MenuItem>
    </Menu>
  )
}

function BankCard({
  view,
  board,
  saved,
  chosen,
  onChoose,
  onShow,
}: {
  view: ProjectView
  board: OpenBoard
  saved: SavedSeed
  chosen: boolean
  onChoose(seed: number): void
  onShow(seed: number): void
}) {
  const take = saved.takeId === null ? null : (view.takes.get(saved.takeId) ?? null)
  const scene = take && (view.scenes.get(take.sceneId) ?? null)
  const name = saved.name || `Seed ${saved.seed}`
  return (
    <li className={chosen ? 'bank-card chosen' : 'bank-card'} data-saved={saved.id}>
      <button
        type="button"
        className="bank-choose"
        aria-pressed={chosen}
        aria-label={`${name}, seed ${saved.seed}`}
        onClick={() => onChoose(saved.seed)}
      >
        {take ? (
          <TakePicture scene={scene} take={take} />
        ) : (
          <span className="frame bank-none">
            <Dice5 size={20} aria-hidden />
          </span>
        )}
      </button>
      <div className="bank-words">
        <div className="row">
          <h3 className="ell grow">{name}</h3>
          <CardMenu board={board} saved={saved} onShow={onShow} />
        </div>
        <div className="row c11 t2">
          <span className="num">{saved.seed}</span>
          {saved.character && <span className="ell">· {saved.character}</span>}
          <span className="grow" />
          <Stars
            label={`Stars of ${name}`}
            value={saved.stars}
            onChange={(stars) => run('seed.update', { savedSeedId: saved.id, patch: { stars } })}
          />
        </div>
        {saved.note && <p className="c12 t2 bank-note">{saved.note}</p>}
      </div>
    </li>
  )
}

const filterValue = (filter: BankFilter) => (filter.kind === 'of' ? `of ${filter.name}` : filter.kind)

/** The seeds worth remembering, with why. */
export function Bank({
  board,
  seed,
  onChoose,
  onShow,
}: {
  board: OpenBoard
  /** The one the panel shows. */
  seed: number | null
  onChoose(seed: number): void
  /** Shows it in the matrix. */
  onShow(seed: number): void
}) {
  const { view } = board
  const [filter, setFilter] = useState<BankFilter>({ kind: 'all' })
  const [search, setSearch] = useState('')
  const all = [...view.savedSeeds.values()]
  const characters = bankCharacters(all)
  const shown = bankShown(all, filter, search)
  if (all.length === 0)
    return (
      <EmptyState
        title="No seed saved yet"
        text="When a take has something you want to find again, save its seed: from the take, or from the panel of a seed."
      />
    )
  const options: readonly { value: string; label: string; filter: BankFilter }[] = [
    { value: 'all', label: 'All', filter: { kind: 'all' } },
    ...characters.map((name) => ({ value: `of ${name}`, label: name, filter: { kind: 'of', name } as const })),
    ...(all.some(({ character }) => character === null)
      ? [{ value: 'none', label: 'Nobody', filter: { kind: 'none' } as const }]
      : []),
  ]
  return (
    <>
      <div className="bank-bar">
        {characters.length > 0 && (
          <Segmented
            label="Character"
            value={filterValue(filter)}
            options={options}
            onChange={(value) => setFilter(options.find((each) => each.value === value)?.filter ?? { kind: 'all' })}
          />
        )}
        <span className="grow" />
        <TextField
          className="bank-search"
          lead={<Search size={14} className="t3" aria-hidden />}
          aria-label="Search the bank"
          placeholder="Search"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      </div>
      <div className="scroll">
        {shown.length === 0 && <p className="field-note bank-nothing">No saved seed is like that.</p>}
        <ul className="bank-grid" aria-label="Saved seeds">
          {shown.map((saved) => (
            <BankCard
              key={saved.id}
              view={view}
              board={board}
              saved={saved}
              chosen={saved.seed === seed}
              onChoose={onChoose}
              onShow={onShow}
            />
          ))}
        </ul>
      </div>
    </>
  )
}
