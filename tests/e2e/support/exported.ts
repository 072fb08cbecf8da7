import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { ALL_FORMATS, EncodedPacketSink, FilePathSource, Input } from 'mediabunny'
import type { Page } from 'playwright/test'
import { seenOn } from './clips.ts'
import { see } from './pages.ts'

/** The file an export wrote, by what its dialog says. */
export async function written(page: Page): Promise<string> {
  await see(page.getByRole('dialog', { name: /is written$/ })).toBeVisible()
  const path = await page.locator('.export-path').textContent()
  if (!path) throw new Error('The dialog names the file.')
  return path
}

/** Pictures and sound of a file, as the page itself reads them. */
export async function framesOf(page: Page, at: readonly number[], rate: number): Promise<readonly Seen[]> {
  const address = await page.locator('.export-save').getAttribute('href')
  await page.evaluate(
    (url) =>
      new Promise<void>((resolve, reject) => {
        const video = document.createElement('video')
        video.id = 'exported'
        video.muted = true
        video.src = String(url)
        video.addEventListener('loadeddata', () => resolve(), { once: true })
        video.addEventListener('error', () => reject(new Error(video.error?.message)), { once: true })
        document.body.append(video)
      }),
    address,
  )
  const video = page.locator('#exported')
  const seen: Seen[] = []
  for (const frame of at) {
    await video.evaluate(
      (element, time) =>
        new Promise<void>((resolve) => {
          const exported = element as HTMLVideoElement
          exported.addEventListener('seeked', () => exported.requestVideoFrameCallback(() => resolve()), { once: true })
          exported.currentTime = time
          // A picture that is there already is not presented again.
          exported.addEventListener(
            'seeked',
            () => requestAnimationFrame(() => requestAnimationFrame(() => resolve())),
            {
              once: true,
            },
          )
        }),
      (frame + 0.5) / rate,
    )
    seen.push(await seenOn(video))
  }
  await video.evaluate((element) => element.remove())
  return seen
}
type Seen = Awaited<ReturnType<typeof seenOn>>

/** A committed clip. */
export const clipFile = (name: string) => resolve(import.meta.dirname, '../../fixtures/clips', `${name}.mp4`)

/** What a second decoder finds wrong with a file, where it is installed; the page has read the pictures anyway. */
export function complaintsOfFfmpeg(path: string): string {
  const { error, stderr } = spawnSync('ffmpeg', ['-v', 'warning', '-i', path, '-f', 'null', '-'], { encoding: 'utf8' })
  return error ? '' : stderr
}

/** Comes before the worker's own program: a browser with fewer encoders. */
export const WITHOUT_H264 = `for (const [name, codec] of [['VideoEncoder', /^avc/], ['AudioEncoder', /^mp4a/]]) {
  const supported = self[name].isConfigSupported
  self[name].isConfigSupported = async (config) =>
    codec.test(config.codec) ? { supported: false, config } : supported.call(self[name], config)
}`

interface FileFacts {
  readonly frames: number
  /** Seconds. */
  readonly sound: number | null
  readonly codecs: readonly unknown[]
}

/** What a file says of itself. */
export async function factsOf(path: string): Promise<FileFacts> {
  const input = new Input({ source: new FilePathSource(path), formats: ALL_FORMATS })
  const [video, audio] = [await input.getPrimaryVideoTrack(), await input.getPrimaryAudioTrack()]
  const facts = {
    frames: video ? (await video.computePacketStats()).packetCount : 0,
    sound: audio ? await audio.computeDuration() : null,
    codecs: [await video?.getCodec(), await audio?.getCodec()],
  }
  input.dispose()
  return facts
}

/** The pictures of a file as they are stored. */
export async function packetsOf(path: string): Promise<readonly string[]> {
  const input = new Input({ source: new FilePathSource(path), formats: ALL_FORMATS })
  const track = await input.getPrimaryVideoTrack()
  const seen: string[] = []
  if (track)
    for await (const { data } of new EncodedPacketSink(track).packets()) seen.push(Buffer.from(data).toString('base64'))
  input.dispose()
  return seen
}
