import { BufferSource, Input, MP4 } from 'mediabunny'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { probeClip } from '../../renderer/media/clip-facts.ts'
import { ClipProbe } from '../../shared/clip-facts.ts'

const fixtures = resolve(import.meta.dirname, '../fixtures')
const probe = (bytes: Uint8Array) => probeClip(new Input({ source: new BufferSource(bytes), formats: [MP4] }), 'test')

describe('facts of a clip', () => {
  it.each([
    ['frames/red-24.mp4', { num: 24, den: 1 }, 72, 3],
    ['frames/blue-23976.mp4', { num: 24000, den: 1001 }, 72, 3.003],
    ['frames/green-25.mp4', { num: 25, den: 1 }, 75, 3],
    ['frames/yellow-30.mp4', { num: 30, den: 1 }, 90, 3],
  ])('are read from %s', async (file, rate, frames, seconds) => {
    const facts = await probe(readFileSync(resolve(fixtures, file)))
    expect(facts).toMatchObject({ ok: true, width: 640, height: 360, rate, frames, steady: true, start: 0, by: 'test' })
    expect(facts).toMatchObject({
      seconds: expect.closeTo(seconds, 6),
      codec: expect.stringMatching(/^avc1\.64/),
      audio: { codec: 'mp4a.40.2', rate: 48000, channels: 2 },
    })
    expect(ClipProbe.parse(JSON.parse(JSON.stringify(facts)))).toEqual(facts)
  })

  it('say when a file makes no sense', async () => {
    const clip = readFileSync(resolve(fixtures, 'clip-1s.mp4'))
    expect(await probe(clip.subarray(0, 40))).toEqual({ ok: false, problem: expect.any(String), by: 'test' })
    expect(await probe(Buffer.from('hello'))).toMatchObject({ ok: false })
    const torn = Buffer.from(clip)
    torn.fill(0xff, 40)
    expect(await probe(torn)).toMatchObject({ ok: false })
  })
})
