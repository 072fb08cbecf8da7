import type { Page } from 'playwright'
import { afterEach, describe, expect, it } from 'vitest'
import { usdMicros } from '../../shared/money.ts'
import { cardOf, complaintsOf, noComplaints, numbersOn, sceneOf, see, startTakes } from './support/pages.ts'
import { type SampleStudio, type StudioSetup, studioSuite, until } from './support/studio.ts'

const suite = studioSuite()

let heard: readonly string[] = []
afterEach(() => noComplaints(heard))

async function board(setup?: StudioSetup): Promise<{ studio: SampleStudio; page: Page }> {
  const studio = await suite.start(setup)
  const page = await suite.page(studio)
  heard = complaintsOf(page)
  await see(page.locator('.scene-card')).toHaveCount(12)
  return { studio, page }
}

const TWELVE = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12']

describe('the order of the board', () => {
  it('moves a scene with the pointer, and the engine keeps it', async () => {
    const { page, studio } = await board()
    const from = await cardOf(page, '1').boundingBox()
    const to = await cardOf(page, '3').boundingBox()
    if (!from || !to) throw new Error('The cards are on the page.')
    await page.mouse.move(from.x + from.width / 2, from.y + from.height - 20)
    await page.mouse.down()
    await page.mouse.move(to.x + to.width - 40, to.y + to.height - 20, { steps: 8 })
    await page.mouse.move(to.x + to.width - 30, to.y + to.height - 20)
    await see(page.locator('.drop-right')).toHaveCount(1)
    await page.mouse.up()
    const order = ['2', '3', '1', ...TWELVE.slice(3)]
    await see.poll(() => numbersOn(page)).toEqual(order)
    const { scenes } = await studio.project()
    expect(scenes.toSorted((a, b) => a.position - b.position).map(({ number }) => number)).toEqual(order)
    await page.reload()
    await see.poll(() => numbersOn(page)).toEqual(order)
  })

  it('moves a scene with Alt and the arrows, and keeps the focus on it', async () => {
    const { page } = await board()
    await cardOf(page, '2').click()
    await page.keyboard.press('Alt+ArrowRight')
    await see.poll(() => numbersOn(page)).toEqual(['1', '3', '2', ...TWELVE.slice(3)])
    await see(cardOf(page, '2')).toBeFocused()
    // Faster than any answer: every press counts.
    await page.keyboard.press('Alt+ArrowLeft')
    await page.keyboard.press('Alt+ArrowLeft')
    await see.poll(() => numbersOn(page)).toEqual(['2', '1', '3', ...TWELVE.slice(3)])
    await see(cardOf(page, '2')).toBeFocused()
  })

  it('walks the cards with arrows, adds a scene after the chosen one, and deletes it after asking', async () => {
    const { page } = await board()
    await cardOf(page, '1').click()
    await page.keyboard.press('ArrowRight')
    await see(cardOf(page, '2')).toBeFocused()
    await page.keyboard.press('End')
    await see(cardOf(page, '12')).toBeFocused()
    await page.keyboard.press('Home')
    await see(cardOf(page, '1')).toBeFocused()
    await page.keyboard.press('n')
    await see.poll(() => numbersOn(page)).toEqual(['1', '1A', ...TWELVE.slice(1)])
    await see(cardOf(page, '1A')).toHaveAttribute('aria-selected', 'true')
    await page.keyboard.press('Delete')
    await page
      .getByRole('dialog', { name: 'Delete scene 01A?' })
      .getByRole('button', { name: 'Delete 1 scene' })
      .click()
    await see.poll(() => numbersOn(page)).toEqual(TWELVE)
  })
})

describe('several scenes at once', () => {
  it('chooses a range and single ones, and says what they have in common', async () => {
    const { page } = await board()
    await cardOf(page, '2').click()
    await cardOf(page, '4').click({ modifiers: ['Shift'] })
    await cardOf(page, '6').click({ modifiers: ['ControlOrMeta'] })
    const bar = page.getByRole('toolbar', { name: 'Chosen scenes' })
    await see(bar.getByRole('heading')).toHaveText('4 selected')
    await see(bar).toContainText('19 s')
    const inspector = page.getByRole('complementary', { name: 'Inspector' })
    await see(inspector).toContainText('Mixed, 4–6 s')
    await bar.getByRole('button', { name: 'Clear selection' }).click()
    await see(bar).toHaveCount(0)
  })

  it('locks one seed on all, duplicates them, and rehearses them', async () => {
    const { page, studio } = await board()
    await cardOf(page, '8').click()
    await cardOf(page, '9').click({ modifiers: ['Shift'] })
    const bar = page.getByRole('toolbar', { name: 'Chosen scenes' })
    await bar.getByRole('button', { name: 'Seed of the selected scenes' }).click()
    await page.getByRole('menuitem', { name: 'Lock all to a new seed' }).click()
    await see(cardOf(page, '8').locator('.seed-chip.locked')).toBeVisible()
    const [eight, nine] = [await sceneOf(studio, '8'), await sceneOf(studio, '9')]
    expect(eight.seed).toEqual(nine.seed)
    expect(eight.seed.kind).toBe('locked')

    await bar.getByRole('button', { name: 'Duplicate selected' }).click()
    await see(page.locator('.scene-card')).toHaveCount(14)
    await bar.getByRole('button', { name: 'Rehearse selected' }).click()
    await see(page.getByText('Rehearsing 2 scenes')).toBeVisible()
    await see(cardOf(page, '8')).toHaveAttribute('data-state', 'ready')
    await see(cardOf(page, '9')).toHaveAttribute('data-state', 'ready')
    await see(cardOf(page, '10')).toHaveAttribute('data-state', 'draft')
  })

  it('keeps scenes with takes when others are deleted', async () => {
    const { page, studio } = await board()
    await startTakes(studio, ['1'])
    await until(studio, ({ takes }) => takes[0]?.phase === 'ready')
    await cardOf(page, '1').click()
    await cardOf(page, '3').click({ modifiers: ['Shift'] })
    await page.keyboard.press('Delete')
    const dialog = page.getByRole('dialog', { name: 'Delete 2 scenes?' })
    await see(dialog).toContainText('Scene 01 has takes and stays.')
    await dialog.getByRole('button', { name: 'Delete 2 scenes' }).click()
    await see.poll(() => numbersOn(page)).toEqual(['1', ...TWELVE.slice(3)])
  })
})

describe('filters', () => {
  it('count and show scenes by their state, also as it changes', async () => {
    const { page, studio } = await board()
    await startTakes(studio, ['2', '5'])
    const { takes } = await until(studio, (project) => project.takes.every((take) => take.phase === 'ready'))
    const filters = page.getByRole('group', { name: 'Show scenes' })
    await see(filters.getByRole('button', { name: 'Ready, 2' })).toBeVisible()
    await filters.getByRole('button', { name: 'Ready, 2' }).click()
    await see.poll(() => numbersOn(page)).toEqual(['2', '5'])
    const [take] = takes
    if (!take) throw new Error('There are two takes.')
    await studio.engine.call('scene.pick', { sceneId: take.sceneId, takeId: take.id })
    await see(filters.getByRole('button', { name: 'Picked, 1' })).toBeVisible()
    await see(page.locator('.scene-card')).toHaveCount(1)
    await filters.getByRole('button', { name: 'Blocked, 0' }).click()
    await see(page.getByRole('heading', { name: 'No scene is in this state' })).toBeVisible()
    await page.getByRole('button', { name: 'Show all scenes' }).click()
    await see(page.locator('.scene-card')).toHaveCount(12)
  })
})

describe('the picture of a paid take', () => {
  it('is made from its clip once, and kept', async () => {
    const { page, studio } = await board({ paid: true })
    await studio.engine.call('project.update', { projectId: studio.projectId, patch: { cap: usdMicros(5_000_000) } })
    await startTakes(studio, ['3'], 'wavespeed')
    const picture = cardOf(page, '3').locator('img[src*="/media/posters/"]')
    await see(cardOf(page, '3')).toHaveAttribute('data-state', 'ready')
    await see.poll(() => picture.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBeGreaterThan(100)
    const puts: string[] = []
    page.on('request', (request) => request.method() === 'PUT' && puts.push(request.url()))
    await page.reload()
    await see.poll(() => picture.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBeGreaterThan(100)
    expect(puts).toEqual([])
  })
})

describe('a long board', () => {
  it('draws only the cards in sight of a thousand, and finds the last by keyboard', async () => {
    const studio = await suite.start()
    for (let count = 12; count < 1000; count++)
      await studio.engine.call('scene.create', { storyboardId: studio.storyboardId, after: null })
    const page = await suite.page(studio)
    heard = complaintsOf(page)
    await see(page.getByText('1000 scenes · 83:20')).toBeVisible()
    expect(await page.locator('.scene-card').count()).toBeLessThan(60)
    await cardOf(page, '1').click()
    await page.keyboard.press('End')
    await see(page.locator('.scene-card:focus')).toHaveAttribute('aria-posinset', '1000')
  })
})
