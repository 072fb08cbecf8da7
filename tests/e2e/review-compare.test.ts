import type { Page } from 'playwright/test'
import { afterEach, describe, it } from 'vitest'
import { clipBoard, compareTicked, framesIn, openRoom, seenIn, settled, startRoom } from './support/clips.ts'
import { violationsOn } from './support/axe.ts'
import { complaintsOf, noComplaints, see } from './support/pages.ts'
import { studioSuite } from './support/studio.ts'

const suite = studioSuite()
let heard: readonly string[] = []
afterEach(() => noComplaints(heard))

/** Red, green and blue as they are on screen, at a part of the picture's box. */
async function onScreen(page: Page, x: number, y: number): Promise<readonly number[]> {
  const box = await page.locator('.review-box').boundingBox()
  if (!box) throw new Error('There is a picture.')
  const clip = { x: Math.floor(box.x + box.width * x), y: Math.floor(box.y + box.height * y), width: 2, height: 2 }
  const shot = (await page.screenshot({ clip })).toString('base64')
  return page.evaluate(async (data) => {
    const image = new Image()
    image.src = `data:image/png;base64,${data}`
    await image.decode()
    const canvas = document.createElement('canvas')
    const brush = canvas.getContext('2d')
    brush?.drawImage(image, 0, 0)
    return [...(brush?.getImageData(0, 0, 1, 1).data ?? [])].slice(0, 3)
  }, shot)
}
const near = (seen: readonly number[], rgb: readonly number[]) =>
  Math.hypot(...seen.map((value, at) => value - (rgb[at] ?? 0))) < 30

const A = [0x30, 0x70, 0x50]
const B = [0x70, 0x50, 0x30]

describe('comparing takes', () => {
  it('shows two of them on the same frame in every mode', async () => {
    const { page } = await startRoom(suite, [['fps-24', 'fps-24-b', 'fps-24-c']])
    // The newest is A; the newest other one becomes B.
    await page.keyboard.press('w')
    await see(page.locator('.slot')).toHaveCount(2)
    await settled(page, 0)
    see((await seenIn(page)).map(({ clip }) => clip)).toEqual(['fps-24-c', 'fps-24-b'])
    for (const frame of [10, 20, 30]) {
      await page.keyboard.press('Shift+ArrowRight')
      await settled(page, frame)
      see(await framesIn(page)).toEqual([frame, frame])
    }
    // Wipe: A left of the line, B right of it, wherever the line is.
    see(near(await onScreen(page, 0.45, 0.4), A)).toBe(true)
    see(near(await onScreen(page, 0.55, 0.4), B)).toBe(true)
    await page.getByRole('slider', { name: 'Wipe' }).press('Shift+ArrowRight')
    await see(page.getByRole('slider', { name: 'Wipe' })).toHaveAttribute('aria-valuenow', '60')
    see(near(await onScreen(page, 0.55, 0.4), A)).toBe(true)
    await page.getByRole('spinbutton', { name: 'Wipe' }).fill('20')
    see(near(await onScreen(page, 0.3, 0.4), B)).toBe(true)
    const handle = await page.getByRole('slider', { name: 'Wipe' }).boundingBox()
    const box = await page.locator('.review-box').boundingBox()
    if (!handle || !box) throw new Error('There is a handle.')
    await page.mouse.move(handle.x + 16, handle.y + 50)
    await page.mouse.down()
    await page.mouse.move(box.x + box.width * 0.75, handle.y + 50, { steps: 5 })
    await page.mouse.up()
    await see(page.getByRole('slider', { name: 'Wipe' })).toHaveAttribute('aria-valuenow', '75')

    // Difference: what is equal is black, as the number of the frame is.
    await page.locator('.film').focus()
    await page.keyboard.press('d')
    await see(page.locator('.review-stage')).toHaveAttribute('data-mode', 'difference')
    see(near(await onScreen(page, 0.5, 0.4), [0x40, 0x20, 0x20])).toBe(true)
    for (let bit = 0; bit < 8; bit++) see(near(await onScreen(page, (bit + 0.5) / 8, 0.95), [0, 0, 0])).toBe(true)

    // Overlay: half of each.
    await page.keyboard.press('v')
    see(near(await onScreen(page, 0.5, 0.4), [0x50, 0x60, 0x40])).toBe(true)
    await page.keyboard.press(']')
    await see(page.getByRole('spinbutton', { name: 'Opacity of B' })).toHaveValue('55')

    // Side by side: A left, B right.
    await page.keyboard.press('s')
    see(near(await onScreen(page, 0.25, 0.4), A)).toBe(true)
    see(near(await onScreen(page, 0.75, 0.4), B)).toBe(true)
    await page.keyboard.press('a')
    await see.poll(() => onScreen(page, 0.25, 0.4).then((seen) => near(seen, B))).toBe(true)
    await page.keyboard.press('a')

    // One take, the other a key away.
    await page.keyboard.press('q')
    see(near(await onScreen(page, 0.5, 0.4), A)).toBe(true)
    await page.keyboard.press('b')
    see(near(await onScreen(page, 0.5, 0.4), B)).toBe(true)
    see(await framesIn(page)).toEqual([30, 30])
  })

  it('compares by time where the frame rates differ', async () => {
    const { page } = await startRoom(suite, [['fps-30', 'fps-25', 'fps-24']])
    await page.keyboard.press('s')
    await see(page.locator('.slot')).toHaveCount(2)
    await settled(page)
    for (let step = 0; step < 4; step++) await page.keyboard.press('Shift+ArrowRight')
    await settled(page, 40)
    // 40.5 of 24 frames a second are 1.6875 s: frame 42 of 25.
    see(await framesIn(page)).toEqual([40, 42])
  })

  it('moves one alone once they are free, and keeps how far they are apart', async () => {
    const { page } = await startRoom(suite, [['fps-24', 'fps-24-b']])
    await page.keyboard.press('s')
    await see(page.locator('.slot')).toHaveCount(2)
    await settled(page, 0)
    await page.keyboard.press('Shift+ArrowRight')
    await settled(page, 10)
    await page.keyboard.press('y')
    await page.locator('.review-cell[data-place="1"]').click()
    for (let step = 0; step < 3; step++) {
      await page.keyboard.press('ArrowRight')
      await settled(page, 10)
    }
    await see.poll(() => framesIn(page)).toEqual([10, 13])
    await see(page.locator('.plate-shift')).toHaveText('+3 f')
    await page.keyboard.press('y')
    await page.keyboard.press('ArrowRight')
    await settled(page, 11)
    see(await framesIn(page)).toEqual([11, 14])
  })

  it('plays together and stops on one frame, and counts how far apart they were', async () => {
    const { page } = await startRoom(suite, [['fps-24', 'fps-24-b']])
    await page.keyboard.press('s')
    await see(page.locator('.slot')).toHaveCount(2)
    await settled(page, 0)
    await page.keyboard.press('Space')
    await page.waitForFunction(() => Number(document.querySelector('.film')?.getAttribute('aria-valuenow')) > 40)
    await page.keyboard.press('Space')
    await settled(page)
    const [a, b] = await framesIn(page)
    see(b).toBe(a)
    const stage = page.locator('.review-stage')
    const compared = Number(await stage.getAttribute('data-compared'))
    see(compared).toBeGreaterThan(10)
    const apart = ((await stage.getAttribute('data-apart')) ?? '').split(' ').map(Number)
    see(apart.reduce((sum, each) => sum + each, 0)).toBe(compared)
  })

  it('compares four takes that were ticked, in a grid', async () => {
    const studio = await suite.start({ paid: true })
    await clipBoard(studio, [['fps-24', 'fps-24-b', 'fps-24-c', 'silent-24']])
    const page = await suite.page(studio)
    heard = complaintsOf(page)
    await page
      .locator('.rail')
      .getByRole('button', { name: /^Clips/ })
      .click()
    await page.locator('[data-board]').getByRole('option').first().click()
    await compareTicked(page, [1, 2, 3, 4])
    await page.keyboard.press('Shift+ArrowRight')
    await settled(page, 10)
    see(await seenIn(page)).toEqual(
      (['fps-24', 'fps-24-b', 'fps-24-c', 'silent-24'] as const).map((clip) => ({ clip, frame: 10 })),
    )
  })

  it('can be used by everybody in both themes, however it compares', async () => {
    const studio = await suite.start({ paid: true })
    await clipBoard(studio, [['fps-24', 'fps-24-b'], []])
    const page = await suite.page(studio, { width: 1100, height: 700 })
    await openRoom(page)
    const wrong: string[] = []
    for (const theme of ['dark', 'light'] as const) {
      await studio.engine.call('settings.update', { patch: { theme } })
      await page.locator(`[data-theme="${theme}"]`).waitFor()
      for (const key of ['q', 'w', 's', 'd', 'v']) {
        await page.keyboard.press(key)
        await settled(page)
        for (const violation of await violationsOn(page)) wrong.push(`${theme} ${key}: ${violation}`)
      }
    }
    see(wrong).toEqual([])
  })
})
