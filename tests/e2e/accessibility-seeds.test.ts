import type { Page } from 'playwright'
import { describe, expect, it } from 'vitest'
import { usdMicros } from '../../shared/money.ts'
import { audit, goTo, leave, THEMES } from './support/axe.ts'
import { bringToEveryState } from './support/every-state.ts'
import { cardOf, see } from './support/pages.ts'
import { type SampleStudio, studioSuite } from './support/studio.ts'

const suite = studioSuite()
/** Some fifteen screens, each looked at as a whole. */
const PATIENCE_MS = 300_000

/** A scene with picks, seeds that are saved, and money for three more takes. */
async function studioWithSeeds(): Promise<SampleStudio> {
  const studio = await bringToEveryState(await suite.start({ paid: true }))
  const { projectId, engine } = studio
  await engine.call('project.update', { projectId, patch: { cap: usdMicros(6_000_000), confirmOver: usdMicros(0) } })
  const ready = (await studio.project()).takes.find((take) => take.phase === 'ready' && take.provider === 'wavespeed')
  if (!ready) throw new Error('Scene 3 has a take.')
  const { id: takeId, sceneId, request } = ready
  await engine.call('take.update', { takeId, patch: { rating: 4 } })
  await engine.call('scene.pick', { sceneId, takeId })
  const saved = { projectId, seed: request.seed, name: 'Warm light', character: 'Mara', stars: 3, note: 'Soft mist' }
  await engine.call('seed.save', { ...saved, takeId })
  return studio
}

async function checkSeeds(page: Page, check: (page: Page, screen: string) => Promise<void>): Promise<void> {
  await goTo(page, 'Seeds')
  const picked = page.getByRole('gridcell', { name: /, Picked/ })
  await see(picked).toBeVisible()
  await check(page, 'seeds')
  await page
    .getByRole('gridcell', { name: /^Scene 08, .*, empty/ })
    .first()
    .click()
  await page
    .getByRole('gridcell', { name: /^Scene 10, .*, empty/ })
    .first()
    .hover()
  await see(page.getByRole('button', { name: 'Run on 1 scene · $0.56…' })).toBeEnabled()
  await check(page, 'seeds with a cell chosen')
  await picked.click({ button: 'right' })
  await check(page, 'what can be done with a cell')
  await page.getByRole('menuitem', { name: 'Promote this seed' }).click()
  await see(page.getByRole('dialog', { name: /^Promote/ })).toBeVisible()
  await check(page, 'promote a seed')
  await leave(page)
  for (const button of [/^Locked on|^Lock this seed/, 'Add seed']) {
    await page.getByRole('button', { name: button }).click()
    await check(page, String(button))
    await leave(page)
  }
  await page.getByRole('button', { name: /^Bank/ }).click()
  await see(page.getByRole('list', { name: 'Saved seeds' })).toBeVisible()
  await check(page, 'seed bank')
  await page.getByRole('button', { name: 'More for Warm light' }).click()
  await page.getByRole('menuitem', { name: 'Edit' }).click()
  await see(page.getByRole('dialog', { name: /^Saved seed/ })).toBeVisible()
  await check(page, 'a saved seed')
  await leave(page)
  await goTo(page, 'Board')
  await cardOf(page, '9').click()
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('Try several seeds')
  await page.getByRole('option', { name: /^Try several seeds/ }).click()
  await see(page.getByRole('button', { name: /^Run 6 seeds/ })).toBeEnabled()
  await check(page, 'several seeds of a scene')
  await leave(page)
}

async function checkPasses(page: Page, check: (page: Page, screen: string) => Promise<void>): Promise<void> {
  for (const pass of [/^Draft pass/, /^Final pass/]) {
    await page.getByRole('button', { name: 'Choose what to generate' }).click()
    await page.getByRole('menuitem', { name: pass }).click()
    const dialog = page.getByRole('dialog', { name: pass })
    await see(dialog.getByRole('button', { name: /^Submit/ })).toBeEnabled()
    await check(page, String(pass))
    await page.keyboard.press('Control+Enter')
    await see(dialog.getByRole('alert')).toContainText('You asked to be asked')
    await check(page, `${pass}, asked once more`)
    await leave(page)
  }
  await page.getByRole('button', { name: 'Choose what to generate' }).click()
  await page.getByRole('menuitem', { name: /^Fit to the budget/ }).click()
  const fit = page.getByRole('dialog', { name: 'Fit to the budget' })
  await fit.getByRole('textbox', { name: 'Amount' }).fill('3')
  await see(fit.locator('[data-action=leave-out]').first()).toBeVisible()
  await check(page, 'fit to the budget')
  await leave(page)
}

describe('accessibility of seeds and passes, by axe', () => {
  it.each(THEMES)('finds nothing, %s', { timeout: PATIENCE_MS }, async (theme) => {
    const studio = await studioWithSeeds()
    await studio.engine.call('settings.update', { patch: { theme } })
    const page = await suite.page(studio)
    await page.emulateMedia({ reducedMotion: 'reduce' })
    const { check, wrong } = audit()
    await checkSeeds(page, check)
    await checkPasses(page, check)
    expect(wrong).toEqual([])
  })
})
