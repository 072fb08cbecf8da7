import { EncodedPacketSink, type Input, type InputAudioTrack } from 'mediabunny'
import { rateOf } from '../../shared/frame-rate.ts'
import type { ClipForm, SoundForm } from '../../shared/sequence.ts'
import { measurePackets } from './measure-packets.ts'

const hex = (bytes: AllowSharedBufferSource | undefined): string | null => {
  if (bytes === undefined) return null
  const view = ArrayBuffer.isView(bytes)
    ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    : new Uint8Array(bytes)
  return Array.from(view, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

async function soundOf(track: InputAudioTrack): Promise<SoundForm> {
  const config = await track.getDecoderConfig()
  const rate = await track.getSampleRate()
  const lengths = new Map<number, number>()
  for await (const packet of new EncodedPacketSink(track).packets(undefined, undefined, { metadataOnly: true })) {
    const samples = Math.round(packet.duration * rate)
    lengths.set(samples, (lengths.get(samples) ?? 0) + 1)
  }
  // The last packet of a file may be told shorter than it is.
  const [[usual] = [0], ...others] = [...lengths].toSorted((one, other) => other[1] - one[1])
  const even = others.length === 0 || (others.length === 1 && others[0]?.[1] === 1 && others[0][0] < usual)
  return {
    codec: (await track.getCodecParameterString()) ?? 'unknown',
    rate,
    channels: await track.getNumberOfChannels(),
    config: hex(config?.description),
    packet: even && usual > 0 ? usual : null,
  }
}

/** Reads what a clip needs of a decoder. @returns null when there is no video in it @throws when it makes no sense */
export async function formOf(input: Input): Promise<ClipForm | null> {
  const track = await input.getPrimaryVideoTrack()
  if (!track) return null
  const { count, start, end, clock, steady } = await measurePackets(track)
  if (count === 0) return null
  const config = await track.getDecoderConfig()
  const audio = await input.getPrimaryAudioTrack()
  return {
    width: await track.getCodedWidth(),
    height: await track.getCodedHeight(),
    shownWidth: await track.getDisplayWidth(),
    shownHeight: await track.getDisplayHeight(),
    rotation: await track.getRotation(),
    rate: rateOf(count, Math.round((end - start) * clock), clock),
    steady,
    frames: count,
    codec: (await track.getCodecParameterString()) ?? 'unknown',
    config: hex(config?.description),
    audio: audio && (await soundOf(audio)),
  }
}
