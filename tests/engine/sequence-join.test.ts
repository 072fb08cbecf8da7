import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { ALL_FORMATS, EncodedPacketSink, FilePathSource, FilePathTarget, Input } from 'mediabunny'
import { afterAll, describe, expect, it } from 'vitest'
import { formOf } from '../../renderer/media/sequence-form.ts'
import { joinClips, type SequenceClip } from '../../renderer/media/sequence-join.ts'
import { planSequence, type SequencePlan } from '../../shared/sequence.ts'

const dir = mkdtempSync(join(tmpdir(), 'takeboard-join-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

const fixture = (name: string) => resolve(import.meta.dirname, '../fixtures/clips', `${name}.mp4`)
const open = (path: string) => new Input({ source: new FilePathSource(path), formats: ALL_FORMATS })
/** The second opinion, where it is installed; the packets themselves are compared everywhere. */
const ffmpeg = spawnSync('ffmpeg', ['-version']).status === 0
const NOTHING = { size: null, rate: null, slates: false }

async function clipOf(name: string): Promise<SequenceClip & { name: string }> {
  const input = open(fixture(name))
  const form = await formOf(input)
  input.dispose()
  if (!form) throw new Error(`${name} is no clip.`)
  return { name, form, open: () => open(fixture(name)) }
}

async function planOf(names: readonly string[], wish = NOTHING): Promise<[SequencePlan, readonly SequenceClip[]]> {
  const clips = await Promise.all(names.map(clipOf))
  const plan = planSequence(clips, wish)
  if (!plan) throw new Error('There is a plan for clips.')
  return [plan, clips]
}

interface SeenPacket {
  readonly time: number
  readonly bytes: string
}
async function packetsOf(path: string, kind: 'video' | 'audio'): Promise<readonly SeenPacket[]> {
  const input = open(path)
  const track = kind === 'video' ? await input.getPrimaryVideoTrack() : await input.getPrimaryAudioTrack()
  const seen: SeenPacket[] = []
  if (track)
    for await (const packet of new EncodedPacketSink(track).packets())
      seen.push({ time: packet.timestamp, bytes: Buffer.from(packet.data).toString('base64') })
  input.dispose()
  return seen
}

/** Hashes of the decoded pictures, in the order they are shown. */
const picturesOf = (path: string): readonly string[] =>
  execFileSync('ffmpeg', ['-v', 'error', '-i', path, '-map', '0:v', '-f', 'framemd5', '-'], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split(',').at(-1)?.trim() ?? '')

async function joined(names: readonly string[], file: string): Promise<string> {
  const path = join(dir, file)
  const [plan, clips] = await planOf(names)
  expect(plan.kind).toBe('copied')
  const told: number[] = []
  const target = new FilePathTarget(path)
  await joinClips(clips, plan, target, { onFrames: (done) => told.push(done), signal: new AbortController().signal })
  expect(told.at(-1)).toBe(plan.frames)
  return path
}

describe('clips that agree', () => {
  const names = ['fps-24', 'fps-24-b', 'fps-24-c', 'fps-24']

  it('follow each other frame by frame, untouched', async () => {
    const path = await joined(names, 'whole.mp4')
    const packets = await packetsOf(path, 'video')
    const sources = await Promise.all(names.map((name) => packetsOf(fixture(name), 'video')))
    expect(packets.map(({ bytes }) => bytes)).toEqual(sources.flat().map(({ bytes }) => bytes))
    // Every picture has its own frame of time, from the first on, with none left out.
    const frames = packets.map(({ time }) => Math.round(time * 24 * 1000) / 1000).toSorted((a, b) => a - b)
    expect(frames).toEqual(packets.map((_, frame) => frame))
    if (!ffmpeg) return
    expect(picturesOf(path)).toEqual(names.flatMap((name) => picturesOf(fixture(name))))
    const complaints = spawnSync('ffmpeg', ['-v', 'error', '-i', path, '-f', 'null', '-'], { encoding: 'utf8' })
    expect(complaints.stderr).toBe('')
  })

  it('keep their sound within half a packet of the picture, however many cuts there are', async () => {
    const many = Array.from({ length: 12 }, () => names).flat()
    const path = await joined(many, 'many.mp4')
    const packets = await packetsOf(path, 'audio')
    const half = 512 / 48_000
    const origin = packets[0]?.time ?? 0
    // One grid without gaps: nothing a player could add up wrongly.
    for (const [at, { time }] of packets.entries()) expect(time).toBeCloseTo(origin + (at * 1024) / 48_000, 4)
    let [cut, at] = [0, 0]
    for (const [index, name] of many.entries()) {
      const source = await packetsOf(fixture(name), 'audio')
      const clip = await clipOf(name)
      const end = cut + clip.form.frames / 24
      // What is heard from here on is this clip's own sound, in its order, at its time.
      const here = packets.slice(at, Math.round((end - origin) / (half * 2)))
      expect(here.length).toBeGreaterThan(100)
      const skipped = source.findIndex(({ bytes }) => bytes === here[0]?.bytes)
      expect(skipped, `${name} at ${index}`).toBeGreaterThanOrEqual(0)
      expect(here.map(({ bytes }) => bytes)).toEqual(
        source.slice(skipped, skipped + here.length).map(({ bytes }) => bytes),
      )
      for (const [place, { time }] of here.entries())
        expect(Math.abs(time - cut - (source[skipped + place]?.time ?? Infinity))).toBeLessThanOrEqual(half + 1e-3)
      at += here.length
      cut = end
    }
    expect(Math.abs((packets.at(-1)?.time ?? 0) + 1024 / 48_000 - cut)).toBeLessThanOrEqual(half + 1e-3)
    if (!ffmpeg) return
    const heard = execFileSync(
      'ffprobe',
      ['-v', 'error', '-show_entries', 'stream=codec_type,duration', '-of', 'csv=p=0', path],
      { encoding: 'utf8' },
    )
    const lengths = heard
      .trim()
      .split('\n')
      .map((line) => Number(line.split(',')[1]))
    for (const length of lengths) expect(Math.abs(length - cut)).toBeLessThan(0.05)
  }, 60_000)

  it.each([
    ['fps-23976', 24000 / 1001, 120],
    ['fps-25', 25, 120],
    ['fps-30', 30, 120],
  ] as const)('keep the rate of %s to the frame', async (name, rate, frames) => {
    const path = await joined([name, name, name], `${name}.mp4`)
    const times = (await packetsOf(path, 'video')).map(({ time }) => time).toSorted((a, b) => a - b)
    expect(times).toHaveLength(frames * 3)
    for (const [frame, time] of times.entries()) expect(time).toBeCloseTo(frame / rate, 5)
  })

  it('may be silent altogether', async () => {
    const path = await joined(['silent-24', 'silent-24'], 'silent.mp4')
    expect(await packetsOf(path, 'audio')).toEqual([])
    expect(await packetsOf(path, 'video')).toHaveLength(144)
  })

  it('are left when that is wished, with nothing that looks whole', async () => {
    const [plan, clips] = await planOf(names)
    const stop = new AbortController()
    const path = join(dir, 'stopped.mp4')
    const work = joinClips(clips, plan, new FilePathTarget(path), {
      onFrames: (done) => done === 150 && stop.abort(new Error('enough')),
      signal: stop.signal,
    })
    await expect(work).rejects.toThrow('enough')
    await expect(packetsOf(path, 'video')).rejects.toThrow(/./)
  })
})

describe('clips that do not agree', () => {
  it.each([
    [['fps-24', 'small-24'], /Take small-24 is \d+×\d+, the others are \d+×\d+/],
    [['fps-24', 'tall-24', 'fps-24-b'], /Take tall-24 is \d+×\d+, the others are \d+×\d+/],
    [['fps-24', 'fps-25', 'fps-24-b'], /Take fps-25 is 25 fps, the others are 24 fps/],
    [['fps-24', 'fps-24-b', 'fps-23976'], /Take fps-23976 is 23.976 fps, the others are 24 fps/],
    [['fps-24', 'silent-24', 'fps-24-c'], /Take silent-24 has no sound, the others have 48\u00a0kHz/],
  ])('%j are encoded, and it is said why', async (names, why) => {
    const [plan] = await planOf(names)
    expect(plan.kind).toBe('encoded')
    expect(plan.why.join(' ')).toMatch(why)
  })
})
