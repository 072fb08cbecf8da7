import type { Page } from 'playwright'
import { afterEach, describe, it } from 'vitest'
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

describe('the keyboard', () => {
  it('walks the cards with arrows, also across the rows, and extends with Shift', async () => {
    const { page } = await board()
    await cardOf(page, '1').click()
    await page.keyboard.press('ArrowRight')
    await see(cardOf(page, '2')).toBeFocused()
    await page.keyboard.press('End')
    await see(cardOf(page, '12')).toBeFocused()
    await page.keyboard.press('Home')
    await see(cardOf(page, '1')).toBeFocused()
    await page.keyboard.press('ArrowDown')
    await see(cardOf(page, '5')).toBeFocused()
    await page.keyboard.press('Shift+ArrowRight')
    await page.keyboard.press('Shift+ArrowUp')
    await see(page.getByRole('heading', { name: '4 selected' })).toBeVisible()
    await page.keyboard.press('Control+a')
    await see(page.getByRole('heading', { name: '12 selected' })).toBeVisible()
    await page.keyboard.press('Escape')
    await see(page.getByRole('heading', { name: /selected/ })).toHaveCount(0)
  })

  it('leads to a scene by its number, and plays the take of a card', async () => {
    const { page, studio } = await board()
    await startTakes(studio, ['2'])
    await until(studio, ({ takes }) => takes[0]?.phase === 'ready')
    await cardOf(page, '5').click()
    await page.keyboard.type('12')
    await see(cardOf(page, '12')).toBeFocused()
    await see(cardOf(page, '2').locator('.plate', { hasText: 'Rehearsal' })).toBeVisible()
    await cardOf(page, '2').click()
    await page.keyboard.press('Space')
    await see(
      page.getByRole('region', { name: 'Picture' }).getByRole('heading', { name: 'Before the alarm' }),
    ).toBeVisible()
    await page.keyboard.press('Escape')
    await see(cardOf(page, '2')).toBeFocused()
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

describe('search', () => {
  it('finds scenes by any of their texts, says how many, and clears with Escape', async () => {
    const { page, studio } = await board()
    const five = await sceneOf(studio, '5')
    await studio.engine.call('scene.update', { sceneId: five.id, patch: { dialogue: 'Hush now.' } })
    await page.keyboard.press('/')
    const field = page.getByRole('textbox', { name: 'Search scenes' })
    await see(field).toBeFocused()
    await field.fill('hush')
    await see(page.locator('.scene-card')).toHaveCount(1)
    await see(page.getByText('1 of 12')).toBeVisible()
    await page.keyboard.press('Enter')
    await see(cardOf(page, '5')).toBeFocused()
    await page.keyboard.press('Control+f')
    await see(field).toBeFocused()
    await field.fill('nowhere to be found')
    await see(page.getByRole('heading', { name: /^Nothing found/ })).toBeVisible()
    await page.keyboard.press('Escape')
    await see(page.locator('.scene-card')).toHaveCount(12)
    await see(field).toHaveCount(0)
  })
})

describe('sections', () => {
  it('are named across the board, folded and removed', async () => {
    const { page, studio } = await board()
    await cardOf(page, '5').click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Add section here' }).click()
    const name = page.getByRole('textbox', { name: 'Name of the section' })
    await see(name).toBeFocused()
    await name.fill('Act two')
    await page.keyboard.press('Enter')
    const fold = page.getByRole('button', { name: /^Act two/ })
    await see(fold).toContainText('8 scenes')
    await see.poll(async () => (await sceneOf(studio, '5')).section).toBe('Act two')
    await see(page.getByRole('group', { name: 'Act two' }).getByRole('option')).toHaveCount(8)
    await fold.click()
    await see.poll(() => numbersOn(page)).toEqual(TWELVE.slice(0, 4))
    await page.keyboard.press('v')
    await see(page.locator('.scene-row')).toHaveCount(4)
    // What is looked for shows although it is folded.
    await page.keyboard.press('/')
    await page.keyboard.type('12')
    await see(page.locator('.scene-row')).toHaveCount(1)
    await page.keyboard.press('Escape')
    await fold.click()
    await page.getByRole('button', { name: 'More for section Act two' }).click()
    await page.getByRole('menuitem', { name: 'Remove heading' }).click()
    await see(fold).toHaveCount(0)
    await see(page.locator('.scene-row')).toHaveCount(12)
  })
})

describe('how the board looks', () => {
  it('switches between cards and a list, and changes the size of the cards, kept for the window', async () => {
    const { page } = await board()
    const width = async () => (await cardOf(page, '1').boundingBox())?.width ?? 0
    const usual = await width()
    await cardOf(page, '1').click()
    await page.keyboard.press('=')
    await see.poll(width).toBeGreaterThan(usual)
    const large = await width()
    await page.reload()
    await see.poll(width).toBe(large)
    await cardOf(page, '1').hover()
    await page.keyboard.down('Control')
    await page.mouse.wheel(0, 120)
    await page.keyboard.up('Control')
    await see.poll(width).toBe(usual)
    await page.getByRole('button', { name: 'List' }).click()
    await see(page.locator('.scene-row')).toHaveCount(12)
    await see(page.getByRole('slider', { name: 'Size of the cards' })).toHaveCount(0)
    await page.reload()
    await see(page.locator('.scene-row')).toHaveCount(12)
  })
})
