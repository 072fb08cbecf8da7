import { resolve } from 'node:path'
import type { Locator, Page } from 'playwright/test'
import { RequestId, type SceneId, type StoryboardId, type TakeId } from '../../../shared/ids.ts'
import { usdMicros } from '../../../shared/money.ts'
import { complaintsOf, noComplaints, see } from './pages.ts'
import { type SampleStudio, type StudioSuite, until } from './studio.ts'

/** Numbered clips: the frame number is in the lowest strip, eight blocks, lowest bit left. See `make-clips.sh`. */
export const CLIPS = {
  'fps-24': { rate: 24, frames: 120, rgb: [0x30, 0x50, 0x70] },
  'fps-24-b': { rate: 24, frames: 96, rgb: [0x70, 0x50, 0x30] },
  'fps-24-c': { rate: 24, frames: 72, rgb: [0x30, 0x70, 0x50] },
  'fps-23976': { rate: 24000 / 1001, frames: 120, rgb: [0x50, 0x30, 0x70] },
  'fps-25': { rate: 25, frames: 120, rgb: [0x50, 0x70, 0x30] },
  'fps-30': { rate: 30, frames: 120, rgb: [0x70, 0x30, 0x50] },
  'small-24': { rate: 24, frames: 72, rgb: [0x60, 0x60, 0x30] },
  'tall-24': { rate: 24, frames: 72, rgb: [0x30, 0x60, 0x60] },
  'silent-24': { rate: 24, frames: 72, rgb: [0x60, 0x30, 0x60] },
} as const
export type ClipName = keyof typeof CLIPS

/** A storyboard of its own, with a paid take of each clip in its scene. */
export interface ClipBoard {
  readonly storyboardId: StoryboardId
  readonly sceneIds: readonly SceneId[]
  /** Of each scene, in the order of its clips. */
  readonly takeIds: readonly (readonly TakeId[])[]
}

/**
 * Gives a studio with the paid service a storyboard whose takes are fixtures, downloaded and stored by their content as in
 * life.
 * @param scenes the clips of each scene, which become its takes 1, 2 and so on
 */
export async function clipBoard(studio: SampleStudio, scenes: readonly (readonly ClipName[])[]): Promise<ClipBoard> {
  const { engine, projectId } = studio
  await engine.call('project.update', { projectId, patch: { cap: usdMicros(100_000_000) } })
  await studio.fake?.script({
    jobs: (Object.keys(CLIPS) as ClipName[]).map((name) => ({
      when: { prompt: `Clip ${name}.mp4` },
      plan: { clipFile: resolve(import.meta.dirname, '../../fixtures/clips', `${name}.mp4`) },
    })),
  })
  const { storyboardId } = await engine.call('storyboard.create', { projectId, title: 'Clips' })
  const before = await studio.project()
  const castId = before.storyboards.find(({ id }) => id === studio.storyboardId)?.castId
  if (castId) await engine.call('storyboard.update', { storyboardId, patch: { castId } })
  const sceneIds: SceneId[] = []
  for (const clips of scenes) {
    const { sceneId } = await engine.call('scene.create', { storyboardId, before: null })
    await engine.call('scene.update', { sceneId, patch: { title: clips.join(', '), duration: 5 } })
    sceneIds.push(sceneId)
  }
  for (let turn = 0; scenes.some((clips) => turn < clips.length); turn++) {
    const now = sceneIds.filter((_, at) => scenes[at]?.[turn] !== undefined)
    for (const [at, sceneId] of sceneIds.entries()) {
      const name = scenes[at]?.[turn]
      if (name) await engine.call('scene.update', { sceneId, patch: { prompt: `Clip ${name}.mp4` } })
    }
    await engine.call('batch.start', {
      requestId: RequestId.parse(crypto.randomUUID()),
      storyboardId,
      order: {
        kind: 'scenes',
        provider: 'wavespeed',
        sceneIds: now,
        takesPerScene: 1,
        mode: 'add',
        seeds: { kind: 'keep' },
        resolution: null,
        includeUnconfirmed: true,
      },
    })
    await until(studio, ({ takes }) => takes.every((take) => take.phase === 'ready'))
  }
  const { takes } = await studio.project()
  return {
    storyboardId,
    sceneIds,
    takeIds: sceneIds.map((sceneId) =>
      takes
        .filter((take) => take.sceneId === sceneId)
        .toSorted((a, b) => a.number - b.number)
        .map(({ id }) => id),
    ),
  }
}

/** Opens the review room at the first scene of a storyboard made by `clipBoard`, on a take that is on screen. */
export async function openRoom(page: Page): Promise<void> {
  await page
    .locator('.rail')
    .getByRole('button', { name: /^Clips/ })
    .click()
  await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: 'Review' }).click()
  await settled(page)
}

/** The review room of a storyboard made by `clipBoard`. */
export interface Room {
  readonly studio: SampleStudio
  readonly board: ClipBoard
  readonly page: Page
}

/**
 * Opens the review room of clips in a studio of its own. The test fails when the browser complained.
 * @param prepare what is done to the board before the page is opened
 */
export async function startRoom(
  suite: StudioSuite,
  scenes: Parameters<typeof clipBoard>[1],
  prepare: (studio: SampleStudio, board: ClipBoard) => Promise<void> = async () => {},
): Promise<Room> {
  let heard: readonly string[] = []
  suite.after(async () => noComplaints(heard))
  const studio = await suite.start({ paid: true })
  const board = await clipBoard(studio, scenes)
  await prepare(studio, board)
  const page = await suite.page(studio)
  heard = complaintsOf(page)
  await openRoom(page)
  return { studio, board, page }
}

/** Ticks takes of the scene in the inspector and opens them beside each other. */
export async function compareTicked(page: Page, numbers: readonly number[]): Promise<void> {
  for (const number of numbers) {
    await page.getByRole('listitem', { name: `Take ${number}` }).hover()
    await page.getByRole('checkbox', { name: `Compare take ${number}` }).click()
  }
  await page.getByRole('button', { name: `Compare ${numbers.length}` }).click()
  await settled(page, 0)
}

/** Waits until every take shows the frame it was sent to. @param frame which one; any without it */
export const settled = (page: Page, frame?: number): Promise<void> =>
  see(page.locator('.review-stage')).toHaveAttribute('data-settled', frame === undefined ? /^\d+$/ : String(frame), {
    timeout: 60_000,
  })

export interface SeenClip {
  readonly clip: ClipName | 'unknown'
  readonly frame: number
}

/**
 * Runs in the page: which clip a video shows, and which of its frames, by its pixels. Has to hold everything it uses.
 */
function readVideo(video: Element, colours: readonly (readonly [string, readonly number[]])[]) {
  const canvas = document.createElement('canvas')
  canvas.width = 64
  canvas.height = 36
  const brush = canvas.getContext('2d', { willReadFrequently: true })
  brush?.drawImage(video as HTMLVideoElement, 0, 0, 64, 36)
  const at = (x: number, y: number) => [...(brush?.getImageData(x, y, 1, 1).data ?? [])]
  const [red = 0, green = 0, blue = 0] = at(32, 12)
  const [nearest] = colours
    .map(([name, [r = 0, g = 0, b = 0]]) => [name, Math.hypot(red - r, green - g, blue - b)] as const)
    .toSorted((one, other) => one[1] - other[1])
  let frame = 0
  for (let bit = 0; bit < 8; bit++) if ((at(4 + 8 * bit, 34)[0] ?? 0) > 128) frame += 1 << bit
  return { clip: nearest && nearest[1] < 40 ? nearest[0] : 'unknown', frame }
}

const COLOURS = Object.entries(CLIPS).map(([name, { rgb }]) => [name, rgb] as const)

/** What a video shows, by the pixels of its clip. */
export const seenOn = async (video: Locator): Promise<SeenClip> =>
  (await video.evaluate(readVideo, COLOURS)) as SeenClip

/** Source text of a function of a video, for scripts in a page: what it shows. */
export const READ_VIDEO = `((video) => (${readVideo.toString()})(video, ${JSON.stringify(COLOURS)}))`

/** What the takes A, B and so on show, by the pixels of their clips. */
export async function seenIn(page: Page): Promise<readonly SeenClip[]> {
  const seen: SeenClip[] = []
  for (let place = 0; place < 4; place++) {
    const video = page.locator(`.slot[data-place="${place}"] video`)
    if ((await video.count()) === 0) break
    seen.push((await video.evaluate(readVideo, COLOURS)) as SeenClip)
  }
  return seen
}

/** Frame numbers only. */
export const framesIn = async (page: Page): Promise<readonly number[]> => (await seenIn(page)).map(({ frame }) => frame)

/** Writes down every frame that take A presents while it plays. @returns ends it, with the frames in their order */
export async function watchFrames(page: Page): Promise<() => Promise<readonly number[]>> {
  await page.evaluate(
    `(() => {
      const read = ${readVideo.toString()}
      const seen = (globalThis.__frames = [])
      const video = document.querySelector('.slot[data-place="0"] video')
      const watch = () => {
        const { frame } = read(video, ${JSON.stringify(COLOURS)})
        if (seen.at(-1) !== frame) seen.push(frame)
        video.requestVideoFrameCallback(watch)
      }
      video.requestVideoFrameCallback(watch)
    })()`,
  )
  return () => page.evaluate('globalThis.__frames') as Promise<readonly number[]>
}
