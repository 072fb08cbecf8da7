import { useEffect, useRef, useState } from 'react'
import type { CallOutput } from '../../../shared/contract.ts'
import type { ProjectId } from '../../../shared/ids.ts'
import { call } from '../../state/requests.ts'

export type Eta = CallOutput<'queue.eta'>['eta']

const PAUSE_MS = 400

/**
 * When everything open in the project will be done, as the engine reckons it; asked again while things move.
 * @param facts changes whenever the answer may
 * @returns null before the first answer, and when nothing is open
 */
export function useEta(projectId: ProjectId, facts: unknown): Eta {
  const [eta, setEta] = useState<Eta>(null)
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null)
  const there = useRef(true)
  useEffect(() => {
    there.current = true
    return () => {
      there.current = false
      if (timer.current) clearTimeout(timer.current)
      timer.current = null
    }
  }, [])
  useEffect(() => {
    // A burst of changes asks once.
    timer.current ??= setTimeout(() => {
      timer.current = null
      call('queue.eta', { projectId }).then(
        (answer) => there.current && setEta(answer.eta),
        // Without an answer the figure says that it is not known; nothing else depends on it.
        () => there.current && setEta(null),
      )
    }, PAUSE_MS)
  }, [projectId, facts])
  return eta
}
