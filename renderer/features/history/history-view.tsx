import './history.css'
import { Clapperboard, Search, X } from 'lucide-react'
import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { generateFromBoard } from '../../commands/studio-commands.ts'
import { Failure } from '../../common/failure.tsx'
import type { ProjectView } from '../../state/apply-event.ts'
import { useNow } from '../../state/hooks.ts'
import { useProjection } from '../../state/projection.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Segmented } from '../../ui/choice.tsx'
import { Drawn, EmptyState, LoadingBar } from '../../ui/empty.tsx'
import { byDay, FILTERS, type HistoryFilter } from './entries.ts'
import { EntryRow } from './entry-row.tsx'
import { type BatchEntry, PastBoardDialog } from './past-board.tsx'
import { type History, useHistory } from './use-history.ts'

const FILTER_NAMES: Readonly<Record<HistoryFilter, string>> = {
  all: 'All',
  batches: 'Batches',
  takes: 'Takes',
  caps: 'Cap',
  edits: 'Edits',
}

const TYPING_MS = 200

/** The text once typing rests. */
function useRested(text: string): string {
  const [rested, setRested] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), TYPING_MS)
    return () => clearTimeout(timer)
  }, [text])
  return rested.trim()
}

function SearchBox({ text, onChange }: { text: string; onChange(text: string): void }) {
  return (
    <search className="text-field history-search">
      <Search size={14} className="t3" aria-hidden />
      <input
        type="text"
        aria-label="Search the history"
        placeholder="Slate, title, prompt, seed"
        maxLength={200}
        value={text}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => event.key === 'Escape' && onChange('')}
      />
      {text !== '' && (
        <IconButton
          label="Clear the search"
          size="small"
          tip={false}
          icon={<X size={12} />}
          onClick={() => onChange('')}
        />
      )}
    </search>
  )
}

/** Asks for the next page shortly before the end of the list comes into sight. */
function More({ history }: { history: History }) {
  const end = useRef<HTMLDivElement>(null)
  const { more } = history
  useEffect(() => {
    const element = end.current
    if (!element) return
    const observer = new IntersectionObserver((seen) => seen.some(({ isIntersecting }) => isIntersecting) && more(), {
      rootMargin: '600px',
    })
    observer.observe(element)
    return () => observer.disconnect()
    // Observed anew after each page: the end may still be in sight.
  }, [more])
  return (
    <div ref={end} className="history-more">
      <Button look="ghost" onClick={more}>
        Show earlier
      </Button>
    </div>
  )
}

/** Up and Down go from one row that opens to the next. */
function moveByArrow(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
  if (step === 0 || !(event.target instanceof HTMLElement) || !event.target.matches('.history-take')) return
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('.history-take')]
  const next = rows[rows.indexOf(event.target) + step]
  if (!next) return
  event.preventDefault()
  next.focus()
}

function List({ view, history }: { view: ProjectView; history: History }) {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const [board, setBoard] = useState<BatchEntry | null>(null)
  const now = useNow(false)
  const days = useMemo(() => byDay(history.entries, now), [history.entries, now])
  const toggle = useCallback((id: string) => {
    setOpen((before) => {
      const next = new Set(before)
      if (!next.delete(id)) next.add(id)
      return next
    })
  }, [])
  return (
    // Only hears the keys of the rows in it.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className="scroll" onKeyDown={moveByArrow} aria-busy={history.behind}>
      {days.map(({ heading, entries }) => (
        <section key={heading} aria-label={heading}>
          <h2 className="history-day">{heading}</h2>
          <ol>
            {entries.map((entry) => (
              <li key={entry.id} className="history-entry" data-kind={entry.kind}>
                <EntryRow
                  id={entry.id}
                  view={view}
                  entry={entry}
                  open={open.has(entry.id)}
                  onToggle={toggle}
                  onOpenBoard={setBoard}
                />
              </li>
            ))}
          </ol>
        </section>
      ))}
      {history.error !== null && (
        <div className="history-notice">
          <Failure error={history.error} onRetry={history.retry} />
        </div>
      )}
      {history.cursor !== null && <More history={history} />}
      {board && <PastBoardDialog view={view} entry={board} onClose={() => setBoard(null)} />}
    </div>
  )
}

function Nothing({ narrowed, onClear }: { narrowed: boolean; onClear(): void }) {
  if (narrowed)
    return (
      <EmptyState
        picture={<Drawn kind="rows" />}
        title="Nothing like that happened"
        text="Slates, titles, prompts and seeds of takes are searched, titles of batches, and the names of edits."
      >
        <Button size="large" onClick={onClear}>
          Show everything
        </Button>
      </EmptyState>
    )
  return (
    <EmptyState
      picture={<Drawn kind="rows" />}
      title="Nothing has happened yet"
      text="Every batch, take, change of the cap and edit is kept here, with the exact request of each take."
    >
      <Button size="large" icon={<Clapperboard size={16} />} onClick={generateFromBoard}>
        Choose what to make
      </Button>
    </EmptyState>
  )
}

function ProjectHistory({ view }: { view: ProjectView }) {
  const [filter, setFilter] = useState<HistoryFilter>('all')
  const [text, setText] = useState('')
  const history = useHistory(view, filter, useRested(text))
  const clear = () => {
    setFilter('all')
    setText('')
  }
  const none = history !== null && history.entries.length === 0 && !history.behind && history.error === null
  return (
    <main className="panel history-screen" aria-label="History">
      <div className="view-header">
        <h1>History</h1>
        <span className="t3 c12 ell">{view.project.title}</span>
        <span className="grow" />
        <SearchBox text={text} onChange={setText} />
        <Segmented<HistoryFilter>
          label="What is shown"
          value={filter}
          onChange={setFilter}
          options={FILTERS.map((value) => ({ value, label: FILTER_NAMES[value] }))}
        />
        {(history === null || history.behind) && <LoadingBar label="Reading the history" />}
      </div>
      {none ? (
        <Nothing narrowed={filter !== 'all' || text !== ''} onClear={clear} />
      ) : (
        history && <List view={view} history={history} />
      )}
    </main>
  )
}

/** Everything that happened in the project, newest first. */
export default function HistoryView() {
  const view = useProjection((projection) => projection.view)
  return view ? (
    <ProjectHistory key={view.project.id} view={view} />
  ) : (
    <main className="panel" aria-busy="true" aria-label="History" />
  )
}
