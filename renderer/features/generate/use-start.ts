import { useRef, useState } from 'react'
import type { CallOutput } from '../../../shared/contract.ts'
import type { StoryboardId } from '../../../shared/ids.ts'
import type { ProviderName } from '../../../shared/model.ts'
import type { BatchOrder } from '../../../shared/preview.ts'
import { call, newRequestId } from '../../state/requests.ts'
import { plural } from '../../state/selectors.ts'

export type Started = CallOutput<'batch.start'>

/** What was done, for the message after a start. */
export function startedText(started: Started, provider: ProviderName): { title: string; text: string | undefined } {
  const takes = plural(started.takeIds.length, 'take')
  const held = started.heldBack.length
  return {
    title: provider === 'rehearsal' ? `Rehearsing ${takes}` : `${takes} started`,
    text: held === 0 ? undefined : `${plural(held, 'scene')} ${held === 1 ? 'was' : 'were'} held back.`,
  }
}

/** Why nothing left, by the first scene that was held back. */
export const nothingText = (started: Started): string => started.heldBack[0]?.message ?? 'No scene had a take to make.'

/**
 * Starts batches from one opening of the dialog. Each provider has one request id for as long as nothing was answered,
 * so a second press or a resent frame buys nothing more.
 */
export function useStart(storyboardId: StoryboardId, onStarted: (started: Started, provider: ProviderName) => void) {
  const [busy, setBusy] = useState<ProviderName | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [nothing, setNothing] = useState<string | null>(null)
  const ids = useRef({ wavespeed: newRequestId(), rehearsal: newRequestId() })
  const working = useRef(false)

  const start = async (order: BatchOrder) => {
    if (working.current) return
    working.current = true
    setBusy(order.provider)
    setError(null)
    setNothing(null)
    try {
      const requestId = ids.current[order.provider]
      const started = await call('batch.start', { requestId, storyboardId, order })
      if (started.takeIds.length > 0) return onStarted(started, order.provider)
      // Answered with nothing bought: another try is another wish.
      ids.current = { ...ids.current, [order.provider]: newRequestId() }
      setNothing(nothingText(started))
    } catch (failure) {
      setError(failure)
    } finally {
      working.current = false
      setBusy(null)
    }
  }
  return { start, busy, error, nothing }
}
