import {
  BufferSource,
  BufferTarget,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  Input,
  MP4,
  Mp4OutputFormat,
  Output,
} from 'mediabunny'
import { FRAME_RATE } from './jobs.ts'

/** What the encoder's RGB conversion amounts to; without it players guess from the picture size. */
const COLOUR = { primaries: 'smpte170m', transfer: 'bt709', matrix: 'smpte170m', fullRange: false } as const

/**
 * Repackages the encoder's MP4: it lists no key frames, so no player could seek in it. The result has its index in
 * front, names its colour space, and depends on the pictures alone.
 */
export async function repackage(raw: Uint8Array): Promise<Uint8Array> {
  const input = new Input({ source: new BufferSource(raw), formats: [MP4] })
  const track = await input.getPrimaryVideoTrack()
  const config = await track?.getDecoderConfig()
  if (!track || !config) throw new Error('The encoder wrote no video track.')
  const target = new BufferTarget()
  const output = new Output({ format: new Mp4OutputFormat({ fastStart: 'in-memory' }), target })
  const video = new EncodedVideoPacketSource('avc')
  output.addVideoTrack(video, { frameRate: FRAME_RATE })
  await output.start()
  const decoderConfig = { ...config, colorSpace: COLOUR }
  for await (const packet of new EncodedPacketSink(track).packets(undefined, undefined, { verifyKeyPackets: true })) {
    await video.add(packet, { decoderConfig })
  }
  await output.finalize()
  if (!target.buffer) throw new Error('The clip could not be packaged.')
  const file = new Uint8Array(target.buffer)
  clearTimes(new DataView(target.buffer), 0, file.length)
  return file
}

const CONTAINERS = new Set(['moov', 'trak', 'mdia'])
const TIMED = new Set(['mvhd', 'tkhd', 'mdhd'])

/** Zeroes creation and modification times, so that equal pictures make equal files. */
function clearTimes(view: DataView, from: number, to: number): void {
  let at = from
  while (at + 8 <= to) {
    const size = view.getUint32(at)
    const type = String.fromCharCode(...[4, 5, 6, 7].map((i) => view.getUint8(at + i)))
    const end = size === 0 ? to : at + size
    // 64-bit sizes and anything out of bounds end the walk; clips are far smaller.
    if (size === 1 || end > to || end < at + 8) return
    if (CONTAINERS.has(type)) clearTimes(view, at + 8, end)
    else if (TIMED.has(type)) {
      const bytes = view.getUint8(at + 8) === 1 ? 16 : 8
      for (let i = 0; i < bytes; i++) view.setUint8(at + 12 + i, 0)
    }
    at = end
  }
}
