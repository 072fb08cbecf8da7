import { formatUsdExact } from '../../../shared/money.ts'
import type { TakeEvent } from '../domain/take-machine.ts'

const REFUND_LOOKED = {
  refund: 'The failed job is refunded; its price counts no longer.',
  nothing: 'The billing shows no charge for the failed job; its price counts no longer.',
  charge: 'The billing shows the charge and no refund, though one was due.',
} as const

/** One plain sentence for the history of a take. @param paid false in rehearsal, where no money is spoken of */
export function describeEvent(event: TakeEvent, paid: boolean): string {
  switch (event.type) {
    case 'reserved':
      return paid ? 'Planned and reserved under the cap.' : 'Planned.'
    case 'submission-begun':
      return 'Recorded the intent to submit, then sent the request.'
    case 'not-sent':
      return `Not sent. ${event.error.message}`
    case 'rate-limited':
      return 'The service asked to slow down; the take waits and is sent later.'
    case 'rejected':
      return `Rejected, nothing charged. ${event.error.message}`
    case 'outcome-unknown':
      return `Outcome unknown. ${event.error.message}`
    case 'accepted':
      return event.recovered
        ? `Found at the service as job ${event.predictionId}.`
        : `Accepted by the service as job ${event.predictionId}.`
    case 'still-running':
      return 'Still running.'
    case 'poll-deferred':
      return `The service could not say how the job stands. ${event.error.message}`
    case 'completed':
      return paid
        ? 'The job completed and is charged; downloading the clip.'
        : 'The job completed; downloading the clip.'
    case 'ended':
      return `The job failed. ${event.error.message}`
    case 'downloaded':
      return `Saved the clip, ${event.clip.bytes} bytes.`
    case 'download-deferred':
      return `The download is tried again. ${event.error.message}`
    case 'download-failed':
      return `The clip could not be downloaded. ${event.error.message}`
    case 'download-again':
      return 'Downloading again on request.'
    case 'refunded':
      return 'The failed job is refunded; its price counts no longer.'
    case 'refund-looked':
      return REFUND_LOOKED[event.shown]
    case 'refund-deferred':
      return 'The refund is due, but the billing could not be asked; the price stays held.'
    case 'billed':
      return `The service billed ${formatUsdExact(event.amount)}.`
    case 'cancelled':
      return paid ? 'Cancelled before it was sent; nothing charged.' : 'Cancelled before it was sent.'
    case 'held':
      return event.why === null ? 'Put on hold.' : `Put on hold. ${event.why.message}`
    case 'let-go':
      return 'Released from hold.'
    case 'looked':
      return `Asked the service for the job. ${event.error.message}`
    case 'resolved-charged':
      return 'Counted as charged by hand.'
    case 'resolved-not-charged':
      return 'Counted as not charged by hand; the hold was released.'
  }
}
