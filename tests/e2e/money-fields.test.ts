import type { Locator, Page } from 'playwright'
import { describe, it } from 'vitest'
import { usdMicros } from '../../shared/money.ts'
import { startTakes, see } from './support/pages.ts'
import { type SampleStudio, studioSuite, until } from './support/studio.ts'

const suite = studioSuite()

async function paidStudio(): Promise<SampleStudio> {
  const studio = await suite.start({ paid: true })
  await studio.engine.call('project.update', { projectId: studio.projectId, patch: { cap: usdMicros(30_000_000) } })
  return studio
}

/** Opens a tab of the settings. */
async function openTab(page: Page, tab: string): Promise<Locator> {
  await page.keyboard.press('Control+,')
  const dialog = page.getByRole('dialog', { name: 'Settings' })
  await dialog.getByRole('tab', { name: tab }).click()
  return dialog
}

/** The form around a field of money, with the button that saves it. */
const formOf = (dialog: Locator, label: string): Locator =>
  dialog.locator('form').filter({ has: dialog.page().getByRole('textbox', { name: label, exact: true }) })

/** Types an amount and saves it. */
async function save(form: Locator, amount: string, button = 'Save'): Promise<void> {
  await form.getByRole('textbox').fill(amount)
  await form.getByRole('button', { name: button }).click()
}

/** Presses Generate for the whole board and waits for what was started. */
async function generateAll(page: Page): Promise<void> {
  await page.keyboard.press('Control+Enter')
  const dialog = page.getByRole('dialog', { name: /^Generate/ })
  await dialog.getByRole('button', { name: /^Submit/ }).click()
  await see(dialog).toBeHidden()
}

const moneyOf = async (studio: SampleStudio) => {
  const { budget, takes } = await studio.project()
  return { held: budget.held, spent: budget.spent, takes: takes.length }
}

describe('the limit for one batch', () => {
  it('holds back what does not fit, is explained before sending, and can be taken out', async () => {
    const studio = await paidStudio()
    await studio.fake?.script({ hold: true })
    const page = await suite.page(studio)
    const dialog = await openTab(page, 'Project')
    const form = formOf(dialog, 'Limit for one batch')
    await see(form.getByRole('button', { name: 'Save' })).toBeDisabled()
    await save(form, 'two dollars')
    await see(form).toContainText('An amount in dollars, such as 30 or 12.50, or nothing for no limit.')
    see((await studio.project()).project.batchLimit).toBeNull()
    await save(form, '2')
    await see(form.getByRole('textbox')).toHaveValue('2.00')
    see((await studio.project()).project.batchLimit).toBe(2_000_000)
    await page.keyboard.press('Escape')

    await page.keyboard.press('Control+Enter')
    const generate = page.getByRole('dialog', { name: /^Generate/ })
    await see(generate.getByRole('button', { name: 'Submit 2 scenes · $1.40' })).toBeVisible()
    await page.keyboard.press('Escape')
    await generateAll(page)
    await until(studio, ({ takes }) => takes.length === 2)
    see(await moneyOf(studio)).toEqual({ held: 1_400_000, spent: 0, takes: 2 })

    const again = formOf(await openTab(page, 'Project'), 'Limit for one batch')
    await save(again, '')
    await see(again.getByRole('textbox')).toHaveValue('')
    await see(again.getByRole('button', { name: 'Save' })).toBeDisabled()
    see((await studio.project()).project.batchLimit).toBeNull()
    await studio.fake?.script({ hold: false })
    await until(studio, ({ takes }) => takes.every(({ phase }) => phase === 'ready'))
    see(studio.fake?.ledger().posts).toHaveLength(2)
  })
})

describe('the caps', () => {
  it('of the library holds back what every project together may not spend, and never what is reserved', async () => {
    const studio = await paidStudio()
    await studio.fake?.script({ hold: true })
    const page = await suite.page(studio)
    const library = await openTab(page, 'Library')
    const form = formOf(library, 'Spending cap of the whole library')
    await save(form, '1')
    await see(form.getByRole('textbox')).toHaveValue('1.00')
    await page.keyboard.press('Escape')
    await generateAll(page)
    await until(studio, ({ takes }) => takes.length === 1)
    see(await moneyOf(studio)).toEqual({ held: 840_000, spent: 0, takes: 1 })

    const lower = formOf(await openTab(page, 'Library'), 'Spending cap of the whole library')
    await see(lower).toContainText('$0.00 spent, $0.84 reserved')
    await save(lower, '0.10')
    await see(lower.getByRole('textbox')).toHaveValue('0.10')
    await studio.fake?.script({ hold: false })
    await until(studio, ({ takes }) => takes.every(({ phase }) => phase === 'ready'))
    const { money } = await studio.engine.call('studio.get', {})
    see(money).toEqual({ cap: 100_000, held: 0, spent: 840_000 })
    await startTakes(studio, ['2'], 'wavespeed')
    see(await moneyOf(studio)).toEqual({ held: 0, spent: 840_000, takes: 1 })
    see(studio.fake?.ledger().posts).toHaveLength(1)
  })

  it('of the project is changed in the settings, not taken out there', async () => {
    const studio = await paidStudio()
    const page = await suite.page(studio)
    const form = formOf(await openTab(page, 'Project'), 'Spending cap')
    await form.getByRole('textbox').fill('')
    await see(form.getByRole('button', { name: 'Change cap' })).toBeDisabled()
    await save(form, '-5', 'Change cap')
    await see(form).toContainText('An amount in dollars, such as 30 or 12.50.')
    await save(form, '12.5', 'Change cap')
    await see(form.getByRole('textbox')).toHaveValue('12.50')
    see((await studio.project()).budget.cap).toBe(12_500_000)
  })
})

describe('a pending refund', () => {
  it('is counted as refunded by hand, after a question, and then counts as left', async () => {
    const studio = await paidStudio()
    await studio.fake?.script({ job: { end: 'failed', error: 'The scene was too dark.', refund: false } })
    await startTakes(studio, ['1'], 'wavespeed')
    await until(studio, ({ takes }) => takes[0]?.charge === 'refund-pending')
    const page = await suite.page(studio)
    await see(page.getByRole('button', { name: /^Budget: \$0\.00 spent, \$0\.84 reserved/ })).toBeVisible()
    await page.keyboard.press('Control+3')
    await see(page.locator('.queue-row')).toContainText('Failed, refund pending')
    await page.getByRole('button', { name: /^Scene 01 .*, take 1/ }).click()
    const failed = page.getByRole('region', { name: 'Scene 01, take 1 failed' })
    const count = failed.getByRole('button', { name: 'Count it as refunded' })
    await count.click()
    const question = page.getByRole('dialog', { name: 'Count $0.84 as refunded?' })
    await question.getByRole('button', { name: 'Cancel' }).click()
    see(await moneyOf(studio)).toEqual({ held: 840_000, spent: 0, takes: 1 })
    await count.click()
    await question.getByRole('button', { name: 'Count it as refunded' }).click()
    await see(page.getByRole('button', { name: /^Budget: \$0\.00 spent, \$0\.00 reserved/ })).toBeVisible()
    await see(count).toBeHidden()
    await see(page.locator('.queue-row')).toContainText('released')
    const { takes, budget } = await studio.project()
    see(takes[0]).toMatchObject({ phase: 'failed', charge: 'released' })
    see(budget).toMatchObject({ held: 0, refundPending: 0, spent: 0, left: 30_000_000 })
  })
})
