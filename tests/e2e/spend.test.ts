import { readFileSync } from 'node:fs'
import type { Page } from 'playwright'
import { describe, it } from 'vitest'
import { usdMicros } from '../../shared/money.ts'
import { sceneOf, see as expect, startTakes } from './support/pages.ts'
import { type SampleStudio, studioSuite, until } from './support/studio.ts'

const suite = studioSuite()

async function paidStudio(): Promise<SampleStudio> {
  const studio = await suite.start({ paid: true })
  await studio.engine.call('project.update', { projectId: studio.projectId, patch: { cap: usdMicros(30_000_000) } })
  return studio
}

async function openSpend(studio: SampleStudio): Promise<Page> {
  const page = await suite.page(studio)
  await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: 'Spend' }).click()
  return page
}

const panelOf = (page: Page) => page.getByRole('complementary', { name: 'Cap' })
const rowsOf = (page: Page) => page.locator('[data-ledger]')

describe('the spend screen', () => {
  it('is empty before anything was paid, and says why rehearsals are not in it', async () => {
    const studio = await paidStudio()
    await startTakes(studio, ['1'])
    await until(studio, ({ takes }) => takes.every((take) => take.phase === 'ready'))
    const page = await openSpend(studio)
    await expect(page.getByRole('heading', { name: 'Nothing has been spent' })).toBeVisible()
    await expect(page.getByText('Rehearsals are free and not listed.')).toBeVisible()
    await expect(page.getByRole('button', { name: 'Export CSV' })).toBeDisabled()
    await page.getByRole('button', { name: 'Choose what to make' }).click()
    await expect(page.getByRole('dialog', { name: /^Generate/ })).toBeVisible()
  })

  it('shows what is left, spent and reserved, follows what happens, and hands out the ledger', async () => {
    const studio = await paidStudio()
    await startTakes(studio, ['4'], 'wavespeed')
    await until(studio, ({ takes }) => takes.every((take) => take.phase === 'ready'))
    const page = await openSpend(studio)
    const totals = page.locator('.spend-totals')
    await expect(totals).toContainText('Left of $30.00 cap$29.44')
    await expect(totals).toContainText('Spent$0.56')
    await expect(totals).toContainText('210 s more at 720p')
    await expect(rowsOf(page)).toHaveCount(1)
    await expect(rowsOf(page)).toContainText('04 Lantern T1')
    await expect(rowsOf(page)).toContainText('4 s × $0.14')

    await studio.fake?.script({ hold: true })
    await startTakes(studio, ['1', '2'], 'wavespeed')
    await expect(rowsOf(page)).toHaveCount(3)
    await expect(totals).toContainText('Reserved$1.40')
    await expect(rowsOf(page).first()).toContainText('held')
    await expect(rowsOf(page).first()).toContainText('$28.04')
    await studio.fake?.script({ hold: false })
    await expect(page.locator('[data-ledger=charged]')).toHaveCount(3)
    await expect(totals).toContainText('Spent$1.96')

    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Export CSV' }).click()
    const file = await download
    expect(file.suggestedFilename()).toBe('The Long Pasture ledger.csv')
    const csv = readFileSync(await file.path(), 'utf8')
    expect(csv.split('\r\n').filter((line) => line.includes(',settle,'))).toHaveLength(3)
  })

  it('draws what was spent by storyboard over time, and tells it as a table', async () => {
    const studio = await paidStudio()
    await startTakes(studio, ['4'], 'wavespeed')
    const { storyboardId } = await studio.engine.call('storyboard.duplicate', { storyboardId: studio.storyboardId })
    const scene = (await studio.project()).scenes.find(
      (each) => each.storyboardId === storyboardId && each.number === '1',
    )
    if (!scene) throw new Error('The copy has scenes.')
    await studio.engine.call('batch.start', {
      requestId: crypto.randomUUID() as never,
      storyboardId,
      order: {
        kind: 'scenes',
        provider: 'wavespeed',
        sceneIds: [scene.id],
        takesPerScene: 1,
        mode: 'add',
        seeds: { kind: 'keep' },
        resolution: null,
        includeUnconfirmed: false,
      },
    })
    await until(studio, ({ takes }) => takes.length === 2 && takes.every((take) => take.phase === 'ready'))
    const page = await openSpend(studio)
    await expect(page.locator('.spend-plot rect.series')).toHaveCount(2)
    await expect(page.locator('.spend-legend li')).toHaveCount(2)
    const table = page.getByRole('table', { name: 'Spent so far, by storyboard' })
    const last = () => table.getByRole('row').last().getByRole('cell').allTextContents()
    await expect.poll(last).toEqual(['$0.56', '$0.84', '$1.40', '$0.00'])
    await expect(table.getByRole('row')).toHaveCount(8)
    const range = page.getByRole('group', { name: 'Shown in the chart' })
    await range.getByRole('button', { name: 'Day' }).click()
    await expect(table.getByRole('row')).toHaveCount(9)
    await expect.poll(last).toEqual(['$0.56', '$0.84', '$1.40', '$0.00'])
    await range.getByRole('button', { name: 'All' }).click()
    await expect(page.locator('.spend-labels')).toHaveText('Today')
    await page.getByRole('button', { name: 'Show the figures' }).click()
    await expect(page.locator('.spend-plot')).toHaveCount(0)
    await expect(page.locator('.spend-figures')).toBeVisible()
  })

  it('changes every limit where it is shown, and refuses what is none', async () => {
    const studio = await paidStudio()
    const page = await openSpend(studio)
    const panel = panelOf(page)
    const set = async (label: string, text: string, action = 'Save') => {
      const field = panel.getByRole('textbox', { name: label })
      await field.fill(text)
      await panel
        .locator('form')
        .filter({ has: page.getByRole('textbox', { name: label }) })
        .getByRole('button', { name: action })
        .click()
    }
    await set('Per batch', 'a lot')
    await expect(panel.getByRole('alert')).toContainText('An amount in dollars')
    await set('Per batch', '12')
    await expect(panel.getByRole('textbox', { name: 'Per batch' })).toHaveValue('12.00')
    await set('Warn at', '120')
    await expect(panel.getByRole('alert')).toContainText('A whole number from 1 to 100.')
    await set('Warn at', '60')
    await set('Confirm batches over', '5')
    await set('Project cap', '20', 'Change cap')
    const stop = panel.getByRole('switch', { name: 'Stop after failures in a row' })
    if ((await stop.getAttribute('aria-checked')) !== 'true') await stop.click()
    await panel.getByRole('button', { name: 'More failures in a row' }).click()
    const { project } = await until(studio, ({ project: now }) => now.stopAfter === 4)
    expect(project).toMatchObject({ cap: 20_000_000, batchLimit: 12_000_000, warnAt: 60, confirmOver: 5_000_000 })
    await stop.click()
    await until(studio, ({ project: now }) => now.stopAfter === null)
    await set('Confirm batches over', '')
    await until(studio, ({ project: now }) => now.confirmOver === null)
    await panel.getByRole('textbox', { name: 'Project cap' }).fill('')
    await expect(panel.getByRole('button', { name: 'Change cap' })).toBeDisabled()
    await page.keyboard.press('Escape')
    await expect(panel.getByRole('textbox', { name: 'Project cap' })).toHaveValue('20.00')
  })

  it('compares estimate and actual, and says what an accepted second cost and which refund is due', async () => {
    const studio = await paidStudio()
    await startTakes(studio, ['4', '1'], 'wavespeed')
    await until(studio, ({ takes }) => takes.length === 2 && takes.every((take) => take.phase === 'ready'))
    const scene = await sceneOf(studio, '4')
    const { takes } = await studio.project()
    const take = takes.find(({ sceneId }) => sceneId === scene.id)
    if (!take) throw new Error('Scene 4 has a take.')
    await studio.fake?.script({ job: { end: 'failed', error: 'The scene was too dark.', refund: false } })
    await startTakes(studio, ['2'], 'wavespeed')
    await until(studio, (project) => project.takes.some(({ charge }) => charge === 'refund-pending'))
    const page = await openSpend(studio)
    const panel = panelOf(page)
    await expect(panel.getByRole('region', { name: 'Estimate and actual' })).toContainText('$1.40')
    await expect(panel).not.toContainText('Cost per accepted second')
    await studio.engine.call('scene.pick', { sceneId: scene.id, takeId: take.id })
    await expect(panel).toContainText('Cost per accepted second')
    await expect(panel.getByRole('region', { name: 'What it bought' })).toContainText('$0.35')
    await expect(panel).toContainText('Refund pending')
    await expect(page.locator('[data-ledger=refund-pending]')).toHaveCount(1)
    await panel.getByRole('button', { name: 'Look for the refund' }).click()
    await expect(page.getByText('The billing was read')).toBeVisible()
  })
})
