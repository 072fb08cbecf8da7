import { describe, expect, it } from 'vitest'
import { type Entities, NO_ENTITIES } from '../../renderer/state/apply-event.ts'
import { startSync } from '../../renderer/state/sync.ts'
import type { Client } from '../../shared/client.ts'
import type { EngineEvent } from '../../shared/contract.ts'
import { TakeboardError } from '../../shared/errors.ts'
import type { ProjectId } from '../../shared/ids.ts'
import type { TransportState } from '../../shared/transport.ts'
import { makeProjectSnapshot, makeScene, makeStudioSnapshot } from './renderer-fixtures.ts'

/** A client whose answers and events the test decides. */
function harness() {
  let state: Entities & Record<string, unknown> = { ...NO_ENTITIES, status: 'loading' }
  let onEvent: (event: EngineEvent) => void = () => {}
  let onState: (state: TransportState) => void = () => {}
  let scheduled: (() => void)[] = []
  const server = { seq: 10, title: 'First mist', calls: 0, fail: false }
  const client = {
    call(name: string) {
      if (server.fail) return Promise.reject(new TakeboardError('library-damaged', 'Damaged.'))
      if (name === 'studio.get') return Promise.resolve(makeStudioSnapshot(server.seq))
      server.calls += 1
      return Promise.resolve(makeProjectSnapshot(server.seq, { scenes: [makeScene({ title: server.title })] }))
    },
    onEvent: (listener: typeof onEvent) => {
      onEvent = listener
      return () => {}
    },
    onGap: () => () => {},
    onState: (listener: typeof onState) => {
      onState = listener
      listener('open')
      return () => {}
    },
    since: () => {},
    close: () => {},
  } as unknown as Client
  const sync = startSync({
    client,
    target: {
      get: () => state,
      set: (part) => {
        state = { ...state, ...part }
      },
    },
    chooseProject: () => 'p1' as ProjectId,
    schedule: (work) => scheduled.push(work),
  })
  const drain = () => {
    const work = scheduled
    scheduled = []
    work.forEach((each) => each())
  }
  return {
    sync,
    server,
    state: () => state,
    send: (seq: number, title: string) => {
      onEvent({ seq, name: 'scene.put', payload: makeScene({ title }) })
      drain()
    },
    connection: (next: TransportState) => onState(next),
    settled: () => new Promise((resolve) => setImmediate(resolve)),
    title: () => state.view?.scenes.get(makeScene().id)?.title,
  }
}

describe('startSync', () => {
  it('shows the snapshots, then applies events in their order', async () => {
    const { sync, send, title, state } = harness()
    await sync.open(null)
    expect(state()['status']).toBe('ready')
    send(11, 'One')
    send(12, 'Two')
    expect(title()).toBe('Two')
  })

  it('takes new snapshots when an event is missing', async () => {
    const { sync, send, title, server, settled } = harness()
    await sync.open(null)
    server.seq = 15
    server.title = 'From the snapshot'
    send(14, 'Out of order')
    await settled()
    expect(title()).toBe('From the snapshot')
    expect(server.calls).toBe(2)
  })

  it('keeps events that come while snapshots are under way', async () => {
    const { sync, send, title } = harness()
    const opening = sync.open(null)
    send(10, 'Already in the snapshot')
    send(11, 'Newer')
    await opening
    expect(title()).toBe('Newer')
  })

  it('takes new snapshots after the connection came back', async () => {
    const { sync, connection, server, settled, state } = harness()
    await sync.open(null)
    connection('closed')
    expect(state()['connection']).toBe('closed')
    connection('open')
    await settled()
    expect(server.calls).toBe(2)
  })

  it('says that it failed only while nothing is shown yet', async () => {
    const { sync, server, state } = harness()
    server.fail = true
    await sync.open(null)
    expect(state()['status']).toBe('failed')
    server.fail = false
    await sync.open(null)
    server.fail = true
    await sync.open(null)
    expect(state()['status']).toBe('ready')
  })
})
