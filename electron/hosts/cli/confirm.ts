import type { StoryboardId } from '../../../shared/ids.ts'
import { formatUsd } from '../../../shared/money.ts'
import type { BatchOrder, Preview } from '../../../shared/preview.ts'
import type { Engine } from '../../engine/api.ts'
import type { CliContext } from './context.ts'

/** What is about to be spent, before the question. */
function previewLines(preview: Preview): readonly string[] {
  const takes = preview.rows.filter(({ heldBack }) => heldBack === null).reduce((sum, row) => sum + row.takes, 0)
  const held = preview.rows.filter(({ heldBack }) => heldBack !== null)
  const lines = [`${takes === 1 ? '1 take' : `${takes} takes`} for ${formatUsd(preview.admitted)}.`]
  if (preview.cap !== null && preview.left !== null) {
    lines.push(
      `The cap is ${formatUsd(preview.cap)}: ${formatUsd(preview.held)} held, ${formatUsd(preview.spent)} spent, ${formatUsd(preview.left)} left.`,
    )
  }
  if (held.length > 0)
    lines.push(`Held back: ${held.map(({ number, heldBack }) => `${number} (${heldBack})`).join(', ')}.`)
  if (preview.priceNote !== null) lines.push(preview.priceNote)
  return lines
}

/**
 * Asks before money is spent, where somebody is there to answer. Off a terminal the cap alone bounds the spending.
 * @returns false when the answer was no
 */
export async function confirmPaid(
  engine: Engine,
  { console, interrupted }: CliContext,
  { storyboardId }: { storyboardId: StoryboardId },
  order: BatchOrder,
  yes: boolean,
): Promise<boolean> {
  if (order.provider === 'rehearsal' || yes || !console.interactive) return true
  const preview = await engine.call('batch.preview', { storyboardId, order })
  if (preview.admitted === 0) return true
  for (const line of previewLines(preview)) console.warn(line)
  const answer = await console.ask('Send them? [y/N] ', interrupted)
  if (/^y(es)?$/i.test(answer.trim())) return true
  console.warn('Nothing was sent and nothing was spent.')
  return false
}
