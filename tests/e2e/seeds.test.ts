import type { Locator, Page } from 'playwright'
import { describe, it } from 'vitest'
import { usdMicros } from '../../shared/money.ts'
import { makeCells } from './support/cells.ts'
import { cardOf, sceneOf, see } from './support/pages.ts'
import { type SampleStudio, studioSuite, until } from './support/studio.ts'

const suite = studioSuite()
const LOCKED = 48_213_907
const OTHER = 602_214_076

const cellOf = (page: Page, number: string, seed: number): Locator =>
  page.getByRole('gridcell', { name: new RegExp(`^Scene ${number}, seed ${seed},`) })
const panelOf = (page: Page): Locator => page.getByRole('complementary', { name: 'Seed', exact: true })

async function openSeeds(studio: SampleStudio): Promise<Page> {
  const page = await suite.page(studio)
  await page.keyboard.press('Control+5')
  await see(page.getByRole('grid', { name: 'Scenes by seeds' })).toBeVisible()
  return page
}

async function paidStudio(cap = 30_000_000): Promise<SampleStudio> {
  const studio = await suite.start({ paid: true })
  await studio.engine.call('project.update', { projectId: studio.projectId, patch: { cap: usdMicros(cap) } })
  return studio
}

describe('the matrix of seeds', () => {
  it('runs a seed on the scenes chosen by pointer and by keys, at the price it shows', async () => {
    const studio = await paidStudio()
    const [first] = await makeCells(studio, [['1', LOCKED]], 'wavespeed')
    if (!first) throw new Error('One was made.')
    await studio.engine.call('take.update', { takeId: first.id, patch: { rating: 4 } })
    await studio.engine.call('scene.pick', { sceneId: first.sceneId, takeId: first.id })
    const page = await openSeeds(studio)
    const panel = panelOf(page)
    await see(cellOf(page, '01', LOCKED)).toHaveAccessibleName(`Scene 01, seed ${LOCKED}, take 1, Picked, 4 of 5 stars`)
    await see(panel).toContainText('Picked in1 scene')
    await see(panel).toContainText('Average rating4 of 5')
    await see(panel.getByRole('button', { name: 'Choose scenes to run' })).toBeDisabled()

    await see(cellOf(page, '04', LOCKED)).toHaveAccessibleName(`Scene 04, seed ${LOCKED}, empty, $0.56 to run`)
    await cellOf(page, '04', LOCKED).click()
    await see(panel.getByRole('checkbox', { name: 'Scene 4, Lantern' })).toBeChecked()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await see(cellOf(page, '06', LOCKED)).toBeFocused()
    await page.keyboard.press('Space')
    await see(cellOf(page, '06', LOCKED)).toHaveAttribute('aria-selected', 'true')
    await page.keyboard.press('Home')
    await page.keyboard.press('Control+ArrowUp')
    await see(cellOf(page, '01', LOCKED)).toBeFocused()

    await see(panel).toContainText('10 s × $0.14 at 720p')
    // 30.00 less what the first take cost and less these two.
    await see(panel).toContainText('Left of cap after this$27.76')
    await panel.getByRole('button', { name: 'Run on 2 scenes · $1.40' }).click()
    await see(page.getByText('2 takes started')).toBeVisible()
    await see(page.getByText('$1.40 reserved.')).toBeVisible()
    await until(studio, ({ takes }) => takes.length === 3 && takes.every(({ phase }) => phase === 'ready'))
    const jobs = studio.fake?.ledger().jobs ?? []
    see(jobs.map(({ body }) => [body.seed, body.duration])).toEqual([
      [LOCKED, 6],
      [LOCKED, 4],
      [LOCKED, 6],
    ])
    await see(cellOf(page, '04', LOCKED)).toHaveAccessibleName(/take 1, Ready$/)
  })

  it('leads through the pre-flight when a sum is to be asked about, or does not fit', async () => {
    const studio = await paidStudio()
    await studio.engine.call('project.update', {
      projectId: studio.projectId,
      patch: { confirmOver: usdMicros(1_000_000) },
    })
    const page = await openSeeds(studio)
    await panelOf(page).getByRole('button', { name: 'Select all' }).click()
    await panelOf(page).getByRole('button', { name: 'Run on 12 scenes · $8.40…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Generate The Long Pasture' })
    await dialog.getByRole('checkbox', { name: 'Scene 1, First mist' }).click()
    await dialog.getByRole('button', { name: 'Submit 11 scenes · $7.56' }).click()
    await see(dialog.getByRole('alert')).toContainText('Send 11 scenes for $7.56?')
    await dialog.getByRole('button', { name: 'Not yet' }).click()
    await see(dialog.getByRole('alert')).toHaveCount(0)
    see((await studio.project()).takes).toHaveLength(0)
    await page.keyboard.press('Control+Enter')
    await see(dialog.getByRole('button', { name: 'Yes, submit 11 scenes · $7.56' })).toBeVisible()
    await page.keyboard.press('Control+Enter')
    const { takes } = await until(studio, (project) => project.takes.length === 11)
    see(new Set(takes.map(({ request }) => request.seed))).toEqual(new Set([LOCKED]))
  })

  it('sets a seed without running it, and takes that back', async () => {
    const studio = await suite.start()
    await makeCells(studio, [['3', OTHER]])
    const page = await openSeeds(studio)
    await cellOf(page, '08', OTHER).click()
    await panelOf(page).getByRole('button', { name: 'Set as seed without running' }).click()
    await see(page.getByRole('heading', { name: `Seed ${OTHER} locked on scene 08` })).toBeVisible()
    see((await sceneOf(studio, '8')).seed).toEqual({ kind: 'locked', value: OTHER })
    await page.getByRole('button', { name: 'Undo', exact: true }).click()
    await see(page.getByText(/^Undone/).first()).toBeVisible()
    see((await sceneOf(studio, '8')).seed).toEqual({ kind: 'random' })
    see((await studio.project()).takes).toHaveLength(1)
  })

  it('takes a typed seed as a column, and refuses what is none', async () => {
    const studio = await suite.start()
    const page = await openSeeds(studio)
    await page.getByRole('button', { name: 'Add seed' }).click()
    const field = page.getByRole('textbox', { name: 'Seed' })
    await field.fill('0')
    await field.press('Enter')
    await see(page.getByText('Whole number from 1 to 2147483647.')).toBeVisible()
    await field.fill('777')
    await field.press('Enter')
    await see(panelOf(page).getByRole('heading', { name: '777' })).toBeVisible()
    await see(page.getByRole('button', { name: 'Seed 777, not used yet' })).toBeVisible()
    see((await studio.project()).takes).toHaveLength(0)
  })

  it('keeps what is chosen and typed while another view is looked at', async () => {
    const studio = await suite.start()
    const page = await openSeeds(studio)
    await page.getByRole('button', { name: 'Add seed' }).click()
    await page.getByRole('textbox', { name: 'Seed' }).fill(String(OTHER))
    await page.getByRole('textbox', { name: 'Seed' }).press('Enter')
    await cellOf(page, '04', OTHER).click()
    await page.getByRole('button', { name: 'Picks', exact: true }).click()
    await page.keyboard.press('Control+1')
    await see(page.locator('.scene-card').first()).toBeVisible()
    await page.keyboard.press('Control+5')
    await see(cellOf(page, '04', OTHER)).toHaveAttribute('aria-selected', 'true')
    await see(page.getByRole('button', { name: 'Picks', exact: true })).toHaveAttribute('aria-pressed', 'true')
    await see(panelOf(page).getByRole('checkbox', { name: 'Scene 4, Lantern' })).toBeChecked()
  })

  it('shows the best of a cell, and picks alone', async () => {
    const studio = await suite.start()
    const [good] = await makeCells(studio, [['5', OTHER]])
    await studio.engine.call('scene.update', { sceneId: (await sceneOf(studio, '5')).id, patch: { duration: 3 } })
    const [later] = await makeCells(studio, [['5', OTHER]])
    if (!good || !later) throw new Error('Both were made.')
    await studio.engine.call('take.update', { takeId: good.id, patch: { rating: 5 } })
    const page = await openSeeds(studio)
    await see(cellOf(page, '05', OTHER)).toHaveAccessibleName(/, take 2, Ready$/)
    await page.getByRole('button', { name: 'Best per cell' }).click()
    await see(cellOf(page, '05', OTHER)).toHaveAccessibleName(/, take 1, Ready, 5 of 5 stars$/)
    await page.getByRole('button', { name: 'Picks' }).click()
    await see(cellOf(page, '05', OTHER)).toHaveAccessibleName(/, 2 takes, none picked$/)
    await studio.engine.call('scene.pick', { sceneId: later.sceneId, takeId: later.id })
    await see(cellOf(page, '05', OTHER)).toHaveAccessibleName(/, take 2, Picked$/)
  })

  it('draws what can be seen of many scenes, and leads to the last by keys', async () => {
    const studio = await suite.start()
    await studio.engine.call('scene.createMany', {
      storyboardId: studio.storyboardId,
      before: null,
      scenes: Array.from({ length: 200 }, (_, index) => ({ title: `Extra ${index + 1}` })),
    })
    const page = await openSeeds(studio)
    const grid = page.getByRole('grid')
    await see(grid).toHaveAttribute('aria-rowcount', '213')
    await page.getByRole('gridcell').first().focus()
    await page.keyboard.press('Control+End')
    const last = page.locator('.matrix-row').filter({ hasText: 'Extra 200' }).getByRole('gridcell').last()
    await see(last).toBeFocused()
    see(await page.getByRole('row').count()).toBeLessThan(60)
  })
})

describe('several seeds of one scene', () => {
  it('are priced, run at the cheapest setting, and one of them is promoted', async () => {
    const studio = await paidStudio()
    const page = await suite.page(studio)
    await cardOf(page, '9').click()
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox').fill('Try several seeds')
    await page.getByRole('option', { name: /^Try several seeds/ }).click()
    const dialog = page.getByRole('dialog', { name: 'Try several seeds' })
    const count = dialog.getByRole('slider', { name: 'How many seeds' })
    await count.focus()
    for (let step = 0; step < 3; step++) await page.keyboard.press('ArrowLeft')
    await see(dialog).toContainText('Left of cap after this$28.74')
    await dialog.getByRole('button', { name: 'Run 3 seeds · $1.26' }).click()

    const strip = page.getByRole('region', { name: 'Seeds tried on scene 9' })
    await see(strip.locator('[data-phase=ready]')).toHaveCount(3)
    const jobs = studio.fake?.ledger().jobs ?? []
    see(jobs.map(({ body }) => [body.resolution, body.duration])).toEqual(Array.from({ length: 3 }, () => ['720p', 3]))
    see(new Set(jobs.map(({ body }) => body.seed)).size).toBe(3)

    await strip
      .getByRole('button', { name: /^Promote seed/ })
      .nth(1)
      .click()
    const promote = page.getByRole('dialog', { name: /^Promote seed/ })
    await see(promote).toContainText('It was tried at 720p, 3 s; the scene is 720p, 5 s.')
    await promote.getByRole('button', { name: 'Lock, then price 1 take · $0.70' }).click()
    const preflight = page.getByRole('dialog', { name: 'Generate The Long Pasture' })
    const { seed } = await sceneOf(studio, '9')
    if (seed.kind !== 'locked') throw new Error('The seed is locked.')
    see(jobs.map(({ body }) => body.seed)).toContain(seed.value)
    await preflight.getByRole('button', { name: 'Submit 1 scene · $0.70' }).click()
    await until(studio, ({ takes }) => takes.length === 4 && takes.every(({ phase }) => phase === 'ready'))
    see(studio.fake?.ledger().jobs.at(-1)?.body).toMatchObject({ seed: seed.value, duration: 5, resolution: '720p' })
  })
})
