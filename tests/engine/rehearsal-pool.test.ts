import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { ClipJob, StillJob } from '../../electron/engine/provider/rehearsal/jobs.ts'
import {
  PoolClosed,
  createRenderPool,
  type RenderPool,
  type RenderPoolOptions,
} from '../../electron/engine/provider/rehearsal/render-pool.ts'

/** A stand-in renderer that does what the job's label says, so that the pool can be watched on its own. */
const STAND_IN = `
import { parentPort } from 'node:worker_threads'
parentPort.on('message', ({ id, job }) => {
  if (job.label === 'die') process.exit(7)
  if (job.label === 'hang') return
  if (job.label === 'refuse') return parentPort.postMessage({ id, ok: false, message: 'No paint left.' })
  if (job.label === 'stray') parentPort.postMessage({ id: id + 1000, ok: true, result: null })
  const result = job.kind === 'still' ? { kind: 'still', picture: new Uint8Array([1, 2, 3]) } : { kind: 'clip', bytes: 1, sha256: '', renderMs: 1 }
  parentPort.postMessage({ id, ok: true, result })
})
`

const quiet = { info() {}, warn() {}, error() {} }
let dir: string
let pool: RenderPool

const clip = (label: string): ClipJob => ({
  kind: 'clip',
  prompt: 'A field.',
  seed: 1,
  aspectRatio: '16:9',
  images: [],
  label,
  resolution: '720p',
  width: 64,
  height: 36,
  duration: 3,
  outFile: join(dir, `${label}.mp4`),
})
const still: StillJob = {
  kind: 'still',
  number: '1',
  title: '',
  prompt: 'A field.',
  seed: 1,
  aspectRatio: '16:9',
  images: [],
  look: 'colour',
  width: 64,
}

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'takeboard-pool-'))
  await writeFile(join(dir, 'stand-in.mjs'), STAND_IN)
})
afterEach(() => pool.close())
afterAll(() => rm(dir, { recursive: true, force: true }))

const open = (options: Partial<RenderPoolOptions> = {}) => {
  pool = createRenderPool({ logger: quiet, workers: 1, workerFile: join(dir, 'stand-in.mjs'), ...options })
}

describe('the render pool', () => {
  it('fails the job a thread died with and serves the next on a new one', async () => {
    open()
    const [lost, next] = await Promise.allSettled([pool.clip(clip('die')), pool.clip(clip('fine'))])
    expect(lost).toMatchObject({
      status: 'rejected',
      reason: { message: 'The rehearsal renderer stopped (exit code 7).' },
    })
    expect(next).toMatchObject({ status: 'fulfilled', value: { kind: 'clip' } })
  })

  it('replaces a thread that is stuck', async () => {
    // Long enough for a thread to start on a busy machine.
    open({ limitMs: 3_000 })
    await expect(pool.clip(clip('hang'))).rejects.toThrow('took too long')
    await expect(pool.clip(clip('fine'))).resolves.toMatchObject({ kind: 'clip' })
  })

  it('hands on what the renderer says, and ignores answers to other jobs', async () => {
    open()
    await expect(pool.clip(clip('refuse'))).rejects.toThrow('No paint left.')
    await expect(pool.clip(clip('stray'))).resolves.toMatchObject({ kind: 'clip' })
  })

  it('takes a still before the clips that wait', async () => {
    open()
    const order: string[] = []
    const note = (name: string) => () => void order.push(name)
    await Promise.all([
      pool.clip(clip('first')).then(note('first')),
      pool.clip(clip('second')).then(note('second')),
      pool.still(still).then(note('still')),
    ])
    expect(order).toEqual(['first', 'still', 'second'])
  })

  it('rejects what is unfinished when it closes, and all that comes later', async () => {
    open()
    const jobs = [pool.clip(clip('hang')), pool.clip(clip('waiting'))].map((job) =>
      expect(job).rejects.toThrow(PoolClosed),
    )
    await pool.close()
    await Promise.all(jobs)
    await expect(pool.still(still)).rejects.toThrow(PoolClosed)
  })

  it('lets idle threads go and starts anew', async () => {
    open({ idleMs: 0 })
    await pool.clip(clip('one'))
    await new Promise((resolve) => setImmediate(resolve))
    await expect(pool.clip(clip('two'))).resolves.toMatchObject({ kind: 'clip' })
  })

  it('renders with the real renderer and fails cleanly where it cannot write', async () => {
    pool = createRenderPool({ logger: quiet, workers: 1 })
    const picture = await pool.still(still)
    expect(picture.subarray(0, 3).toString('hex')).toBe('ffd8ff')
    await expect(pool.clip({ ...clip('x'), outFile: join(dir, 'missing', 'x.mp4') })).rejects.toThrow('ENOENT')
    await expect(pool.clip(clip('real'))).resolves.toMatchObject({ kind: 'clip' })
  })
})
