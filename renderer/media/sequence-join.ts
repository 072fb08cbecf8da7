import {
  EncodedAudioPacketSource,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  type Input,
  type InputAudioTrack,
  type InputVideoTrack,
  Mp4OutputFormat,
  Output,
  type Target,
} from 'mediabunny'
import { perSecond, secondsAt } from '../../shared/frame-rate.ts'
import { type ClipForm, framesAt, placeSound, type SequencePlan } from '../../shared/sequence.ts'

/** A clip that is to be put into the file, by what was found in it. */
export interface SequenceClip {
  readonly form: ClipForm
  /** Opens it anew; the caller of `open` disposes it. */
  open(): Input
}

/** Told of frames that were written, of all. */
type OnFrames = (done: number) => void

/** Seconds at which each clip begins in the file, and at last the end of all. */
export function cutsOf(clips: readonly SequenceClip[], rate: SequencePlan['rate']): readonly number[] {
  let frames = 0
  return [0, ...clips.map(({ form }) => secondsAt((frames += framesAt(form, rate)), rate))]
}

/** The file that is written: its head goes to the end, so that nothing has to be kept in memory. */
export const outputInto = (target: Target): Output =>
  new Output({ format: new Mp4OutputFormat({ fastStart: false }), target })

async function firstTime(track: InputVideoTrack): Promise<number> {
  return track.getFirstTimestamp()
}

async function copyPictures(
  track: InputVideoTrack,
  source: EncodedVideoPacketSource,
  { cut, first, onFrame, signal }: { cut: number; first: boolean; onFrame(): void; signal: AbortSignal },
): Promise<void> {
  const start = await firstTime(track)
  const config = await track.getDecoderConfig()
  let told = !first
  for await (const packet of new EncodedPacketSink(track).packets()) {
    signal.throwIfAborted()
    const moved = packet.clone({ timestamp: cut + packet.timestamp - start })
    await source.add(moved, told || !config ? undefined : { decoderConfig: config })
    told = true
    onFrame()
  }
}

/** Where the sound of a file lies: on the grid of the first clip's packets. */
export interface SoundGrid {
  readonly origin: number
  /** Seconds of a packet. */
  readonly packet: number
  readonly tell: boolean
}

/**
 * Copies the packets of a clip's sound to where the grid has them.
 * @param start seconds of the clip's first picture
 * @param grid null for the first clip, whose packets make it
 */
export async function copySound(
  track: InputAudioTrack,
  source: EncodedAudioPacketSource,
  grid: SoundGrid | null,
  { cut, end, start, signal }: { cut: number; end: number; start: number; signal: AbortSignal },
): Promise<SoundGrid | null> {
  const config = await track.getDecoderConfig()
  const rate = await track.getSampleRate()
  let made = grid
  let [index, left, at] = [0, Infinity, 0]
  for await (const packet of new EncodedPacketSink(track).packets()) {
    signal.throwIfAborted()
    const first = packet.timestamp - start
    if (index === 0) {
      const seconds = Math.round(packet.duration * rate) / rate
      made ??= { origin: first, packet: seconds, tell: true }
      const place = placeSound({ origin: made.origin, packet: made.packet, cut, end, first })
      ;[index, left, at] = [-place.skip, place.take, place.at]
    }
    if (made && index >= 0 && left > 0) {
      const timestamp = made.origin + at * made.packet
      const told = made.tell && config ? { decoderConfig: config } : undefined
      await source.add(packet.clone({ timestamp, duration: made.packet }), told)
      made = { ...made, tell: false }
      at += 1
      left -= 1
    }
    index += 1
    if (left === 0) break
  }
  return made
}

/**
 * Puts clips that agree behind each other, packet by packet, without decoding one.
 * @param plan says `copied`
 * @param target where the file goes; nothing is whole before it resolves
 * @throws what the clips or the target threw, and the reason of the signal
 */
export async function joinClips(
  clips: readonly SequenceClip[],
  plan: SequencePlan,
  target: Target,
  { onFrames, signal }: { onFrames: OnFrames; signal: AbortSignal },
): Promise<void> {
  const output = outputInto(target)
  const opened: Input[] = []
  try {
    const head = clips[0]?.open()
    if (!head) throw new Error('There are no clips to put together.')
    opened.push(head)
    const video = await head.getPrimaryVideoTrack()
    const codec = await video?.getCodec()
    if (!video || !codec) throw new Error('The first clip has no pictures.')
    const pictures = new EncodedVideoPacketSource(codec)
    output.addVideoTrack(pictures, { frameRate: perSecond(plan.rate), rotation: await video.getRotation() })
    const heard = plan.sound === 'copied' ? await (await head.getPrimaryAudioTrack())?.getCodec() : null
    const sound = heard ? new EncodedAudioPacketSource(heard) : null
    if (sound) output.addAudioTrack(sound)
    await output.start()
    const cuts = cutsOf(clips, plan.rate)
    let grid: SoundGrid | null = null
    let done = 0
    for (const [at, clip] of clips.entries()) {
      const input = at === 0 ? head : clip.open()
      if (at > 0) opened.push(input)
      const track = await input.getPrimaryVideoTrack()
      if (!track) throw new Error('A clip has no pictures.')
      const [cut = 0, end = 0] = cuts.slice(at)
      const audio: InputAudioTrack | null = sound && (await input.getPrimaryAudioTrack())
      if (sound && audio)
        grid = await copySound(audio, sound, grid, { cut, end, start: await firstTime(track), signal })
      await copyPictures(track, pictures, { cut, first: at === 0, onFrame: () => onFrames((done += 1)), signal })
      input.dispose()
    }
    await output.finalize()
  } catch (error) {
    await output.cancel().catch(() => {})
    throw error
  } finally {
    for (const input of opened) input.dispose()
  }
}
