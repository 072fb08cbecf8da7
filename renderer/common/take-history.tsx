import './take-history.css'
import { useEffect, useState } from 'react'
import type { CallOutput } from '../../shared/contract.ts'
import type { Take } from '../../shared/model.ts'
import { call } from '../state/requests.ts'
import { Skeleton } from '../ui/empty.tsx'
import { Failure } from './failure.tsx'
import { timeOfDay } from './take-words.ts'

type History = CallOutput<'take.history'>

/** What was done to a take, newest first. */
export function TakeHistory({ take }: { take: Take }) {
  const [entries, setEntries] = useState<History | null>(null)
  const [error, setError] = useState<unknown>(null)
  const { id } = take
  useEffect(() => {
    let current = true
    call('take.history', { takeId: id }).then(
      (found) => current && (setEntries(found), setError(null)),
      (failure: unknown) => current && setError(failure),
    )
    return () => {
      current = false
    }
    // Asked for again whenever the take moves on.
  }, [id, take])
  return (
    <section className="section" aria-label="History">
      <h3 className="section-label">Activity</h3>
      {error ? (
        <Failure error={error} />
      ) : entries === null ? (
        <Skeleton height={80} />
      ) : (
        <ol className="activity">
          {entries.toReversed().map((entry) => (
            <li key={`${entry.at}${entry.event}${entry.text}`}>
              <time className="num t3">{timeOfDay(entry.at)}</time>
              <span>{entry.text}</span>
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}
