import { CustomSource, Input, MP4, QTFF, type InputVideoTrack } from 'mediabunny'
import type { ClipFacts, ClipProbe } from '../../shared/clip-facts.ts'
import { rateOf } from '../../shared/frame-rate.ts'
import { measurePackets } from './measure-packets.ts'

/** Thrown when the bytes of a clip could not be had: that says nothing of the clip. */
export class ClipOutOfReach extends Error {}

async function fetchRange(url: string, start: number, end: number): Promise<{ bytes: Uint8Array; total: number }> {
  const reply = await fetch(url, { headers: { range: `bytes=${start}-${end - 1}` } }).catch((cause: unknown) => {
    throw new ClipOutOfReach('The studio could not be reached.', { cause })
  })
  const total = Number(/\/(\d+)$/.exec(reply.headers.get('content-range') ?? '')?.[1])
  if (reply.status !== 206 || !Number.isSafeInteger(total)) {
    await reply.body?.cancel()
    throw new ClipOutOfReach(`The clip was answered with ${reply.status}.`)
  }
  return { bytes: new Uint8Array(await reply.arrayBuffer()), total }
}

/** Opens a clip of the studio, read in parts as they are needed. Ranges may be answered shorter than asked. */
export function openClip(url: string): Input {
  const source = new CustomSource({
    getSize: async () => (await fetchRange(url, 0, 1)).total,
    async read(start, end) {
      const all = new Uint8Array(end - start)
      for (let at = 0; at < all.length;) {
        const { bytes } = await fetchRange(url, start + at, end)
        if (bytes.length === 0) throw new ClipOutOfReach('The clip ended early.')
        all.set(bytes, at)
        at += bytes.length
      }
      return all
    },
    prefetchProfile: 'fileSystem',
    handleUnhandledError: () => {},
  })
  return new Input({ source, formats: [MP4, QTFF] })
}

async function factsOf(input: Input, track: InputVideoTrack, by: string): Promise<ClipFacts> {
  const { count: frames, start, end, clock, steady } = await measurePackets(track)
  const audio = await input.getPrimaryAudioTrack()
  return {
    ok: true,
    width: await track.getDisplayWidth(),
    height: await track.getDisplayHeight(),
    rate: rateOf(frames, Math.round((end - start) * clock), clock),
    steady,
    frames,
    seconds: end - start,
    start,
    codec: (await track.getCodecParameterString()) ?? 'unknown',
    audio: audio && {
      codec: (await audio.getCodecParameterString()) ?? 'unknown',
      rate: await audio.getSampleRate(),
      channels: await audio.getNumberOfChannels(),
    },
    decodable: await track.canDecode(),
    by,
  }
}

/**
 * Reads what a clip says of itself: size, frame rate as a fraction, frames, length, sound.
 * @param by names the program that looks
 * @throws ClipOutOfReach when its bytes could not be had; a file that makes no sense is an answer, not an error
 */
export async function probeClip(input: Input, by: string): Promise<ClipProbe> {
  try {
    const track = await input.getPrimaryVideoTrack()
    return track ? await factsOf(input, track, by) : { ok: false, problem: 'no-video', by }
  } catch (error) {
    if (error instanceof ClipOutOfReach || input.disposed) throw error
    return { ok: false, problem: 'unreadable', by }
  }
}
