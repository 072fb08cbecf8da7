import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { present } from '../../shared/assert.ts'
import { PredictionId, TakeId, type SceneId } from '../../shared/ids.ts'
import { usdMicros } from '../../shared/money.ts'
import { createCandidateClips } from '../../electron/engine/media/candidates.ts'
import type { OpenClip } from '../../electron/engine/media/clip-store.ts'
import { startRig, type Rig } from '../support/engine-rig.ts'

let rig: Rig
let takes: readonly TakeId[]
/** Two takes whose submissions went unanswered, at a service that does not say what its jobs were made from. */
beforeEach(async () => {
  rig = await startRig()
  await rig.setCap(usdMicros(30_000_000))
  await rig.fake.script({
    submit: [{ reply: 'reset', recorded: true, times: 2 }],
    lists: { more: 'has_more', echoInput: false, pageCap: 100, millisecondsOnly: false },
  })
  const { scenes } = await rig.engine.call('project.get', { projectId: rig.projectId })
  const scene = (index: number): SceneId => present(scenes[index], 'the sample has twelve').id
  const { takeIds } = await rig.start({ sceneIds: [scene(2), scene(4)] })
  takes = takeIds
  await rig.until(takeIds, ({ phase }) => phase === 'unconfirmed')
})
afterEach(() => rig.close())

const first = () => present(takes[0], 'two were started')
const second = () => present(takes[1], 'two were started')
const look = async (takeId = first()) => (await rig.engine.call('take.lookFor', { takeId })).candidates
const ask = (takeId: TakeId, predictionId: string, init: RequestInit = {}) =>
  rig.engine.media(
    new Request(`http://127.0.0.1:9/media/candidates/${takeId}/${encodeURIComponent(predictionId)}`, init),
  )
const refusal = async (reply: Response) => [reply.status, ((await reply.json()) as { code: string }).code]
const downloads = async () => (await rig.fake.seen()).filter(({ route }) => route === 'download')

describe('the clips of candidates', () => {
  it('come through the engine, once each and without the key, and one is adopted', async () => {
    const candidates = await look()
    expect(candidates.map(({ hasPreview, status }) => [hasPreview, status])).toEqual([
      [true, 'completed'],
      [true, 'completed'],
    ])
    expect(JSON.stringify(candidates)).not.toContain('http')
    for (const { predictionId } of candidates) {
      const reply = await ask(first(), predictionId)
      expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'video/mp4'])
      const bytes = Buffer.from(await reply.arrayBuffer())
      expect(bytes.includes(predictionId.slice(0, 30))).toBe(true)
      const part = await ask(first(), predictionId, { headers: { range: 'bytes=4-7' } })
      expect([part.status, await part.text()]).toEqual([206, 'ftyp'])
    }
    const seen = await downloads()
    expect(seen.map(({ authorization }) => authorization)).toEqual([false, false])

    const chosen = present(candidates[1], 'two').predictionId
    await rig.engine.call('take.resolve', { takeId: first(), as: { kind: 'prediction', predictionId: chosen } })
    await rig.until([first()], ({ phase }) => phase === 'ready')
    expect(await refusal(await ask(first(), chosen))).toEqual([404, 'not-found'])
    expect(rig.fake.ledger().posts).toHaveLength(2)
  })

  it('are those of the last look for that take and of no other', async () => {
    const jobs = rig.fake.ledger().jobs.map(({ id }) => id)
    const job = present(jobs[0], 'both were recorded')
    expect(await refusal(await ask(first(), job))).toEqual([404, 'not-found'])
    await look()
    for (const unknown of ['f'.repeat(32), '../../library.db', 'https://127.0.0.1/x', `${job}?`, 'x'.repeat(81)])
      expect(await refusal(await ask(first(), unknown))).toEqual([404, 'not-found'])
    expect(await refusal(await ask(second(), job))).toEqual([404, 'not-found'])
    expect((await ask(first(), job, { method: 'POST' })).status).toBe(405)
    expect(await downloads()).toEqual([])
    await rig.reopen()
    expect(await refusal(await ask(first(), job))).toEqual([404, 'not-found'])
  })

  it.each([
    [
      'leads to link-local metadata',
      { reply: 'redirect', status: 302, location: 'http://169.254.169.254/' },
      502,
      'url-refused',
    ],
    ['leads to a file', { reply: 'redirect', status: 302, location: 'file:///etc/passwd' }, 502, 'url-refused'],
    ['has expired', { reply: 'status', status: 410 }, 410, 'result-unavailable'],
    ['is a page', { reply: 'html', status: 200 }, 502, 'clip-invalid'],
    ['is cut off', { reply: 'cut', at: 20 }, 502, 'download-failed'],
  ] as const)('say why when the address %s', async (_, fault, status, code) => {
    const job = present((await look())[0], 'two').predictionId
    await rig.fake.script({ download: [fault] })
    expect(await refusal(await ask(first(), job))).toEqual([status, code])
    // Nothing of it is kept, so the next try is a new one.
    const next = await ask(first(), job)
    await next.body?.cancel()
    expect(next.status).toBe(200)
  })

  it('are not there while the job runs or when it failed', async () => {
    await rig.fake.script({ hold: true })
    const [running] = await look()
    expect(running).toMatchObject({ hasPreview: false, status: 'processing' })
    expect(await refusal(await ask(first(), present(running, 'two').predictionId))).toEqual([404, 'not-found'])
    expect(await downloads()).toEqual([])
  })
})

describe('the room for them', () => {
  let dir: string
  beforeEach(() => void (dir = mkdtempSync(join(tmpdir(), 'takeboard-candidates-'))))
  afterEach(() => rmSync(dir, { recursive: true, force: true }))
  const take = TakeId.parse('take')
  const opened: string[] = []
  /** A clip of 100 bytes named by the job; `endless` says no length and does not stop. */
  const open =
    (job: string): OpenClip =>
    async () => {
      opened.push(job)
      const bytes = Buffer.alloc(100)
      bytes.write(`\0\0\0\x18ftyp${job}`, 'latin1')
      async function* body() {
        yield bytes
        while (job === 'endless') yield bytes
      }
      const total = job === 'endless' ? null : job === 'huge' ? 10 ** 10 : bytes.length
      return { status: 200, start: 0, total, etag: null, contentType: 'video/mp4', body: body() }
    }

  it('is bounded, for one clip and for all of them', async () => {
    const clips = createCandidateClips({ dir, find: (_, job) => open(job), limits: { clip: 150, all: 250 } })
    const file = (job: string) => clips.file(take, PredictionId.parse(job))
    await expect(file('huge')).rejects.toMatchObject({ code: 'clip-invalid' })
    await expect(file('endless')).rejects.toMatchObject({ code: 'clip-invalid' })
    expect(readdirSync(join(dir, 'parts'))).toEqual([])
    opened.length = 0
    const [a, again] = await Promise.all([file('a'), file('a')])
    expect(a).toEqual(again)
    const b = await file('b')
    await file('a')
    const c = await file('c')
    expect(opened).toEqual(['a', 'b', 'c'])
    expect([a, b, c].map((clip) => existsSync(present(clip, 'it was offered').path))).toEqual([true, false, true])
    await file('b')
    expect(opened).toEqual(['a', 'b', 'c', 'b'])
    createCandidateClips({ dir, find: () => null })
    expect(readdirSync(join(dir, 'clips'))).toEqual([])
  })
})
