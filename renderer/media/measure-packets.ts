import { EncodedPacketSink, type InputAudioTrack, type InputVideoTrack } from 'mediabunny'

/**
 * Counts the packets of a track, which for pictures are its frames.
 * @returns when they begin and end in seconds, in ticks of `clock` a second, and whether all are equally long
 */
export async function measurePackets(track: InputVideoTrack | InputAudioTrack) {
  const clock = await track.getTimeResolution()
  let count = 0
  let [start, end, shortest, longest] = [Infinity, -Infinity, Infinity, 0]
  for await (const packet of new EncodedPacketSink(track).packets(undefined, undefined, { metadataOnly: true })) {
    const ticks = Math.round(packet.duration * clock)
    count += 1
    start = Math.min(start, packet.timestamp)
    end = Math.max(end, packet.timestamp + packet.duration)
    shortest = Math.min(shortest, ticks)
    longest = Math.max(longest, ticks)
  }
  // Where the clock is no multiple of the rate, lengths alternate by a tick.
  return { count, start, end, clock, steady: longest - shortest <= 1 }
}
