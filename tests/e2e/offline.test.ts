import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { beforeEach, expect, it } from 'vitest'
import { usdMicros } from '../../shared/money.ts'
import { cardOf, complaintsOf, noComplaints, see, startTakes } from './support/pages.ts'
import { type SampleStudio, startSampleStudio, studioSuite, until } from './support/studio.ts'

const suite = studioSuite()
let studio: SampleStudio
let page: Page
let outside: string[]
let complaints: readonly string[]

/** A library with a paid take and a rehearsal, opened where the paid service cannot be reached and nothing else may be asked. */
beforeEach(async () => {
  const library = mkdtempSync(join(tmpdir(), 'takeboard-offline-'))
  suite.after(async () => rmSync(library, { recursive: true, force: true }))
  const before = await startSampleStudio(suite.rendererDir(), { library, paid: true })
  const baseUrl = before.fake?.baseUrl
  if (!baseUrl) throw new Error('The paid service runs.')
  await before.engine.call('project.update', { projectId: before.projectId, patch: { cap: usdMicros(9_000_000) } })
  await startTakes(before, ['1'], 'wavespeed')
  await startTakes(before, ['2'])
  await until(before, ({ takes }) => takes.length === 2 && takes.every(({ phase }) => phase === 'ready'))
  await before.close()

  studio = await suite.start({ library, baseUrl })
  page = await (await suite.browser().newContext({ viewport: { width: 1440, height: 900 } })).newPage()
  suite.after(() => page.context().close())
  outside = []
  const { origin } = new URL(studio.url())
  await page.context().route('**', (route) => {
    const url = new URL(route.request().url())
    if (url.origin === origin || url.protocol === 'blob:' || url.protocol === 'data:') return route.continue()
    outside.push(url.href)
    return route.abort()
  })
  complaints = complaintsOf(page)
  await page.goto(studio.url())
  await page.locator('.top-bar').getByText('The Long Pasture').waitFor()
})

/** Waits until a clip is shown and moves. */
async function seeItPlay(): Promise<void> {
  await see(page.locator('video').first()).toBeVisible()
  await page.waitForFunction(() => {
    const video = document.querySelector('video')
    return video !== null && video.readyState >= 2 && video.currentTime > 0
  })
}

it('shows the board, finds takes in the library and plays their clips without any network', async () => {
  await see(cardOf(page, '1')).toBeVisible()
  await cardOf(page, '1').click()
  await expect(studio.engine.call('provider.check', { provider: 'wavespeed' })).rejects.toMatchObject({
    code: 'provider-unreachable',
  })

  await page.getByRole('button', { name: /^Library/ }).click()
  const takes = page.getByRole('listbox', { name: 'Takes found' }).getByRole('option')
  await see(takes).toHaveCount(2)
  await page.getByRole('searchbox', { name: 'Find takes' }).fill('01-1')
  await see(takes).toHaveCount(1)
  // The poster of the paid clip is made here, from the clip.
  await page.waitForFunction(() =>
    [...document.querySelectorAll<HTMLImageElement>('.library-card img')].some(({ naturalWidth }) => naturalWidth > 0),
  )
  await page.getByRole('tab', { name: 'Storage' }).click()
  await page.getByRole('button', { name: 'Check all clips' }).click()
  await see(page.getByText('2 clips read: all there and unchanged.')).toBeVisible()

  await takes.first().dblclick()
  await seeItPlay()
  expect(outside).toEqual([])
  noComplaints(complaints)
})
