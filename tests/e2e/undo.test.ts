import type { Page } from 'playwright'
import { afterEach, describe, it } from 'vitest'
import { cardOf, complaintsOf, noComplaints, numbersOn, sceneOf, see } from './support/pages.ts'
import { type SampleStudio, studioSuite } from './support/studio.ts'

const suite = studioSuite()
let heard: readonly string[] = []
afterEach(() => noComplaints(heard))

async function open(studio: SampleStudio): Promise<Page> {
  const page = await suite.page(studio)
  heard = complaintsOf(page)
  await see(page.locator('.scene-card')).toHaveCount(12)
  return page
}
const saved = (page: Page) => page.locator('.save-mark')

describe('undo', () => {
  it('takes back an edit, says what it was, and makes it again', async () => {
    const studio = await suite.start()
    const page = await open(studio)
    await cardOf(page, '5').click()
    await page.keyboard.press('Shift+l')
    await see.poll(async () => (await sceneOf(studio, '5')).seed.kind).toBe('random')
    await page.keyboard.press('Control+z')
    await see.poll(async () => (await sceneOf(studio, '5')).seed.kind).toBe('locked')
    const toast = page.locator('.toast')
    await see(toast).toContainText(/^Undone: /)
    await toast.getByRole('button', { name: 'Redo' }).click()
    await see.poll(async () => (await sceneOf(studio, '5')).seed.kind).toBe('random')
    await see(toast.filter({ hasText: 'Done again' })).toBeVisible()
    await page.keyboard.press('Control+z')
    await see.poll(async () => (await sceneOf(studio, '5')).seed.kind).toBe('locked')
    await page.keyboard.press('Control+Shift+z')
    await see.poll(async () => (await sceneOf(studio, '5')).seed.kind).toBe('random')
    await page.keyboard.press('Control+z')
    await see.poll(async () => (await sceneOf(studio, '5')).seed.kind).toBe('locked')
    await page.keyboard.press('Control+y')
    await see.poll(async () => (await sceneOf(studio, '5')).seed.kind).toBe('random')
  })

  it('names the next step in the palette', async () => {
    const studio = await suite.start()
    const page = await open(studio)
    const scene = await sceneOf(studio, '2')
    await studio.engine.call('scene.move', { sceneId: scene.id, before: null })
    await see.poll(() => numbersOn(page)).not.toEqual(Array.from({ length: 12 }, (_, at) => String(at + 1)))
    await page.keyboard.press('Control+k')
    await see(page.getByRole('combobox', { name: /^Search commands/ })).toBeFocused()
    await page.keyboard.type('undo')
    const first = page.getByRole('dialog').getByRole('option').first()
    await see(first).toContainText(/Undo: \w+/)
    await page.keyboard.press('Enter')
    await see.poll(() => numbersOn(page)).toEqual(Array.from({ length: 12 }, (_, at) => String(at + 1)))
  })

  it('leaves a field its own undo until it is left', async () => {
    const studio = await suite.start()
    const page = await open(studio)
    await cardOf(page, '5').click()
    const prompt = page.getByRole('textbox', { name: 'Prompt' })
    await prompt.fill('Dusk')
    await see(saved(page)).toHaveText('Saved')
    await prompt.press('End')
    await prompt.pressSequentially('.')
    await see(saved(page)).toHaveText('Saved')
    await prompt.press('Control+z')
    await see(prompt).toHaveValue('Dusk')
    await see.poll(async () => (await sceneOf(studio, '5')).prompt).toBe('Dusk')
    await see(page.locator('.toast')).toHaveCount(0)
  })

  it('says that everything is saved, and when it is not', async () => {
    const studio = await suite.start()
    const page = await open(studio)
    await see(saved(page)).toHaveText('Saved')
    await cardOf(page, '5').click()
    await page.getByRole('textbox', { name: 'Prompt' }).fill('A new line.')
    await see(saved(page)).toHaveText('Saving')
    await see(saved(page)).toHaveText('Saved')
    await see.poll(async () => (await sceneOf(studio, '5')).prompt).toBe('A new line.')
    await studio.close()
    await see(page.locator('.banner')).toContainText('Takeboard has stopped.')
    await page.getByRole('textbox', { name: 'Prompt' }).fill('Typed while nobody listens')
    await page.getByRole('textbox', { name: 'Prompt' }).press('Escape')
    await see(saved(page)).toContainText('Not saved: the studio is not connected')
    await see(saved(page)).toHaveRole('alert')
    await see(saved(page).getByRole('button', { name: 'Retry' })).toBeVisible()
    // What the browser says of a host that is gone is no complaint about the page.
    heard = []
  })
})
