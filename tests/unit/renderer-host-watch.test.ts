import { describe, expect, it } from 'vitest'
import { type HostState, watchHost } from '../../renderer/state/host-watch.ts'
import type { Client } from '../../shared/client.ts'
import { TakeboardError } from '../../shared/errors.ts'
import type { TransportState } from '../../shared/transport.ts'

/** A watched connection whose states and answers the test decides. */
function harness() {
  let tell: (state: TransportState) => void = () => {}
  const seen: HostState[] = []
  const answers: PromiseWithResolvers<unknown>[] = []
  let closed = 0
  const client = {
    onState(listener: typeof tell) {
      tell = listener
      listener('connecting')
      return () => {
        tell = () => {}
      }
    },
    close: () => (closed += 1),
  } as unknown as Client
  watchHost({
    client,
    probe() {
      const answer = Promise.withResolvers<unknown>()
      answers.push(answer)
      return answer.promise
    },
    onState: (state) => seen.push(state),
  })
  return {
    seen,
    asked: () => answers.length,
    closed: () => closed,
    connection: (state: TransportState) => tell(state),
    async answer(index: number, outcome: 'there' | 'disconnected' | 'forbidden') {
      const answer = answers[index]
      if (outcome === 'there') answer?.resolve('token')
      else answer?.reject(new TakeboardError(outcome, 'No.'))
      await answer?.promise.catch(() => {})
      await Promise.resolve()
      await Promise.resolve()
    },
  }
}

describe('watching the host of the page', () => {
  it('asks nothing while the connection holds', () => {
    const { asked, connection, seen } = harness()
    connection('open')
    expect(asked()).toBe(0)
    expect(seen).toEqual(['there'])
  })

  it('tells a broken connection from a host that is gone, and sees it come back', async () => {
    const { answer, closed, connection, seen } = harness()
    connection('closed')
    await answer(0, 'there')
    connection('connecting')
    connection('closed')
    await answer(1, 'disconnected')
    connection('connecting')
    connection('open')
    expect(seen).toEqual(['there', 'gone', 'there'])
    expect(closed()).toBe(0)
  })

  it('gives up for good once the host knows the page no more', async () => {
    const { answer, asked, closed, connection, seen } = harness()
    connection('closed')
    await answer(0, 'forbidden')
    connection('closed')
    expect(seen).toEqual(['expired'])
    expect(closed()).toBe(1)
    expect(asked()).toBe(1)
  })

  it('does not heed an answer that a reconnection has overtaken', async () => {
    const { answer, connection, seen } = harness()
    connection('closed')
    connection('open')
    await answer(0, 'disconnected')
    expect(seen).toEqual(['there'])
  })
})
