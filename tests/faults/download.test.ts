import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startRig, type Rig } from '../support/engine-rig.ts'
import type { DownloadFault } from '../support/fake-api/script.ts'
import { inPhase, openCase, partsOf, PRICE, type FaultCase } from '../support/fault-case.ts'
import { createTestClock } from '../support/test-clock.ts'

const CLIP_BYTES = 400_000
/** More than any clip here. */
const MAX_BYTES = 2_000_000

let rig: Rig
let fault: FaultCase
/** A server in the private network, which no address of a clip may lead to. */
const inside = createServer((_request, response) => void response.end('secret'))
let reached = 0
inside.on('connection', () => (reached += 1))
beforeAll(async () => {
  await once(inside.listen(0, '127.0.0.1'), 'listening')
  rig = await startRig({ clock: createTestClock({ hurry: true }), limits: { idleMs: 1_000, clipBytes: MAX_BYTES } })
  fault = await openCase(rig)
})
beforeEach(async () => {
  await fault.since()
  await rig.fake.script({ job: { clipBytes: CLIP_BYTES } })
})
afterEach(() => rig.fake.clearScript())
afterAll(async () => {
  await rig.close()
  inside.close()
})

const PAID_ONCE = { posts: 1, jobs: 1, held: 0, spent: PRICE }
const downloads = async () => (await rig.fake.seen()).filter(({ route }) => route === 'download')

describe('a download that goes wrong', () => {
  it.each<readonly [string, readonly DownloadFault[]]>([
    ['cut off', [{ reply: 'cut', at: 150_000 }]],
    ['cut off five times', [{ reply: 'cut', at: 50_000, times: 5 }]],
    ['shorter than it says', [{ reply: 'wrong-length', declared: CLIP_BYTES + 1_000 }]],
    ['slow', [{ reply: 'drip', chunk: 65_536, everyMs: 10 }]],
    ['silent in the middle', [{ reply: 'stall', at: 100_000 }]],
    ['without an answer', [{ reply: 'hang' }]],
    ['empty', [{ reply: 'empty' }]],
    ['a web page', [{ reply: 'html', times: 2 }]],
    ['called a web page', [{ reply: 'type', contentType: 'text/html' }]],
    ['500', [{ reply: 'status', status: 500, times: 8 }]],
    ['429', [{ reply: 'status', status: 429, retryAfter: '1', times: 8 }]],
    ['reset', [{ reply: 'reset', times: 8 }]],
    ['without length, type or ETag', [{ reply: 'plain' }]],
    ['changed after a cut', [{ reply: 'cut', at: 100_000 }, { reply: 'change' }]],
    ['without ranges after a cut', [{ reply: 'cut', at: 100_000 }, { reply: 'ignore-range' }]],
    [
      'continued at the wrong byte',
      [
        { reply: 'cut', at: 100_000 },
        { reply: 'wrong-range', shift: 100 },
      ],
    ],
    ['416 after a cut', [{ reply: 'cut', at: 100_000 }, { reply: 'unsatisfiable' }]],
  ])('%s: ends whole, paid once', async (_name, download) => {
    await rig.fake.script({ download })
    const take = await fault.run(inPhase('ready', 'failed'))
    expect(take).toMatchObject({ phase: 'ready', charge: 'charged', attempt: 1, clip: { bytes: CLIP_BYTES } })
    expect(await rig.fake.scriptLeft()).toMatchObject({ download: [] })
    expect(await fault.since()).toEqual(PAID_ONCE)
    fault.checkClip(take)
  })

  it('continues from its part after a restart, with the ETag it had', async () => {
    await rig.fake.script({
      download: [
        { reply: 'stall', at: 200_000 },
        { reply: 'status', status: 500, times: 'always' },
      ],
    })
    const cut = await fault.run((take) => take.phase === 'downloading' && take.error !== null)
    await rig.reopen({}, () => {
      expect(partsOf(rig, cut)).toContain(`${cut.id}.part`)
    })
    await rig.fake.script({ download: [] })
    fault.checkClip(await fault.until(cut, inPhase('ready')))
    const last = (await downloads()).at(-1)
    expect(last?.headers).toMatchObject({
      range: expect.stringMatching(/^bytes=[1-9]\d*-$/) as string,
      'if-range': expect.stringMatching(/^".+"$/) as string,
    })
    expect(await fault.since()).toEqual(PAID_ONCE)
  })

  it('too large: stops at the limit, keeps the charge and does not fill the disk', async () => {
    await rig.fake.script({ job: { clipBytes: MAX_BYTES * 4 }, download: [{ reply: 'plain', times: 'always' }] })
    const failed = await fault.run(inPhase('failed', 'ready'))
    expect(failed).toMatchObject({ phase: 'failed', charge: 'charged', error: { code: 'clip-invalid' } })
    expect(partsOf(rig, failed)).not.toContain(`${failed.id}.part`)
    expect(await fault.since()).toEqual(PAID_ONCE)
  })
})

describe('a clip the service does not hand out', () => {
  it.each([403, 404, 410])('%i: the result is asked again, then the artist; nothing is sent again', async (status) => {
    await rig.fake.script({ download: [{ reply: 'status', status, times: 'always' }] })
    const polls = (await rig.fake.requests()).poll
    const failed = await fault.run(inPhase('failed', 'ready'))
    expect(failed).toMatchObject({ phase: 'failed', charge: 'charged', error: { code: 'result-unavailable' } })
    // One poll found it done; each try of the download asked for the result again.
    expect((await rig.fake.requests()).poll - polls).toBeGreaterThanOrEqual(4)
    await rig.reopen()
    expect((await rig.take(failed.id)).phase).toBe('failed')
    expect(await fault.since()).toEqual(PAID_ONCE)
    await rig.fake.script({ download: [] })
    await rig.engine.call('take.download', { takeId: failed.id })
    fault.checkClip(await fault.until(failed, inPhase('ready')))
    expect(await fault.since()).toEqual({ posts: 0, jobs: 0, held: 0, spent: 0 })
  })

  it('at an address that has expired comes from the one the result lists now', async () => {
    await rig.fake.script({ urlUses: 1, download: [{ reply: 'status', status: 403 }] })
    fault.checkClip(await fault.run(inPhase('ready')))
    const signatures = (await downloads()).slice(-2).map(({ path }) => path)
    expect(new Set(signatures).size).toBe(2)
    expect(await fault.since()).toEqual(PAID_ONCE)
  })
})

describe('a redirect out of the public network', () => {
  const port = () => (inside.address() as AddressInfo).port
  const TARGETS: readonly (readonly [string, () => string])[] = [
    ['a file', () => 'file:///etc/passwd'],
    ['this machine', () => `http://127.0.0.1:${port()}/secret`],
    ['this machine by name', () => `https://localhost:${port()}/secret`],
    ['this machine on 443', () => 'https://127.0.0.1/secret'],
    ['a mapped address', () => 'https://[::ffff:127.0.0.1]/secret'],
    ['a decimal address', () => 'https://2130706433/secret'],
    ['a private network', () => 'https://10.0.0.1/secret'],
    ['link-local metadata', () => 'http://169.254.169.254/latest/meta-data'],
    ['plain http', () => 'http://example.com/clip.mp4'],
    ['data', () => 'data:video/mp4;base64,AAAAIGZ0eXBpc29t'],
    ['credentials', () => 'https://user:pass@example.com/clip.mp4'],
  ]

  it.each(TARGETS)('to %s is refused at the first hop and at the second', async (_name, target) => {
    for (const hops of [1, 2]) {
      const chain: DownloadFault[] = Array.from({ length: 5 }, (): DownloadFault[] => [
        ...(hops === 2 ? [{ reply: 'redirect', status: 302 } as const] : []),
        { reply: 'redirect', status: 302, location: target() },
      ]).flat()
      await rig.fake.script({ download: chain })
      const failed = await fault.run(inPhase('failed', 'ready'))
      expect(failed).toMatchObject({ phase: 'failed', charge: 'charged', error: { code: 'url-refused' } })
      expect(failed.error?.message).not.toContain('secret')
      expect(await fault.since()).toEqual(PAID_ONCE)
    }
    expect(reached).toBe(0)
  })

  it('without end is given up each time, and the clip comes when it ends', async () => {
    await rig.fake.script({ download: [{ reply: 'redirect', status: 302, times: 12 }] })
    fault.checkClip(await fault.run(inPhase('ready', 'failed')))
    expect(await fault.since()).toEqual(PAID_ONCE)
  })
})
