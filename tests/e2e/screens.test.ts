import { existsSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Page } from 'playwright'
import { expect, it } from 'vitest'
import { systemClock } from '../../electron/hosts/system.ts'
import { usdMicros } from '../../shared/money.ts'
import { goTo } from './support/axe.ts'
import { makeCells } from './support/cells.ts'
import { settled } from './support/clips.ts'
import { cardOf, see, startEmptyStudio, startTakes, sceneOf } from './support/pages.ts'
import { comparedScreens } from './support/screens.ts'
import { type SampleStudio, studioSuite, until } from './support/studio.ts'

const suite = studioSuite()
/** Some fifty pictures. */
const PATIENCE_MS = 400_000
/** It is always noon of one day, so that dates and charts are the same. */
const NOON = Date.UTC(2026, 10, 20, 12)
const CLIPS = ['fps-24', 'fps-24-b', 'fps-24-c', 'fps-25'] as const
/** Of the picks, and of the latest where there is none. */
const CLIPS_IN_TIMELINE = 5
const clipFile = (index: number) =>
  resolve(import.meta.dirname, '../fixtures/clips', `${CLIPS[index % CLIPS.length] ?? 'fps-24'}.mp4`)

/** The scenes with paid takes, and the seeds of those. */
const TAKES = [
  ['1', 1101],
  ['3', 1301],
  ['5', 1501],
  ['6', 1601],
  ['6', 1602],
  ['6', 1603],
  ['8', 1801],
] as const

/** The sample with takes that are always the same: ready, picked, rated, rejected, failed, unconfirmed, and on hold. */
async function dressed(): Promise<SampleStudio> {
  const begun = systemClock.now()
  const clock = { ...systemClock, now: () => NOON + systemClock.now() - begun }
  const studio = await suite.start({ paid: true, clock })
  const { engine, fake, projectId } = studio
  if (!fake) throw new Error('The paid service runs.')
  await engine.call('project.update', { projectId, patch: { cap: usdMicros(20_000_000) } })
  for (const [index, { id }] of (await studio.project()).scenes.entries())
    await engine.call('scene.update', { sceneId: id, patch: { seed: { kind: 'locked', value: 5001 + index } } })
  await fake.script({
    jobs: TAKES.map(([, seed], index) => ({ when: { seed }, plan: { clipFile: clipFile(index) } })),
  })
  // One after the other, so that they always end in this order.
  const takes = []
  for (const cell of TAKES) takes.push(...(await makeCells(studio, [cell], 'wavespeed')))
  for (const [index, rating] of [4, 5, 3, 2, 5, 0, 4].entries()) {
    const take = takes[index]
    if (!take) throw new Error('There is a take of each.')
    await engine.call('take.update', { takeId: take.id, patch: { rating, rejected: index === 3 } })
    if (rating >= 4) await engine.call('scene.pick', { sceneId: take.sceneId, takeId: take.id })
  }
  await fake.script({ job: { end: 'failed', error: 'The picture could not be made.' } })
  await startTakes(studio, ['2'], 'wavespeed')
  await until(studio, (project) => project.takes.some((take) => take.phase === 'failed'))
  await fake.script({ submit: [{ reply: 'reset', recorded: false }] })
  await startTakes(studio, ['4'], 'wavespeed')
  const { takes: open } = await until(studio, (project) => project.takes.some((take) => take.phase === 'unconfirmed'))
  const lost = open.find((take) => take.phase === 'unconfirmed')
  if (!lost) throw new Error('There is one.')
  const looked = async () =>
    (await engine.call('take.history', { takeId: lost.id })).some(({ text }) => text.startsWith('Asked the service'))
  await see.poll(looked).toBe(true)
  await engine.call('runner.pause', {})
  await startTakes(studio, ['9', '10'], 'wavespeed')
  return studio
}

const kept = (studio: SampleStudio, folder: string) => {
  const path = join(studio.engine.libraryPath, 'cache', folder)
  return existsSync(path) ? readdirSync(path).length : 0
}

/** A page whose time stands still, with every poster and filmstrip made before it is looked at. */
async function openStill(studio: SampleStudio): Promise<Page> {
  const context = await suite.browser().newContext({ reducedMotion: 'reduce', timezoneId: 'UTC' })
  suite.after(() => context.close())
  const page = await context.newPage()
  await page.goto(studio.url())
  await see.poll(() => kept(studio, 'strips')).toBe(CLIPS_IN_TIMELINE)
  await goTo(page, 'Queue')
  await see.poll(() => kept(studio, 'posters')).toBe(TAKES.length)
  await page.clock.setFixedTime(NOON + 60_000)
  await page.reload()
  return page
}

const escape = async (page: Page) => {
  await page.keyboard.press('Escape')
  await see(page.locator('.popup, .dialog')).toHaveCount(0)
}

it('every designed screen looks as it did, in both themes and window sizes', { timeout: PATIENCE_MS }, async () => {
  const studio = await dressed()
  const page = await openStill(studio)
  const wrong: string[] = []
  const look = async (screen: string) => {
    await page.mouse.move(600, 1)
    wrong.push(...(await comparedScreens(page, studio, screen)))
  }

  await see(page.locator('.scene-card')).toHaveCount(12)
  await cardOf(page, '5').click()
  await look('board')
  await cardOf(page, '6').click({ modifiers: ['Control'] })
  await cardOf(page, '8').click({ modifiers: ['Control'] })
  await look('board-multi')
  await page.keyboard.press('Control+Enter')
  await see(page.getByRole('dialog').getByRole('button', { name: /^Submit/ })).toBeVisible()
  await look('generate-dialog')
  await escape(page)
  await page.keyboard.press('Control+k')
  await see(page.getByRole('combobox', { name: /^Search commands/ })).toBeFocused()
  await page.keyboard.type('scene')
  await see(page.locator('.palette mark').first()).toBeVisible()
  await look('palette')
  await escape(page)
  await goTo(page, 'Queue')
  await see(page.locator('.queue-row').first()).toBeVisible()
  await look('queue')
  await goTo(page, 'Cast')
  await see(page.getByRole('button', { name: /^Image 1/ })).toBeVisible()
  await look('cast')
  await goTo(page, 'Seeds')
  await see(page.getByRole('gridcell').first()).toBeVisible()
  await look('seeds')
  await goTo(page, 'Spend')
  await see(page.getByRole('region', { name: /./ }).first()).toBeVisible()
  await look('spend')

  await goTo(page, 'Board')
  await cardOf(page, '6').click()
  await page.getByRole('button', { name: 'Play take 2' }).click()
  // It plays once its file has told its frames.
  await see(page.getByRole('button', { name: 'Pause', exact: true })).toBeVisible()
  await page.keyboard.press('k')
  await settled(page)
  await page.keyboard.press('Home')
  await settled(page, 0)
  await look('review')
  await page.keyboard.press('s')
  await settled(page, 0)
  await look('review-side')
  await page.keyboard.press('d')
  await settled(page, 0)
  await look('review-difference')
  expect((await sceneOf(studio, '6')).pickTakeId).not.toBeNull()
  expect(wrong).toEqual([])
})

it('the first screen looks as it did, in both themes and window sizes', { timeout: PATIENCE_MS }, async () => {
  const studio = await startEmptyStudio(suite.rendererDir())
  suite.after(studio.close)
  const context = await suite.browser().newContext({ reducedMotion: 'reduce' })
  suite.after(() => context.close())
  const page = await context.newPage()
  await page.goto(studio.url())
  await see(page.getByRole('heading', { name: 'Plan the film before you pay for it.' })).toBeVisible()
  expect(await comparedScreens(page, studio, 'first-run')).toEqual([])
})
