import {
  AudioSample,
  AudioSampleSink,
  AudioSampleSource,
  CanvasSink,
  CanvasSource,
  EncodedAudioPacketSource,
  getFirstEncodableAudioCodec,
  getFirstEncodableVideoCodec,
  type Input,
  type InputAudioTrack,
  type Output,
  type Target,
} from 'mediabunny'
import { perSecond, secondsAt } from '../../shared/frame-rate.ts'
import { framesAt, type SequencePlan } from '../../shared/sequence.ts'
import { bandOf, fitSlate } from '../../shared/slate-band.ts'
import { copySound, cutsOf, outputInto, type SequenceClip, type SoundGrid } from './sequence-join.ts'

/** What this browser encodes; null where it encodes nothing that fits into an MP4. */
export interface Encoders {
  readonly video: 'avc' | 'vp9' | 'av1' | null
  readonly audio: 'aac' | 'opus' | null
}

/** A clip to be encoded, with what is written into its pictures. */
export interface EncodedClip extends SequenceClip {
  /** Empty for nothing. */
  readonly slate: readonly string[]
}

/** What sound is mixed to where it cannot be copied; Opus works in this rate, and every AAC decoder knows it. */
const SOUND = { numberOfChannels: 2, sampleRate: 48_000 } as const
/** Bits of a pixel of a frame: near to what the clips themselves have at 720p. */
const BITS_PER_PIXEL = 0.22

const bitrateOf = ({ width, height, rate }: Pick<SequencePlan, 'width' | 'height' | 'rate'>): number =>
  Math.round(Math.max(1_500_000, width * height * perSecond(rate) * BITS_PER_PIXEL))

/** Asks the browser what it encodes at a size. The first that works of H.264, VP9 and AV1; of AAC and Opus. */
export async function findEncoders({ width, height }: { width: number; height: number }): Promise<Encoders> {
  const video = await getFirstEncodableVideoCodec(['avc', 'vp9', 'av1'], { width, height })
  const audio = await getFirstEncodableAudioCodec(['aac', 'opus'], SOUND)
  return {
    video: video === 'avc' || video === 'vp9' || video === 'av1' ? video : null,
    audio: audio === 'aac' || audio === 'opus' ? audio : null,
  }
}

interface Page {
  readonly canvas: OffscreenCanvas
  readonly brush: OffscreenCanvasRenderingContext2D
}

function blankPage(width: number, height: number): Page {
  const canvas = new OffscreenCanvas(width, height)
  const brush = canvas.getContext('2d', { alpha: false })
  if (!brush) throw new Error('There is no canvas to draw on.')
  return { canvas, brush }
}

/** Writes the slate into its band at the lower edge. */
function writeSlate({ canvas: { width, height }, brush }: Page, texts: readonly string[]): void {
  const band = bandOf(width, height)
  brush.fillStyle = 'rgb(10 10 10 / 0.74)'
  brush.fillRect(0, band.top, width, band.height)
  brush.font = `600 ${band.textPx}px system-ui, sans-serif`
  brush.fillStyle = '#fff'
  brush.textBaseline = 'middle'
  const text = fitSlate(texts, width - 2 * band.padding, (part) => brush.measureText(part).width)
  brush.fillText(text, band.padding, band.top + band.height / 2)
}

/** The pictures of a clip at the rate and size of the file, each with its slate. */
async function encodePictures(
  input: Input,
  clip: EncodedClip,
  source: CanvasSource,
  page: Page,
  {
    plan,
    cut,
    slateFrames,
    onFrame,
    signal,
  }: { plan: SequencePlan; cut: number; slateFrames: number | null; onFrame(): void; signal: AbortSignal },
): Promise<void> {
  const track = await input.getPrimaryVideoTrack()
  if (!track) throw new Error('A clip has no pictures.')
  const { width, height } = plan
  const sink = new CanvasSink(track, { width, height, fit: 'contain', poolSize: 2 })
  const start = await track.getFirstTimestamp()
  const frames = framesAt(clip.form, plan.rate)
  const last = start + secondsAt(clip.form.frames - 0.5, clip.form.rate)
  const times = Array.from({ length: frames }, (_, frame) => Math.min(last, start + secondsAt(frame + 0.5, plan.rate)))
  const seconds = secondsAt(1, plan.rate)
  let frame = 0
  for await (const shown of sink.canvasesAtTimestamps(times)) {
    signal.throwIfAborted()
    if (shown) {
      page.brush.fillStyle = '#000'
      page.brush.fillRect(0, 0, width, height)
      page.brush.drawImage(shown.canvas, 0, 0)
      if (clip.slate.length > 0 && (slateFrames === null || frame < slateFrames)) writeSlate(page, clip.slate)
    }
    // A clip begins with a key frame, so that a cut is as quick to go to as the start.
    await source.add(cut + frame * seconds, seconds, { keyFrame: frame === 0 })
    frame += 1
    onFrame()
  }
}

/** Reads a sample's channels as they are put into two: one is heard on both sides, more than two are left out. */
function sidesOf(sample: AudioSample): readonly [Float32Array, Float32Array] {
  const side = (index: number) => {
    const plane = new Float32Array(sample.numberOfFrames)
    sample.copyTo(plane, { planeIndex: index, format: 'f32-planar' })
    return plane
  }
  const left = side(0)
  return [left, sample.numberOfChannels > 1 ? side(1) : left]
}

/** A stretch of sound as long as a clip, silent where nothing is put into it. */
async function soundOf(
  track: InputAudioTrack | null,
  samples: number,
  start: number,
  signal: AbortSignal,
): Promise<Float32Array<ArrayBuffer>> {
  const planes = new Float32Array(samples * 2)
  if (!track || !(await track.canDecode())) return planes
  for await (const sample of new AudioSampleSink(track).samples()) {
    signal.throwIfAborted()
    const [left, right] = sidesOf(sample)
    const from = (sample.timestamp - start) * SOUND.sampleRate
    const step = sample.sampleRate / SOUND.sampleRate
    const first = Math.max(0, Math.ceil(from))
    const end = Math.min(samples, Math.ceil(from + sample.numberOfFrames / step))
    for (let at = first; at < end; at++) {
      // Between two samples of another rate lies a straight line.
      const place = Math.max(0, (at - from) * step)
      const whole = Math.min(left.length - 1, Math.floor(place))
      const next = Math.min(left.length - 1, whole + 1)
      const share = place - Math.floor(place)
      planes[at] = (left[whole] ?? 0) * (1 - share) + (left[next] ?? 0) * share
      planes[samples + at] = (right[whole] ?? 0) * (1 - share) + (right[next] ?? 0) * share
    }
    sample.close()
  }
  return planes
}

/** Where the sound of the file comes from: packets of the clips, or an encoder that is fed with what they decode to. */
interface SoundWriter {
  add(input: Input, place: { cut: number; end: number; start: number; signal: AbortSignal }): Promise<void>
}

async function writerOf(output: Output, head: Input, plan: SequencePlan, encoders: Encoders): Promise<SoundWriter> {
  const none: SoundWriter = { add: async () => {} }
  if (plan.sound === 'none') return none
  const codec = plan.sound === 'copied' ? await (await head.getPrimaryAudioTrack())?.getCodec() : null
  if (codec) {
    const source = new EncodedAudioPacketSource(codec)
    output.addAudioTrack(source)
    let grid: SoundGrid | null = null
    return {
      async add(input, place) {
        const track = await input.getPrimaryAudioTrack()
        if (track) grid = await copySound(track, source, grid, place)
      },
    }
  }
  if (encoders.audio === null) return none
  const source = new AudioSampleSource({ codec: encoders.audio, bitrate: 160_000 })
  output.addAudioTrack(source)
  return {
    async add(input, { cut, end, start, signal }) {
      const [from, to] = [Math.round(cut * SOUND.sampleRate), Math.round(end * SOUND.sampleRate)]
      const data = await soundOf(await input.getPrimaryAudioTrack(), to - from, start, signal)
      const sample = new AudioSample({ data, format: 'f32-planar', ...SOUND, timestamp: from / SOUND.sampleRate })
      await source.add(sample)
      sample.close()
    },
  }
}

/**
 * Draws and encodes clips one after the other into one file, each letterboxed to the size of the plan. One encoder makes
 * all of it, so that one decoder configuration fits.
 * @param target where the file goes; nothing is whole before it resolves
 * @param slateFrames frames of each clip that carry its slate; null for all
 */
export async function encodeClips(
  clips: readonly EncodedClip[],
  plan: SequencePlan,
  encoders: Encoders,
  target: Target,
  { slateFrames, onFrames, signal }: { slateFrames: number | null; onFrames(done: number): void; signal: AbortSignal },
): Promise<void> {
  if (encoders.video === null) throw new Error('This browser has no encoder for pictures.')
  const page = blankPage(plan.width, plan.height)
  const output = outputInto(target)
  const pictures = new CanvasSource(page.canvas, {
    codec: encoders.video,
    bitrate: bitrateOf(plan),
    keyFrameInterval: 2,
    // Quality before speed: nobody waits for a single frame.
    latencyMode: 'quality',
  })
  output.addVideoTrack(pictures, { frameRate: perSecond(plan.rate) })
  let opened: Input | null = null
  try {
    const [head] = clips
    if (!head) throw new Error('There are no clips to put together.')
    opened = head.open()
    const sound = await writerOf(output, opened, plan, encoders)
    await output.start()
    const cuts = cutsOf(clips, plan.rate)
    let done = 0
    for (const [at, clip] of clips.entries()) {
      const input: Input = at === 0 && opened ? opened : clip.open()
      opened = input
      const [cut = 0, end = 0] = cuts.slice(at)
      const start = (await (await input.getPrimaryVideoTrack())?.getFirstTimestamp()) ?? 0
      await sound.add(input, { cut, end, start, signal })
      await encodePictures(input, clip, pictures, page, {
        plan,
        cut,
        slateFrames,
        onFrame: () => onFrames((done += 1)),
        signal,
      })
      input.dispose()
    }
    await output.finalize()
  } catch (error) {
    await output.cancel().catch(() => {})
    throw error
  } finally {
    opened?.dispose()
  }
}
