import { expect, type Locator, type Page } from 'playwright/test'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { ALL_FORMATS, EncodedPacketSink, FilePathSource, Input } from 'mediabunny'
import { afterEach, describe, it } from 'vitest'
import { TakeId } from '../../shared/ids.ts'
import { CLIPS, clipBoard, openRoom, READ_VIDEO, seenOn } from './support/clips.ts'
import { complaintsOf, noComplaints, see } from './support/pages.ts'
import { type SampleStudio, studioSuite } from './support/studio.ts'

const suite = studioSuite()
let heard: readonly string[] = []
afterEach(() => noComplaints(heard))

const front = (page: Page): Locator => page.locator('.sequence-stage .deck[data-front="true"] video')
/** What is in sight once the sequence stands at a frame of the whole. */
async function seenAt(page: Page, frame: number) {
  await expect(page.locator('.sequence-stage')).toHaveAttribute('data-settled', String(frame), { timeout: 60_000 })
  return seenOn(front(page))
}
const entries = (page: Page) => page.getByRole('list', { name: 'Takes in order' }).getByRole('listitem')
const order = (page: Page) => entries(page).locator('strong').allTextContents()

async function open(): Promise<{ studio: SampleStudio; page: Page }> {
  const studio = await suite.start({ paid: true })
  await clipBoard(studio, [['fps-24', 'small-24'], ['fps-24-b'], ['fps-24-c']])
  const page = await suite.page(studio)
  heard = complaintsOf(page)
  await openRoom(page)
  return { studio, page }
}

describe('playlists', () => {
  it('are made, put in order, played over their cuts to the very frame, and taken back', async () => {
    const { studio, page } = await open()
    const lists = async () => (await studio.project()).playlists

    // From the review room: the take in sight, and then the storyboard in its order.
    await page.getByRole('button', { name: 'Playlists' }).click()
    await page.getByRole('menuitem', { name: 'The storyboard in order' }).click()
    await see(page.getByRole('heading', { level: 1 })).toHaveText('Clips')
    await expect.poll(() => order(page)).toEqual(['01-2', '02-1', '03-1'])
    await page.getByRole('button', { name: /^01 fps-24/ }).click()
    await expect.poll(() => order(page)).toEqual(['01-1', '01-2'])
    await page.getByRole('button', { name: 'Add 01-1 to a playlist' }).click()
    await page.getByRole('menuitem', { name: 'New playlist' }).click()
    await page.getByRole('textbox', { name: 'Name of the playlist' }).fill('Night cut')
    await page.keyboard.press('Enter')
    await see(page.getByRole('heading', { level: 1 })).toHaveText('Night cut')
    await page.getByRole('navigation', { name: 'Playlists' }).getByRole('button', { name: 'Clips' }).click()
    for (const slate of ['02-1', '03-1']) {
      await page.getByRole('button', { name: `Add ${slate} to a playlist` }).click()
      await page.getByRole('menuitem', { name: 'Night cut' }).click()
      await expect.poll(async () => (await lists())[0]?.takeIds.length).toBe(slate === '02-1' ? 2 : 3)
    }
    await page
      .getByRole('navigation', { name: 'Playlists' })
      .getByRole('button', { name: /^Night cut/ })
      .click()
    await expect.poll(() => order(page)).toEqual(['01-1', '02-1', '03-1'])

    // Over the cut, back and forth, and to the ends.
    await see(page.locator('.view-header').first()).toContainText('00:00:12:00')
    expect(await seenAt(page, 0)).toEqual({ clip: 'fps-24', frame: 0 })
    await page.keyboard.press('ArrowDown')
    expect(await seenAt(page, 120)).toEqual({ clip: 'fps-24-b', frame: 0 })
    await page.keyboard.press('ArrowLeft')
    expect(await seenAt(page, 119)).toEqual({ clip: 'fps-24', frame: 119 })
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    expect(await seenAt(page, 121)).toEqual({ clip: 'fps-24-b', frame: 1 })
    await page.keyboard.press('End')
    expect(await seenAt(page, 287)).toEqual({ clip: 'fps-24-c', frame: 71 })
    await expect(page.locator('.sequence-time')).toHaveText('00:00:11:23')
    const strip = await page.locator('.sequence-scale').boundingBox()
    if (!strip) throw new Error('There is a strip.')
    await page.mouse.click(strip.x + ((216 + 10.5) / 288) * strip.width, strip.y + 40)
    expect(await seenAt(page, 226)).toEqual({ clip: 'fps-24-c', frame: 10 })

    // Played over a cut: no frame of another clip, none that is blank, in their order.
    await page.getByRole('slider', { name: 'Playhead' }).focus()
    await page.keyboard.press('PageUp')
    await page.keyboard.press('PageUp')
    await seenAt(page, 120)
    for (let turn = 0; turn < 3; turn++) await page.keyboard.press('Shift+ArrowLeft')
    await seenAt(page, 90)
    await watchPlaying(page)
    await page.keyboard.press('l')
    await expect.poll(() => page.locator('.sequence-stage').getAttribute('data-piece')).toBe('1')
    await expect
      .poll(async () => Number(await page.getByRole('slider', { name: 'Playhead' }).getAttribute('aria-valuenow')))
      .toBeGreaterThan(130)
    const seen = await watched(page)
    await page.keyboard.press('k')
    expect(seen.map(({ clip }) => clip).filter((clip, at, all) => clip !== all[at - 1])).toEqual(['fps-24', 'fps-24-b'])
    const whole = seen.map(({ clip, frame }) => (clip === 'fps-24' ? 0 : CLIPS['fps-24'].frames) + frame)
    expect(whole).toEqual(whole.toSorted((a, b) => a - b))
    expect(whole[0]).toBeGreaterThanOrEqual(90)

    // In another order, by keys and by dragging; what is in sight stays in sight.
    await page.keyboard.press('Home')
    await seenAt(page, 0)
    await page.keyboard.press('Alt+ArrowDown')
    await expect.poll(() => order(page)).toEqual(['02-1', '01-1', '03-1'])
    expect(await seenAt(page, 96)).toEqual({ clip: 'fps-24', frame: 0 })
    await page.keyboard.press('Alt+ArrowDown')
    await expect.poll(() => order(page)).toEqual(['02-1', '03-1', '01-1'])
    await entries(page)
      .nth(2)
      .locator('.playlist-grip')
      .dragTo(entries(page).nth(0), { targetPosition: { x: 40, y: 5 } })
    await expect.poll(() => order(page)).toEqual(['01-1', '02-1', '03-1'])
    await page.keyboard.press('Control+z')
    await expect.poll(() => order(page)).toEqual(['02-1', '03-1', '01-1'])

    // Taken out, and the whole list removed, with the way back.
    await page.getByRole('button', { name: 'Take 03-1 out' }).click()
    await expect.poll(() => order(page)).toEqual(['02-1', '01-1'])
    await page.locator('.toast').getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => order(page)).toEqual(['02-1', '03-1', '01-1'])
    await page.getByRole('button', { name: 'Remove Night cut' }).click()
    await expect.poll(lists).toEqual([])
    await page.locator('.toast').getByRole('button', { name: 'Undo' }).click()
    await expect
      .poll(async () => (await lists()).map(({ title, takeIds }) => [title, takeIds.length]))
      .toEqual([['Night cut', 3]])
    await page.keyboard.press('Escape')
    await expect(page.locator('.review-stage')).toBeVisible()
  })
})

/** The file an export wrote, by what its dialog says. */
async function written(page: Page): Promise<string> {
  await see(page.getByRole('dialog', { name: /is written$/ })).toBeVisible()
  const path = await page.locator('.export-path').textContent()
  if (!path) throw new Error('The dialog names the file.')
  return path
}

/** Pictures and sound of a file, as the page itself reads them. */
async function framesOf(page: Page, at: readonly number[], rate: number): Promise<readonly Seen[]> {
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

describe('an export', () => {
  it('is lossless where clips agree, encoded where they do not or slates are wished, and can be given up', async () => {
    const studio = await suite.start({ paid: true })
    const { takeIds } = await clipBoard(studio, [['fps-24', 'small-24'], ['fps-24-b', 'silent-24'], ['fps-24-c']])
    const [[first = '', small = ''] = [], [second = '', silent = ''] = [], [third = ''] = []] = takeIds
    const list = (title: string, ids: readonly string[]) =>
      studio.engine.call('playlist.create', {
        projectId: studio.projectId,
        title,
        takeIds: ids.map((id) => TakeId.parse(id)),
      })
    await list('Agree', [first, second, third])
    await list('Mixed', [third, small, silent])
    const page = await suite.page(studio)
    heard = complaintsOf(page)
    await openRoom(page)
    await page.getByRole('button', { name: 'Playlists' }).click()
    await page.getByRole('menuitem', { name: 'The storyboard in order' }).click()
    const sources = page.getByRole('navigation', { name: 'Playlists' })
    const folder = join(studio.engine.libraryPath, 'exports')

    // Copied: every packet is the clip's own.
    await sources.getByRole('button', { name: /^Agree/ }).click()
    await page.getByRole('button', { name: 'Export', exact: true }).click()
    const dialog = page.getByRole('dialog')
    await see(dialog).toContainText('Lossless')
    await dialog.getByRole('button', { name: 'Export 3 takes' }).click()
    const copied = await written(page)
    expect(copied).toBe(join(folder, 'Agree.mp4'))
    const names = ['fps-24', 'fps-24-b', 'fps-24-c'] as const
    expect(await packetsOf(copied)).toEqual((await Promise.all(names.map((name) => packetsOf(clipFile(name))))).flat())
    expect(await framesOf(page, [0, 119, 120, 215, 216, 287], 24)).toEqual([
      { clip: 'fps-24', frame: 0 },
      { clip: 'fps-24', frame: 119 },
      { clip: 'fps-24-b', frame: 0 },
      { clip: 'fps-24-b', frame: 95 },
      { clip: 'fps-24-c', frame: 0 },
      { clip: 'fps-24-c', frame: 71 },
    ])
    await dialog.getByRole('button', { name: 'Done' }).click()

    // Encoded: it says why, and what this browser cannot do; slates lie over the numbers at the lower edge.
    await sources.getByRole('button', { name: /^Mixed/ }).click()
    await page.getByRole('button', { name: 'Export', exact: true }).click()
    await see(dialog).toContainText('Encoded again')
    await expect(dialog).toContainText(/Take 01-2 is \d+×\d+, the others are \d+×\d+\./)
    await expect(dialog).toContainText('Take 02-2 has no sound')
    await dialog.getByRole('button', { name: 'Export 3 takes' }).click()
    const encoded = await written(page)
    expect(readdirSync(folder).toSorted()).toEqual(['Agree.mp4', 'Mixed.mp4'])
    expect(await framesOf(page, [0, 71, 72, 143, 144, 215], 24)).toEqual([
      { clip: 'fps-24-c', frame: 0 },
      { clip: 'fps-24-c', frame: 71 },
      { clip: 'small-24', frame: 0 },
      { clip: 'small-24', frame: 71 },
      { clip: 'silent-24', frame: 0 },
      { clip: 'silent-24', frame: 71 },
    ])
    const facts = await factsOf(encoded)
    expect(facts.frames).toBe(216)
    expect(Math.abs((facts.sound ?? 0) - 9)).toBeLessThan(0.05)
    await dialog.getByRole('button', { name: 'Done' }).click()

    // Slates over agreeing clips, on the first frames only.
    await sources.getByRole('button', { name: /^Agree/ }).click()
    await page.getByRole('button', { name: 'Export', exact: true }).click()
    await see(dialog).toContainText('Lossless')
    await dialog.getByRole('switch', { name: 'Write slates into the pictures' }).click()
    await expect(dialog).toContainText('Slates are written into the pictures. So the sequence is encoded again')
    await dialog.getByRole('checkbox', { name: 'Throughout' }).click()
    for (const part of ['Scene', 'Take', 'Seed', 'Date']) await dialog.getByRole('checkbox', { name: part }).click()
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Agree')
    await dialog.getByRole('button', { name: 'Export 3 takes' }).click()
    expect(await written(page)).toBe(join(folder, 'Agree 2.mp4'))
    const slated = await framesOf(page, [0, 23, 24, 119, 120, 143, 144], 24)
    expect(slated.map(({ clip }) => clip)).toEqual([...Array(4).fill('fps-24'), ...Array(3).fill('fps-24-b')])
    // The band hides the numbers, but for the first bit, where its text is.
    expect(slated.map(({ frame }) => frame & 254)).toEqual([0, 0, 24, 118, 0, 0, 24])
    await dialog.getByRole('button', { name: 'Done' }).click()

    // Given up: nothing is left of it.
    await page.getByRole('button', { name: 'Export', exact: true }).click()
    await dialog.getByRole('switch', { name: 'Write slates into the pictures' }).click()
    await dialog.getByRole('button', { name: 'Export 3 takes' }).click()
    await see(dialog).toContainText(/Frame \d+ of 288/)
    await dialog.getByRole('button', { name: 'Cancel the export' }).click()
    await see(dialog).toContainText('Export as one MP4')
    await expect.poll(() => readdirSync(folder).toSorted()).toEqual(['Agree 2.mp4', 'Agree.mp4', 'Mixed.mp4'])

    // A clip that was changed is named before anything is written.
    const [take] = (await studio.project()).takes.filter(({ id }) => id === second)
    const path = join(
      studio.engine.libraryPath,
      'clips',
      take?.clip?.sha256.slice(0, 2) ?? '',
      `${take?.clip?.sha256}.mp4`,
    )
    const bytes = readFileSync(path)
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1)
    writeFileSync(path, bytes)
    await dialog.getByRole('button', { name: 'Export 3 takes' }).click()
    await see(dialog).toContainText('The clip of 02-1 was changed since it was downloaded. Nothing was written.')
    expect(readdirSync(folder)).toHaveLength(3)
  })
})

interface Watched {
  readonly clip: string
  readonly frame: number
}

/** Writes down what the stage presents, picture of the screen by picture, until it is read. */
async function watchPlaying(page: Page): Promise<void> {
  await page.evaluate(
    `(() => {
      const read = ${READ_VIDEO}
      const seen = (globalThis.__seen = [])
      const watch = () => {
        const video = document.querySelector('.sequence-stage .deck[data-front="true"]')
        const now = video?.dataset.shows === 'video' ? read(video.querySelector('video')) : { clip: 'still', frame: 0 }
        if (seen.at(-1)?.clip !== now.clip || seen.at(-1)?.frame !== now.frame) seen.push(now)
        globalThis.__watch = requestAnimationFrame(watch)
      }
      watch()
    })()`,
  )
}
const watched = (page: Page) =>
  page.evaluate('(cancelAnimationFrame(globalThis.__watch), globalThis.__seen)') as Promise<readonly Watched[]>

const clipFile = (name: string) => resolve(import.meta.dirname, '../fixtures/clips', `${name}.mp4`)

async function factsOf(path: string): Promise<{ readonly frames: number; readonly sound: number | null }> {
  const input = new Input({ source: new FilePathSource(path), formats: ALL_FORMATS })
  const [video, audio] = [await input.getPrimaryVideoTrack(), await input.getPrimaryAudioTrack()]
  const facts = {
    frames: video ? (await video.computePacketStats()).packetCount : 0,
    sound: audio ? await audio.computeDuration() : null,
  }
  input.dispose()
  return facts
}

/** The pictures of a file as they are stored. */
async function packetsOf(path: string): Promise<readonly string[]> {
  const input = new Input({ source: new FilePathSource(path), formats: ALL_FORMATS })
  const track = await input.getPrimaryVideoTrack()
  const seen: string[] = []
  if (track)
    for await (const { data } of new EncodedPacketSink(track).packets()) seen.push(Buffer.from(data).toString('base64'))
  input.dispose()
  return seen
}
