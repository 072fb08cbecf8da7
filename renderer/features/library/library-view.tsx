import './library.css'
import { ArrowDownUp } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Failure } from '../../common/failure.tsx'
import { useProjection } from '../../state/projection.ts'
import { attempt, call } from '../../state/requests.ts'
import { plural } from '../../state/selectors.ts'
import { Button } from '../../ui/button.tsx'
import { Drawn, EmptyState } from '../../ui/empty.tsx'
import { Menu, MenuChoice } from '../../ui/menu.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { Facets } from './facets.tsx'
import { Grid } from './grid.tsx'
import { EVERYTHING, isNarrowed, lookAgain, lookFor, useFound, type Wish } from './search.ts'
import { Chosen } from './chosen.tsx'
import { Storage } from './storage.tsx'

const SORTS: Readonly<Record<Wish['sort'], string>> = {
  newest: 'Newest first',
  oldest: 'Oldest first',
  rating: 'Best rated first',
  price: 'Dearest first',
  seed: 'By seed',
}

function Header({ total }: { total: number | null }) {
  const sort = useFound((found) => found.wish.sort)
  return (
    <header className="view-header">
      <h1>Library</h1>
      <output className="t3 num">{total === null ? '' : plural(total, 'take')}</output>
      <span className="grow" />
      <Menu
        trigger={
          <Button size="small" look="ghost" icon={<ArrowDownUp size={14} />} aria-label={`Order: ${SORTS[sort]}`}>
            {SORTS[sort]}
          </Button>
        }
      >
        {(Object.keys(SORTS) as Wish['sort'][]).map((each) => (
          <MenuChoice key={each} checked={each === sort} onClick={() => lookFor({ sort: each })}>
            {SORTS[each]}
          </MenuChoice>
        ))}
      </Menu>
    </header>
  )
}

function Takes() {
  const total = useFound((found) => found.total)
  const failure = useFound((found) => found.failure)
  const wish = useFound((found) => found.wish)
  return (
    <section className="panel" aria-label="Library" aria-busy={total === null}>
      <Header total={total} />
      {failure ? (
        <Failure error={failure} onRetry={lookAgain} />
      ) : total === 0 ? (
        <EmptyState
          picture={<Drawn kind="rows" />}
          title={isNarrowed(wish) ? 'No take is like that' : 'No takes yet'}
          text={
            isNarrowed(wish)
              ? 'Every word and every choice on the left has to fit.'
              : 'The clips of every project are shown here once they are on this computer.'
          }
        >
          {isNarrowed(wish) && (
            <Button onClick={() => lookFor({ ...EVERYTHING, sort: wish.sort })}>Show all takes</Button>
          )}
        </EmptyState>
      ) : (
        total !== null && <Grid total={total} />
      )}
    </section>
  )
}

/** The takes of every project, and the disk they are on. Needs no network. */
export default function LibraryView() {
  const takes = useProjection((projection) => projection.view?.takes)
  const connection = useProjection((projection) => projection.connection)
  const [characters, setCharacters] = useState<readonly string[]>([])
  const chosen = useFound((found) => found.chosen)
  const [page, setPage] = useState<'takes' | 'storage'>('storage')
  const [before, setBefore] = useState(chosen)
  // Choosing takes shows them; the page is left as it was while none is chosen.
  if (before !== chosen) {
    setBefore(chosen)
    if (chosen.size > 0 && before.size === 0) setPage('takes')
  }
  // What changes in the open project, and what was missed while the connection was lost.
  useEffect(() => {
    if (connection === 'open') lookAgain()
  }, [takes, connection])
  const ready = takes !== undefined
  useEffect(() => {
    if (ready) void attempt(() => call('library.characters', {})).then((names) => names && setCharacters(names))
  }, [ready])
  return (
    <main className="library-screen">
      <Facets characters={characters} />
      <Takes />
      <aside className="panel library-side" aria-label="Takes and storage">
        <Tabs<'takes' | 'storage'>
          label="Takes and storage"
          value={page}
          onChange={setPage}
          options={[
            {
              value: 'takes',
              label: 'Chosen',
              aside: chosen.size > 0 && <span className="t3 num">{chosen.size}</span>,
              panel: <Chosen />,
            },
            { value: 'storage', label: 'Storage', panel: <Storage /> },
          ]}
        />
      </aside>
    </main>
  )
}
