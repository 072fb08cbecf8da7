import axe from 'axe-core'
import type { Page } from 'playwright'
import { describe, expect, it } from 'vitest'
import { usdMicros } from '../../shared/money.ts'
import { cardOf, openListened, see, startEmptyStudio, startTakes } from './support/pages.ts'
import { pictureFile, type SampleStudio, studioSuite, until } from './support/studio.ts'

const suite = studioSuite()
const THEMES = ['dark', 'light'] as const
/** Some forty screens, each looked at as a whole. */
const PATIENCE_MS = 300_000
// Sentinels of the popup library around an open popup: whatever focuses one is sent on at once.
const LEFT_OUT = '[data-base-ui-focus-guard]'
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

interface Violation {
  readonly id: string
  readonly help: string
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[]
}

/** What is wrong on the page as it is now; empty when nothing is. */
async function violations(page: Page): Promise<readonly string[]> {
  // Colours count once nothing fades any more.
  await page.evaluate(() => {
    const passing = document.getAnimations().filter((each) => Number.isFinite(each.effect?.getComputedTiming().endTime))
    return Promise.all(passing.map((each) => each.finished.catch(() => {})))
  })
  await page.evaluate(axe.source)
  const found = await page.evaluate<readonly Violation[]>(
    `axe.run({ exclude: ${JSON.stringify([LEFT_OUT])} }, { runOnly: { type: 'tag', values: ${JSON.stringify(TAGS)} } }).then((result) => result.violations)`,
  )
  return found.map(
    ({ id, help, nodes }) =>
      `${id}: ${help}\n${nodes.map(({ html, failureSummary }) => `    ${html.slice(0, 200)}\n    ${failureSummary ?? ''}`).join('\n')}`,
  )
}

/** Collects what is wrong over several screens, so that one run tells everything. */
function audit() {
  const wrong: string[] = []
  return {
    wrong,
    async check(page: Page, screen: string): Promise<void> {
      for (const violation of await violations(page)) wrong.push(`${screen}: ${violation}`)
    },
  }
}

/** A paid board with a scene in every state: 1 unconfirmed, 2 failed, 3 ready, 4 generating, 5 waiting, 6 rehearsed. */
async function studioInEveryState(): Promise<SampleStudio> {
  const studio = await suite.start({ paid: true })
  const fake = studio.fake
  if (!fake) throw new Error('The paid service runs.')
  await studio.engine.call('project.update', { projectId: studio.projectId, patch: { cap: usdMicros(9_000_000) } })
  await startTakes(studio, ['3'], 'wavespeed')
  await startTakes(studio, ['6', '7'])
  await until(studio, ({ takes }) => takes.length === 3 && takes.every((take) => take.phase === 'ready'))
  await fake.script({ job: { end: 'failed', error: 'The picture could not be made.' } })
  await startTakes(studio, ['2'], 'wavespeed')
  await until(studio, ({ takes }) => takes.some((take) => take.phase === 'failed'))
  await fake.script({ submit: [{ reply: 'reset', recorded: false }] })
  await startTakes(studio, ['1'], 'wavespeed')
  await until(studio, ({ takes }) => takes.some((take) => take.phase === 'unconfirmed'))
  await fake.script({ hold: true })
  await studio.engine.call('settings.update', { patch: { concurrency: 1 } })
  await startTakes(studio, ['4', '5'], 'wavespeed')
  await until(studio, ({ takes }) => takes.some((take) => take.phase === 'running'))
  return studio
}

/** Leaves the dialog or popup on top, and waits until it is gone. */
async function leave(page: Page): Promise<void> {
  await page.keyboard.press('Escape')
  await see(page.locator('.popup, .dialog')).toHaveCount(0)
}

const goTo = (page: Page, view: string) =>
  page
    .getByRole('navigation', { name: 'Views' })
    .getByRole('button', { name: new RegExp(`^${view}`) })
    .click()

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
  await see(page.getByRole('dialog')).toBeVisible()
  await check(page, 'player')
  await leave(page)
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
      const studio = await studioInEveryState()
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
