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

const undo = (page: Page) => page.getByRole('button', { name: 'Undo', exact: true }).last()
/** A toast; the same words are also read aloud. */
const said = (page: Page, title: string) => page.getByRole('heading', { name: title })
const menuItem = (page: Page, name: string | RegExp) => page.getByRole('menuitem', { name })

describe('scenes', () => {
  it('are added before and after the chosen one, and deleted with a way back, also those with takes', async () => {
    const { page, studio } = await board()
    await startTakes(studio, ['1'])
    await until(studio, ({ takes }) => takes[0]?.phase === 'ready')
    await cardOf(page, '1').click()
    await page.keyboard.press('n')
    await see.poll(() => numbersOn(page)).toEqual(['1', '1A', ...TWELVE.slice(1)])
    await see(cardOf(page, '1A')).toHaveAttribute('aria-selected', 'true')
    await cardOf(page, '1').click()
    await page.keyboard.press('Shift+N')
    await see.poll(() => numbersOn(page)).toEqual(['0A', '1', '1A', ...TWELVE.slice(1)])
    await see(cardOf(page, '0A')).toHaveAttribute('aria-selected', 'true')
    await page.keyboard.press('Control+z')
    await see.poll(() => numbersOn(page)).toEqual(['1', '1A', ...TWELVE.slice(1)])
    await page.keyboard.press('Control+Shift+z')
    await see.poll(() => numbersOn(page)).toEqual(['0A', '1', '1A', ...TWELVE.slice(1)])
    await cardOf(page, '1').click()
    await cardOf(page, '1A').click({ modifiers: ['Shift'] })
    await page.keyboard.press('Delete')
    await see(said(page, '2 scenes deleted')).toBeVisible()
    await see(page.locator('.toast-text', { hasText: '1 take stays in the library.' })).toBeVisible()
    await see(page.locator('.scene-card')).toHaveCount(12)
    await undo(page).click()
    await see(page.locator('.scene-card')).toHaveCount(14)
    expect((await studio.project()).takes.length).toBe(1)
  })

  it('are split where the caret stands in the prompt, also just after typing, and merged again', async () => {
    const { page, studio } = await board()
    await cardOf(page, '3').click()
    await page.keyboard.press('Enter')
    const prompt = page.getByRole('textbox', { name: 'Prompt' })
    await prompt.fill('@Mara opens the door. @Juniper looks up.')
    await page.keyboard.press('Control+Home')
    for (let at = 0; at < '@Mara opens the door.'.length; at++) await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Control+Shift+Enter')
    await see(page.locator('.scene-card')).toHaveCount(13)
    expect((await sceneOf(studio, '3')).prompt).toBe('@Mara opens the door.')
    expect((await sceneOf(studio, '3A')).prompt).toBe('@Juniper looks up.')
    await see(page.getByRole('heading', { name: '2 selected' })).toBeVisible()
    await page.keyboard.press('Control+j')
    await see(page.locator('.scene-card')).toHaveCount(12)
    const merged = await sceneOf(studio, '3')
    expect([merged.prompt.includes('opens'), merged.prompt.includes('looks up')]).toEqual([true, true])
  })

  it('have a menu at the pointer and at the keyboard, with the focus back on the card', async () => {
    const { page, studio } = await board()
    await cardOf(page, '4').click({ button: 'right' })
    await see(menuItem(page, /^Merge with scene 05/)).toBeVisible()
    await see(menuItem(page, 'Split at the cursor')).toHaveAttribute('aria-disabled', 'true')
    await menuItem(page, /^Move to the end/).click()
    await see.poll(async () => (await numbersOn(page)).at(-1)).toBe('4')
    await see(cardOf(page, '4')).toBeFocused()
    await page.keyboard.press('Shift+F10')
    await menuItem(page, /^Move to the start/).click()
    await see.poll(async () => (await numbersOn(page))[0]).toBe('4')
    await page.keyboard.press('ContextMenu')
    await see(page.getByRole('menu')).toBeVisible()
    await page.keyboard.press('Escape')
    await see(page.getByRole('menu')).toHaveCount(0)
    await see(cardOf(page, '4')).toBeFocused()
    expect((await sceneOf(studio, '4')).position).toBe(0)
  })

  it('are copied as text and pasted after the chosen one, also into another storyboard', async () => {
    const { page, studio } = await board()
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await cardOf(page, '2').click()
    await cardOf(page, '3').click({ modifiers: ['Shift'] })
    await page.keyboard.press('Control+c')
    await see(said(page, '2 scenes copied')).toBeVisible()
    await cardOf(page, '12').click()
    await page.keyboard.press('Control+v')
    await see(page.locator('.scene-card')).toHaveCount(14)
    await see(said(page, '2 scenes added')).toBeVisible()
    const copies = (await studio.project()).scenes.toSorted((a, b) => a.position - b.position).slice(-2)
    const originals = [await sceneOf(studio, '2'), await sceneOf(studio, '3')]
    expect(copies.map(({ prompt, seed }) => [prompt, seed])).toEqual(
      originals.map(({ prompt, seed }) => [prompt, seed]),
    )

    await page.getByRole('button', { name: 'New storyboard' }).click()
    await see(page.locator('.rail-name input')).toBeFocused()
    await page.keyboard.press('Enter')
    await see(page.getByRole('heading', { name: 'No scenes yet' })).toBeVisible()
    await page.keyboard.press('Control+v')
    await see(page.locator('.scene-card')).toHaveCount(2)
    await see(page.locator('.scene-card').first()).toContainText(originals[0]?.title ?? '')
  })

  it('come from pasted paragraphs, as one edit', async () => {
    const { page, studio } = await board()
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.evaluate(() =>
      navigator.clipboard.writeText('INT. BARN\n@Mara lights the lantern.\n\n@Juniper breathes.\n\nDust.'),
    )
    await cardOf(page, '1').click()
    await page.keyboard.press('Control+v')
    await see(page.locator('.scene-card')).toHaveCount(15)
    expect((await sceneOf(studio, '1A')).title).toBe('INT. BARN')
    await see(said(page, '3 scenes added')).toBeVisible()
    await undo(page).click()
    await see.poll(() => numbersOn(page)).toEqual(TWELVE)
  })
})

describe('storyboards', () => {
  it('are numbered anew or always, and copied', async () => {
    const { page } = await board()
    await cardOf(page, '1').click()
    await page.keyboard.press('n')
    await see.poll(() => numbersOn(page)).toEqual(['1', '1A', ...TWELVE.slice(1)])
    const more = page.getByRole('button', { name: 'More for The Long Pasture' })
    await more.click()
    await menuItem(page, 'Renumber now').click()
    await see.poll(() => numbersOn(page)).toEqual([...TWELVE, '13'])
    await more.click()
    await page.getByRole('menuitemcheckbox', { name: 'Always 1, 2, 3' }).click()
    await cardOf(page, '13').click()
    await page.keyboard.press('Alt+Home')
    await see(cardOf(page, '1')).toBeFocused()
    await see.poll(() => numbersOn(page)).toEqual([...TWELVE, '13'])
    await more.click()
    await menuItem(page, 'Duplicate').click()
    await see(page.locator('.rail-name input')).toBeFocused()
    await page.keyboard.press('Enter')
    const boards = page.getByRole('region', { name: 'Storyboards' })
    await see(boards.getByRole('button', { name: /, 13 scenes$/ })).toHaveCount(2)
  })

  it('stand in the order they are given by keys, by the menu and by dragging, with a way back', async () => {
    const { page, studio } = await board()
    for (const title of ['Second', 'Third'])
      await studio.engine.call('storyboard.create', { projectId: studio.projectId, title })
    const boards = page.getByRole('region', { name: 'Storyboards' })
    const choices = boards.locator('.rail-choice')
    const order = () => choices.locator('.ell').allTextContents()
    await see.poll(order).toEqual(['The Long Pasture', 'Second', 'Third'])
    await boards.getByRole('button', { name: /^Third,/ }).press('Alt+ArrowUp')
    await see.poll(order).toEqual(['The Long Pasture', 'Third', 'Second'])
    await see(boards.getByRole('button', { name: /^Third,/ })).toBeFocused()
    await page.keyboard.press('Alt+ArrowUp')
    await see.poll(order).toEqual(['Third', 'The Long Pasture', 'Second'])
    await see(page.getByText('Third moved to position 1 of 3')).toBeAttached()
    await boards.locator('.rail-item').first().hover()
    await page.getByRole('button', { name: 'More for Third' }).click()
    await see(menuItem(page, /^Move up/)).toBeDisabled()
    await menuItem(page, /^Move down/).click()
    await see.poll(order).toEqual(['The Long Pasture', 'Third', 'Second'])
    await see(page.getByRole('menu')).toHaveCount(0)
    await choices.nth(2).dragTo(choices.first(), { targetPosition: { x: 40, y: 4 } })
    await see.poll(order).toEqual(['Second', 'The Long Pasture', 'Third'])
    await page.keyboard.press('Control+z')
    await see.poll(order).toEqual(['The Long Pasture', 'Third', 'Second'])
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

  it('shows what a change would cost before it is made, and makes it as one edit', async () => {
    const { page, studio } = await board()
    await cardOf(page, '1').click()
    await cardOf(page, '3').click({ modifiers: ['Shift'] })
    await page.getByRole('button', { name: 'Settings of the selected scenes' }).click()
    const panel = page.getByRole('dialog', { name: 'Settings of the chosen scenes' })
    // 6, 4 and 5 s at $0.14 a second, then at $0.189.
    await see(panel.locator('.price-change')).toHaveText('$2.10')
    await see(panel).toContainText('Mixed, 4–6 s')
    await panel.getByRole('button', { name: '1080p' }).click()
    await see(panel.locator('.price-change')).toContainText(/\$2\.10.*\$2\.84.*\+\$0\.7/)
    expect((await sceneOf(studio, '1')).resolution).toBe('720p')
    await panel.getByRole('button', { name: 'One seed' }).click()
    await panel.getByRole('textbox', { name: 'Seed for the chosen scenes' }).fill('0')
    await see(panel.getByRole('alert')).toBeVisible()
    await see(panel.getByRole('button', { name: /^Apply/ })).toBeDisabled()
    await panel.getByRole('textbox', { name: 'Seed for the chosen scenes' }).fill('77')
    await panel.getByRole('button', { name: 'Apply to 3 scenes' }).click()
    await see(panel).toHaveCount(0)
    expect((await sceneOf(studio, '3')).resolution).toBe('1080p')
    expect((await sceneOf(studio, '2')).seed).toEqual({ kind: 'locked', value: 77 })
    await studio.engine.call('edit.undo', { projectId: studio.projectId })
    expect([(await sceneOf(studio, '1')).resolution, (await sceneOf(studio, '3')).resolution]).toEqual(['720p', '720p'])
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
    await see(said(page, 'Rehearsing 2 scenes')).toBeVisible()
    // The copies are the chosen ones now.
    await see(cardOf(page, '8A')).toHaveAttribute('data-state', 'ready')
    await see(cardOf(page, '9A')).toHaveAttribute('data-state', 'ready')
    await see(cardOf(page, '8')).toHaveAttribute('data-state', 'draft')
  })
})

describe('the picture of a paid take', () => {
  it('is made from its clip once, and kept', async () => {
    const { page, studio } = await board({ paid: true })
    await studio.engine.call('project.update', { projectId: studio.projectId, patch: { cap: usdMicros(5_000_000) } })
    // The facts are kept last; the poster may be seen before.
    const kept = page.waitForResponse(
      (reply) => reply.url().endsWith('/probe') && reply.request().method() === 'PUT' && reply.ok(),
      { timeout: 60_000 },
    )
    await startTakes(studio, ['3'], 'wavespeed')
    const picture = cardOf(page, '3').locator('img[src*="/media/derived/"]')
    await see(cardOf(page, '3')).toHaveAttribute('data-state', 'ready')
    await see.poll(() => picture.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBeGreaterThan(100)
    await kept
    const puts: string[] = []
    page.on('request', (request) => request.method() === 'PUT' && puts.push(request.url()))
    await page.reload()
    await see.poll(() => picture.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBeGreaterThan(100)
    expect(puts).toEqual([])
  })
})
