import type { Page } from 'playwright'
import { describe, expect, it } from 'vitest'
import { usdMicros } from '../../shared/money.ts'
import { see, startTakes } from './support/pages.ts'
import { type SampleStudio, studioSuite, until } from './support/studio.ts'

const suite = studioSuite()

interface Told {
  title: string
  body: string
}

/** A page that keeps what it tells the system, and may be told that nobody looks at it. */
async function open(studio: SampleStudio, permission: NotificationPermission): Promise<Page> {
  const context = await suite.browser().newContext({ viewport: { width: 1440, height: 900 } })
  suite.after(() => context.close())
  const page = await context.newPage()
  await page.addInitScript((answer) => {
    const told: Told[] = []
    let asked = 0
    let state: NotificationPermission = 'default'
    class Recorded extends EventTarget {
      static get permission() {
        return state
      }
      static requestPermission() {
        asked += 1
        state = answer
        return Promise.resolve(state)
      }
      constructor(title: string, options: { body?: string } = {}) {
        super()
        told.push({ title, body: options.body ?? '' })
      }
      close() {}
    }
    Object.assign(window, { Notification: Recorded, told, askedFor: () => asked })
  }, permission)
  await page.goto(studio.url())
  await see(page.locator('.scene-card')).toHaveCount(12)
  return page
}

const told = (page: Page) => page.evaluate(() => (window as unknown as { told: Told[] }).told)
const asked = (page: Page) => page.evaluate(() => (window as unknown as { askedFor(): number }).askedFor())
const hide = (page: Page, hidden: boolean) =>
  page.evaluate((value) => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => value })
  }, hidden)
const done = (studio: SampleStudio, count: number) =>
  until(studio, ({ takes }) => takes.length === count && takes.every((take) => take.phase === 'ready'))

describe('the end of a batch', () => {
  it('is told by the system while the window is hidden, and in its corner while it is seen', async () => {
    const studio = await suite.start()
    const page = await open(studio, 'granted')
    expect(await asked(page)).toBe(0)
    await page.locator('.scene-card').nth(2).click()
    await page.keyboard.press('r')
    await see.poll(() => asked(page)).toBe(1)
    await done(studio, 1)
    await see(page.locator('.toast').filter({ hasText: '1 take is ready' })).toContainText('Rehearsal, nothing charged')
    expect(await told(page)).toEqual([])

    await hide(page, true)
    await startTakes(studio, ['4', '5'])
    await done(studio, 3)
    await see
      .poll(() => told(page))
      .toEqual([{ title: '2 takes are ready', body: 'The Long Pasture · Rehearsal, nothing charged' }])
  })

  it('stays in the window when notifications are refused', async () => {
    const studio = await suite.start()
    const page = await open(studio, 'denied')
    await hide(page, true)
    await page.locator('.scene-card').nth(2).click()
    await page.keyboard.press('r')
    await done(studio, 1)
    await see(page.locator('.toast').filter({ hasText: '1 take is ready' })).toBeVisible()
    expect(await told(page)).toEqual([])
    await page.keyboard.press('Control+,')
    await page.getByRole('tab', { name: 'Notifications' }).click()
    await see(page.getByText('Notifications are blocked for this page.')).toBeVisible()
  })

  it('asks for permission when they are turned on, and keeps silent while they are off', async () => {
    const studio = await suite.start()
    await studio.engine.call('settings.update', { patch: { notify: false } })
    const page = await open(studio, 'granted')
    await hide(page, true)
    await page.locator('.scene-card').nth(2).click()
    await page.keyboard.press('r')
    await done(studio, 1)
    await see(page.locator('.toast').filter({ hasText: '1 take is ready' })).toBeVisible()
    expect(await asked(page)).toBe(0)
    await page.keyboard.press('Control+,')
    await page.getByRole('tab', { name: 'Notifications' }).click()
    await page.getByRole('switch', { name: 'Tell when a batch ends' }).click()
    await see.poll(() => asked(page)).toBe(1)
    await startTakes(studio, ['6'])
    await done(studio, 2)
    await see.poll(() => told(page)).toHaveLength(1)
  })

  it('names what failed and what was charged', async () => {
    const studio = await suite.start({ paid: true })
    await studio.engine.call('project.update', { projectId: studio.projectId, patch: { cap: usdMicros(9_000_000) } })
    const page = await open(studio, 'granted')
    await hide(page, true)
    await page.evaluate(() => Notification.requestPermission())
    await studio.fake?.script({ job: { end: 'failed', error: 'The picture could not be made.' } })
    await startTakes(studio, ['5'], 'wavespeed')
    await until(studio, ({ takes }) => takes.some((take) => take.phase === 'failed'))
    await see.poll(async () => (await told(page))[0]?.title).toBe('1 take failed')
    expect((await told(page))[0]?.body).toMatch(/^The Long Pasture · \$0\.00 charged/)
  })
})
