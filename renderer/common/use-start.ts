import { useRef, useState } from 'react'
import type { CallOutput } from '../../shared/contract.ts'
import type { StoryboardId } from '../../shared/ids.ts'
import type { ProviderName } from '../../shared/model.ts'
import { formatUsd, type UsdMicros } from '../../shared/money.ts'
import type { BatchOrder, HeldBackReason } from '../../shared/preview.ts'
import { call, newRequestId } from '../state/requests.ts'
import { plural } from '../state/selectors.ts'
import { showView } from '../state/ui-store.ts'
import { showToast } from '../ui/toast.tsx'

export type Started = CallOutput<'batch.start'>

/** Reasons that are said in a word after a start; the others are found at the scene. */
const MONEY_WORDS: Readonly<Partial<Record<HeldBackReason, string>>> = {
  cap: 'over the cap',
  'library-cap': "over the library's cap",
  'batch-limit': 'over the limit for one batch',
  'no-cap': 'no cap is set',
}

function heldWords({ heldBack }: Started): string | null {
  const [first] = heldBack
  if (!first) return null
  const scenes = new Set(heldBack.map(({ sceneId }) => sceneId)).size
  const reason = heldBack.every(({ reason: each }) => each === first.reason) ? MONEY_WORDS[first.reason] : undefined
  return `${plural(scenes, 'scene')} ${scenes === 1 ? 'was' : 'were'} held back${reason ? `: ${reason}.` : '.'}`
}

/** What was done, for the message after a start. @param reserved what it reserves, when known */
export function startedText(
  started: Started,
  provider: ProviderName,
  reserved: UsdMicros | null = null,
): { title: string; text: string | undefined } {
  const takes = plural(started.takeIds.length, 'take')
  const money = provider === 'rehearsal' || reserved === null ? null : `${formatUsd(reserved)} reserved.`
  const text = [money, heldWords(started)].filter((part) => part !== null).join(' ')
  return {
    title: provider === 'rehearsal' ? `Rehearsing ${takes}` : `${takes} started`,
    text: text === '' ? undefined : text,
  }
}

/** Why nothing left, by the first scene that was held back. */
export const nothingText = (started: Started): string => started.heldBack[0]?.message ?? 'No scene had a take to make.'

/** Says what was submitted and what was held back. */
export function tellStarted(started: Started, provider: ProviderName, reserved: UsdMicros | null): void {
  showToast({
    kind: 'info',
    ...startedText(started, provider, reserved),
    action: { label: 'Open the queue', run: () => showView('queue') },
  })
}

/**
 * Starts batches from one opening of a dialog or panel. Each provider has one request id for as long as nothing was
 * answered, so a second press or a resent frame buys nothing more.
 * @param stays true of what stays open after a start, where the next press is another wish
 */
export function useStart(
  storyboardId: StoryboardId,
  onStarted: (started: Started, provider: ProviderName) => void,
  stays = false,
) {
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
      const bought = started.takeIds.length > 0
      // Answered with nothing bought: another try is another wish.
      if (stays || !bought) ids.current = { ...ids.current, [order.provider]: newRequestId() }
      if (bought) onStarted(started, order.provider)
      else setNothing(nothingText(started))
    } catch (failure) {
      setError(failure)
    } finally {
      working.current = false
      setBusy(null)
    }
  }
  return { start, busy, error, nothing }
}
