import { resolve } from 'node:path'
import type { Page } from 'playwright'
import { RequestId, type SceneId, type StoryboardId } from '../../../shared/ids.ts'
import { usdMicros } from '../../../shared/money.ts'
import { type SampleStudio, until } from './studio.ts'

/**
 * Clips of one colour with the number of each frame as eight white or black fields, lowest bit first. Three seconds,
 * H.264 with B-frames and AAC.
 */
const CLIPS = {
  red: { file: 'red-24.mp4', rgb: [200, 30, 30] },
  green: { file: 'green-25.mp4', rgb: [30, 180, 30] },
  blue: { file: 'blue-23976.mp4', rgb: [40, 60, 220] },
  yellow: { file: 'yellow-30.mp4', rgb: [220, 200, 40] },
} as const
export type Colour = keyof typeof CLIPS

const fixture = (file: string) => resolve(import.meta.dirname, '../../fixtures/frames', file)

/** A storyboard of its own with scenes of three seconds; those with a colour have a paid take that shows it. */
export interface NumberedBoard {
  readonly storyboardId: StoryboardId
  readonly sceneIds: readonly SceneId[]
}

export async function numberedBoard(studio: SampleStudio, colours: readonly (Colour | null)[]): Promise<NumberedBoard> {
  const { engine, projectId } = studio
  await engine.call('project.update', { projectId, patch: { cap: usdMicros(100_000_000) } })
  await studio.fake?.script({
    jobs: Object.entries(CLIPS).map(([colour, { file }]) => ({
      when: { prompt: `All ${colour}` },
      plan: { clipFile: fixture(file) },
    })),
  })
  const { storyboardId } = await engine.call('storyboard.create', { projectId, title: 'Numbered' })
  const before = await studio.project()
  const castId = before.storyboards.find(({ id }) => id === studio.storyboardId)?.castId
  if (castId) await engine.call('storyboard.update', { storyboardId, patch: { castId } })
  const sceneIds: SceneId[] = []
  for (const colour of colours) {
    const { sceneId } = await engine.call('scene.create', { storyboardId, before: null })
    const title = colour ?? 'Nothing'
    await engine.call('scene.update', { sceneId, patch: { title, prompt: `All ${title}`, duration: 3 } })
    sceneIds.push(sceneId)
  }
  await film(
    studio,
    storyboardId,
    sceneIds.filter((_, index) => colours[index] !== null),
  )
  return { storyboardId, sceneIds }
}

/** Makes a take of each scene and waits for its clip. */
export async function film(
  studio: SampleStudio,
  storyboardId: StoryboardId,
  sceneIds: readonly SceneId[],
  provider: 'wavespeed' | 'rehearsal' = 'wavespeed',
): Promise<void> {
  if (sceneIds.length === 0) return
  await studio.engine.call('batch.start', {
    requestId: RequestId.parse(crypto.randomUUID()),
    storyboardId,
    order: {
      kind: 'scenes',
      provider,
      sceneIds: [...sceneIds],
      takesPerScene: 1,
      mode: 'add',
      seeds: { kind: 'keep' },
      resolution: null,
      includeUnconfirmed: true,
    },
  })
  await until(studio, ({ takes }) => takes.every((take) => take.phase === 'ready'))
}

/** What the stage shows: which clip, and which of its frames. */
export interface Seen {
  /**
   * A colour, `still` for a picture that is no video, `held` while the browser keeps the last picture and looks for another,
   * `blank` for nothing at all.
   */
  readonly what: Colour | 'still' | 'held' | 'blank'
  readonly frame: number
}

/**
 * Runs in the page: reads the deck in front. Has to hold everything it uses.
 * @param colours name and red, green and blue of each clip
 */
function readStage(colours: readonly (readonly [string, readonly number[]])[]): { what: string; frame: number } {
  const deck = document.querySelector<HTMLElement>('.deck[data-front="true"]')
  const video = deck?.querySelector('video')
  const still = deck?.querySelector('img')
  if (deck?.dataset['shows'] === 'still')
    return { what: still && still.complete && still.naturalWidth > 0 ? 'still' : 'blank', frame: -1 }
  if (video && video.seeking && video.videoWidth > 0) return { what: 'held', frame: -1 }
  if (!video || video.readyState < 2) return { what: 'blank', frame: -1 }
  const canvas = document.createElement('canvas')
  canvas.width = 64
  canvas.height = 36
  const brush = canvas.getContext('2d', { willReadFrequently: true })
  brush?.drawImage(video, 0, 0, 64, 36)
  const at = (x: number, y: number) => [...(brush?.getImageData(x, y, 1, 1).data ?? [])]
  const [red = 0, green = 0, blue = 0] = at(4, 30)
  const found = colours.find(
    ([, rgb]) => Math.hypot(red - (rgb[0] ?? 0), green - (rgb[1] ?? 0), blue - (rgb[2] ?? 0)) < 60,
  )
  const bits = Array.from({ length: 8 }, (_, bit) => ((at(18 + 4 * bit, 6)[0] ?? 0) > 128 ? 1 << bit : 0))
  return { what: found?.[0] ?? 'blank', frame: bits.reduce((sum, bit) => sum + bit, 0) }
}

const COLOURS = Object.entries(CLIPS).map(([name, { rgb }]) => [name, rgb] as const)

/** What the stage shows now. */
export const seenOn = (page: Page): Promise<Seen> => page.evaluate(readStage, COLOURS) as Promise<Seen>

/** Begins to write down what the stage shows at every picture of the screen. @returns ends it, with what changed */
export async function watchStage(page: Page): Promise<() => Promise<readonly Seen[]>> {
  await page.evaluate(
    `globalThis.__seen = []; globalThis.__read = (${readStage.toString()});
     (function turn() {
       const seen = globalThis.__read(${JSON.stringify(COLOURS)}), last = globalThis.__seen.at(-1)
       if (seen.what !== 'held') if (!last || last.what !== seen.what || last.frame !== seen.frame) globalThis.__seen.push(seen)
       globalThis.__turn = requestAnimationFrame(turn)
     })()`,
  )
  return () => page.evaluate('cancelAnimationFrame(globalThis.__turn), globalThis.__seen') as Promise<readonly Seen[]>
}
