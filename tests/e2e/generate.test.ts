import { describe, it } from 'vitest'
import { usdMicros } from '../../shared/money.ts'
import { see as expect } from './support/pages.ts'
import { studioSuite, until } from './support/studio.ts'

const suite = studioSuite()

describe('the pre-flight', () => {
  it('rehearses the first scenes and plays their clip', async () => {
    const studio = await suite.start()
    const page = await suite.page(studio)
    await page.getByRole('option', { name: /^Scene 1,/ }).click()
    await page.getByRole('option', { name: /^Scene 2,/ }).click({ modifiers: ['Shift'] })
    await page.keyboard.press('Control+Enter')
    const dialog = page.getByRole('dialog', { name: 'Rehearse The Long Pasture' })
    await expect(dialog.locator('[data-admitted=true]')).toHaveCount(2)
    await expect(dialog).toContainText('As paid takes it would cost $1.40.')
    await dialog.getByRole('button', { name: 'Rehearse 2 scenes' }).click()
    await expect(page.getByText('Rehearsing 2 takes')).toBeVisible()
    await expect(dialog).toBeHidden()

    await until(studio, ({ takes }) => takes.length === 2 && takes.every((take) => take.phase === 'ready'))
    await page.getByRole('option', { name: /^Scene 1,/ }).click()
    await page.getByRole('button', { name: 'Play take 1' }).click()
    const video = page.locator('.slot video')
    await expect(video).toBeVisible()
    await page.waitForFunction(() => {
      const clip = document.querySelector<HTMLVideoElement>('.slot video')
      return clip !== null && clip.currentTime > 0.5 && clip.videoWidth > 0
    })
    expect((await studio.project()).budget.spent).toBe(0)
  })

  it('asks for a cap, then says exactly what it covers and sends no more', async () => {
    const studio = await suite.start({ paid: true })
    await studio.fake?.script({ hold: true })
    const page = await suite.page(studio)
    await page.keyboard.press('Control+Enter')
    const dialog = page.getByRole('dialog', { name: 'Generate The Long Pasture' })
    await expect(dialog.getByRole('button', { name: 'Nothing to submit' })).toBeDisabled()
    await dialog.getByRole('textbox', { name: 'Spending cap' }).fill('10')
    await dialog.getByRole('button', { name: 'Set cap' }).click()
    await dialog.getByRole('radio', { name: /Final, 1080p/ }).click()

    await expect(dialog.locator('.cap-line span')).toHaveText('Over the cap: 2 scenes, $2.08')
    await expect(dialog).toContainText('The cap covers 10 of 12 scenes.')
    await expect(dialog).toContainText('$9.26 this batch')
    await expect(dialog).toContainText('$0.74 left')
    await expect(dialog.locator('[data-admitted=true]')).toHaveCount(10)
    await expect(dialog.getByRole('row', { name: /First mist/ })).toContainText('$1.134')

    // Without one of them the next scene fits, and the rest still stands behind the line.
    await dialog.getByRole('checkbox', { name: 'Scene 1, First mist' }).click()
    await expect(dialog.locator('.cap-line span')).toHaveText('Over the cap: 1 scene, $1.13')
    await dialog.getByRole('checkbox', { name: 'Scene 1, First mist' }).click()

    await dialog.getByRole('button', { name: 'Submit 10 scenes · $9.26' }).click()
    await expect(page.getByText('10 takes started')).toBeVisible()
    await expect(page.getByText('2 scenes were held back: over the cap.')).toBeVisible()
    const { budget, takes } = await studio.project()
    expect(takes).toHaveLength(10)
    expect(budget.held + budget.spent).toBe(9_261_000)
  })

  it('buys once however often it is pressed, and moves the meter', async () => {
    const studio = await suite.start({ paid: true })
    await studio.engine.call('project.update', { projectId: studio.projectId, patch: { cap: usdMicros(30_000_000) } })
    const page = await suite.page(studio)
    await page.getByRole('option', { name: /^Scene 1,/ }).click()
    await page.getByRole('option', { name: /^Scene 3,/ }).click({ modifiers: ['Shift'] })
    await page.keyboard.press('Control+Enter')
    const submit = page.getByRole('button', { name: 'Submit 3 scenes · $2.10' })
    await expect(submit).toBeEnabled()
    await submit.evaluate((button: HTMLButtonElement) => {
      button.click()
      button.click()
      for (let press = 0; press < 3; press++)
        window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true, bubbles: true }))
    })
    await until(studio, ({ takes }) => takes.length > 0 && takes.every((take) => take.phase === 'ready'))
    expect(studio.fake?.ledger().jobs).toHaveLength(3)
    await expect(
      page.getByRole('button', { name: /^Budget: \$2\.10 spent, \$0\.00 reserved, \$27\.90 left/ }),
    ).toBeVisible()
  })

  it('leaves out a scene whose earlier take is unsettled until it is ticked on purpose', async () => {
    const studio = await suite.start({ paid: true })
    await studio.engine.call('project.update', { projectId: studio.projectId, patch: { cap: usdMicros(30_000_000) } })
    await studio.fake?.script({ submit: [{ reply: 'reset', recorded: false }] })
    const page = await suite.page(studio)
    await page.getByRole('option', { name: /^Scene 1,/ }).click()
    await page.keyboard.press('g')
    await page.getByRole('button', { name: 'Submit 1 scene · $0.84' }).click()
    await until(studio, ({ takes }) => takes[0]?.phase === 'unconfirmed')

    await expect(page.getByRole('dialog', { name: 'Generate The Long Pasture' })).toBeHidden()
    await page.keyboard.press('Control+Enter')
    const dialog = page.getByRole('dialog', { name: 'Generate The Long Pasture' })
    await expect(dialog.getByRole('button', { name: 'Submit 11 scenes · $7.56' })).toBeEnabled()
    const row = dialog.getByRole('row', { name: /First mist/ })
    await expect(row).toContainText('Earlier take unsettled, $0.84 stays reserved')
    await dialog.getByRole('checkbox', { name: 'Scene 1, First mist' }).click()
    await expect(dialog.getByRole('button', { name: 'Submit 12 scenes · $8.40' })).toBeEnabled()
  })
})
