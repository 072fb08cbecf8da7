import type { Page } from 'playwright'
import { describe, it } from 'vitest'
import { usdMicros } from '../../shared/money.ts'
import { sceneOf, see } from './support/pages.ts'
import { studioSuite, until } from './support/studio.ts'

const suite = studioSuite()

async function choose(page: Page, entry: RegExp): Promise<void> {
  await page.getByRole('button', { name: 'Choose what to generate' }).click()
  await page.getByRole('menuitem', { name: entry }).click()
}

describe('from the draft to the final', () => {
  it('drafts the board once, and makes the picks again at 1080p with seed, references and prompt as they were', async () => {
    const studio = await suite.start({ paid: true })
    const { engine, projectId } = studio
    await engine.call('project.update', { projectId, patch: { cap: usdMicros(30_000_000) } })
    const page = await suite.page(studio)
    await choose(page, /^Draft pass \(12\)/)
    const draft = page.getByRole('dialog', { name: 'Draft pass of The Long Pasture' })
    await draft.getByRole('button', { name: 'Submit 12 scenes · $8.40' }).click()
    await see(page.getByText('12 takes started')).toBeVisible()
    const drafted = await until(
      studio,
      ({ takes }) => takes.length === 12 && takes.every(({ phase }) => phase === 'ready'),
    )

    // A board that is drafted has nothing left to draft, and no pick has nothing to make final.
    await choose(page, /^Draft pass \(0\)/)
    await see(draft.getByText('Has such a take already')).toHaveCount(12)
    await see(draft.getByRole('button', { name: 'Nothing to submit' })).toBeDisabled()
    await page.keyboard.press('Escape')

    const picked = ['1', '4']
    for (const number of picked) {
      const { id } = await sceneOf(studio, number)
      const take = drafted.takes.find(({ sceneId }) => sceneId === id)
      if (!take) throw new Error('It was drafted.')
      await engine.call('scene.pick', { sceneId: id, takeId: take.id })
    }
    // What is approved is the take, whatever becomes of its scene.
    const four = await sceneOf(studio, '4')
    await engine.call('scene.update', {
      sceneId: four.id,
      patch: { prompt: `${four.prompt} Then darkness.`, seed: { kind: 'random' } },
    })

    await choose(page, /^Final pass \(2\)/)
    const final = page.getByRole('dialog', { name: 'Final pass of The Long Pasture' })
    await see(final.getByText('Pick a take first')).toHaveCount(10)
    await see(final.getByRole('row', { name: /Lantern/ })).toContainText('As take 1, 720p')
    await see(final.getByRole('row', { name: /Lantern/ })).toContainText('$0.756')
    await final.getByRole('button', { name: 'Submit 2 scenes · $1.89' }).click()
    await see(page.getByText('$1.89 reserved.')).toBeVisible()
    const { takes } = await until(
      studio,
      (project) => project.takes.length === 14 && project.takes.every(({ phase }) => phase === 'ready'),
    )
    for (const number of picked) {
      const { id } = await sceneOf(studio, number)
      const [before, after] = takes.filter(({ sceneId }) => sceneId === id)
      see(after?.request).toEqual({ ...before?.request, resolution: '1080p' })
    }
    see(studio.fake?.ledger().jobs.filter(({ body }) => body.resolution === '1080p')).toHaveLength(2)

    await choose(page, /^Final pass \(0\)/)
    await see(final.getByText('Done: take 2 is at 1080p')).toHaveCount(2)
    await see(final.getByRole('button', { name: 'Nothing to submit' })).toBeDisabled()
  })

  it('rehearses every scene at once, free', async () => {
    const studio = await suite.start({ paid: true })
    const page = await suite.page(studio)
    await choose(page, /^Rehearse pass \(12\)/)
    await see(page.getByText('Rehearsing 12 scenes')).toBeVisible()
    const { takes, budget } = await studio.project()
    see(takes.map(({ provider }) => provider)).toEqual(Array.from({ length: 12 }, () => 'rehearsal'))
    see(budget.held + budget.spent).toBe(0)
    see(studio.fake?.ledger().jobs).toHaveLength(0)
  })

  it('keeps a batch to its own limit, set where it is priced', async () => {
    const studio = await suite.start({ paid: true })
    await studio.engine.call('project.update', {
      projectId: studio.projectId,
      patch: { cap: usdMicros(30_000_000) },
    })
    const page = await suite.page(studio)
    await page.keyboard.press('Control+Enter')
    const dialog = page.getByRole('dialog', { name: 'Generate The Long Pasture' })
    await see(dialog.getByRole('button', { name: 'Submit 12 scenes · $8.40' })).toBeEnabled()
    await dialog.getByRole('region', { name: 'Limit for one batch' }).getByRole('button', { name: 'None' }).click()
    await dialog.getByRole('textbox', { name: 'The most one batch may reserve' }).fill('2')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await see(dialog.locator('.cap-line')).toContainText('Over the limit for one batch: 10 scenes')
    await see(dialog.getByRole('button', { name: 'Submit 2 scenes · $1.40' })).toBeEnabled()
  })
})
