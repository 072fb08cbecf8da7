import type { Page } from 'playwright'
import { describe, it } from 'vitest'
import { makeCells } from './support/cells.ts'
import { cardOf, sceneOf, see } from './support/pages.ts'
import { type SampleStudio, studioSuite } from './support/studio.ts'

const suite = studioSuite()
const WARM = 48_213_907
const COLD = 7_305_512

const savedOf = async (studio: SampleStudio) => (await studio.project()).savedSeeds
const cardsOf = (page: Page) => page.getByRole('list', { name: 'Saved seeds' }).getByRole('listitem')

async function openBank(page: Page): Promise<void> {
  await page.keyboard.press('Control+5')
  await page.getByRole('button', { name: /^Bank/ }).click()
  await see(page.getByRole('heading', { name: 'Seed bank' })).toBeVisible()
}

describe('the seed bank', () => {
  it('keeps the seed of a take with a name, a character and its picture', async () => {
    const studio = await suite.start()
    const [take] = await makeCells(studio, [['3', WARM]])
    const page = await suite.page(studio)
    await cardOf(page, '3').click()
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').fill('Save the seed to the bank')
    await page.getByRole('option', { name: /^Save the seed to the bank/ }).click()
    const dialog = page.getByRole('dialog', { name: `Save seed ${WARM}` })
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Warm light')
    // Scene 3 shows Mara alone, so that is who it is for.
    await see(dialog.getByRole('radio', { name: 'Mara' })).toBeChecked()
    await dialog.getByRole('textbox', { name: 'Note' }).fill('Soft mist')
    await dialog.getByRole('slider', { name: 'Stars' }).focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    await dialog.getByRole('button', { name: 'Save to the bank' }).click()
    await see(page.getByText(`Seed ${WARM} saved to the bank`).first()).toBeVisible()
    see(await savedOf(studio)).toMatchObject([
      { seed: WARM, name: 'Warm light', character: 'Mara', stars: 2, note: 'Soft mist', takeId: take?.id },
    ])
    await openBank(page)
    await see(cardsOf(page)).toContainText(['Warm light'])
    await see(page.getByRole('complementary', { name: 'Seed', exact: true })).toContainText('Warm light')
  })

  it('filters by character, edits, uses a seed on the chosen scenes, and gives a removed one back', async () => {
    const studio = await suite.start()
    const { projectId } = studio
    const save = (seed: number, name: string, character: string | null) =>
      studio.engine.call('seed.save', { projectId, seed, name, character, stars: 0, note: '', takeId: null })
    await save(WARM, 'Warm light', 'Mara')
    await save(COLD, 'Cold rain', 'Juniper')
    await save(77, '', null)
    const page = await suite.page(studio)
    await cardOf(page, '4').click()
    await cardOf(page, '5').click({ modifiers: ['Shift'] })
    await openBank(page)
    await see(cardsOf(page)).toHaveCount(3)
    await page.getByRole('button', { name: 'Juniper', exact: true }).click()
    await see(cardsOf(page)).toHaveCount(1)
    await page.getByRole('button', { name: 'Nobody', exact: true }).click()
    await see(cardsOf(page)).toContainText(['Seed 77'])
    await page.getByRole('button', { name: 'All', exact: true }).click()
    await page.getByRole('textbox', { name: 'Search the bank' }).fill('rain')
    await see(cardsOf(page)).toHaveCount(1)

    await page.getByRole('button', { name: 'More for Cold rain' }).click()
    await page.getByRole('menuitem', { name: 'Use on the 2 chosen scenes' }).click()
    await see(page.getByText(`Seed ${COLD} locked on 2 scenes`).first()).toBeVisible()
    see((await sceneOf(studio, '4')).seed).toEqual({ kind: 'locked', value: COLD })

    await page.getByRole('button', { name: 'More for Cold rain' }).click()
    await page.getByRole('menuitem', { name: 'Edit' }).click()
    const dialog = page.getByRole('dialog', { name: `Saved seed ${COLD}` })
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Cold rain at dusk')
    await dialog.getByRole('button', { name: 'Save changes' }).click()
    await see(cardsOf(page)).toContainText(['Cold rain at dusk'])

    await page.getByRole('button', { name: 'More for Cold rain at dusk' }).click()
    await page.getByRole('menuitem', { name: 'Remove' }).click()
    await see(page.getByText('No saved seed is like that.')).toBeVisible()
    see(await savedOf(studio)).toHaveLength(2)
    await page.getByRole('button', { name: 'Undo', exact: true }).click()
    await see(cardsOf(page)).toContainText(['Cold rain at dusk'])
    see(await savedOf(studio)).toHaveLength(3)
  })

  it('puts a saved seed into the matrix', async () => {
    const studio = await suite.start()
    await studio.engine.call('seed.save', {
      projectId: studio.projectId,
      seed: 77,
      name: 'Workshop',
      character: null,
      stars: 3,
      note: '',
      takeId: null,
    })
    const page = await suite.page(studio)
    await page.keyboard.press('Control+5')
    await page.getByRole('button', { name: 'Add seed' }).click()
    await page.getByRole('button', { name: /^Workshop/ }).click()
    await see(page.getByRole('button', { name: 'Seed 77, Workshop, not used yet' })).toBeVisible()
  })
})
