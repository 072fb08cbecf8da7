import { describe, it } from 'vitest'
import { usdMicros } from '../../shared/money.ts'
import { cardOf, see } from './support/pages.ts'
import { studioSuite, until } from './support/studio.ts'

const suite = studioSuite()

async function start(cap: number) {
  const studio = await suite.start({ paid: true })
  await studio.engine.call('project.update', { projectId: studio.projectId, patch: { cap: usdMicros(cap) } })
  const page = await suite.page(studio)
  return { studio, page, dialog: page.getByRole('dialog', { name: 'Fit to the budget' }) }
}

const settings = (scenes: readonly { duration: number; resolution: string }[]) =>
  scenes.map(({ duration, resolution }) => ({ duration, resolution }))

describe('fitting a board to the budget', () => {
  it('leads from over the cap to a plan that is one edit, priced again before it leaves', async () => {
    const { studio, page, dialog } = await start(7_000_000)
    const before = settings((await studio.project()).scenes)
    await page.keyboard.press('Control+Enter')
    await page
      .getByRole('dialog', { name: 'Generate The Long Pasture' })
      .getByRole('button', { name: 'Fit to the budget' })
      .click()
    await see(dialog.getByRole('textbox', { name: 'Amount' })).toHaveValue('7.00')
    await see(dialog).toContainText('12 of 12 scenes, $7.00 of $7.00')
    await see(dialog.getByRole('row', { name: /First mist/ })).toContainText('$0.84')
    await see(dialog.locator('[data-action=shorter]').first()).toContainText(/\d s instead of \d s saves \$/)
    await see(dialog.getByRole('region', { name: 'How it was decided' })).toContainText('The plan costs $7.00')
    see(settings((await studio.project()).scenes)).toEqual(before)

    await dialog.getByRole('button', { name: 'Use this plan · $7.00' }).click()
    const preflight = page.getByRole('dialog', { name: 'Generate The Long Pasture' })
    await see(preflight.getByRole('button', { name: 'Submit 12 scenes · $7.00' })).toBeEnabled()
    const changed = (await studio.project()).scenes
    see(changed.reduce((sum, { duration }) => sum + duration, 0)).toBe(50)
    await page.keyboard.press('Escape')
    await see(preflight).toBeHidden()
    await page.keyboard.press('Control+z')
    await until(studio, ({ scenes }) => JSON.stringify(settings(scenes)) === JSON.stringify(before))
    see((await studio.project()).takes).toHaveLength(0)
  })

  it('explains what an amount buys, and chooses those scenes without changing them', async () => {
    const { studio, page, dialog } = await start(30_000_000)
    const before = settings((await studio.project()).scenes)
    await page.getByRole('button', { name: 'Choose what to generate' }).click()
    await page.getByRole('menuitem', { name: /^Fit to the budget/ }).click()
    await see(dialog).toContainText('12 of 12 scenes, $8.40 of $30.00')
    const amount = dialog.getByRole('textbox', { name: 'Amount' })
    await amount.fill('much')
    await see(dialog.getByText('An amount in dollars, such as 30 or 12.50.')).toBeVisible()
    await see(dialog.getByRole('button', { name: 'Use this plan', exact: true })).toBeDisabled()
    await amount.fill('2')
    await dialog.getByRole('textbox', { name: 'Shortest scene' }).fill('4')
    await dialog.getByRole('textbox', { name: 'Shortest scene' }).press('Tab')
    // Three scenes at four seconds are what two dollars cover.
    await see(dialog.locator('[data-action=leave-out]')).toHaveCount(9)
    await see(dialog.getByRole('region', { name: 'How it was decided' })).toContainText('9 scenes are left out')
    await dialog.getByRole('button', { name: 'Only choose the scenes' }).click()
    await see(page.getByText('3 scenes chosen').first()).toBeVisible()
    for (const number of ['1', '2', '3']) await see(cardOf(page, number)).toHaveAttribute('aria-selected', 'true')
    await see(cardOf(page, '4')).toHaveAttribute('aria-selected', 'false')
    see(settings((await studio.project()).scenes)).toEqual(before)
  })
})
