import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright/test'
import { afterEach, describe, it } from 'vitest'
import { ClipProbe } from '../../shared/clip-facts.ts'
import type { TakeId } from '../../shared/ids.ts'
import { cardOf, complaintsOf, noComplaints, see } from './support/pages.ts'
import { type Colour, film, numberedBoard } from './support/numbered-clips.ts'
import { type SampleStudio, studioSuite } from './support/studio.ts'

const suite = studioSuite()
let heard: readonly string[] = []
afterEach(() => noComplaints(heard))

async function openNumbered(page: Page): Promise<void> {
  heard = complaintsOf(page)
  await page
    .locator('.rail')
    .getByRole('button', { name: /^Numbered/ })
    .click()
  await see(page.getByRole('region', { name: 'Timeline' }).getByRole('option').first()).toBeVisible()
}

/** Red, green and blue of a point of a picture, from 0 to 1 across and down. */
const pixel = (page: Page, selector: string, x: number, y: number): Promise<readonly number[]> =>
  page
    .locator(selector)
    .first()
    .evaluate(
      async (image, [across, down]) => {
        const picture = image as HTMLImageElement
        await picture.decode()
        const canvas = document.createElement('canvas')
        canvas.width = picture.naturalWidth
        canvas.height = picture.naturalHeight
        const brush = canvas.getContext('2d')
        brush?.drawImage(picture, 0, 0)
        const at = (share: number, size: number) => Math.floor(share * (size - 1))
        return [...(brush?.getImageData(at(across, canvas.width), at(down, canvas.height), 1, 1).data ?? [])].slice(
          0,
          3,
        )
      },
      [x, y] as const,
    )

const COLOUR: Readonly<Record<Colour, readonly number[]>> = {
  red: [200, 30, 30],
  green: [30, 180, 30],
  blue: [40, 60, 220],
  yellow: [220, 200, 40],
}
const near = (seen: readonly number[], colour: Colour) =>
  Math.hypot(...seen.map((value, index) => value - (COLOUR[colour][index] ?? 0))) < 60

/** The eight fields of the frame number, as they are in a tile of so many beside each other. */
async function numberIn(page: Page, selector: string, tile: number, tiles: number): Promise<number> {
  let frame = 0
  for (let bit = 0; bit < 8; bit++) {
    const [light = 0] = await pixel(page, selector, (tile + (180 + 40 * bit) / 640) / tiles, 60 / 360)
    if (light > 128) frame += 1 << bit
  }
  return frame
}

/** Waits until a picture is there: one that is not made yet is answered with nothing. */
const seePicture = (page: Page, selector: string) =>
  see
    .poll(() =>
      page
        .locator(selector)
        .first()
        .evaluate((image) => (image as HTMLImageElement).naturalWidth),
    )
    .toBeGreaterThan(0)

const POSTER = 'img[src*="/poster"]'
const STRIP = '.clip-tile > img[src*="/strip"]'

async function clipOf(studio: SampleStudio, takeId?: TakeId): Promise<string> {
  const { takes } = await studio.project()
  const sha256 = takes.find((take) => takeId === undefined || take.id === takeId)?.clip?.sha256
  if (!sha256) throw new Error('There is a clip.')
  return sha256
}

/** Everything that is sent to the library from now on. */
function putsOf(page: Page): readonly string[] {
  const puts: string[] = []
  page.on('request', (request) => request.method() === 'PUT' && puts.push(new URL(request.url()).pathname))
  return puts
}

describe('posters and filmstrips', () => {
  it('are made once from the clip, survive a restart of everything, and cost nothing again', async () => {
    const library = mkdtempSync(join(tmpdir(), 'takeboard-posters-'))
    suite.after(async () => rmSync(library, { recursive: true, force: true }))
    const studio = await suite.start({ paid: true, library })
    await numberedBoard(studio, ['green'])
    const page = await suite.page(studio)
    const puts = putsOf(page)
    await openNumbered(page)
    await seePicture(page, POSTER)
    await seePicture(page, STRIP)
    see(near(await pixel(page, POSTER, 0.1, 0.9), 'green')).toBe(true)
    // The middle of 75 frames, and the middle of each twelfth.
    see(await numberIn(page, POSTER, 0, 1)).toBe(37)
    for (const tile of [0, 5, 11]) see(await numberIn(page, STRIP, tile, 12)).toBe(Math.floor(((tile + 0.5) * 75) / 12))
    const clip = await clipOf(studio)
    await see
      .poll(() => puts.toSorted())
      .toEqual(['poster', 'probe', 'strip'].map((kind) => `/media/derived/${clip}/${kind}`))
    const probe = await page.evaluate((url) => fetch(url).then((reply) => reply.json()), `/media/derived/${clip}/probe`)
    see(ClipProbe.parse(probe)).toMatchObject({
      ok: true,
      rate: { num: 25, den: 1 },
      frames: 75,
      width: 640,
      height: 360,
      audio: { rate: 48000, channels: 2 },
      decodable: true,
    })
    await page.context().close()
    await studio.close()

    const again = await suite.start({ paid: true, library })
    const later = await suite.page(again)
    const more = putsOf(later)
    await openNumbered(later)
    await seePicture(later, POSTER)
    await seePicture(later, STRIP)
    see(await numberIn(later, POSTER, 0, 1)).toBe(37)
    see(more).toEqual([])
    // A cache that was cleared away is filled again.
    for (const kind of ['posters', 'strips'])
      for (const file of readdirSync(join(library, 'cache', kind))) rmSync(join(library, 'cache', kind, file))
    const third = await suite.page(again)
    await openNumbered(third)
    await seePicture(third, POSTER)
    see(await numberIn(third, POSTER, 0, 1)).toBe(37)
  })

  it('are made once for two windows', async () => {
    const studio = await suite.start({ paid: true })
    await numberedBoard(studio, ['red', 'blue'])
    const context = await suite.browser().newContext({ viewport: { width: 1440, height: 900 } })
    suite.after(() => context.close())
    const pages = [await context.newPage(), await context.newPage()] as const
    const puts = pages.map(putsOf)
    for (const page of pages) await page.goto(studio.url())
    for (const page of pages) await openNumbered(page)
    for (const page of pages) {
      await see(cardOf(page, '1').locator(POSTER)).toBeVisible()
      await see(cardOf(page, '2').locator(POSTER)).toBeVisible()
    }
    await see.poll(() => puts.flat().length).toBe(6)
    see(new Set(puts.flat()).size).toBe(6)
  })

  it('show the sketch of a clip that cannot be decoded, and leave it alone from then on', async () => {
    const library = mkdtempSync(join(tmpdir(), 'takeboard-posters-'))
    suite.after(async () => rmSync(library, { recursive: true, force: true }))
    const studio = await suite.start({ paid: true, library })
    const { sceneIds, storyboardId } = await numberedBoard(studio, [null])
    const broken = join(library, 'broken.mp4')
    // An MP4 by its first bytes, and nothing after them.
    writeFileSync(
      broken,
      Buffer.concat([Buffer.from([0, 0, 0, 16]), Buffer.from('ftypisom\0\0\0\0'), Buffer.alloc(4000, 7)]),
    )
    await studio.fake?.script({ jobs: [], job: { clipFile: broken } })
    await film(studio, storyboardId, sceneIds)
    const page = await suite.page(studio)
    await openNumbered(page)
    const clip = await clipOf(studio)
    const probed = () =>
      page.evaluate((url) => fetch(url).then((reply) => reply.status), `/media/derived/${clip}/probe`)
    await see.poll(probed).toBe(200)
    await see(cardOf(page, '1').locator('img[src*="/sketches/"]')).toBeVisible()
    const next = await suite.page(studio)
    const puts = putsOf(next)
    const reads: string[] = []
    next.on('request', (request) => request.url().includes('/media/clips/') && reads.push(request.url()))
    const asked = next.waitForResponse((reply) => reply.url().endsWith(`${clip}/probe`) && reply.status() === 200)
    await openNumbered(next)
    await asked
    await see(cardOf(next, '1').locator('img[src*="/sketches/"]')).toBeVisible()
    // The animatic passes over it, with the sketch in its place.
    await next.getByRole('button', { name: 'Play animatic' }).click()
    await see(next.locator('.deck[data-front="true"][data-shows="still"] img[src*="/sketches/"]')).toBeVisible()
    see([puts, reads]).toEqual([[], []])
  })

  it('of rehearsals are the drawings; their filmstrips come from the clips', async () => {
    const studio = await suite.start({ paid: true })
    const { sceneIds, storyboardId } = await numberedBoard(studio, [null])
    await film(studio, storyboardId, sceneIds, 'rehearsal')
    const page = await suite.page(studio)
    await openNumbered(page)
    await seePicture(page, STRIP)
    await see(cardOf(page, '1').locator('img[src*="/media/posters/"]')).toBeVisible()
    await see(page.getByRole('region', { name: 'Timeline' }).getByRole('option').first()).toHaveAttribute(
      'data-kind',
      'rehearsal',
    )
  })
})
