import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright/test'
import { afterEach, describe, it } from 'vitest'
import { TakeId } from '../../shared/ids.ts'
import { audit, THEMES } from './support/axe.ts'
import { clipBoard, openRoom } from './support/clips.ts'
import {
  clipFile,
  complaintsOfFfmpeg,
  factsOf,
  framesOf,
  packetsOf,
  WITHOUT_H264,
  written,
} from './support/exported.ts'
import { complaintsOf, noComplaints, see } from './support/pages.ts'
import { studioSuite } from './support/studio.ts'

const suite = studioSuite()
/** Four files are encoded, each decoded again, by however slow a machine. */
const PATIENCE_MS = 400_000
let heard: readonly string[] = []
afterEach(() => noComplaints(heard))

/** From a page that was just loaded. */
async function openPlaylists(page: Page): Promise<void> {
  await see(page.locator('.top-bar')).toContainText('The Long Pasture')
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('playlists')
  await see(page.getByRole('option', { name: /Open the playlists/ })).toBeVisible()
  await page.keyboard.press('Enter')
}

describe('an export', () => {
  it(
    'is lossless where clips agree, encoded where they do not or slates are wished, and can be given up',
    async () => {
      const studio = await suite.start({ paid: true })
      const { takeIds } = await clipBoard(studio, [['fps-24', 'small-24'], ['fps-24-b', 'silent-24'], ['fps-24-c']])
      const [[first = '', small = ''] = [], [second = '', silent = ''] = [], [third = ''] = []] = takeIds
      const list = (title: string, ids: readonly string[]) =>
        studio.engine.call('playlist.create', {
          projectId: studio.projectId,
          title,
          takeIds: ids.map((id) => TakeId.parse(id)),
        })
      await list('Agree', [first, second, third])
      await list('Mixed', [third, small, silent])
      const { wrong, check } = audit()
      const page = await suite.page(studio)
      heard = complaintsOf(page)
      await openRoom(page)
      await page.getByRole('button', { name: 'Playlists' }).click()
      await page.getByRole('menuitem', { name: 'The storyboard in order' }).click()
      const sources = page.getByRole('navigation', { name: 'Playlists' })
      const dialog = page.getByRole('dialog')
      const folder = join(studio.engine.libraryPath, 'exports')

      // A browser without H.264 and AAC makes what it can, and says so; slates are wished on top of that.
      await page.route('**/export-worker*.js', async (route) => {
        const reply = await route.fetch()
        await route.fulfill({ response: reply, body: `${WITHOUT_H264}\n${await reply.text()}` })
      })
      await sources.getByRole('button', { name: /^Mixed/ }).click()
      await page.getByRole('button', { name: 'Export', exact: true }).click()
      await see(dialog).toContainText('This browser cannot encode H.264, so the pictures are VP9')
      await see(dialog).toContainText('This browser cannot encode AAC, so the sound is Opus')
      await dialog.getByRole('textbox', { name: 'Name' }).fill('Other codecs')
      await dialog.getByRole('button', { name: 'Export 3 takes' }).click()
      const other = await written(page)
      see(await factsOf(other)).toMatchObject({ frames: 216, codecs: ['vp9', 'opus'] })
      see(await framesOf(page, [71, 72], 24)).toEqual([
        { clip: 'fps-24-c', frame: 71 },
        { clip: 'small-24', frame: 0 },
      ])
      see(complaintsOfFfmpeg(other)).toBe('')
      rmSync(other)
      await page.unrouteAll()
      await page.reload()
      await openPlaylists(page)

      // Copied: every packet is the clip's own.
      await sources.getByRole('button', { name: /^Agree/ }).click()
      await page.getByRole('button', { name: 'Export', exact: true }).click()
      await see(dialog).toContainText('Lossless')
      for (const theme of THEMES) {
        await studio.engine.call('settings.update', { patch: { theme } })
        await page.locator(`[data-theme="${theme}"]`).waitFor()
        await check(page, `a lossless export, ${theme}`)
      }
      await dialog.getByRole('button', { name: 'Export 3 takes' }).click()
      const copied = await written(page)
      see(copied).toBe(join(folder, 'Agree.mp4'))
      const names = ['fps-24', 'fps-24-b', 'fps-24-c'] as const
      see(await packetsOf(copied)).toEqual((await Promise.all(names.map((name) => packetsOf(clipFile(name))))).flat())
      see(await framesOf(page, [0, 119, 120, 215, 216, 287], 24)).toEqual([
        { clip: 'fps-24', frame: 0 },
        { clip: 'fps-24', frame: 119 },
        { clip: 'fps-24-b', frame: 0 },
        { clip: 'fps-24-b', frame: 95 },
        { clip: 'fps-24-c', frame: 0 },
        { clip: 'fps-24-c', frame: 71 },
      ])
      await dialog.getByRole('button', { name: 'Done' }).click()

      // Encoded: it says why, and what this browser cannot do; slates lie over the numbers at the lower edge.
      await sources.getByRole('button', { name: /^Mixed/ }).click()
      await page.getByRole('button', { name: 'Export', exact: true }).click()
      await see(dialog).toContainText('Encoded again')
      await see(dialog).toContainText(/Take 01-2 is \d+×\d+, the others are \d+×\d+\./)
      await see(dialog).toContainText('Take 02-2 has no sound')
      await dialog.getByRole('button', { name: 'Export 3 takes' }).click()
      const encoded = await written(page)
      see(readdirSync(folder).toSorted()).toEqual(['Agree.mp4', 'Mixed.mp4'])
      see(await framesOf(page, [0, 71, 72, 143, 144, 215], 24)).toEqual([
        { clip: 'fps-24-c', frame: 0 },
        { clip: 'fps-24-c', frame: 71 },
        { clip: 'small-24', frame: 0 },
        { clip: 'small-24', frame: 71 },
        { clip: 'silent-24', frame: 0 },
        { clip: 'silent-24', frame: 71 },
      ])
      const facts = await factsOf(encoded)
      see(facts.frames).toBe(216)
      see(Math.abs((facts.sound ?? 0) - 9)).toBeLessThan(0.05)
      see(complaintsOfFfmpeg(encoded)).toBe('')
      await dialog.getByRole('button', { name: 'Done' }).click()

      // Slates over agreeing clips, on the first frames only.
      await sources.getByRole('button', { name: /^Agree/ }).click()
      await page.getByRole('button', { name: 'Export', exact: true }).click()
      await see(dialog).toContainText('Lossless')
      await dialog.getByRole('switch', { name: 'Write slates into the pictures' }).click()
      await see(dialog).toContainText('Slates are written into the pictures. So the sequence is encoded again')
      await dialog.getByRole('checkbox', { name: 'Throughout' }).click()
      for (const part of ['Scene', 'Take', 'Seed', 'Date']) await dialog.getByRole('checkbox', { name: part }).click()
      await dialog.getByRole('textbox', { name: 'Name' }).fill('Agree')
      await dialog.getByRole('button', { name: 'Export 3 takes' }).click()
      see(await written(page)).toBe(join(folder, 'Agree 2.mp4'))
      const slated = await framesOf(page, [0, 23, 24, 119, 120, 143, 144], 24)
      see(slated.map(({ clip }) => clip)).toEqual([...Array(4).fill('fps-24'), ...Array(3).fill('fps-24-b')])
      // The band hides the numbers, but for the first bit, where its text is.
      see(slated.map(({ frame }) => frame & 254)).toEqual([0, 0, 24, 118, 0, 0, 24])
      await dialog.getByRole('button', { name: 'Done' }).click()

      // Given up: nothing is left of it.
      await page.getByRole('button', { name: 'Export', exact: true }).click()
      await dialog.getByRole('switch', { name: 'Write slates into the pictures' }).click()
      await dialog.getByRole('button', { name: 'Export 3 takes' }).click()
      await see(dialog).toContainText(/Frame \d+ of 288/)
      await dialog.getByRole('button', { name: 'Cancel the export' }).click()
      await see(dialog).toContainText('Export as one MP4')
      await see.poll(() => readdirSync(folder).toSorted()).toEqual(['Agree 2.mp4', 'Agree.mp4', 'Mixed.mp4'])

      // A window that is closed leaves nothing either.
      await dialog.getByRole('button', { name: 'Export 3 takes' }).click()
      await see(dialog).toContainText(/Frame \d+ of 288/)
      see(readdirSync(folder)).toHaveLength(4)
      await page.goto('about:blank')
      await see.poll(() => readdirSync(folder)).toHaveLength(3)
      await page.goBack()
      await openPlaylists(page)
      await sources.getByRole('button', { name: /^Agree/ }).click()
      for (const theme of THEMES) {
        await studio.engine.call('settings.update', { patch: { theme } })
        await page.locator(`[data-theme="${theme}"]`).waitFor()
        await check(page, `a playlist, ${theme}`)
      }
      await page.getByRole('button', { name: 'Export', exact: true }).click()
      await see(dialog).toContainText('Lossless')

      // A clip that was changed is named before anything is written.
      const [take] = (await studio.project()).takes.filter(({ id }) => id === second)
      const path = join(
        studio.engine.libraryPath,
        'clips',
        take?.clip?.sha256.slice(0, 2) ?? '',
        `${take?.clip?.sha256}.mp4`,
      )
      const bytes = readFileSync(path)
      bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1)
      writeFileSync(path, bytes)
      await dialog.getByRole('button', { name: 'Export 3 takes' }).click()
      await see(dialog).toContainText('The clip of 02-1 was changed since it was downloaded. Nothing was written.')
      see(readdirSync(folder)).toHaveLength(3)
      await check(page, 'an export that failed')
      see(wrong).toEqual([])

      // One that is missing is named before anybody asks for the file, and can be left out.
      rmSync(path)
      await dialog.getByRole('button', { name: 'Back to the export' }).click()
      await see(dialog).toContainText('The clip of 02-1 is missing.')
      await see(dialog.getByRole('button', { name: /^Export/ })).toBeDisabled()
      await dialog.getByRole('button', { name: 'Leave it out' }).click()
      await see(dialog).toContainText('Lossless')
      await dialog.getByRole('button', { name: 'Export 2 takes' }).click()
      see(await packetsOf(await written(page))).toHaveLength(192)
      // The browser says by itself what it did not find.
      heard = heard.filter((complaint) => !complaint.includes('404'))
    },
    PATIENCE_MS,
  )
})
