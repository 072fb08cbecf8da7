import { copyFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Page } from 'playwright/test'
import { afterEach, describe, it } from 'vitest'
import { violationsOn } from './support/axe.ts'
import { clipBoard, seenIn, settled } from './support/clips.ts'
import { film } from './support/numbered-clips.ts'
import { complaintsOf, noComplaints, see } from './support/pages.ts'
import { type SampleStudio, studioSuite, until } from './support/studio.ts'

const suite = studioSuite()
let heard: readonly string[] = []
// Browsers report every clip that is not there.
afterEach(() => noComplaints(heard.filter((complaint) => !complaint.includes('status of 404'))))

const DAY = 24 * 60 * 60 * 1000

/** The stored file of a take. */
async function fileOf(studio: SampleStudio, scene: number, number: number): Promise<string> {
  const { scenes, takes, storyboards } = await studio.project()
  const board = storyboards.find(({ title }) => title === 'Clips')
  const sceneId = scenes.find((each) => each.storyboardId === board?.id && each.number === String(scene))?.id
  const clip = takes.find((take) => take.sceneId === sceneId && take.number === number)?.clip
  if (!clip) throw new Error(`Take ${number} of scene ${scene} has no clip.`)
  return join(studio.engine.libraryPath, 'clips', clip.sha256.slice(0, 2), `${clip.sha256}.mp4`)
}

async function openBoard(page: Page): Promise<void> {
  await page
    .locator('.rail')
    .getByRole('button', { name: /^Clips/ })
    .click()
  await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: 'Review' }).click()
}

describe('a clip whose file is not what it was', () => {
  it('says so, and comes back from the service, from another place or by hand', async () => {
    const studio = await suite.start({ paid: true })
    const desk = mkdtempSync(join(tmpdir(), 'takeboard-broken-'))
    suite.after(async () => rmSync(desk, { recursive: true, force: true }))
    const { storyboardId, sceneIds } = await clipBoard(studio, [['fps-24', 'fps-24-b', 'fps-24-c'], ['small-24']])

    // What the service made of scene 2 the second time is a clip with bytes that no decoder knows.
    const odd = join(desk, 'odd.mp4')
    const bytes = readFileSync(resolve(import.meta.dirname, '../fixtures/clips/small-24.mp4'))
    writeFileSync(odd, Buffer.concat([bytes.subarray(0, 32), Buffer.alloc(20_000, 7)]))
    await studio.fake?.script({ jobs: [{ when: { prompt: 'Clip small-24.mp4' }, plan: { clipFile: odd } }] })
    await film(studio, storyboardId, sceneIds.slice(1))
    await until(studio, ({ takes }) => takes.length === 5 && takes.every(({ phase }) => phase === 'ready'))

    const [gone, cut, altered] = [await fileOf(studio, 1, 1), await fileOf(studio, 1, 2), await fileOf(studio, 1, 3)]
    const copyOf = (file: string, name: string): string => {
      copyFileSync(file, join(desk, name))
      return join(desk, name)
    }
    const [first, second, third] = [
      copyOf(gone, 'from the other disk.mp4'),
      copyOf(cut, '2.mp4'),
      copyOf(altered, '3.mp4'),
    ]
    rmSync(gone)
    truncateSync(cut, 5000)
    writeFileSync(altered, readFileSync(altered).fill(7))

    const page = await suite.page(studio)
    heard = complaintsOf(page)
    await openBoard(page)
    const room = page.getByRole('region', { name: 'Picture' })
    const notice = room.getByRole('alert')

    // The same size and other bytes: the service is asked for it again.
    await see(notice).toContainText('Take 3: The clip is not the one that was stored')
    await see(notice).toContainText('this one is from today, so 7 days are left. Downloading it again costs nothing.')
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await notice.getByRole('button', { name: 'Show in folder' }).click()
    await see(page.locator('.toast').filter({ hasText: 'Path copied' })).toContainText(altered)
    for (const theme of ['light', 'dark'] as const) {
      await studio.engine.call('settings.update', { patch: { theme } })
      await page.locator(`[data-theme="${theme}"]`).waitFor()
      see(await violationsOn(page)).toEqual([])
    }
    const jobs = studio.fake?.ledger().jobs.length
    await notice.getByRole('button', { name: 'Download again' }).click()
    await settled(page, 0)
    await see(notice).toHaveCount(0)
    see(await seenIn(page)).toEqual([{ clip: 'fps-24-c', frame: 0 }])
    see(readFileSync(altered).equals(readFileSync(third))).toBe(true)
    see(studio.fake?.ledger().jobs).toHaveLength(jobs ?? -1)

    // Not there: a file with other bytes is refused, the right one is taken under any name.
    await page.getByRole('button', { name: 'Look at take 1' }).click()
    await see(notice).toContainText('Take 1: The clip is not in the library')
    await notice.getByRole('button', { name: 'Locate' }).click()
    const dialog = page.getByRole('dialog', { name: 'Locate the clip of 01-1' })
    await dialog.getByRole('textbox', { name: 'Path of the file' }).fill(second)
    await dialog.getByRole('button', { name: 'Put it back' }).click()
    await see(dialog.getByText(/is not the clip of take/)).toBeVisible()
    await dialog.getByRole('textbox', { name: 'Path of the file' }).fill(first)
    await dialog.getByRole('button', { name: 'Put it back' }).click()
    await settled(page, 0)
    await see(notice).toHaveCount(0)
    see(await seenIn(page)).toEqual([{ clip: 'fps-24', frame: 0 }])

    // Cut short, and no longer at the service: the take stays, says both, and is there again once its file is.
    await studio.fake?.script({ download: [{ reply: 'status', status: 404, times: 'always' }] })
    await page.getByRole('button', { name: 'Look at take 2' }).click()
    await see(notice).toContainText('Take 2: The clip is not the one that was stored')
    await notice.getByRole('button', { name: 'Download again' }).click()
    await see(room.getByText('Take 2: downloading its clip again')).toBeVisible()
    await see(notice).toContainText('The last download failed: The service no longer hands out the clip', {
      timeout: 60_000,
    })
    await page.clock.setFixedTime(Date.now() + 9 * DAY)
    await notice.getByRole('button', { name: 'Look again' }).click()
    await see(notice).toContainText('The service keeps clips for about 7 days, and this one is 9 days old.')
    await see(notice.getByRole('button', { name: 'Download again' })).toHaveCount(0)
    await see(page.getByRole('list', { name: 'Takes of the scene' }).getByRole('listitem')).toHaveCount(3)
    copyFileSync(second, cut)
    await notice.getByRole('button', { name: 'Look again' }).click()
    await settled(page, 0)
    await see(notice).toHaveCount(0)
    see(await seenIn(page)).toEqual([{ clip: 'fps-24-b', frame: 0 }])

    // The very bytes that came, and nothing this browser can show.
    await page.getByRole('button', { name: /^Scene 02,/ }).click()
    await see(notice).toContainText('Take 2: The clip cannot be shown')
    await see(notice).toContainText('Its file is as it came')
    await see(notice.getByRole('button', { name: 'Locate' })).toHaveCount(0)
    await see(notice.getByRole('button', { name: 'Show in folder' })).toBeVisible()
    await page.keyboard.press('ArrowUp')
    await settled(page, 0)
    see(await seenIn(page)).toEqual([{ clip: 'small-24', frame: 0 }])
  })
})
