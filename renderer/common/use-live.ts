import { useEffect, useRef } from 'react'

const PAUSE_MS = 300

/**
 * Asks at once, and again soon after the facts change: once for a burst of changes.
 * @param key asks at once when it changes
 * @param facts whatever changes when the answer may; compared by identity
 */
export function useLive(ask: () => void, key: unknown, facts: unknown): void {
  const latest = useRef(ask)
  useEffect(() => {
    latest.current = ask
  })
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  const seen = useRef(facts)
  useEffect(() => {
    latest.current()
  }, [key])
  useEffect(() => {
    if (seen.current === facts) return
    seen.current = facts
    timer.current ??= setTimeout(() => {
      timer.current = null
      latest.current()
    }, PAUSE_MS)
  }, [facts])
  useEffect(
    () => () => {
      if (timer.current) clearTimeout(timer.current)
      timer.current = null
    },
    [],
  )
}
