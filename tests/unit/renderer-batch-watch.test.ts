import { describe, expect, it } from 'vitest'
import { batchEndText } from '../../renderer/common/batch-notice.ts'
import { type BatchEnd, createBatchWatch } from '../../renderer/state/batch-watch.ts'
import type { EngineEvent } from '../../shared/contract.ts'
import type { Take } from '../../shared/model.ts'
import { makeTake } from './renderer-fixtures.ts'

const put = (take: Take): EngineEvent => ({ seq: 1, name: 'take.put', payload: take })
const batch = (id: string, takes: number): EngineEvent =>
  ({ seq: 1, name: 'batch.put', payload: { id, takes } }) as unknown as EngineEvent

function harness() {
  const ends: BatchEnd[] = []
  const watch = createBatchWatch((end) => ends.push(end))
  return { watch, ends, hear: (...events: readonly EngineEvent[]) => events.forEach(watch.hear) }
}
const take = (id: string, phase: Take['phase'], more = {}) => makeTake({ id, phase, charge: 'held', ...more })

describe('the end of a batch', () => {
  it('is told once, when the last of its takes is done', () => {
    const { ends, hear } = harness()
    hear(batch('x1', 2), put(take('a', 'reserved')), put(take('b', 'reserved')))
    hear(put(take('a', 'ready', { charge: 'charged' })))
    expect(ends).toEqual([])
    hear(put(take('b', 'failed', { charge: 'refund-pending' })))
    expect(ends).toMatchObject([{ ready: 1, failed: 1, charged: 700_000, held: 700_000, rehearsal: false }])
    hear(put(take('a', 'ready', { charge: 'charged', rating: 5 })))
    expect(ends).toHaveLength(1)
  })

  it('waits for takes that it has not heard of yet', () => {
    const { ends, hear } = harness()
    hear(batch('x1', 2), put(take('a', 'ready')))
    expect(ends).toEqual([])
    hear(put(take('b', 'ready')))
    expect(ends).toHaveLength(1)
  })

  it('does not wait for what only the artist can settle', () => {
    const { ends, hear } = harness()
    hear(batch('x1', 2), put(take('a', 'unconfirmed')), put(take('b', 'ready')))
    expect(ends).toMatchObject([{ ready: 1, unsettled: 1 }])
    hear(put(take('a', 'failed')))
    expect(ends).toHaveLength(1)
  })

  it('is not told of batches that were over before, nor of those it knows nothing of', () => {
    const { ends, hear, watch } = harness()
    watch.know([take('a', 'ready'), take('b', 'failed')])
    hear(put(take('a', 'ready', { rating: 1 })), put(take('z', 'ready', { batchId: 'x9' })))
    expect(ends).toEqual([])
  })

  it('is told of a batch that was under way when the window opened, and of one that ended out of sight', () => {
    const { ends, hear, watch } = harness()
    const other = { batchId: 'x2' }
    watch.know([take('a', 'running'), take('b', 'ready'), take('c', 'running', other)])
    hear(put(take('a', 'ready')))
    expect(ends).toMatchObject([{ batchId: 'x1', ready: 2 }])
    watch.know([take('a', 'ready'), take('b', 'ready'), take('c', 'ready', other)])
    expect(ends).toMatchObject([{ batchId: 'x1' }, { batchId: 'x2', ready: 1 }])
  })
})

describe('what is said of it', () => {
  const end = (values: Partial<Record<keyof BatchEnd, unknown>>): BatchEnd =>
    ({
      ready: 0,
      failed: 0,
      cancelled: 0,
      unsettled: 0,
      charged: 0,
      held: 0,
      rehearsal: false,
      ...values,
    }) as BatchEnd

  it('says how many are ready, how many failed and what it cost', () => {
    expect(batchEndText(end({ ready: 10, failed: 2, charged: 7_000_000, held: 1_400_000 }))).toEqual({
      title: '10 takes are ready, 2 failed',
      text: '$7.00 charged, $1.40 still reserved',
    })
    expect(batchEndText(end({ ready: 1, rehearsal: true }))).toEqual({
      title: '1 take is ready',
      text: 'Rehearsal, nothing charged',
    })
    expect(batchEndText(end({ failed: 1, unsettled: 1 }))?.title).toBe('1 take failed, 1 needs attention')
  })

  it('says nothing of a batch that was only cancelled', () => {
    expect(batchEndText(end({ cancelled: 3 }))).toBeNull()
  })
})
