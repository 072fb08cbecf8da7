import { expect } from 'playwright/test'
import { describe, it } from 'vitest'
import type { SceneId } from '../../shared/ids.ts'
import { usdMicros } from '../../shared/money.ts'
import { RequestId } from '../../shared/ids.ts'
import { type SampleStudio, studioSuite, until } from './support/studio.ts'

const suite = studioSuite()

async function paidStudio(): Promise<SampleStudio> {
  const studio = await suite.start({ paid: true })
  await studio.engine.call('project.update', { projectId: studio.projectId, patch: { cap: usdMicros(30_000_000) } })
  return studio
}

/** Starts one take of each of the named scenes. */
async function start(studio: SampleStudio, numbers: readonly string[]): Promise<void> {
  const { scenes } = await studio.project()
  const sceneIds = numbers.flatMap((number): SceneId[] => {
    const scene = scenes.find((each) => each.number === number)
    return scene ? [scene.id] : []
  })
  await studio.engine.call('batch.start', {
    requestId: RequestId.parse(crypto.randomUUID()),
    storyboardId: studio.storyboardId,
    order: {
      kind: 'scenes',
      provider: 'wavespeed',
      sceneIds,
      takesPerScene: 1,
      mode: 'add',
      seeds: { kind: 'keep' },
      resolution: null,
      includeUnconfirmed: false,
    },
  })
}

describe('the queue', () => {
  it('finds a job whose submission went unanswered, without sending it again', async () => {
    const studio = await paidStudio()
    await studio.fake?.script({ submit: [{ reply: 'reset', recorded: true }] })
    await start(studio, ['1'])
    await until(studio, ({ takes }) => takes[0]?.phase === 'unconfirmed')
    const page = await suite.page(studio)
    await page
      .getByRole('navigation', { name: 'Views' })
      .getByRole('button', { name: /^Queue/ })
      .click()
    const panel = page.getByRole('complementary', { name: 'Needs attention' })
    await expect(panel).toContainText('$0.84 stays reserved')
    await panel.getByRole('button', { name: /Look for the job/ }).click()
    await expect(page.getByText('The job was found')).toBeVisible()
    await until(studio, ({ takes }) => takes[0]?.phase === 'ready')
    await expect(page.locator('.queue-row[data-phase=ready]')).toHaveCount(1)
    await expect(page.locator('.queue-row')).toContainText('charged')
    await expect(page.getByRole('button', { name: /^Budget: \$0\.84 spent, \$0\.00 reserved/ })).toBeVisible()
    expect(studio.fake?.ledger().posts).toHaveLength(1)
    const { takes } = await studio.project()
    expect(takes[0]?.recovered).toBe(true)
  })

  it('offers several candidates side by side and binds the chosen one', async () => {
    const studio = await paidStudio()
    await studio.fake?.script({
      submit: [{ reply: 'reset', recorded: true, times: 2 }],
      lists: { more: 'has_more', echoInput: false, pageCap: 100, millisecondsOnly: false },
    })
    await start(studio, ['3', '5'])
    await until(studio, ({ takes }) => takes.length === 2 && takes.every((take) => take.phase === 'unconfirmed'))
    const page = await suite.page(studio)
    await page.keyboard.press('Control+2')
    const panel = page.getByRole('complementary', { name: 'Needs attention' })
    await panel.getByRole('button', { name: /Look for the job/ }).click()
    await expect(panel.getByRole('button', { name: 'Use this one' })).toHaveCount(2)
    await panel.getByRole('button', { name: 'Use this one' }).first().click()
    await until(studio, ({ takes }) => takes.filter((take) => take.phase === 'ready').length === 1)
    expect(studio.fake?.ledger().posts).toHaveLength(2)
  })

  it('releases a hold only after saying what it may cost', async () => {
    const studio = await paidStudio()
    await studio.fake?.script({ submit: [{ reply: 'reset', recorded: false }] })
    await start(studio, ['1'])
    await until(studio, ({ takes }) => takes[0]?.phase === 'unconfirmed')
    const page = await suite.page(studio)
    await page.keyboard.press('Control+2')
    await page.getByRole('button', { name: /Look for the job/ }).click()
    await expect(page.getByText('The service lists no such job')).toBeVisible()
    await page.getByRole('button', { name: 'Release the hold' }).click()
    const confirm = page.getByRole('dialog', { name: 'Release $0.84?' })
    await expect(confirm).toContainText('pays a second time')
    await confirm.getByRole('button', { name: 'Release $0.84' }).click()
    await expect(page.locator('.queue-row')).toContainText('released')
    await expect(page.getByRole('button', { name: /^Budget: \$0\.00 spent, \$0\.00 reserved/ })).toBeVisible()
    expect(studio.fake?.ledger().posts).toHaveLength(1)
  })

  it('pauses, sets the concurrency, and cancels what waits', async () => {
    const studio = await paidStudio()
    await studio.fake?.script({ hold: true })
    const page = await suite.page(studio)
    await page.keyboard.press('Control+2')
    await expect(page.getByText('Nothing in the queue')).toBeVisible()
    await page.getByRole('button', { name: 'Less jobs at once' }).click()
    await expect(page.getByRole('textbox', { name: 'Jobs at once' })).toHaveValue('3')
    await page.getByRole('button', { name: 'Pause' }).click()
    await expect(page.getByRole('button', { name: 'Resume' }).first()).toBeVisible()
    await start(studio, ['1', '2', '3', '4', '5'])
    await expect(page.locator('.queue-row')).toHaveCount(5)
    await expect(page.locator('.queue-row').first()).toContainText('Queued, 1st in line')
    await page.locator('.view-header').getByRole('button', { name: 'Resume' }).click()
    await expect(page.locator('.queue-row[data-phase=running]')).toHaveCount(3)
    await page.getByRole('button', { name: 'Cancel waiting' }).click()
    const confirm = page.getByRole('dialog', { name: 'Cancel 2 waiting takes?' })
    await confirm.getByRole('button', { name: 'Cancel and release $1.26' }).click()
    await expect(page.getByText('2 takes cancelled')).toBeVisible()
    await expect(page.locator('.queue-row[data-phase=cancelled]')).toHaveCount(2)
  })

  it('keeps two pages in step, and everything over a reload', async () => {
    const studio = await paidStudio()
    const one = await suite.page(studio)
    const two = await suite.page(studio)
    await two.keyboard.press('Control+2')
    await one.getByRole('option', { name: /^Scene 4,/ }).click()
    await one.keyboard.press('g')
    await one.getByRole('button', { name: 'Submit 1 scene · $0.56' }).click()
    await expect(two.locator('.queue-row[data-phase=ready]')).toHaveCount(1)
    await expect(two.getByRole('button', { name: /^Budget: \$0\.56 spent/ })).toBeVisible()
    await two.getByRole('button', { name: /^Scene 04 Lantern, take 1/ }).dblclick()
    await expect(two.getByRole('dialog', { name: /Lantern/ })).toBeVisible()
    await two.keyboard.press('p')
    await expect(one.locator('.scene-card[data-state=picked]')).toHaveCount(1)

    await two.reload()
    await expect(two.locator('.scene-card[data-state=picked]')).toHaveCount(1)
    await two.keyboard.press('Control+2')
    await expect(two.locator('.queue-row')).toContainText('Picked')
  })
})
