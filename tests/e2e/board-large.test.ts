import type { Page } from 'playwright'
import { afterEach, describe, expect, it } from 'vitest'
import { cardOf, complaintsOf, noComplaints, see } from './support/pages.ts'
import { type SampleStudio, studioSuite } from './support/studio.ts'

const suite = studioSuite()

let heard: readonly string[] = []
afterEach(() => noComplaints(heard))

const COUNT = 2000

/** A board of two thousand scenes with a heading at every hundredth. */
async function longBoard(): Promise<{ studio: SampleStudio; page: Page }> {
  const studio = await suite.start()
  for (let made = 12; made < COUNT;) {
    const more = Math.min(500, COUNT - made)
    await studio.engine.call('scene.createMany', {
      storyboardId: studio.storyboardId,
      before: null,
      scenes: Array.from({ length: more }, (_none, index) => ({
        title: `Shot ${made + index + 1}`,
        ...((made + index) % 100 === 0 && { section: `Reel ${(made + index) / 100}` }),
      })),
    })
    made += more
  }
  const page = await suite.page(studio)
  heard = complaintsOf(page)
  await see(page.getByText(`${COUNT} scenes ·`)).toBeVisible()
  return { studio, page }
}

/** True when every part of the board in sight is covered by a card, a row or a heading, but for the gaps. */
const covered = (page: Page) =>
  page.locator('.board-scroll').evaluate((board) => {
    const { left, top, height } = board.getBoundingClientRect()
    const bare: number[] = []
    for (let y = 20; y < height - 20; y += 20) {
      const found = document
        .elementsFromPoint(left + 40, top + y)
        .some((element) => element.closest('[data-scene],.section-heading'))
      if (!found) bare.push(y)
    }
    // Gaps between rows are lower than two probes.
    return bare.every((y, index) => bare[index + 1] !== y + 20)
  })

describe('a board of two thousand scenes', () => {
  it('draws only what is in sight, leaves nothing out on the way, and finds the last by keyboard', async () => {
    const { page } = await longBoard()
    const scroller = page.locator('.board-scroll')
    for (const look of ['.scene-card', '.scene-row']) {
      await see(page.locator(look).first()).toBeVisible()
      expect(await page.locator(look).count()).toBeLessThan(80)
      const total = await scroller.evaluate((board) => board.scrollHeight)
      for (const part of [0.1, 0.35, 0.6, 0.85, 1]) {
        await scroller.evaluate((board, top) => board.scrollTo(0, top), total * part)
        await see.poll(() => covered(page)).toBe(true)
        expect(await page.locator(look).count()).toBeLessThan(80)
      }
      await scroller.evaluate((board) => board.scrollTo(0, 0))
      await cardOf(page, '1').click()
      await page.keyboard.press('End')
      await see(page.locator(`${look}:focus`)).toHaveAttribute('aria-posinset', String(COUNT))
      await page.keyboard.press('Home')
      await see(page.locator(`${look}:focus`)).toHaveAttribute('aria-posinset', '1')
      await page.keyboard.press('v')
    }
  })

  it('searches all of it, leads to a number, and moves a scene from one end to the other', async () => {
    const { page, studio } = await longBoard()
    await page.keyboard.press('/')
    await page.keyboard.type('shot 1234')
    await see(page.getByText(`1 of ${COUNT}`)).toBeVisible()
    await page.keyboard.press('Escape')
    await cardOf(page, '1').click()
    await page.keyboard.type('1500')
    await see(page.locator('.scene-card:focus')).toHaveAttribute('aria-posinset', '1500')
    await page.keyboard.press('Alt+End')
    await see(page.locator('.scene-card:focus')).toHaveAttribute('aria-posinset', String(COUNT))
    const { scenes } = await studio.project()
    expect(scenes.find(({ number }) => number === '1500')?.position).toBe(COUNT - 1)
  })
})
