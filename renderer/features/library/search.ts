import { create } from 'zustand'
import type { LibrarySearch, LibraryTake } from '../../../shared/contract.ts'
import type { TakeId } from '../../../shared/ids.ts'
import { call } from '../../state/requests.ts'

/** What is looked for, without the stretch that is shown. */
export type Wish = Omit<LibrarySearch, 'offset' | 'limit'>

export const EVERYTHING: Wish = {
  text: '',
  projectId: null,
  character: null,
  seed: null,
  minRating: 0,
  state: 'all',
  label: null,
  provider: null,
  from: null,
  to: null,
  minPrice: null,
  maxPrice: null,
  sort: 'newest',
}

/** Takes asked for at a time. */
const PAGE = 100

interface Found {
  readonly wish: Wish
  /** Null until the first answer. */
  readonly total: number | null
  readonly pages: ReadonlyMap<number, readonly LibraryTake[]>
  readonly failure: unknown
  /** Takes chosen, with what is known of them though they are out of sight. */
  readonly chosen: ReadonlyMap<TakeId, LibraryTake>
  /** Index that arrow keys go on from, and Shift extends from. */
  readonly cursor: number
  readonly anchor: number
}

/** What the library view looks for and has found: kept while another view is shown. */
export const useFound = create<Found>(() => ({
  wish: EVERYTHING,
  total: null,
  pages: new Map(),
  failure: null,
  chosen: new Map(),
  cursor: 0,
  anchor: 0,
}))

const asked = new Set<number>()
/** Answers to what was asked before it are out of date. */
let turn = 0

async function fetchPage(page: number): Promise<void> {
  if (asked.has(page)) return
  asked.add(page)
  const mine = turn
  const { wish } = useFound.getState()
  try {
    const { total, takes } = await call('library.search', { ...wish, offset: page * PAGE, limit: PAGE })
    if (mine !== turn) return
    useFound.setState(({ pages, chosen }) => {
      const known = takes.filter(({ take }) => chosen.has(take.id))
      return {
        total,
        failure: null,
        pages: new Map(pages).set(page, takes),
        ...(known.length === 0
          ? {}
          : { chosen: new Map([...chosen, ...known.map((each) => [each.take.id, each] as const)]) }),
      }
    })
  } catch (failure) {
    if (mine !== turn) return
    asked.delete(page)
    useFound.setState({ failure })
  }
}

/** The take at an index of what was found; null while it is not there. */
export const takeAt = ({ pages }: Pick<Found, 'pages'>, index: number): LibraryTake | null =>
  pages.get(Math.floor(index / PAGE))?.[index % PAGE] ?? null

/** Has the takes of some indexes asked for, as far as they are not there. */
export function want(from: number, to: number): void {
  for (let page = Math.floor(from / PAGE); page <= Math.floor(to / PAGE); page++)
    if (!useFound.getState().pages.has(page)) void fetchPage(page)
}

/** Looks for something else. */
export function lookFor(patch: Partial<Wish>): void {
  turn += 1
  asked.clear()
  useFound.setState(({ wish }) => ({
    wish: { ...wish, ...patch },
    pages: new Map(),
    chosen: new Map(),
    cursor: 0,
    anchor: 0,
  }))
  void fetchPage(0)
}

/** Asks again for what is shown, which stays in sight until the answer. */
export function lookAgain(): void {
  turn += 1
  asked.clear()
  const { pages } = useFound.getState()
  for (const page of pages.size === 0 ? [0] : pages.keys()) void fetchPage(page)
}

/** Whether anything but the order is asked for. */
export const isNarrowed = (wish: Wish): boolean =>
  Object.entries(EVERYTHING).some(([key, value]) => key !== 'sort' && wish[key as keyof Wish] !== value)

/** Chooses takes as a press or a key asks: alone, one more or less, or all between. */
export function choose(index: number, how: 'only' | 'toggle' | 'extend'): void {
  useFound.setState((found) => {
    const here = takeAt(found, index)
    if (!here) return {}
    if (how === 'only') return { chosen: new Map([[here.take.id, here]]), cursor: index, anchor: index }
    const chosen = new Map(found.chosen)
    if (how === 'toggle') {
      if (!chosen.delete(here.take.id)) chosen.set(here.take.id, here)
      return { chosen, cursor: index, anchor: index }
    }
    chosen.clear()
    for (let at = Math.min(found.anchor, index); at <= Math.max(found.anchor, index); at++) {
      const each = takeAt(found, at)
      if (each) chosen.set(each.take.id, each)
    }
    return { chosen, cursor: index }
  })
}

export const chooseNothing = (): void => useFound.setState({ chosen: new Map() })
