import { readFileSync } from 'node:fs'
import { ALL_FORMATS, BufferSource, Input } from 'mediabunny'

/** What a clip is made of. */
export async function clipFacts(path: string): Promise<Record<string, unknown>> {
  const bytes = readFileSync(path)
  const input = new Input({ formats: ALL_FORMATS, source: new BufferSource(bytes) })
  try {
    const video = await input.getPrimaryVideoTrack()
    const audio = await input.getPrimaryAudioTrack()
    const stats = await video?.computePacketStats()
    return {
      bytes: bytes.length,
      mime: await input.getMimeType(),
      duration: await input.computeDuration(),
      moov_first: bytes.indexOf('moov') < bytes.indexOf('mdat'),
      video: video && {
        codec: video.codec,
        parameters: await video.getCodecParameterString(),
        width: video.displayWidth,
        height: video.displayHeight,
        frames: stats?.packetCount ?? null,
        frames_per_second: stats?.averagePacketRate ?? null,
      },
      audio: audio && {
        codec: audio.codec,
        channels: audio.numberOfChannels,
        sample_rate: audio.sampleRate,
        duration: await audio.computeDuration(),
      },
    }
  } finally {
    input.dispose()
  }
}
