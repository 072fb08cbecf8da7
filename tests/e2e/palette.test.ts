import type { Page } from 'playwright'
import { afterEach, describe, expect, it } from 'vitest'
import { usdMicros } from '../../shared/money.ts'
import { cardOf, complaintsOf, noComplaints, sceneOf, see, startTakes } from './support/pages.ts'
import { type SampleStudio, studioSuite, until } from './support/studio.ts'

const suite = studioSuite()
let heard: readonly string[] = []
afterEach(() => noComplaints(heard))

async function open(studio: SampleStudio): Promise<Page> {
  const page = await suite.page(studio)
  heard = complaintsOf(page)
  await see(page.locator('.scene-card')).toHaveCount(12)
  return page
}

const palette = (page: Page) => page.getByRole('dialog', { name: 'Command palette' })
const rows = (page: Page) => palette(page).getByRole('option')

async function ask(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await see(page.getByRole('combobox', { name: /^Search commands/ })).toBeFocused()
  await page.keyboard.type(text)
}

describe('the palette', () => {
  it('finds a scene by its prompt and chooses it', async () => {
    const page = await open(await suite.start())
    await ask(page, 'barn door')
    await see(rows(page).first()).toContainText('03')
    await see(rows(page).first()).toHaveAttribute('aria-selected', 'true')
    await page.keyboard.press('Enter')
    await see(palette(page)).toHaveCount(0)
    await see(cardOf(page, '3')).toHaveAttribute('aria-selected', 'true')
    await see(page.getByRole('textbox', { name: 'Prompt' })).toHaveValue(/barn door/)
  })

  it('runs what was asked for, shows its keys, and puts it first the next time', async () => {
    const studio = await suite.start()
    const page = await open(studio)
    await ask(page, 'light th')
    await page.keyboard.press('Enter')
    await see(page.locator('html')).toHaveAttribute('data-theme', 'light')
    await ask(page, '')
    await see(palette(page).getByRole('group', { name: 'Recent' }).getByRole('option')).toHaveText([
      /Light theme.*In use/,
    ])
    await page.keyboard.type('queue')
    await see(rows(page).filter({ hasText: 'Open Queue' }).locator('kbd')).toHaveText(['Ctrl', '3'])
    await rows(page).filter({ hasText: 'Open Queue' }).click()
    await see(page.getByRole('region', { name: 'Queue' })).toBeVisible()
  })

  it('says what paid actions cost, and why others cannot be done', async () => {
    const studio = await suite.start({ paid: true })
    await studio.engine.call('project.update', { projectId: studio.projectId, patch: { cap: usdMicros(30_000_000) } })
    const page = await open(studio)
    await cardOf(page, '5').click()
    await ask(page, 'generate sc')
    await see(rows(page).first()).toContainText('$0.70')
    await page.keyboard.press('Escape')
    await see(palette(page)).toHaveCount(0)
    await ask(page, 'redo')
    await see(rows(page).first()).toContainText('Nothing to redo')
    await see(rows(page).first()).toHaveAttribute('aria-disabled', 'true')
    await page.keyboard.press('Enter')
    await see(palette(page)).toBeVisible()
  })

  it('works on the chosen scene as if the board had the keys', async () => {
    const studio = await suite.start()
    const page = await open(studio)
    await cardOf(page, '5').click()
    await page.getByRole('button', { name: 'Search and commands' }).click()
    await see(page.getByRole('combobox', { name: /^Search commands/ })).toBeFocused()
    await page.keyboard.type('edit prompt')
    await see(palette(page).getByRole('group', { name: 'Scene 05, The brush' })).toBeVisible()
    await page.keyboard.press('Enter')
    await see(page.getByRole('textbox', { name: 'Prompt' })).toBeFocused()
    // It opens from within a text as well, and gives the focus back.
    await page.keyboard.press('Control+k')
    await see(palette(page)).toBeVisible()
    await page.keyboard.press('Escape')
    await see(page.getByRole('textbox', { name: 'Prompt' })).toBeFocused()
  })

  it('finds a take by its slate and by its seed', async () => {
    const studio = await suite.start()
    await startTakes(studio, ['3'])
    const { takes } = await until(studio, (project) => project.takes.every((take) => take.phase === 'ready'))
    const page = await open(studio)
    await ask(page, '03-1')
    await see(rows(page).first()).toContainText('03-1')
    await page.keyboard.press('Enter')
    await see(page.locator('.slot video')).toBeVisible()
    await page.keyboard.press('Escape')
    await see(page.getByRole('dialog')).toHaveCount(0)
    await ask(page, String(takes[0]?.request.seed))
    await see(palette(page).getByRole('group', { name: 'Takes' }).getByRole('option')).toHaveCount(1)
    await see(palette(page).getByRole('group', { name: 'Seeds' }).getByRole('option')).toHaveCount(1)
  })

  it('chooses every scene of a character, and opens other projects', async () => {
    const studio = await suite.start()
    await studio.engine.call('project.create', { title: 'Night ferry' })
    await studio.project()
    const page = await open(studio)
    await ask(page, 'juniper')
    const juniper = palette(page)
      .getByRole('group', { name: 'Cast' })
      .getByRole('option', { name: /Juniper/ })
    const scenes = Number(/(\d+) scenes/.exec((await juniper.textContent()) ?? '')?.[1])
    await juniper.click()
    await see(page.locator('.scene-card[aria-selected=true]')).toHaveCount(scenes)
    expect((await sceneOf(studio, '5')).prompt).toContain('@Juniper')
    await ask(page, 'night f')
    await see(rows(page).first()).toContainText('Night ferry')
    await page.keyboard.press('Enter')
    await see(page.locator('.top-bar').getByText('Night ferry')).toBeVisible()
  })
})
