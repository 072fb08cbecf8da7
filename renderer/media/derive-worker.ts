import { CanvasSink, type Input, type InputVideoTrack } from 'mediabunny'
import { type ClipFacts, type ClipProbe, STRIP } from '../../shared/clip-facts.ts'
import { ClipOutOfReach, openClip, probeClip } from './clip-facts.ts'

/** To the worker: look at a clip, or stop looking. */
export type DeriveRequest =
  | { readonly do: 'derive'; readonly id: number; readonly url: string; readonly by: string }
  | { readonly do: 'stop'; readonly id: number }

/** From the worker. A clip that cannot be decoded has facts, and no pictures. */
export type DeriveReply = { readonly id: number } & (
  | { readonly probe: ClipProbe; readonly pictures: { readonly poster: Blob; readonly strip: Blob } | null }
  | { readonly failed: 'out-of-reach' | 'stopped' }
)

const POSTER_WIDTH = 640

function sheet(width: number, height: number) {
  const canvas = new OffscreenCanvas(width, height)
  const brush = canvas.getContext('2d', { alpha: false })
  if (!brush) throw new Error('There is no canvas to draw on.')
  return { brush, blob: (quality: number) => canvas.convertToBlob({ type: 'image/webp', quality }) }
}

/** The frame in the middle. */
async function drawPoster(track: InputVideoTrack, facts: ClipFacts): Promise<Blob> {
  const width = Math.min(POSTER_WIDTH, facts.width)
  const height = Math.max(1, Math.round((width * facts.height) / facts.width))
  const frame = await new CanvasSink(track, { width, height, fit: 'fill' }).getCanvas(facts.start + facts.seconds / 2)
  if (!frame) throw new Error('The clip has no frame in its middle.')
  const { brush, blob } = sheet(width, height)
  brush.drawImage(frame.canvas, 0, 0)
  return blob(0.82)
}

/** Frames from the middles of equal parts, side by side. */
async function drawStrip(track: InputVideoTrack, facts: ClipFacts): Promise<Blob> {
  const { tiles, width } = STRIP
  const height = Math.max(1, Math.round((width * facts.height) / facts.width))
  const { brush, blob } = sheet(tiles * width, height)
  const times = Array.from({ length: tiles }, (_, tile) => facts.start + ((tile + 0.5) * facts.seconds) / tiles)
  const sink = new CanvasSink(track, { width, height, fit: 'fill', poolSize: 1 })
  let tile = 0
  for await (const frame of sink.canvasesAtTimestamps(times)) {
    if (frame) brush.drawImage(frame.canvas, tile * width, 0)
    tile += 1
  }
  return blob(0.75)
}

async function derive(input: Input, by: string) {
  const probe = await probeClip(input, by)
  const track = probe.ok && probe.decodable ? await input.getPrimaryVideoTrack() : null
  if (!probe.ok || !track) return { probe, pictures: null }
  try {
    return { probe, pictures: { poster: await drawPoster(track, probe), strip: await drawStrip(track, probe) } }
  } catch (error) {
    if (error instanceof ClipOutOfReach || input.disposed) throw error
    return { probe: { ...probe, decodable: false }, pictures: null }
  }
}

const open = new Map<number, Input>()

async function answer({ id, url, by }: Extract<DeriveRequest, { do: 'derive' }>): Promise<DeriveReply> {
  const input = openClip(url)
  open.set(id, input)
  try {
    return { id, ...(await derive(input, by)) }
  } catch {
    return { id, failed: input.disposed ? 'stopped' : 'out-of-reach' }
  } finally {
    open.delete(id)
    input.dispose()
  }
}

self.addEventListener('message', ({ data }: MessageEvent<DeriveRequest>) => {
  if (data.do === 'stop') return open.get(data.id)?.dispose()
  // A worker of a page has no target origin to name.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  void answer(data).then((reply) => self.postMessage(reply))
})
