import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { CallInput } from '../../../shared/contract.ts'
import { useLive } from '../../common/use-live.ts'
import type { ProjectView } from '../../state/apply-event.ts'
import { call } from '../../state/requests.ts'
import { type HistoryFilter, type HistoryPage, KINDS_OF, withNewestPage, withOlderPage } from './entries.ts'

const PAGE = 60

export interface History extends HistoryPage {
  /** True while the entries are those of another filter or search. */
  readonly behind: boolean
  readonly error: unknown
  more(): void
  retry(): void
}

interface Loaded extends HistoryPage {
  /** Which question the entries answer. */
  readonly key: string
  readonly error: unknown
}

/** What happened in the project, page by page; the newest page is read again when something happens. */
export function useHistory(view: ProjectView, filter: HistoryFilter, text: string): History | null {
  const projectId = view.project.id
  const key = `${projectId} ${filter} ${text}`
  const [loaded, setLoaded] = useState<Loaded | null>(null)
  const wanted = useRef(key)
  const busy = useRef<string | null>(null)
  useEffect(() => {
    wanted.current = key
    return () => {
      wanted.current = ''
    }
  }, [key])

  const ask = useCallback(
    (before: string | null) => {
      const kinds = KINDS_OF[filter]
      const input: CallInput<'history.list'> = {
        projectId,
        kinds: kinds && [...kinds],
        text,
        before,
        limit: PAGE,
      }
      return call('history.list', input)
    },
    [projectId, filter, text],
  )
  const failed = useCallback(
    (error: unknown) =>
      wanted.current === key &&
      setLoaded((known) => (known?.key === key ? { ...known, error } : { key, entries: [], cursor: null, error })),
    [key],
  )
  const newest = useCallback(() => {
    ask(null).then(
      (page) =>
        wanted.current === key &&
        setLoaded((known) => ({ ...(known?.key === key ? withNewestPage(known, page) : page), key, error: null })),
      failed,
    )
  }, [ask, key, failed])
  const { takes, edits, budget } = view
  const facts = useMemo(() => [takes, edits, budget], [takes, edits, budget])
  useLive(newest, key, facts)

  const cursor = loaded?.key === key ? loaded.cursor : null
  const more = useCallback(() => {
    if (cursor === null || busy.current === cursor) return
    busy.current = cursor
    ask(cursor)
      .then(
        (page) =>
          wanted.current === key &&
          // Read anew meanwhile: the page belongs to a place that is gone.
          setLoaded((known) =>
            known?.key === key && known.cursor === cursor ? { ...withOlderPage(known, page), key, error: null } : known,
          ),
        failed,
      )
      .finally(() => {
        busy.current = null
      })
  }, [ask, cursor, key, failed])

  return useMemo(
    () => loaded && { ...loaded, behind: loaded.key !== key, more, retry: newest },
    [loaded, key, more, newest],
  )
}
