import { describe, expect, it } from 'vitest'
import { audit, goTo, leave, THEMES } from './support/axe.ts'
import { bringToEveryState } from './support/every-state.ts'
import { see, startTakes } from './support/pages.ts'
import { studioSuite, until } from './support/studio.ts'

const suite = studioSuite()
/** A dozen screens, each looked at as a whole. */
const PATIENCE_MS = 300_000

describe('accessibility of queue, spend and history, by axe', () => {
  it.each(THEMES)('finds nothing, %s', { timeout: PATIENCE_MS }, async (theme) => {
    const studio = await bringToEveryState(await suite.start({ paid: true }))
    const { engine, projectId } = studio
    await engine.call('settings.update', { patch: { theme } })
    await engine.call('project.update', { projectId, patch: { stopAfter: 1 } })
    await startTakes(studio, ['8'], 'wavespeed')
    const { takes } = await until(studio, (now) => now.takes.filter(({ phase }) => phase === 'reserved').length === 2)
    await engine.call('queue.hold', {
      takeIds: takes
        .filter(({ phase }) => phase === 'reserved')
        .slice(0, 1)
        .map(({ id }) => id),
    })
    const page = await suite.page(studio)
    await page.emulateMedia({ reducedMotion: 'reduce' })
    const { check, wrong } = audit()

    await goTo(page, 'Queue')
    const rows = page.locator('.queue-row .queue-scene')
    await see(page.locator('.queue-row.held')).toHaveCount(1)
    await check(page, 'queue with a take on hold')
    await page
      .locator('.queue-row.held')
      .getByRole('button', { name: /^More for/ })
      .click()
    await check(page, 'actions on a take that waits')
    await leave(page)
    await rows.first().click()
    await page.keyboard.press('Control+a')
    await see(page.getByRole('toolbar', { name: 'Chosen takes' })).toBeVisible()
    await check(page, 'queue with every row chosen')
    await page.keyboard.press('Delete')
    await see(page.getByRole('dialog')).toBeVisible()
    await check(page, 'asked whether to cancel')
    await leave(page)

    await goTo(page, 'Spend')
    await see(page.locator('[data-ledger]').first()).toBeVisible()
    await see(page.getByRole('region', { name: 'Estimate and actual' })).toBeVisible()
    await check(page, 'spend')
    await page.getByRole('button', { name: 'Show the figures' }).click()
    await page.getByRole('textbox', { name: 'Warn at' }).fill('none')
    await page.keyboard.press('Enter')
    await see(page.getByRole('complementary', { name: 'Cap' }).getByRole('alert')).toBeVisible()
    await check(page, 'spend as figures, with a limit that is none')

    await page.getByRole('button', { name: 'History of the project' }).click()
    await see(page.locator('.history-take').first()).toBeVisible()
    await check(page, 'history')
    await page.getByRole('button', { name: /3-1 Barn door/ }).click()
    await see(page.locator('.history-details')).toContainText('Saved the clip')
    await check(page, 'history with a take opened')
    await page.getByRole('button', { name: 'Open the board as it was' }).first().click()
    await see(page.locator('.past-scene').first()).toBeVisible()
    await check(page, 'board as it was')
    await leave(page)
    await page.getByRole('textbox', { name: 'Search the history' }).fill('nobody ever wrote this')
    await see(page.getByRole('heading', { name: 'Nothing like that happened' })).toBeVisible()
    await check(page, 'history without anything found')
    expect(wrong).toEqual([])
  })

  it.each(THEMES)('finds nothing while they are empty, %s', async (theme) => {
    const studio = await suite.start()
    await studio.engine.call('settings.update', { patch: { theme } })
    const page = await suite.page(studio)
    await page.emulateMedia({ reducedMotion: 'reduce' })
    const { check, wrong } = audit()
    await goTo(page, 'Queue')
    await check(page, 'empty queue')
    await goTo(page, 'Spend')
    await see(page.getByRole('heading', { name: 'Nothing has been spent' })).toBeVisible()
    await check(page, 'empty spend')
    expect(wrong).toEqual([])
  })
})
