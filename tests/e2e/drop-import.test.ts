import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Page } from 'playwright'
import { afterEach, describe, expect, it } from 'vitest'
import { complaintsOf, noComplaints, openListened, see, startEmptyStudio } from './support/pages.ts'
import { pictureFile, studioSuite } from './support/studio.ts'

const suite = studioSuite()
const SAMPLE = resolve(import.meta.dirname, '../../resources/sample')
let heard: readonly string[] = []
afterEach(() => noComplaints(heard))

interface Dropped {
  readonly name: string
  readonly mimeType: string
  readonly buffer: Buffer
}
const overlay = (page: Page) => page.locator('.drop-overlay')

/** Drags files over the window as a file manager does, up to an event. */
async function drag(page: Page, files: readonly Dropped[], events: readonly string[]): Promise<void> {
  const sent = files.map(({ name, mimeType, buffer }) => ({ name, mimeType, data: buffer.toString('base64') }))
  await page.evaluate(
    ({ files: given, events: names }) => {
      const held = new DataTransfer()
      for (const { name, mimeType, data } of given) {
        const bytes = Uint8Array.from(atob(data), (char) => char.charCodeAt(0))
        held.items.add(new File([bytes], name, { type: mimeType }))
      }
      const target = document.querySelector('main') ?? document.body
      for (const name of names)
        target.dispatchEvent(new DragEvent(name, { bubbles: true, cancelable: true, dataTransfer: held }))
    },
    { files: sent, events: [...events] },
  )
}
const board = (text: string, name = 'film.board.json'): Dropped => ({
  name,
  mimeType: 'application/json',
  buffer: Buffer.from(text),
})
const castImages = () =>
  ['mara-front', 'mara-profile', 'mara-full', 'juniper-head', 'juniper-side', 'juniper-walk', 'mara-and-juniper'].map(
    (name) => ({
      name: `${name}.png`,
      mimeType: 'image/png',
      buffer: readFileSync(join(SAMPLE, 'cast', `${name}.png`)),
    }),
  )

describe('dropping a board on the window', () => {
  it('brings it in from the start screen, and says what would happen before it is let go', async () => {
    const studio = await startEmptyStudio(suite.rendererDir())
    suite.after(studio.close)
    const { page, complaints } = await openListened(suite.browser(), studio.url())
    suite.after(() => page.context().close())
    heard = complaints
    await see(page.getByRole('heading', { name: 'Plan the film before you pay for it.' })).toBeVisible()
    const files = [board(readFileSync(join(SAMPLE, 'the-long-pasture.board.json'), 'utf8')), ...castImages()]
    await drag(page, files, ['dragenter', 'dragover'])
    await see(overlay(page)).toContainText('Drop the board here')
    await drag(page, files, ['dragleave'])
    await see(overlay(page)).toHaveCount(0)
    await drag(page, files, ['dragenter', 'dragover', 'drop'])
    await see(page.locator('.scene-card')).toHaveCount(12)
    await see(overlay(page)).toHaveCount(0)
    await see(page.getByRole('dialog')).toHaveCount(0)
  })

  it('brings in a bundle beside the open project', async () => {
    const studio = await suite.start()
    const page = await suite.page(studio)
    heard = complaintsOf(page)
    await page.getByRole('button', { name: /^Project: / }).click()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'Export bundle' }).click(),
    ])
    const buffer = readFileSync(await download.path())
    await drag(page, [{ name: 'film.takeboard', mimeType: '', buffer }], ['dragenter', 'drop'])
    await see(page.getByRole('button', { name: 'Project: The Long Pasture 2' })).toBeVisible()
    await see(page.locator('.scene-card')).toHaveCount(12)
    expect((await studio.engine.call('studio.get', {})).projects).toHaveLength(2)
  })

  it('shows the mistakes of a faulty board', async () => {
    const studio = await suite.start()
    const page = await suite.page(studio)
    heard = complaintsOf(page)
    await drag(page, [board('{ "takeboard": 1, "title": 3, "cast": [], "scenes": [{}] }')], ['dragenter', 'drop'])
    const dialog = page.getByRole('dialog', { name: 'Open a board file' })
    await see(dialog.getByRole('alert')).toBeVisible()
    await see(dialog.getByRole('listitem').first()).toBeVisible()
    expect((await studio.engine.call('studio.get', {})).projects).toHaveLength(1)
  })

  it('leaves pictures to the board and the cast, and says so when there is no board', async () => {
    const studio = await suite.start()
    const page = await suite.page(studio)
    heard = complaintsOf(page)
    await drag(page, [pictureFile('mara.png', 60, 80)], ['dragenter', 'dragover'])
    await see(overlay(page)).toHaveCount(0)
    await drag(page, [board('{}', 'notes.json')], ['dragenter', 'drop'])
    await see(page.locator('.toast')).toContainText('There is no board among those files')
  })
})
