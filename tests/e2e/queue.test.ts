import type { Page } from 'playwright'
import { describe, it } from 'vitest'
import type { SceneId } from '../../shared/ids.ts'
import { usdMicros } from '../../shared/money.ts'
import { RequestId } from '../../shared/ids.ts'
import { see as expect } from './support/pages.ts'
import { type SampleStudio, studioSuite, until } from './support/studio.ts'

const suite = studioSuite()

async function paidStudio(): Promise<SampleStudio> {
  const studio = await suite.start({ paid: true })
  await studio.engine.call('project.update', { projectId: studio.projectId, patch: { cap: usdMicros(30_000_000) } })
  return studio
}

/** Shows a view of the studio. */
const goTo = (page: Page, view: string) =>
  page
    .getByRole('navigation', { name: 'Views' })
    .getByRole('button', { name: new RegExp(`^${view}`) })
    .click()

/** A row by the number of its scene. */
const rowOf = (page: Page, number: string) =>
  page.locator('.queue-row').filter({ has: page.getByRole('button', { name: new RegExp(`^Scene ${number} `) }) })
const nameOf = (page: Page, number: string) => rowOf(page, number).locator('.queue-scene')

/** The numbers of the scenes that wait, from first to last. */
const inLine = (page: Page) => page.locator('.queue-row[data-phase=reserved] .queue-scene b').allTextContents()

/** Five takes that wait, nothing sent, with the queue in sight. */
async function fiveWaiting(): Promise<{ studio: SampleStudio; page: Page }> {
  const studio = await paidStudio()
  await studio.fake?.script({ hold: true })
  await studio.engine.call('runner.pause', {})
  await start(studio, ['1', '2', '3', '4', '5'])
  const page = await suite.page(studio)
  await goTo(page, 'Queue')
  await expect(page.locator('.queue-row')).toHaveCount(5)
  return { studio, page }
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
    await goTo(page, 'Queue')
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
    await goTo(page, 'Queue')
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
    await goTo(page, 'Queue')
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
    await goTo(page, 'Queue')
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
    await goTo(two, 'Queue')
    await one.getByRole('option', { name: /^Scene 4,/ }).click()
    await one.keyboard.press('g')
    await one.getByRole('button', { name: 'Submit 1 scene · $0.56' }).click()
    await expect(two.locator('.queue-row[data-phase=ready]')).toHaveCount(1)
    await expect(two.getByRole('button', { name: /^Budget: \$0\.56 spent/ })).toBeVisible()
    await two.getByRole('button', { name: /^Scene 04 Lantern, take 1/ }).dblclick()
    await expect(two.getByRole('heading', { name: 'Lantern', level: 1 })).toBeVisible()
    await goTo(two, 'Board')
    await two.getByRole('option', { name: /^Scene 4,/ }).click()
    await two.getByRole('button', { name: 'Pick take 1' }).click()
    await expect(one.locator('.scene-card[data-state=picked]')).toHaveCount(1)

    await two.reload()
    await expect(two.locator('.scene-card[data-state=picked]')).toHaveCount(1)
    await goTo(two, 'Queue')
    await expect(two.locator('.queue-row')).toContainText('Picked')
  })

  it('holds a row, all that waits and several, releases them, and sends nothing of what is held', async () => {
    const { studio, page } = await fiveWaiting()
    await rowOf(page, '03').getByRole('button', { name: 'Hold scene 03 take 1' }).click()
    await expect(rowOf(page, '03')).toContainText('On hold')
    await expect(rowOf(page, '04')).toContainText('Queued, 3rd in line')
    expect((await studio.project()).budget.held).toBe(3_360_000)

    await page.getByRole('button', { name: 'Hold all' }).click()
    await expect(page.locator('.queue-row.held')).toHaveCount(5)
    await page.getByRole('button', { name: 'Release 5 on hold' }).click()
    await expect(page.locator('.queue-row.held')).toHaveCount(0)

    await nameOf(page, '02').click()
    await nameOf(page, '05').click({ modifiers: ['Shift'] })
    const bar = page.getByRole('toolbar', { name: 'Chosen takes' })
    await expect(bar).toContainText('4 selected')
    await bar.getByRole('button', { name: 'Hold', exact: true }).click()
    await expect(page.locator('.queue-row.held')).toHaveCount(4)
    await page.keyboard.press('Escape')
    await expect(bar).toBeHidden()

    await studio.engine.call('runner.resume', {})
    await until(studio, ({ takes }) => takes.some((take) => take.phase === 'running'))
    await nameOf(page, '05').click()
    await page.keyboard.press('h')
    await until(studio, ({ takes }) => takes.filter((take) => take.phase === 'running').length === 2)
    await expect(page.locator('.queue-row.held')).toHaveCount(3)
    expect(studio.fake?.ledger().posts).toHaveLength(2)
  })

  it('reorders what waits by keys, by drag and by the menu, and is sent in that order', async () => {
    const { studio, page } = await fiveWaiting()
    await nameOf(page, '04').click()
    await page.keyboard.press('Alt+ArrowUp')
    await expect.poll(() => inLine(page)).toEqual(['01', '02', '04', '03', '05'])
    await expect(page.locator('.hidden-text[aria-live=polite]')).toContainText('Scene 04 take 1, 3rd of 5 in line.')
    await expect(nameOf(page, '04')).toBeFocused()
    await page.keyboard.press('Alt+ArrowUp')
    await expect.poll(() => inLine(page)).toEqual(['01', '04', '02', '03', '05'])
    await page.keyboard.press('Shift+ArrowDown')
    await page.keyboard.press('Alt+End')
    await expect.poll(() => inLine(page)).toEqual(['01', '03', '05', '04', '02'])
    await page.keyboard.press('Escape')

    await rowOf(page, '05').dragTo(rowOf(page, '01'), { targetPosition: { x: 200, y: 6 } })
    await expect.poll(() => inLine(page)).toEqual(['05', '01', '03', '04', '02'])
    await rowOf(page, '02').getByRole('button', { name: 'More for scene 02 take 1' }).click()
    await page.getByRole('menuitem', { name: 'First in line' }).click()
    await expect.poll(() => inLine(page)).toEqual(['02', '05', '01', '03', '04'])

    await studio.engine.call('settings.update', { patch: { concurrency: 2 } })
    await studio.engine.call('runner.resume', {})
    await until(studio, ({ takes }) => takes.filter((take) => take.phase === 'running').length === 2)
    await expect.poll(() => inLine(page)).toEqual(['01', '03', '04'])
  })

  it('cancels of the chosen ones what has not been sent, and says that the rest cannot be called back', async () => {
    const { studio, page } = await fiveWaiting()
    await studio.engine.call('settings.update', { patch: { concurrency: 1 } })
    await studio.engine.call('runner.resume', {})
    await until(studio, ({ takes }) => takes.some((take) => take.phase === 'running'))
    await nameOf(page, '01').click()
    await expect(page.getByText('which cannot call it back')).toBeVisible()
    await nameOf(page, '02').click({ modifiers: ['Control'] })
    await nameOf(page, '03').click({ modifiers: ['Control'] })
    await page.keyboard.press('Delete')
    const confirm = page.getByRole('dialog', { name: 'Cancel 2 waiting takes?' })
    await expect(confirm).toContainText('One of the chosen takes has been sent, which cannot be called back')
    await confirm.getByRole('button', { name: 'Cancel and release $1.26' }).click()
    await expect(page.locator('.toast')).toContainText('1 take had been sent, which cannot be called back.')
    await expect(page.locator('.queue-row[data-phase=cancelled]')).toHaveCount(2)
    expect((await studio.project()).takes.filter((take) => take.phase === 'running')).toHaveLength(1)
  })

  it('retries only what failed, with the price before anything is sent', async () => {
    const studio = await paidStudio()
    await start(studio, ['4'])
    await until(studio, ({ takes }) => takes.every((take) => take.phase === 'ready'))
    await studio.fake?.script({ job: { end: 'failed', error: 'The picture could not be made.' } })
    await start(studio, ['1', '2'])
    await until(studio, ({ takes }) => takes.filter((take) => take.phase === 'failed').length === 2)
    await studio.fake?.script({ job: { end: 'completed' } })
    const page = await suite.page(studio)
    await goTo(page, 'Queue')
    await page.getByRole('button', { name: 'Retry 2 failed' }).click()
    const dialog = page.getByRole('dialog')
    await expect(dialog).toContainText('First mist')
    await expect(dialog).not.toContainText('Lantern')
    expect(studio.fake?.ledger().posts).toHaveLength(3)
    await dialog.getByRole('button', { name: /^Submit 2 .*\$1\.40/ }).click()
    await until(studio, ({ takes }) => takes.filter((take) => take.phase === 'ready').length === 3)
    await expect(page.getByRole('button', { name: /^Retry \d+ failed/ })).toHaveCount(0)
    expect(studio.fake?.ledger().posts).toHaveLength(5)
  })

  it('explains what went on hold after failures, and releases all of it', async () => {
    const studio = await paidStudio()
    await studio.engine.call('project.update', {
      projectId: studio.projectId,
      patch: { stopAfter: 1, batchLimit: usdMicros(12_000_000) },
    })
    await studio.engine.call('settings.update', { patch: { concurrency: 1 } })
    await studio.fake?.script({ job: { end: 'failed', error: 'The picture could not be made.' } })
    await start(studio, ['1', '2', '3'])
    await until(studio, ({ takes }) => takes.filter((take) => take.onHold).length === 2)
    const page = await suite.page(studio)
    await goTo(page, 'Queue')
    await expect(page.getByText('at most $12.00 a batch')).toBeVisible()
    const notice = page.getByRole('alert').filter({ hasText: '2 takes on hold after failures' })
    await expect(notice).toContainText('A paid take failed')
    await expect(page.locator('.queue-row.held').first()).toContainText('On hold after failures')
    expect(studio.fake?.ledger().posts).toHaveLength(1)
    await studio.engine.call('project.update', { projectId: studio.projectId, patch: { stopAfter: null } })
    await studio.fake?.script({ job: { end: 'completed' } })
    await notice.getByRole('button', { name: 'Release all' }).click()
    await until(studio, ({ takes }) => takes.filter((take) => take.phase === 'ready').length === 2)
    await expect(notice).toBeHidden()
  })
})
