import type { EngineEvent } from '../../shared/contract.ts'
import type { BatchId, ProjectId, TakeId } from '../../shared/ids.ts'
import { isOpen, needsDecision, type Take } from '../../shared/model.ts'
import { sumUsd, type UsdMicros } from '../../shared/money.ts'

/** How a batch ended: every take is done, or waits for the artist alone. */
export interface BatchEnd {
  readonly batchId: BatchId
  readonly projectId: ProjectId
  readonly ready: number
  readonly failed: number
  readonly cancelled: number
  /** Takes whose outcome only the artist can settle. */
  readonly unsettled: number
  readonly charged: UsdMicros
  /** Still held: refunds under way, and takes whose outcome is unknown. */
  readonly held: UsdMicros
  readonly rehearsal: boolean
}

interface Watched {
  readonly takes: Map<TakeId, Take>
  /** How many takes it has, once known. */
  expected: number
  ended: boolean
}

const settled = (take: Take) => !isOpen(take.phase) || needsDecision(take)

function summary(batchId: BatchId, takes: readonly Take[], projectId: ProjectId): BatchEnd {
  const count = (phase: Take['phase']) => takes.filter((take) => take.phase === phase).length
  const money = (...charges: Take['charge'][]) =>
    sumUsd(takes.filter((take) => charges.includes(take.charge)).map((take) => take.price))
  return {
    batchId,
    projectId,
    ready: count('ready'),
    failed: count('failed'),
    cancelled: count('cancelled'),
    unsettled: takes.filter(needsDecision).length,
    charged: money('charged'),
    held: money('held', 'refund-pending'),
    rehearsal: takes.every((take) => take.provider === 'rehearsal'),
  }
}

export interface BatchWatch {
  /** Takes note of all takes of a project, as a snapshot has them. Batches that are over already are not told of. */
  know(takes: Iterable<Take>): void
  hear(event: EngineEvent): void
}

/** Tells of each batch once, when it ends while this window is open. */
export function createBatchWatch(onEnd: (end: BatchEnd) => void): BatchWatch {
  const batches = new Map<BatchId, Watched>()

  const look = (batchId: BatchId, batch: Watched) => {
    const takes = [...batch.takes.values()]
    const [first] = takes
    if (batch.ended || !first || takes.length < batch.expected || !takes.every(settled)) return
    batch.ended = true
    onEnd(summary(batchId, takes, first.projectId))
  }

  return {
    know(takes) {
      for (const [batchId, own] of Map.groupBy(takes, (take) => take.batchId)) {
        const known = batches.get(batchId)
        const batch = known ?? { takes: new Map(), expected: own.length, ended: own.every(settled) }
        batches.set(batchId, batch)
        for (const take of own) batch.takes.set(take.id, take)
        if (known) look(batchId, batch)
      }
    },
    hear(event) {
      if (event.name === 'batch.put') {
        const { id, takes } = event.payload
        const batch = batches.get(id) ?? { takes: new Map(), expected: takes, ended: false }
        batch.expected = takes
        batches.set(id, batch)
      }
      if (event.name !== 'take.put') return
      const batch = batches.get(event.payload.batchId)
      if (!batch) return
      batch.takes.set(event.payload.id, event.payload)
      look(event.payload.batchId, batch)
    },
  }
}
