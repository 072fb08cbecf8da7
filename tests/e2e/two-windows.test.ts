import { describe, expect, it } from 'vitest'
import { cardOf, complaintsOf, numbersOn, see } from './support/pages.ts'
import { studioSuite } from './support/studio.ts'

const suite = studioSuite()

describe('two windows on one project', () => {
  it('show the same words, order, picks and money', async () => {
    const studio = await suite.start()
    const [one, two] = [await suite.page(studio), await suite.page(studio)]
    const complaints = [complaintsOf(one), complaintsOf(two)]
    await see(two.locator('.scene-card')).toHaveCount(12)

    await cardOf(one, '3').click()
    await cardOf(two, '3').click()
    await one.getByRole('textbox', { name: 'Scene title' }).fill('Two doors')
    await see(cardOf(two, '3')).toContainText('Two doors')
    await see(two.getByRole('textbox', { name: 'Scene title' })).toHaveValue('Two doors')

    await two.keyboard.press('Alt+ArrowLeft')
    await see.poll(() => numbersOn(one)).toEqual(['1', '3', '2', '4', '5', '6', '7', '8', '9', '10', '11', '12'])

    await one.getByRole('button', { name: 'Rehearse take 1' }).click()
    await see(cardOf(two, '3')).toHaveAttribute('data-state', 'ready')
    await two.getByRole('button', { name: 'Pick take 1' }).click()
    await see(cardOf(one, '3')).toHaveAttribute('data-state', 'picked')

    await one.getByRole('button', { name: /^Budget: / }).click()
    await one.getByRole('textbox', { name: 'Spending cap' }).fill('20')
    await one.keyboard.press('Enter')
    await see(two.getByRole('button', { name: /left of \$20\.00/ })).toBeVisible()
    expect(complaints).toEqual([[], []])
  })

  it('do not take away what is being typed in the other', async () => {
    const studio = await suite.start()
    const [one, two] = [await suite.page(studio), await suite.page(studio)]
    await cardOf(one, '4').click()
    const prompt = one.getByRole('textbox', { name: 'Prompt' })
    const before = await prompt.inputValue()
    await prompt.press('End')
    await prompt.press('Control+End')
    await prompt.pressSequentially(' Slow')
    await cardOf(two, '4').click()
    await two.getByRole('textbox', { name: 'Scene title' }).fill('Lamp')
    await see(cardOf(one, '4')).toContainText('Lamp')
    await prompt.pressSequentially(' push in.')
    await see(prompt).toHaveValue(`${before} Slow push in.`)
    await see(two.getByRole('textbox', { name: 'Prompt' })).toHaveValue(`${before} Slow push in.`)
  })

  it('takes a scene that is deleted elsewhere out of reach, and brings it back with the undo of either', async () => {
    const studio = await suite.start()
    const [one, two] = [await suite.page(studio), await suite.page(studio)]
    await cardOf(two, '12').click({ button: 'right' })
    await see(two.getByRole('menu', { name: 'Scene 12' })).toBeVisible()
    await cardOf(one, '12').click()
    await one.keyboard.press('Delete')
    await see(one.locator('.scene-card')).toHaveCount(11)
    await see(two.locator('.scene-card')).toHaveCount(11)
    await see(two.getByRole('menu')).toHaveCount(0)
    await two.keyboard.press('Control+z')
    await see(one.locator('.scene-card')).toHaveCount(12)
    await see(two.locator('.scene-card')).toHaveCount(12)
  })
})
