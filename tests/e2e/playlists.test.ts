import type { Locator, Page } from 'playwright/test'
import { afterEach, describe, it } from 'vitest'
import { CLIPS, clipBoard, openRoom, READ_VIDEO, seenOn, settled } from './support/clips.ts'
import { complaintsOf, noComplaints, see } from './support/pages.ts'
import { type SampleStudio, studioSuite } from './support/studio.ts'

const suite = studioSuite()
let heard: readonly string[] = []
afterEach(() => noComplaints(heard))

const front = (page: Page): Locator => page.locator('.sequence-stage .deck[data-front="true"] video')
/** What is in sight once the sequence stands at a frame of the whole. */
async function seenAt(page: Page, frame: number) {
  await see(page.locator('.sequence-stage')).toHaveAttribute('data-settled', String(frame), { timeout: 60_000 })
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
    await see.poll(() => order(page)).toEqual(['01-2', '02-1', '03-1'])
    await page.getByRole('button', { name: /^01 fps-24/ }).click()
    await see.poll(() => order(page)).toEqual(['01-1', '01-2'])
    await page.getByRole('button', { name: 'Add 01-1 to a playlist' }).click()
    await page.getByRole('menuitem', { name: 'New playlist' }).click()
    await page.getByRole('textbox', { name: 'Name of the playlist' }).fill('Night cut')
    await page.keyboard.press('Enter')
    await see(page.getByRole('heading', { level: 1 })).toHaveText('Night cut')
    await page.getByRole('navigation', { name: 'Playlists' }).getByRole('button', { name: 'Clips' }).click()
    for (const slate of ['02-1', '03-1']) {
      await page.getByRole('button', { name: `Add ${slate} to a playlist` }).click()
      await page.getByRole('menuitem', { name: 'Night cut' }).click()
      await see.poll(async () => (await lists())[0]?.takeIds.length).toBe(slate === '02-1' ? 2 : 3)
    }
    await page
      .getByRole('navigation', { name: 'Playlists' })
      .getByRole('button', { name: /^Night cut/ })
      .click()
    await see.poll(() => order(page)).toEqual(['01-1', '02-1', '03-1'])

    // Over the cut, back and forth, and to the ends.
    await see(page.locator('.view-header').first()).toContainText('00:00:12:00')
    see(await seenAt(page, 0)).toEqual({ clip: 'fps-24', frame: 0 })
    await page.keyboard.press('ArrowDown')
    see(await seenAt(page, 120)).toEqual({ clip: 'fps-24-b', frame: 0 })
    await page.keyboard.press('ArrowLeft')
    see(await seenAt(page, 119)).toEqual({ clip: 'fps-24', frame: 119 })
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    see(await seenAt(page, 121)).toEqual({ clip: 'fps-24-b', frame: 1 })
    await page.keyboard.press('End')
    see(await seenAt(page, 287)).toEqual({ clip: 'fps-24-c', frame: 71 })
    await see(page.locator('.sequence-time')).toHaveText('00:00:11:23')
    const strip = await page.locator('.sequence-scale').boundingBox()
    if (!strip) throw new Error('There is a strip.')
    await page.mouse.click(strip.x + ((216 + 10.5) / 288) * strip.width, strip.y + 40)
    see(await seenAt(page, 226)).toEqual({ clip: 'fps-24-c', frame: 10 })

    // Another list is seen from its beginning, also where it shares takes with the one before.
    const sources = page.getByRole('navigation', { name: 'Playlists' })
    await sources.getByRole('button', { name: 'Clips' }).click()
    await see(page.getByRole('heading', { level: 1 })).toHaveText('Clips')
    see(await seenAt(page, 0)).toEqual({ clip: 'small-24', frame: 0 })
    await page.keyboard.press('ArrowDown')
    see(await seenAt(page, 72)).toEqual({ clip: 'fps-24-b', frame: 0 })
    await sources.getByRole('button', { name: /^Night cut/ }).click()
    see(await seenAt(page, 0)).toEqual({ clip: 'fps-24', frame: 0 })

    // Played over a cut: no frame of another clip, none that is blank, in their order.
    await page.getByRole('slider', { name: 'Playhead' }).focus()
    await page.keyboard.press('PageDown')
    await seenAt(page, 120)
    for (let turn = 0; turn < 3; turn++) await page.keyboard.press('Shift+ArrowLeft')
    await seenAt(page, 90)
    await watchPlaying(page)
    await page.keyboard.press('l')
    await see.poll(() => page.locator('.sequence-stage').getAttribute('data-piece')).toBe('1')
    await see
      .poll(async () => Number(await page.getByRole('slider', { name: 'Playhead' }).getAttribute('aria-valuenow')))
      .toBeGreaterThan(130)
    const seen = await watched(page)
    await page.keyboard.press('k')
    see(seen.map(({ clip }) => clip).filter((clip, at, all) => clip !== all[at - 1])).toEqual(['fps-24', 'fps-24-b'])
    const whole = seen.map(({ clip, frame }) => (clip === 'fps-24' ? 0 : CLIPS['fps-24'].frames) + frame)
    see(whole).toEqual(whole.toSorted((a, b) => a - b))
    see(whole[0]).toBeGreaterThanOrEqual(90)

    // In another order, by keys and by dragging; what is in sight stays in sight.
    await page.keyboard.press('Home')
    await seenAt(page, 0)
    await page.keyboard.press('Alt+ArrowDown')
    await see.poll(() => order(page)).toEqual(['02-1', '01-1', '03-1'])
    see(await seenAt(page, 96)).toEqual({ clip: 'fps-24', frame: 0 })
    await page.keyboard.press('Alt+ArrowDown')
    await see.poll(() => order(page)).toEqual(['02-1', '03-1', '01-1'])
    await entries(page)
      .nth(2)
      .locator('.playlist-grip')
      .dragTo(entries(page).nth(0), { targetPosition: { x: 40, y: 5 } })
    await see.poll(() => order(page)).toEqual(['01-1', '02-1', '03-1'])
    await page.keyboard.press('Control+z')
    await see.poll(() => order(page)).toEqual(['02-1', '03-1', '01-1'])

    // Taken out, and the whole list removed, with the way back.
    await page.getByRole('button', { name: 'Take 03-1 out' }).click()
    await see.poll(() => order(page)).toEqual(['02-1', '01-1'])
    await page.locator('.toast').getByRole('button', { name: 'Undo' }).click()
    await see.poll(() => order(page)).toEqual(['02-1', '03-1', '01-1'])
    await page.getByRole('button', { name: 'Remove Night cut' }).click()
    await see.poll(lists).toEqual([])
    await page.locator('.toast').getByRole('button', { name: 'Undo' }).click()
    await see
      .poll(async () => (await lists()).map(({ title, takeIds }) => [title, takeIds.length]))
      .toEqual([['Night cut', 3]])
    await page.keyboard.press('Escape')
    await settled(page)

    // From the room by a key, without leaving it.
    await page.keyboard.press('Shift+p')
    await see(page.locator('.toast')).toContainText('1 take added to Night cut')
    await see.poll(async () => (await lists())[0]?.takeIds.length).toBe(4)
    await page.getByRole('button', { name: 'Playlists' }).click()
    await see(page.getByRole('menuitem', { name: 'The storyboard in order' })).toBeVisible()
    await page.keyboard.press('Escape')
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
