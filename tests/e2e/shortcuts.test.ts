import type { Page } from 'playwright'
import { afterEach, describe, expect, it } from 'vitest'
import { cardOf, complaintsOf, noComplaints, sceneOf, see } from './support/pages.ts'
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

const keysOf = async (studio: SampleStudio) => (await studio.engine.call('studio.get', {})).settings.keys
const settings = (page: Page) => page.getByRole('dialog', { name: 'Settings' })

async function openKeys(page: Page): Promise<void> {
  await page.keyboard.press('Control+,')
  await settings(page).getByRole('tab', { name: 'Keys' }).click()
}
async function leave(page: Page): Promise<void> {
  await page.keyboard.press('Escape')
  await see(page.getByRole('dialog')).toHaveCount(0)
}
const keyButton = (page: Page, command: string) =>
  settings(page).getByRole('button', { name: new RegExp(`^(Keys for|Press keys for) ${command}`) })

describe('shortcuts', () => {
  it('lists them from the commands, by group, and searches', async () => {
    const page = await open(await suite.start())
    await page.keyboard.press('Shift+?')
    const sheet = page.getByRole('dialog', { name: 'Shortcuts' })
    await see(sheet.getByRole('textbox', { name: 'Search shortcuts' })).toBeFocused()
    await see(sheet.getByRole('heading', { name: 'Everywhere' })).toBeVisible()
    await see(sheet.getByText('Duplicate scene')).toBeVisible()
    await page.keyboard.type('palette')
    await see(sheet.locator('dt')).toHaveText(['Command palette'])
    await see(sheet.locator('kbd')).toHaveText(['Ctrl', 'K'])
    await leave(page)
    // A question mark in an empty palette leads here, too.
    await page.keyboard.press('Control+k')
    await see(page.getByRole('combobox')).toBeFocused()
    await page.keyboard.press('Shift+?')
    await see(sheet).toBeVisible()
  })

  it('takes other keys for a command, and gives back its own', async () => {
    const studio = await suite.start()
    const page = await open(studio)
    await openKeys(page)
    await keyButton(page, 'Command palette').click()
    await page.keyboard.press('Control+j')
    // Those keys may belong to another command by now; then it is asked which shall have them.
    const instead = settings(page).getByRole('button', { name: 'Use it here instead' })
    await see(instead.or(keyButton(page, 'Command palette: ?Ctrl ?J'))).toBeVisible()
    if (await instead.isVisible()) await instead.click()
    await see.poll(async () => (await keysOf(studio))['studio.palette']).toBe('$mod+j')
    await leave(page)
    await page.keyboard.press('Control+j')
    await see(page.getByRole('dialog', { name: 'Command palette' })).toBeVisible()
    await leave(page)
    await openKeys(page)
    await settings(page).getByRole('button', { name: 'Reset the keys of Command palette' }).click()
    await see(keyButton(page, 'Command palette')).toHaveAccessibleName(/Ctrl ?K/)
    await settings(page).getByRole('button', { name: 'Reset all' }).click()
    await see.poll(() => keysOf(studio)).toEqual({})
  })

  it('says what keys belong to already, and moves them when asked', async () => {
    const studio = await suite.start()
    const page = await open(studio)
    await openKeys(page)
    await keyButton(page, 'New scene:').click()
    await page.keyboard.press('Control+d')
    const clash = settings(page).getByRole('alert')
    await see(clash).toContainText('Ctrl+D belongs to Duplicate scene')
    await clash.getByRole('button', { name: 'Leave it' }).click()
    expect(await keysOf(studio)).toEqual({})
    await keyButton(page, 'New scene:').click()
    await page.keyboard.press('Control+d')
    await clash.getByRole('button', { name: 'Use it here instead' }).click()
    await see.poll(() => keysOf(studio)).toEqual({ 'scene.new': '$mod+d', 'scene.duplicate': null })
    await leave(page)
    await page.keyboard.press('Control+d')
    await see(page.locator('.scene-card')).toHaveCount(13)
    const added = (await studio.project()).scenes.filter((scene) => scene.prompt === '')
    expect(added).toHaveLength(1)
  })

  it('leaves a choice of keys by Escape without closing the settings', async () => {
    const studio = await suite.start()
    const page = await open(studio)
    await openKeys(page)
    await keyButton(page, 'Generate:').click()
    await see(keyButton(page, 'Generate$')).toBeFocused()
    await page.keyboard.press('Escape')
    await see(keyButton(page, 'Generate:')).toBeVisible()
    expect(await keysOf(studio)).toEqual({})
  })

  it('fires no key while text is typed, and no single key at all once they are off', async () => {
    const studio = await suite.start()
    const page = await open(studio)
    await cardOf(page, '5').click()
    const before = await sceneOf(studio, '5')
    const title = page.getByRole('textbox', { name: 'Scene title' })
    await title.fill('')
    await title.pressSequentially('gLDr?')
    await see(title).toHaveValue('gLDr?')
    await see(page.getByRole('dialog')).toHaveCount(0)
    await title.press('Enter')
    await see.poll(async () => (await sceneOf(studio, '5')).title).toBe('gLDr?')
    expect((await sceneOf(studio, '5')).seed).toEqual(before.seed)

    await cardOf(page, '5').click()
    await page.keyboard.press('g')
    await see(page.getByRole('dialog')).toBeVisible()
    await leave(page)
    await openKeys(page)
    await settings(page).getByRole('switch', { name: 'Keys without Cmd, Ctrl or Alt' }).click()
    await see.poll(() => keysOf(studio)).toEqual({ 'single-keys': null })
    await leave(page)
    await cardOf(page, '5').click()
    await page.keyboard.press('g')
    await page.keyboard.press('Shift+?')
    // The next combination still works, and nothing came of those before it.
    await page.keyboard.press('Control+k')
    await see(page.getByRole('dialog')).toHaveAccessibleName('Command palette')
  })
})
