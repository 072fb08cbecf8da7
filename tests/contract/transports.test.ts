import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { EngineEvent } from '../../shared/contract.ts'
import { createClient } from '../../shared/client.ts'
import { TakeboardError } from '../../shared/errors.ts'
import { FRAME_LIMIT } from '../../shared/frames.ts'
import type { ClientFrame, ServerFrame, Transport, TransportState } from '../../shared/transport.ts'
import { runnerEvent, settingsEvent, STUDIO, stubEngine } from '../support/stub-engine.ts'
import { WIRES, type Wire } from './wires.ts'

/** Waits for what a listener collects, rather than for time to pass. */
function collect<T>(add: (listener: (value: T) => void) => () => void) {
  const got: T[] = []
  const waiting: { count: number; done: () => void }[] = []
  const off = add((value) => {
    got.push(value)
    waiting.filter(({ count }) => got.length >= count).forEach(({ done }) => done())
  })
  return {
    got,
    off,
    until: (count: number) =>
      got.length >= count ? Promise.resolve() : new Promise<void>((done) => void waiting.push({ count, done })),
  }
}

const state = (transport: Transport, wanted: TransportState) =>
  new Promise<void>((resolve) => {
    transport.onState((now) => now === wanted && resolve())
  })

/** Sends a frame as it is and gives the reply with its id. */
const exchange = (transport: Transport, frame: unknown, id: number) =>
  new Promise<ServerFrame>((resolve) => {
    const off = transport.onFrame((reply) => {
      if ((reply.type !== 'ok' && reply.type !== 'err') || reply.id !== id) return
      off()
      resolve(reply)
    })
    transport.send(frame as ClientFrame)
  })

const refusalOf = (promise: Promise<unknown>): Promise<TakeboardError> =>
  promise.then(
    () => expect.fail('The call should have been refused'),
    (error: unknown) =>
      error instanceof TakeboardError ? error : expect.fail(`Not a TakeboardError: ${String(error)}`),
  )

describe.each(WIRES)('%s', (_name, make) => {
  let held: PromiseWithResolvers<void>
  let begun: PromiseWithResolvers<void>
  let engine: ReturnType<typeof stubEngine>
  let wire: Wire

  beforeEach(async () => {
    held = Promise.withResolvers()
    begun = Promise.withResolvers()
    engine = stubEngine(
      {
        'studio.get': () => STUDIO,
        'project.openSample': () => {
          throw new Error('secret detail in /home/someone')
        },
        'runner.pause': () => {
          engine.events.publish(settingsEvent(1))
          return {}
        },
        'runner.resume': async () => {
          begun.resolve()
          await held.promise
          return {}
        },
        'key.clear': () => ({ present: true, source: 'nowhere', caveat: null }) as never,
        'take.cancel': ({ takeId }) => {
          throw new TakeboardError('conflict', `Take ${takeId} has been sent.`, { data: { phase: 'running' } })
        },
      },
      { keep: 100 },
    )
    wire = await make(engine.connect)
  })

  afterEach(async () => {
    held.resolve()
    await wire.close()
  })

  it('answers a call with what the handler gave, after a trip through JSON', async () => {
    const client = createClient(wire.open())
    const answer = await client.call('studio.get', {})
    expect(answer).toEqual(STUDIO)
    expect(answer).not.toBe(STUDIO)
  })

  it('carries an error with its code, sentence and data', async () => {
    const error = await refusalOf(createClient(wire.open()).call('take.cancel', { takeId: 't1' as never }))
    expect(error).toMatchObject({ code: 'conflict', message: 'Take t1 has been sent.', data: { phase: 'running' } })
  })

  it('answers an unexpected failure as internal, with a log id and no detail', async () => {
    const error = await refusalOf(createClient(wire.open()).call('project.openSample', {}))
    const { logId } = error.data as { logId: string }
    expect(error.code).toBe('internal')
    expect(JSON.stringify(error.toWire())).not.toMatch(/secret|home|at /)
    expect(engine.logger.lines).toContainEqual(
      expect.objectContaining({ level: 'error', fields: expect.objectContaining({ logId }) }),
    )
    expect(JSON.stringify(engine.logger.lines)).toContain('secret detail')
  })

  it('answers a handler that returns something else as internal', async () => {
    const error = await refusalOf(createClient(wire.open()).call('key.clear', {}))
    expect(error.code).toBe('internal')
    expect(engine.logger.lines.some(({ level }) => level === 'error')).toBe(true)
  })

  it.each(['take.buyEverything', '__proto__', 'constructor', 'toString', ''])('refuses the name %j', async (name) => {
    const reply = await exchange(wire.open(), { type: 'req', id: 5, name, input: {} }, 5)
    expect(reply).toMatchObject({ type: 'err', error: { code: 'unknown-command' } })
  })

  it('refuses a wrong input in one readable sentence', async () => {
    const transport = wire.open()
    const input = { sceneId: 's1', patch: { duration: 31, aspectRatio: '2:1', colour: 'red' } }
    const reply = await exchange(transport, { type: 'req', id: 9, name: 'scene.update', input }, 9)
    expect(reply).toMatchObject({ type: 'err', error: { code: 'bad-input' } })
    const { message } = (reply as Extract<ServerFrame, { type: 'err' }>).error
    expect(message).toContain('patch.duration is 31, allowed: at most 15')
    expect(message).toContain('patch.aspectRatio is "2:1", allowed: 16:9, 9:16, 1:1, 4:3, 3:4')
    expect(message).toContain('patch.colour is "red", allowed: no such field')
  })

  it('never repeats a key it refuses', async () => {
    const reply = await exchange(
      wire.open(),
      { type: 'req', id: 2, name: 'key.set', input: { key: 'short-k', persist: true } },
      2,
    )
    expect(reply).toMatchObject({ type: 'err', error: { code: 'bad-input' } })
    expect(JSON.stringify(reply)).not.toContain('short-k')
  })

  it('answers a malformed frame that has an id and survives one that has none', async () => {
    const transport = wire.open()
    const reply = await exchange(transport, { type: 'req', id: 3, name: 'studio.get', input: {}, extra: 1 }, 3)
    expect(reply).toMatchObject({ type: 'err', error: { code: 'bad-input' } })
    transport.send({ type: 'since', seq: -1 })
    transport.send([1, 2] as never)
    transport.send(null as never)
    expect(await createClient(transport).call('studio.get', {})).toEqual(STUDIO)
  })

  it('delivers events in order, and those of a command before its answer', async () => {
    const transport = wire.open()
    const frames = collect(transport.onFrame)
    const client = createClient(transport)
    await client.call('studio.get', {})
    await client.call('runner.pause', {})
    for (let seq = 2; seq <= 400; seq++) engine.events.publish(settingsEvent(seq))
    await frames.until(402)
    expect(frames.got.map((frame) => (frame.type === 'evt' ? frame.seq : frame.type))).toEqual([
      'ok',
      1,
      'ok',
      ...Array.from({ length: 399 }, (_, index) => index + 2),
    ])
  })

  it('replays what came after a number, without the unnumbered, and says when it cannot', async () => {
    const transport = wire.open()
    const client = createClient(transport)
    for (let seq = 1; seq <= 150; seq++) engine.events.publish(settingsEvent(seq))
    engine.events.publish(runnerEvent(2))
    const gaps = collect<void>(client.onGap)
    await client.call('studio.get', {})
    const events = collect<EngineEvent>(client.onEvent)
    client.since(147)
    await events.until(3)
    expect(events.got.map(({ seq }) => seq)).toEqual([148, 149, 150])
    client.since(20)
    await gaps.until(1)
    client.since(50)
    await events.until(103)
    expect(events.got).toHaveLength(103)
  })

  it('delivers unnumbered events to every client, and answers only to the asker', async () => {
    const [one, two] = [wire.open(), wire.open()]
    const clients = [createClient(one), createClient(two)] as const
    await Promise.all(clients.map((client) => client.call('studio.get', {})))
    const seen = [collect(one.onFrame), collect(two.onFrame)] as const
    engine.events.publish(runnerEvent(4))
    await Promise.all(seen.map((frames) => frames.until(1)))
    await clients[0].call('studio.get', {})
    engine.events.publish(runnerEvent(5))
    await Promise.all([seen[0].until(3), seen[1].until(2)])
    expect(seen.map(({ got }) => got.map(({ type }) => type))).toEqual([
      ['evt', 'ok', 'evt'],
      ['evt', 'evt'],
    ])
  })

  it('ends pending calls when the wire breaks, connects again and catches up', async () => {
    const transport = wire.open()
    const client = createClient(transport)
    await client.call('studio.get', {})
    engine.events.publish(settingsEvent(1))
    const lost = refusalOf(client.call('runner.resume', {}))
    await begun.promise
    const broken = state(transport, 'closed')
    await wire.drop()
    expect((await lost).code).toBe('disconnected')
    await broken
    engine.events.publish(settingsEvent(2))
    engine.events.publish(settingsEvent(3))

    const next = wire.again(transport)
    await state(next, 'open')
    const later = next === transport ? client : createClient(next)
    const events = collect<EngineEvent>(later.onEvent)
    later.since(1)
    await events.until(2)
    expect(events.got.map(({ seq }) => seq)).toEqual([2, 3])
    expect(await later.call('studio.get', {})).toEqual(STUDIO)
  })

  it('ends pending calls when the client closes, and refuses further ones', async () => {
    const transport = wire.open()
    const answers = collect(transport.onFrame)
    const client = createClient(transport)
    const lost = refusalOf(client.call('runner.resume', {}))
    await begun.promise
    transport.close()
    expect((await lost).code).toBe('disconnected')
    held.resolve()
    expect((await refusalOf(client.call('studio.get', {}))).code).toBe('disconnected')
    expect(answers.got).toEqual([])
  })

  it('refuses a frame over the limit and stays usable', async () => {
    const client = createClient(wire.open())
    const text = 'x'.repeat(FRAME_LIMIT)
    const error = await refusalOf(client.call('board.import', { text, images: {} }))
    expect(error).toMatchObject({ code: 'bad-input', message: expect.stringContaining('16 MB at once') })
    expect(await client.call('studio.get', {})).toEqual(STUDIO)
  })

  it('ends a connection that sends too much or no JSON', async ({ skip }) => {
    const { sendRaw } = wire
    if (sendRaw === null) return skip('Nothing can pass by the client in process')
    expect(await sendRaw(`"${'x'.repeat(FRAME_LIMIT)}"`)).toBe('closed')
    expect(await sendRaw('{"type":')).toBe('closed')
    expect(await createClient(wire.open()).call('studio.get', {})).toEqual(STUDIO)
  })

  it('leaves no listener behind', async () => {
    const round = async () => {
      const client = createClient(wire.open())
      await client.call('studio.get', {})
      client.close()
    }
    for (let count = 0; count < 20; count++) await round()
    await expect.poll(() => engine.events.listeners).toBe(0)
    await expect.poll(() => wire.listeners()).toBe(0)
  })
})
