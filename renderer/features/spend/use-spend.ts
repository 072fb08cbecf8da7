import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { ProjectId } from '../../../shared/ids.ts'
import type { LedgerEntry } from '../../../shared/model.ts'
import type { Spend } from '../../../shared/spend.ts'
import { useLive } from '../../common/use-live.ts'
import type { ProjectView } from '../../state/apply-event.ts'
import { call } from '../../state/requests.ts'
import { withNewest } from './ledger-rows.ts'

const PAGE = 200

/** Where the money went, as the engine reckons it; asked again when money or picks move. */
export function useSpend(view: ProjectView): { spend: Spend | null; error: unknown; retry(): void } {
  const [state, setState] = useState<{ spend: Spend | null; error: unknown }>({ spend: null, error: null })
  const turn = useRef(0)
  const projectId = view.project.id
  const ask = () => {
    const mine = ++turn.current
    call('spend.get', { projectId }).then(
      (spend) => mine === turn.current && setState({ spend, error: null }),
      (error: unknown) => mine === turn.current && setState((before) => ({ ...before, error })),
    )
  }
  useEffect(() => () => void (turn.current += 1), [])
  const { budget, scenes } = view
  const facts = useMemo(() => [budget, scenes], [budget, scenes])
  useLive(ask, projectId, facts)
  return { ...state, retry: ask }
}

export interface Ledger {
  /** Newest first. */
  readonly entries: readonly LedgerEntry[]
  /** True when the first entry there ever was is among them. */
  readonly complete: boolean
  readonly error: unknown
  /** Asks for the page after the oldest entry. Does nothing while one is on its way. */
  more(): void
  retry(): void
}

interface Loaded {
  readonly projectId: ProjectId
  readonly entries: readonly LedgerEntry[]
  readonly complete: boolean
  readonly error: unknown
}

/** The ledger of a project, page by page, with new entries as they are booked. */
export function useLedger({ project: { id }, budget }: ProjectView): Ledger | null {
  const [loaded, setLoaded] = useState<Loaded | null>(null)
  const busy = useRef(false)
  const there = useRef(true)
  useEffect(() => {
    there.current = true
    return () => {
      there.current = false
    }
  }, [])

  const failed = (error: unknown) =>
    there.current &&
    setLoaded((before) =>
      before?.projectId === id ? { ...before, error } : { projectId: id, entries: [], complete: false, error },
    )
  const newest = () => {
    call('ledger.list', { projectId: id, before: null, limit: PAGE }).then((page) => {
      if (!there.current) return
      setLoaded((before) => {
        const known = before?.projectId === id ? before : null
        const { entries, joined } = withNewest(known?.entries ?? [], page)
        const complete = joined ? known?.complete === true : page.length < PAGE
        return { projectId: id, entries, complete, error: null }
      })
    }, failed)
  }
  useLive(newest, id, budget)

  const oldest = loaded?.entries.at(-1)?.seq
  const complete = loaded?.complete ?? true
  const more = useCallback(() => {
    if (busy.current || complete || oldest === undefined) return
    busy.current = true
    call('ledger.list', { projectId: id, before: oldest, limit: PAGE })
      .then(
        (page) =>
          there.current &&
          setLoaded((before) =>
            // Answers for a ledger that has been read anew since are of no use.
            before?.projectId !== id || before.entries.at(-1)?.seq !== oldest
              ? before
              : { ...before, entries: [...before.entries, ...page], complete: page.length < PAGE, error: null },
          ),
        (error: unknown) =>
          there.current && setLoaded((before) => (before?.projectId === id ? { ...before, error } : before)),
      )
      .finally(() => {
        busy.current = false
      })
  }, [id, oldest, complete])

  return loaded?.projectId === id ? { ...loaded, more, retry: newest } : null
}
