import type { Page } from 'playwright'
import { describe, it } from 'vitest'
import { usdMicros } from '../../shared/money.ts'
import { sceneOf, see as expect, startTakes } from './support/pages.ts'
import { type SampleStudio, studioSuite, until } from './support/studio.ts'

const suite = studioSuite()

async function openHistory(studio: SampleStudio): Promise<Page> {
  const page = await suite.page(studio)
  await page.getByRole('button', { name: /^Project: / }).click()
  await page.getByRole('menuitem', { name: 'History' }).click()
  await expect(page.getByRole('heading', { name: 'History', level: 1 })).toBeVisible()
  return page
}

async function rehearsed(numbers: readonly string[]): Promise<SampleStudio> {
  const studio = await suite.start()
  await startTakes(studio, numbers)
  await until(studio, ({ takes }) => takes.length === numbers.length && takes.every(({ phase }) => phase === 'ready'))
  return studio
}

const entries = (page: Page, kind: string) => page.locator(`.history-entry[data-kind=${kind}]`)

describe('the history', () => {
  it('tells of caps, edits, batches and takes, narrows to a kind, and finds by text', async () => {
    const studio = await rehearsed(['1', '2'])
    await studio.engine.call('project.update', { projectId: studio.projectId, patch: { cap: usdMicros(30_000_000) } })
    const scene = await sceneOf(studio, '3')
    await studio.engine.call('scene.update', { sceneId: scene.id, patch: { title: 'The door' } })
    const page = await openHistory(studio)
    await expect(page.getByRole('heading', { name: 'Today' })).toBeVisible()
    await expect(entries(page, 'take')).toHaveCount(2)
    await expect(entries(page, 'batch')).toContainText('Rehearsed 2 takes')
    await expect(entries(page, 'batch')).toContainText('2 ready')
    await expect(entries(page, 'cap').first()).toContainText('$30')
    await expect(entries(page, 'edit').first()).toBeVisible()

    const kinds = page.getByRole('group', { name: 'What is shown' })
    await kinds.getByRole('button', { name: 'Takes' }).click()
    await expect(entries(page, 'cap')).toHaveCount(0)
    await expect(entries(page, 'take')).toHaveCount(2)
    const search = page.getByRole('textbox', { name: 'Search the history' })
    await search.fill('wakes early')
    await expect(entries(page, 'take')).toHaveCount(1)
    await expect(entries(page, 'take')).toContainText('2-1 Before the alarm')
    await search.fill('nobody ever wrote this')
    await expect(page.getByRole('heading', { name: 'Nothing like that happened' })).toBeVisible()
    await page.getByRole('button', { name: 'Show everything' }).click()
    await expect(entries(page, 'batch')).toHaveCount(1)
  })

  it('opens a take with its frozen request although the scene has changed since', async () => {
    const studio = await rehearsed(['2'])
    const scene = await sceneOf(studio, '2')
    await studio.engine.call('scene.update', { sceneId: scene.id, patch: { prompt: 'Something else entirely.' } })
    const { takes } = await studio.project()
    const page = await openHistory(studio)
    const row = page.getByRole('button', { name: /2-1 Before the alarm/ })
    await expect(row).toHaveAttribute('aria-expanded', 'false')
    await row.focus()
    await page.keyboard.press('Enter')
    await expect(row).toHaveAttribute('aria-expanded', 'true')
    const details = page.locator('.history-details')
    await expect(details.getByRole('region', { name: 'Frozen request' })).toContainText('wakes early')
    await expect(details).not.toContainText('Something else')
    await expect(details.locator('.past-references img')).toHaveCount(takes[0]?.request.references.length ?? -1)
    await expect(details.getByRole('region', { name: 'Parameters' })).toContainText(String(takes[0]?.request.seed))
    await expect(details.getByRole('region', { name: 'History' })).toContainText('Saved the clip')
    await row.click()
    await expect(details).toHaveCount(0)
    await row.click()
    await details.getByRole('button', { name: 'Play' }).click()
    await expect(page.getByRole('heading', { name: 'Before the alarm', level: 1 })).toBeVisible()
  })

  it('shows the board as it was for a batch, and restores it beside the present one', async () => {
    const studio = await rehearsed(['1'])
    const scene = await sceneOf(studio, '2')
    await studio.engine.call('scene.update', { sceneId: scene.id, patch: { title: 'Changed since', prompt: 'New.' } })
    const page = await openHistory(studio)
    await entries(page, 'batch').getByRole('button', { name: 'Open the board as it was' }).click()
    const past = page.getByRole('dialog', { name: 'The Long Pasture' })
    await expect(past.locator('.past-scene')).toHaveCount(12)
    await expect(past).toContainText('Before the alarm')
    await expect(past).not.toContainText('Changed since')
    await expect(past.getByRole('region', { name: 'Cast of then' }).locator('img').first()).toBeVisible()
    expect((await studio.project()).storyboards).toHaveLength(1)
    await past.getByRole('button', { name: 'Restore as a new storyboard' }).click()
    await expect(past).toBeHidden()
    const { storyboards, scenes } = await until(studio, (project) => project.storyboards.length === 2)
    const restored = storyboards.find(({ id }) => id !== studio.storyboardId)
    expect(scenes.filter(({ storyboardId }) => storyboardId === restored?.id)).toHaveLength(12)
    await expect(page.getByRole('option', { name: /^Scene 2, Before the alarm/ })).toBeVisible()
    expect((await sceneOf(studio, '2')).title).toBe('Changed since')
  })

  it('repeats a batch from its frozen requests, with the price before anything is sent', async () => {
    const studio = await suite.start({ paid: true })
    await studio.engine.call('project.update', { projectId: studio.projectId, patch: { cap: usdMicros(30_000_000) } })
    await startTakes(studio, ['1', '4'], 'wavespeed')
    const before = await until(
      studio,
      ({ takes }) => takes.length === 2 && takes.every(({ phase }) => phase === 'ready'),
    )
    const scene = await sceneOf(studio, '4')
    await studio.engine.call('scene.update', { sceneId: scene.id, patch: { prompt: 'Something else entirely.' } })
    const page = await openHistory(studio)
    await entries(page, 'batch').getByRole('button', { name: 'Repeat this batch…' }).click()
    const dialog = page.getByRole('dialog')
    const submit = dialog.getByRole('button', { name: /^Submit 2 .*\$1\.40/ })
    await expect(submit).toBeEnabled()
    expect(studio.fake?.ledger().posts).toHaveLength(2)
    await submit.click()
    await until(studio, ({ takes }) => takes.length === 4 && takes.every(({ phase }) => phase === 'ready'))
    const { takes } = await studio.project()
    const prompts = (some: typeof takes) => some.map(({ request }) => `${request.seed} ${request.prompt}`).toSorted()
    expect(prompts(takes.filter(({ number }) => number === 2))).toEqual(prompts(before.takes))
    // The list follows what happens without being asked.
    await expect(entries(page, 'batch')).toHaveCount(2)
    await expect(entries(page, 'take')).toHaveCount(4)
  })

  it('reads on where the list ends, and takes over what happens meanwhile', async () => {
    const studio = await suite.start()
    const scene = await sceneOf(studio, '1')
    // Alternating fields make edits of their own instead of one long one.
    for (let turn = 1; turn <= 80; turn++) {
      const sceneId = scene.id
      await studio.engine.call('scene.update', {
        sceneId,
        patch: turn % 2 ? { notes: `Note ${turn}` } : { duration: 3 + (turn % 12) },
      })
    }
    const page = await openHistory(studio)
    const first = await entries(page, 'edit').count()
    expect(first).toBeGreaterThanOrEqual(60)
    await entries(page, 'edit').last().scrollIntoViewIfNeeded()
    await expect.poll(() => entries(page, 'edit').count()).toBeGreaterThanOrEqual(80)
    const known = await entries(page, 'edit').count()
    await studio.engine.call('storyboard.update', { storyboardId: studio.storyboardId, patch: { title: 'Renamed' } })
    await expect(entries(page, 'edit')).toHaveCount(known + 1)
  })

  it('of a new project says what will be kept', async () => {
    const studio = await suite.start()
    const page = await suite.page(studio)
    await studio.engine.call('project.create', { title: 'Nothing yet' })
    await page.getByRole('button', { name: /^Project: / }).click()
    await page.getByRole('menuitemcheckbox', { name: /Nothing yet/ }).click()
    await page.getByRole('button', { name: /^Project: Nothing yet/ }).click()
    await page.getByRole('menuitem', { name: 'History' }).click()
    await expect(page.getByRole('heading', { name: 'Nothing has happened yet' })).toBeVisible()
  })
})
