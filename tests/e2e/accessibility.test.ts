import type { Page } from 'playwright'
import { describe, expect, it } from 'vitest'
import { audit, goTo, leave, THEMES } from './support/axe.ts'
import { bringToEveryState } from './support/every-state.ts'
import { cardOf, openListened, see, startEmptyStudio } from './support/pages.ts'
import { pictureFile, studioSuite } from './support/studio.ts'

const suite = studioSuite()
/** Some forty screens, each looked at as a whole. */
const PATIENCE_MS = 300_000
async function checkBoard(page: Page, check: (page: Page, screen: string) => Promise<void>): Promise<void> {
  for (const number of ['1', '2', '3', '4', '6', '8']) {
    await cardOf(page, number).click()
    await check(page, `board, scene ${number}`)
  }
  await cardOf(page, '8').hover()
  await check(page, 'card under the pointer')
  await page.getByText('Notes', { exact: true }).click()
  await page.getByText('Style', { exact: true }).click()
  await check(page, 'inspector with notes and style')

  const seed = page.getByRole('textbox', { name: 'Seed' })
  await seed.fill('nonsense')
  await check(page, 'seed that is no number')
  await seed.press('Escape')
  const prompt = page.getByRole('textbox', { name: 'Prompt' })
  await prompt.focus()
  await prompt.press('End')
  await prompt.pressSequentially(' @M')
  await see(page.getByRole('listbox', { name: 'Cast' })).toBeVisible()
  await check(page, 'prompt with names to choose')
  for (let key = 0; key < 3; key++) await prompt.press('Backspace')

  await page.getByRole('button', { name: 'As sent' }).click()
  await see(page.locator('.as-sent-prompt')).toBeVisible()
  await check(page, 'prompt as sent')
  await leave(page)
  for (const button of ['Choose references', 'Reuse a seed', 'More for this scene']) {
    await page.getByRole('button', { name: button }).click()
    await check(page, button)
    await leave(page)
  }
  for (const name of [/^Budget: /, /^Project: /, 'Choose what to generate', /^More for The Long/]) {
    await page.getByRole('button', { name }).click()
    await check(page, String(name))
    await leave(page)
  }
  await cardOf(page, '8').click()
  await page.keyboard.press('Shift+F10')
  await see(page.getByRole('menu', { name: 'Scene 08' })).toBeVisible()
  await check(page, 'menu of a scene')
  await page.getByRole('menuitem', { name: 'Add section here' }).click()
  await see(page.getByRole('textbox', { name: 'Name of the section' })).toBeFocused()
  await page.keyboard.press('Enter')
  await see(page.getByRole('button', { name: /^New section/ })).toBeVisible()
  await check(page, 'board with a section')
  await page.keyboard.press('/')
  await check(page, 'search')
  await page.keyboard.press('Escape')
  await page.keyboard.press('v')
  await see(page.locator('.scene-row')).toHaveCount(12)
  await check(page, 'board as a list')
  await page.keyboard.press('v')
  await page.keyboard.press('Control+a')
  await check(page, 'several scenes chosen')
  await page.getByRole('button', { name: 'Settings of the selected scenes' }).click()
  const params = page.getByRole('dialog', { name: 'Settings of the chosen scenes' })
  await params.getByRole('button', { name: 'One seed' }).click()
  await check(page, 'settings of several scenes')
  await leave(page)
  await page.getByRole('button', { name: 'Seed of the selected scenes' }).click()
  await check(page, 'seeds of several scenes')
  await leave(page)
  await page.getByRole('button', { name: 'Clear selection' }).click()
  await check(page, 'storyboard in the inspector')
}

async function checkOthers(page: Page, check: (page: Page, screen: string) => Promise<void>): Promise<void> {
  await page.keyboard.press('Control+Enter')
  await see(page.getByRole('dialog')).toBeVisible()
  await check(page, 'generate')
  await leave(page)
  await goTo(page, 'Queue')
  await check(page, 'queue')
  await page.locator('.queue-row[data-phase=ready]').first().click()
  await check(page, 'queue with a ready take')
  await goTo(page, 'Cast')
  await check(page, 'cast')
  await page
    .locator('input[type=file][aria-label="Add images"]')
    .setInputFiles([
      pictureFile('coat.png', 640, 900),
      { name: 'gate.gif', mimeType: 'image/gif', buffer: Buffer.from('no picture') },
    ])
  await see(page.getByRole('button', { name: /^Image 8, Coat, .*Use 720 px/ })).toBeVisible()
  await see(page.getByRole('button', { name: 'Convert a copy' })).toBeVisible()
  await check(page, 'cast with hints')
  await page.getByRole('button', { name: 'By character' }).click()
  await check(page, 'cast by character')
  await page.getByRole('button', { name: 'More for Main cast' }).click()
  await check(page, 'actions on a cast')
  await leave(page)
  await page.getByRole('button', { name: 'Rename Mara' }).click()
  await see(page.getByRole('dialog')).toBeVisible()
  await check(page, 'rename a character')
  await leave(page)
  await page.getByRole('button', { name: 'New set' }).click()
  await see(page.getByText('Nobody in the cast yet')).toBeVisible()
  await check(page, 'empty cast')
  await goTo(page, 'Board')
  await page.getByRole('button', { name: 'Settings' }).click()
  const settings = page.getByRole('dialog')
  await see(settings.getByRole('tab').first()).toBeVisible()
  for (const tab of await settings.getByRole('tab').all()) {
    await tab.click()
    await check(page, `settings, ${(await tab.textContent()) ?? ''}`)
  }
  await leave(page)
  await page.keyboard.press('Control+k')
  await see(page.getByRole('combobox', { name: /^Search commands/ })).toBeFocused()
  await check(page, 'palette')
  await page.keyboard.type('scene')
  await see(page.locator('.palette mark').first()).toBeVisible()
  await check(page, 'palette with what was found')
  await page.keyboard.type(' nowhere')
  await see(page.getByText('Nothing is called that.')).toBeVisible()
  await check(page, 'palette without anything found')
  await page.keyboard.press('Escape')
  await see(page.locator('.palette')).toHaveCount(0)
  await page.keyboard.press('Shift+?')
  await see(page.getByRole('dialog', { name: 'Shortcuts' })).toBeVisible()
  await check(page, 'shortcuts')
  await leave(page)
  await page.keyboard.press('Control+,')
  await settings.getByRole('tab', { name: 'Keys' }).click()
  await settings.getByRole('button', { name: /^Keys for New scene:/ }).click()
  await check(page, 'keys being chosen')
  await page.keyboard.press('Control+d')
  await see(settings.getByRole('alert')).toBeVisible()
  await check(page, 'keys that belong to another command')
  await leave(page)
  await cardOf(page, '3').click()
  await page.getByRole('button', { name: 'Play take 1' }).click()
  await see(page.getByRole('list', { name: 'Takes of the scene' })).toBeVisible()
  await check(page, 'review room')
  await goTo(page, 'Board')
}

describe('accessibility, by axe', () => {
  it.each(THEMES)('finds nothing on a first run and in its dialogs, %s', async (theme) => {
    const studio = await startEmptyStudio(suite.rendererDir())
    suite.after(studio.close)
    await studio.engine.call('settings.update', { patch: { theme } })
    const { page } = await openListened(suite.browser(), studio.url())
    suite.after(() => page.context().close())
    await page.emulateMedia({ reducedMotion: 'reduce' })
    const { check, wrong } = audit()
    await see(page.getByRole('heading', { name: 'Plan the film before you pay for it.' })).toBeVisible()
    await check(page, 'first run')
    await page.getByRole('button', { name: 'New board' }).click()
    await check(page, 'new board')
    await leave(page)
    await page.getByRole('button', { name: 'Choose file' }).click()
    const dialog = page.getByRole('dialog', { name: 'Open a board file' })
    const files = dialog.locator('input[type=file][accept]')
    await files.setInputFiles({
      name: 'wrong.board.json',
      mimeType: 'application/json',
      buffer: Buffer.from('{ "takeboard": 1, "title": 3, "cast": [], "scenes": [{}] }'),
    })
    await see(dialog.getByRole('alert')).toBeVisible()
    await check(page, 'board file with mistakes')
    await leave(page)
    await studio.engine.call('project.create', { title: 'Nothing yet' })
    await page.reload()
    await see(page.locator('.top-bar').getByText('Nothing yet')).toBeVisible()
    await check(page, 'board without scenes')
    await page.getByRole('button', { name: /^Project: / }).click()
    await page.getByRole('menuitem', { name: 'Start screen' }).click()
    await see(page.getByRole('navigation', { name: 'Recent projects' })).toBeVisible()
    await check(page, 'start screen with recent projects')
    expect(wrong).toEqual([])
  })

  it.each(THEMES)(
    'finds nothing on a board with scenes in every state, %s',
    { timeout: PATIENCE_MS },
    async (theme) => {
      const studio = await bringToEveryState(await suite.start({ paid: true }))
      await studio.engine.call('settings.update', { patch: { theme } })
      const page = await suite.page(studio)
      await page.emulateMedia({ reducedMotion: 'reduce' })
      const { check, wrong } = audit()
      await checkBoard(page, check)
      await checkOthers(page, check)
      await studio.engine.call('runner.pause', {})
      await see(page.getByText('Submissions are paused.')).toBeVisible()
      await check(page, 'banner')
      expect(wrong).toEqual([])
    },
  )
})

describe('the focus', () => {
  it('skips to the content, and returns to where it was after each dialog', async () => {
    const studio = await suite.start()
    const page = await suite.page(studio)
    await see(page.locator('.scene-card')).toHaveCount(12)
    await page.evaluate(() => document.body.focus())
    await page.keyboard.press('Tab')
    await see(page.getByRole('button', { name: 'Skip to the content' })).toBeFocused()
    await page.keyboard.press('Enter')
    await see(page.getByRole('main')).toBeFocused()
    await cardOf(page, '5').click()
    await see(cardOf(page, '5')).toBeFocused()
    for (const [keys, name] of [
      ['Control+k', 'Command palette'],
      ['Shift+?', 'Shortcuts'],
      ['Control+,', 'Settings'],
      ['Control+Enter', /^(Generate|Rehearse)/],
    ] as const) {
      await page.keyboard.press(keys)
      await see(page.getByRole('dialog', { name })).toBeVisible()
      await page.keyboard.press('Escape')
      await see(page.getByRole('dialog')).toHaveCount(0)
      await see(cardOf(page, '5')).toBeFocused()
    }
  })
})
