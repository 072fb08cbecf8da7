import type { Page } from 'playwright/test'
import { describe, it } from 'vitest'
import { CLIPS, framesIn, seenIn, settled, startRoom, watchFrames } from './support/clips.ts'
import { see } from './support/pages.ts'
import { studioSuite } from './support/studio.ts'

const suite = studioSuite()

const title = (page: Page) => page.locator('.review-plate').first()
const time = (page: Page) => page.locator('.review-time')

describe('frames', () => {
  it.each(['fps-24', 'fps-23976', 'fps-25', 'fps-30'] as const)(
    'of %s are stepped and sought exactly',
    async (name) => {
      const { page } = await startRoom(suite, [[name]])
      const { frames, rate } = CLIPS[name]
      see(await seenIn(page)).toEqual([{ clip: name, frame: 0 }])
      await see(page.locator('.review-frame')).toHaveText(`frame 1 of ${frames}`)
      await see(page.locator('.review-header')).toContainText(`${Number(rate.toFixed(3))} fps`)

      const wrong: string[] = []
      const check = async (frame: number, how: string) => {
        await settled(page, frame)
        const [seen] = await framesIn(page)
        if (seen !== frame) wrong.push(`${how} to ${frame} shows ${seen}`)
      }
      for (let frame = 1; frame < frames; frame++) {
        await page.keyboard.press('ArrowRight')
        await check(frame, 'step')
      }
      await page.keyboard.press('ArrowRight')
      await check(frames - 1, 'step beyond the end')
      for (let frame = frames - 2; frame >= frames - 20; frame--) {
        await page.keyboard.press('ArrowLeft')
        await check(frame, 'step back')
      }
      await page.keyboard.press('Home')
      await check(0, 'Home')
      await page.keyboard.press('Shift+ArrowRight')
      await check(10, 'ten')
      await page.keyboard.press('End')
      await check(frames - 1, 'End')
      see(wrong).toEqual([])
      await see(time(page)).toHaveText(
        `00:00:0${Math.floor((frames - 1) / Math.round(rate))}:${String((frames - 1) % Math.round(rate)).padStart(2, '0')}`,
      )
    },
  )

  it('are scrubbed to on the filmstrip, with a preview', async () => {
    const { page } = await startRoom(suite, [['fps-24']])
    const film = page.getByRole('slider', { name: 'Frame' })
    const box = await film.boundingBox()
    if (!box) throw new Error('There is a filmstrip.')
    for (const frame of [3, 60, 119, 17]) {
      await film.click({ position: { x: ((frame + 0.5) / 120) * box.width, y: 20 } })
      await settled(page, frame)
      see(await framesIn(page)).toEqual([frame])
    }
    await see(page.locator('.film-preview')).toContainText('00:17')
    // Dragged across: only where it ends counts, and nothing in between holds it up.
    await page.mouse.move(box.x + 4, box.y + 20)
    await page.mouse.down()
    await page.mouse.move(box.x + box.width * 0.75, box.y + 20, { steps: 30 })
    await page.mouse.up()
    await settled(page)
    const [seen] = await framesIn(page)
    see(await page.locator('.review-stage').getAttribute('data-settled')).toBe(String(seen))
    see(seen).toBeGreaterThan(85)
  })
})

describe('playing', () => {
  it('shows frames in order, stops on the one it says, and plays on', async () => {
    const { page } = await startRoom(suite, [['fps-25']])
    const frames = await watchFrames(page)
    await page.keyboard.press('Space')
    await see(page.getByRole('button', { name: 'Pause' })).toBeVisible()
    await page.waitForFunction(() => Number(document.querySelector('.film')?.getAttribute('aria-valuenow')) > 30)
    await page.keyboard.press('k')
    await settled(page)
    const at = Number(await page.locator('.review-stage').getAttribute('data-settled'))
    see(await framesIn(page)).toEqual([at])
    await see(page.locator('.review-frame')).toHaveText(`frame ${at + 1} of 120`)
    const seen = await frames()
    see(seen).toEqual(seen.toSorted((a, b) => a - b))
    see(seen.length).toBeGreaterThan(5)
  })

  it('loops a range from its first frame, and shows at most one frame beyond its last', async () => {
    const { page } = await startRoom(suite, [['fps-24']])
    for (let step = 0; step < 2; step++) await page.keyboard.press('Shift+ArrowRight')
    await settled(page, 20)
    await page.keyboard.press('i')
    await page.keyboard.press('Shift+ArrowRight')
    await page.keyboard.press('ArrowRight')
    await settled(page, 31)
    await page.keyboard.press('o')
    await see(page.locator('.review-range')).toContainText('In 00:20 Out 01:07')
    await page.keyboard.press('Shift+i')
    await settled(page, 20)
    const frames = await watchFrames(page)
    await page.keyboard.press('l')
    await page.waitForFunction(() => {
      const seen = (globalThis as unknown as { __frames: number[] }).__frames
      return seen.filter((frame, at) => at > 0 && frame < (seen[at - 1] ?? 0)).length >= 3
    })
    await page.keyboard.press('k')
    await settled(page)
    const seen = await frames()
    see(Math.min(...seen)).toBe(20)
    // A picture that is due while the loop turns may be one late on a busy computer, never more.
    see(Math.max(...seen)).toBeLessThanOrEqual(32)
    // Every turn begins at the first frame of the range.
    const turns = seen.filter((frame, at) => at > 0 && frame < (seen[at - 1] ?? 0))
    see(new Set(turns)).toEqual(new Set([20]))

    await page.keyboard.press('Shift+x')
    await see(page.locator('.review-range')).toHaveCount(0)
  })

  it('shuttles forwards and backwards, and stops at the end without a loop', async () => {
    const { page } = await startRoom(suite, [['fps-30']])
    await page.keyboard.press('Shift+l')
    await page.keyboard.press('l')
    await page.keyboard.press('l')
    await see(page.locator('.review-place')).toContainText('2×')
    await page.keyboard.press('l')
    await settled(page, 119)
    see(await framesIn(page)).toEqual([119])
    const frames = await watchFrames(page)
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await see(page.locator('.review-place')).toContainText('2×')
    await settled(page, 0)
    see(await framesIn(page)).toEqual([0])
    const seen = await frames()
    see(seen).toEqual(seen.toSorted((a, b) => b - a))
    see(seen.length).toBeGreaterThan(5)
  })
})

describe('takes and scenes', () => {
  it('change on the same frame, and never show nothing', async () => {
    const { page } = await startRoom(suite, [['fps-24', 'fps-24-b', 'fps-24-c'], ['tall-24']])
    await see(title(page)).toContainText('Take 3')
    await page.keyboard.press('Shift+ArrowRight')
    await settled(page, 10)
    // Counts the pictures of the screen on which nothing is in front.
    await page.evaluate(() => {
      const watch = globalThis as unknown as { __blank: number }
      watch.__blank = 0
      const look = () => {
        const video = document.querySelector<HTMLVideoElement>('.review-cell[data-seen="true"] video')
        if (!video || video.readyState < 2) watch.__blank += 1
        requestAnimationFrame(look)
      }
      requestAnimationFrame(look)
    })
    await page.keyboard.press('ArrowUp')
    await see(title(page)).toContainText('Take 2')
    await settled(page, 10)
    see(await seenIn(page)).toEqual([{ clip: 'fps-24-b', frame: 10 }])
    await page.keyboard.press('ArrowUp')
    await see(title(page)).toContainText('Take 1')
    await settled(page, 10)
    see(await seenIn(page)).toEqual([{ clip: 'fps-24', frame: 10 }])
    await page.keyboard.press('PageDown')
    await see(page.getByRole('heading', { name: 'tall-24' })).toBeVisible()
    await see.poll(() => seenIn(page)).toEqual([{ clip: 'tall-24', frame: 0 }])
    see(await page.evaluate(() => (globalThis as unknown as { __blank: number }).__blank)).toBe(0)
    await page.keyboard.press('PageUp')
    await see.poll(() => seenIn(page)).toEqual([{ clip: 'fps-24-c', frame: 0 }])
    await page.keyboard.press('Escape')
    await see(page.locator('.review-stage')).toHaveCount(0)
    await see(page.locator('[data-board]').getByRole('option').first()).toBeVisible()
  })
})
