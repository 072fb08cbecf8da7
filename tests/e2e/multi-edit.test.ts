import type { Page } from 'playwright'
import { afterEach, describe, expect, it } from 'vitest'
import { usdMicros } from '../../shared/money.ts'
import { cardOf, complaintsOf, noComplaints, sceneOf, see } from './support/pages.ts'
import { type SampleStudio, studioSuite } from './support/studio.ts'

const suite = studioSuite()

let heard: readonly string[] = []
afterEach(() => noComplaints(heard))

/** The sample with several scenes chosen. */
async function choose(numbers: readonly string[]): Promise<{ studio: SampleStudio; page: Page }> {
  const studio = await suite.start({ paid: true })
  await studio.engine.call('project.update', { projectId: studio.projectId, patch: { cap: usdMicros(3_000_000) } })
  const page = await suite.page(studio)
  heard = complaintsOf(page)
  const [first = '', ...others] = numbers
  await cardOf(page, first).click()
  for (const number of others) await cardOf(page, number).click({ modifiers: ['ControlOrMeta'] })
  return { studio, page }
}

const panelOf = (page: Page) => page.getByRole('complementary', { name: 'Inspector' })
const edits = async (studio: SampleStudio) => (await studio.project()).edits.undo

describe('several scenes in the inspector', () => {
  it('show what differs, what a change costs, and change as one edit that can be undone', async () => {
    const { page, studio } = await choose(['7', '8', '9', '12'])
    const before = (await studio.project()).scenes
    const panel = panelOf(page)
    await see(panel.getByRole('heading', { name: '4 scenes selected' })).toBeVisible()
    await see(panel.getByRole('button', { name: 'Duration of the chosen scenes' })).toContainText('Mixed, 4–6 s')
    await see(panel.getByText('20 s × $0.14 at 720p')).toBeVisible()
    await see(panel.getByText('$0.20')).toBeVisible()
    const apply = panel.getByRole('button', { name: /^Apply to|Nothing changes/ })
    await see(apply).toBeDisabled()

    await panel.getByRole('button', { name: '1080p' }).click()
    await see(panel.getByText('20 s × $0.189 at 1080p')).toBeVisible()
    await see(panel.getByRole('status').filter({ hasText: '$2.80' })).toContainText('$3.78')
    await see(panel.getByText('More than is left of the cap')).toBeVisible()
    await panel.getByRole('button', { name: 'Revert' }).click()
    await see(panel.getByText('20 s × $0.14 at 720p')).toBeVisible()
    expect((await studio.project()).scenes).toEqual(before)

    await panel.getByRole('button', { name: 'Duration of the chosen scenes' }).click()
    await page.getByRole('menuitemcheckbox', { name: '3 s', exact: false }).first().click()
    await panel.getByRole('button', { name: 'Aspect of the chosen scenes' }).click()
    await page.getByRole('menuitemcheckbox', { name: '9:16' }).click()
    await panel.getByRole('button', { name: 'References of the chosen scenes' }).click()
    await page.getByRole('menuitemcheckbox', { name: 'Only Mara' }).click()
    await panel.getByRole('button', { name: 'One seed' }).click()
    const seed = panel.getByRole('textbox', { name: 'Seed for the chosen scenes' })
    await see(seed).toHaveValue('48213907')
    await see(panel.getByText('Scene 07 already uses this seed. 3 scenes change.')).toBeVisible()
    await seed.fill('0')
    await see(panel.getByRole('button', { name: /^Apply to/ })).toBeDisabled()
    await seed.fill('99')
    await panel.getByRole('textbox', { name: 'Text to add to every prompt' }).fill('Overcast light.')
    await panel.getByRole('button', { name: 'Apply to 4 scenes' }).click()

    const changed = async () =>
      (await studio.project()).scenes.filter(({ number }) => ['7', '8', '9', '12'].includes(number))
    await see.poll(async () => (await changed()).every(({ duration }) => duration === 3)).toBe(true)
    for (const scene of await changed()) {
      expect(scene).toMatchObject({ aspectRatio: '9:16', seed: { kind: 'locked', value: 99 } })
      expect(scene.references).toHaveLength(3)
      expect(scene.prompt).toMatch(/[.!?] Overcast light\.$/)
    }
    await see(panel.getByRole('button', { name: 'Nothing changes' })).toBeDisabled()
    await page.getByRole('button', { name: 'Undo', exact: true }).click()
    await see.poll(async () => (await studio.project()).scenes).toEqual(before)
    expect(await edits(studio)).toBeNull()
  })

  it('take settings from one of them', async () => {
    const { page, studio } = await choose(['7', '8', '9'])
    const eight = await sceneOf(studio, '8')
    const panel = panelOf(page)
    await panel.getByRole('button', { name: 'Take settings from one of them…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Apply settings' })
    await dialog.getByRole('button', { name: 'Scene to take settings from' }).click()
    await page.getByRole('menuitemcheckbox', { name: '08 Weather turns' }).click()
    await dialog.getByRole('checkbox', { name: 'Seed' }).click()
    await see(dialog.getByText('4 s', { exact: true })).toBeVisible()
    await dialog.getByRole('button', { name: 'Apply to 2 scenes' }).click()
    for (const number of ['7', '9'])
      await see.poll(async () => (await sceneOf(studio, number)).duration).toBe(eight.duration)
    expect((await sceneOf(studio, '7')).seed).toEqual({ kind: 'locked', value: 48213907 })
    await see(dialog).toHaveCount(0)
  })
})

describe('one scene', () => {
  it('gives its settings to all others, and takes them back', async () => {
    const { page, studio } = await choose(['5'])
    const before = (await studio.project()).scenes
    await panelOf(page).getByRole('button', { name: '9:16' }).click()
    await page.getByRole('button', { name: 'More for this scene' }).click()
    await page.getByRole('menuitem', { name: /Apply its settings/ }).click()
    const dialog = page.getByRole('dialog', { name: 'Apply settings' })
    for (const field of ['Resolution', 'Duration', 'Seed']) await dialog.getByRole('checkbox', { name: field }).click()
    await dialog.getByRole('radio', { name: /All other scenes/ }).click()
    await dialog.getByRole('button', { name: 'Apply to 11 scenes' }).click()
    const ratios = async () => new Set((await studio.project()).scenes.map(({ aspectRatio }) => aspectRatio))
    await see.poll(async () => [...(await ratios())]).toEqual(['9:16'])
    await page.getByRole('button', { name: 'Undo', exact: true }).click()
    await see
      .poll(async () => (await studio.project()).scenes.filter(({ number }) => number !== '5'))
      .toEqual(before.filter(({ number }) => number !== '5'))
  })
})
