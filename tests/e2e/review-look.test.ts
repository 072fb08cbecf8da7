import type { Locator, Page } from 'playwright/test'
import { describe, it } from 'vitest'
import { openRoom, settled, startRoom } from './support/clips.ts'
import { see } from './support/pages.ts'
import { studioSuite } from './support/studio.ts'

const suite = studioSuite()

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}
async function boxOf(locator: Locator): Promise<Box> {
  const box = await locator.boundingBox()
  if (!box) throw new Error('It is on screen.')
  return box
}
const round = ({ x, y, width, height }: Box) => [x, y, width, height].map(Math.round)
/** Of a box, part of its width and height from its left upper corner. */
const part = (box: Box, x: number, y: number, width: number, height: number): number[] =>
  round({ x: box.x + box.width * x, y: box.y + box.height * y, width: box.width * width, height: box.height * height })
const near = (seen: readonly number[], wanted: readonly number[]) =>
  seen.every((value, at) => Math.abs(value - (wanted[at] ?? 0)) <= 1)

async function choose(page: Page, button: RegExp | string, entry: string): Promise<void> {
  await page.getByRole('button', { name: button }).click()
  await page.getByRole('menuitemcheckbox', { name: entry, exact: true }).click()
  await see(page.getByRole('menu')).toHaveCount(0)
}

const picture = (page: Page, place = 0) => page.locator(`.slot[data-place="${place}"] .clip-picture`)
const sizeOf = (page: Page, place = 0): Promise<readonly [number, number]> =>
  page
    .locator(`.slot[data-place="${place}"] video`)
    .evaluate((video: HTMLVideoElement) => [video.videoWidth, video.videoHeight] as const)

describe('how a picture is looked at', () => {
  it('fits, is shown at its own size, closer, farther and moved, and fits again', async () => {
    const { page } = await startRoom(suite, [['fps-24', 'tall-24']])
    await settled(page, 0)
    // A take stands as large as there is room for it, upright ones too.
    const stage = await boxOf(page.locator('.review-fit'))
    const [width, height] = await sizeOf(page)
    see(height).toBeGreaterThan(width)
    const fits = await boxOf(picture(page))
    see(near(round(fits).slice(1), [stage.y, (stage.height * width) / height, stage.height].map(Math.round))).toBe(true)

    await choose(page, /size of the picture$/, '100 %')
    const whole = await boxOf(picture(page))
    see(near(round(whole).slice(2), [width, height])).toBe(true)
    see(Math.abs(whole.x + whole.width / 2 - (fits.x + fits.width / 2))).toBeLessThan(1)
    // The button of a menu has a use of its own for the keys that move.
    await page.locator('.film').focus()
    await page.keyboard.press('Alt+ArrowLeft')
    await page.keyboard.press('Alt+ArrowUp')
    await see
      .poll(async () => near(round(await boxOf(picture(page))), round({ ...whole, x: whole.x + 60, y: whole.y + 60 })))
      .toBe(true)
    // Dragged, it follows the pointer, and does not begin to play.
    const at = { x: stage.x + stage.width / 2, y: stage.y + stage.height / 2 }
    await page.mouse.move(at.x, at.y)
    await page.mouse.down()
    await page.mouse.move(at.x - 30, at.y - 20, { steps: 4 })
    await page.mouse.up()
    await see
      .poll(async () => near(round(await boxOf(picture(page))), round({ ...whole, x: whole.x + 30, y: whole.y + 40 })))
      .toBe(true)
    await see(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible()

    await page.keyboard.press('Shift+z')
    await see.poll(async () => near(round(await boxOf(picture(page))), round(fits))).toBe(true)
    // From fitting, closer is a little closer, whatever the size of the clip.
    await page.keyboard.press('=')
    await see.poll(async () => Math.round((await boxOf(picture(page))).width)).toBe(Math.round(fits.width * 1.25))
    await page.keyboard.press('-')
    await see.poll(async () => Math.round((await boxOf(picture(page))).width)).toBe(Math.round(fits.width))
    await page.keyboard.down('Control')
    await page.mouse.wheel(0, -300)
    await page.keyboard.up('Control')
    await see.poll(async () => (await boxOf(picture(page))).width > fits.width * 2).toBe(true)
    await page.keyboard.press('z')
    await see.poll(async () => near(round(await boxOf(picture(page))), round(fits))).toBe(true)
    await page.keyboard.press('z')
    await see.poll(async () => Math.round((await boxOf(picture(page))).width)).toBe(width)
    await page.keyboard.press('Shift+z')
  })

  it('has safe areas and masks on every picture, in its own format and at every size', async () => {
    const { page } = await startRoom(suite, [['fps-24', 'tall-24']])
    await settled(page, 0)
    await page.keyboard.press('ArrowUp')
    await settled(page, 0)
    await page.keyboard.press('g')
    const guides = (place = 0) => picture(page, place).locator('.guides')
    const area = (name: string, place = 0) => guides(place).locator(`.safe-area.${name}`)
    const check = async (place: number) => {
      const box = await boxOf(picture(page, place))
      see(near(round(await boxOf(area('action', place))), part(box, 0.035, 0.035, 0.93, 0.93))).toBe(true)
      see(near(round(await boxOf(area('title', place))), part(box, 0.05, 0.05, 0.9, 0.9))).toBe(true)
    }
    await check(0)
    await choose(page, 'Safe areas and masks', '2.39:1')
    const bars = (place = 0) => guides(place).locator('.mask i')
    await see(bars()).toHaveCount(2)
    const wide = await boxOf(picture(page))
    const bar = (1 - wide.width / wide.height / 2.39) / 2
    see(near(round(await boxOf(bars().first())), part(wide, 0, 0, 1, bar))).toBe(true)
    see(near(round(await boxOf(bars().last())), part(wide, 0, 1 - bar, 1, bar))).toBe(true)
    for (const mask of ['1.85:1', '16:9', '4:3', '1:1', '9:16', 'none']) {
      await page.keyboard.press('Shift+g')
      const [x = 16, y = 9] = mask.split(':').map(Number)
      // What is the format of the clip itself has nothing to mask.
      const none = mask === 'none' || Math.abs(x / y - wide.width / wide.height) < 0.01
      await see(bars()).toHaveCount(none ? 0 : 2)
      if (none || x / y > wide.width / wide.height) continue
      const side = (1 - x / y / (wide.width / wide.height)) / 2
      see(near(round(await boxOf(bars().first())), part(wide, 0, 0, side, 1))).toBe(true)
    }

    // Side by side and enlarged, they stay on the pictures, an upright one beside a wide one.
    await page.keyboard.press('s')
    await see(page.locator('.slot')).toHaveCount(2)
    await settled(page, 0)
    for (const place of [0, 1]) await check(place)
    await choose(page, /size of the picture$/, '50 %')
    for (const place of [0, 1]) await check(place)
    await page.keyboard.press('Shift+z')
    await page.keyboard.press('w')
    await see(page.locator('.review-stack > .guides')).toHaveCount(1)
  })

  it('fills the screen with menus still in reach, and is heard as loud as was chosen', async () => {
    const { page } = await startRoom(suite, [['fps-24', 'fps-24-b']])
    await settled(page, 0)
    const before = await boxOf(picture(page))
    await page.keyboard.press('f')
    await see(page.getByRole('button', { name: 'Leave full screen' })).toBeVisible()
    await see.poll(() => page.evaluate(() => document.fullscreenElement !== null)).toBe(true)
    await see(page.getByRole('complementary')).toHaveCount(0)
    await see(page.locator('.top-bar')).toBeHidden()
    await see.poll(async () => (await boxOf(picture(page))).width > before.width * 1.2).toBe(true)
    see(await page.locator('.review-stage').evaluate((stage) => getComputedStyle(stage).backgroundColor)).toBe(
      'rgb(0, 0, 0)',
    )
    await page.keyboard.press('ArrowRight')
    await settled(page, 1)
    await choose(page, 'Safe areas and masks', 'Safe areas')
    await see(picture(page).locator('.safe-area')).toHaveCount(2)
    await page.evaluate(() => document.exitFullscreen())
    await see(page.getByRole('button', { name: 'Full screen', exact: true })).toBeVisible()
    await see.poll(async () => near(round(await boxOf(picture(page))), round(before))).toBe(true)

    // One take at most is heard: the one in sight, or the one that was clicked.
    const sound = () =>
      page.locator('.slot:not([data-place="next"]) video').evaluateAll((all) =>
        all
          .map((each) => each as HTMLVideoElement)
          .toSorted(
            (a, b) =>
              Number(a.closest<HTMLElement>('.slot')?.dataset['place']) -
              Number(b.closest<HTMLElement>('.slot')?.dataset['place']),
          )
          .map(({ muted, volume }) => (muted ? 0 : Math.round(volume * 100))),
      )
    see(await sound()).toEqual([100])
    await page.keyboard.press('s')
    await settled(page, 1)
    await see.poll(sound).toEqual([100, 0])
    await page.locator('.review-cell[data-place="1"]').click()
    await see.poll(sound).toEqual([0, 100])
    const slider = page.getByRole('slider', { name: 'Volume' })
    await slider.focus()
    for (let step = 0; step < 3; step++) await slider.press('PageDown')
    await see.poll(sound).toEqual([0, 70])
    await page.getByRole('button', { name: 'Mute' }).click()
    await see.poll(sound).toEqual([0, 0])
    await see(slider).toHaveAttribute('aria-valuenow', '0')

    // Kept for this window, and within reach in a narrow one.
    await page.setViewportSize({ width: 1100, height: 700 })
    await page.reload()
    await openRoom(page)
    await see(page.getByRole('button', { name: 'Unmute' })).toBeVisible()
    see(await sound()).toEqual([0])
    await page.locator('.film').focus()
    await page.keyboard.press('m')
    await see.poll(sound).toEqual([70])
    const above = page.locator('.volume-slider')
    await see(above).toHaveCSS('opacity', '0')
    await slider.focus()
    await see(above).toHaveCSS('opacity', '1')
    await slider.press('End')
    await see.poll(sound).toEqual([100])
  })
})
