import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { BUNDLE_LIMITS } from '../../electron/engine/interchange/bundle-limits.ts'
import { withUnpacked } from '../../electron/engine/interchange/bundle-read.ts'
import { craftZip } from '../support/craft-zip.ts'
import { cardOf, complaintsOf, noComplaints, see } from './support/pages.ts'
import { studioSuite } from './support/studio.ts'

const suite = studioSuite()

let heard: readonly string[] = []
afterEach(() => noComplaints(heard))

async function start() {
  const studio = await suite.start()
  const page = await suite.page(studio)
  const menu = async (item: string) => {
    await page.getByRole('button', { name: /^Project: / }).click()
    await page.getByRole('menuitem', { name: item }).click()
  }
  const choose = async (buffer: Buffer) => {
    const file = { name: 'from-elsewhere.takeboard', mimeType: '', buffer }
    const dialog = page.getByRole('dialog', { name: 'Open a board file' })
    await dialog.locator('input[type=file][accept]').setInputFiles(file)
    return dialog
  }
  return { studio, page, menu, choose }
}

describe('bundles in the studio', () => {
  it('saves the board as one file, which opens as a project beside it', async () => {
    const { studio, page, menu, choose } = await start()
    heard = complaintsOf(page)
    const [download] = await Promise.all([page.waitForEvent('download'), menu('Export bundle')])
    expect(download.suggestedFilename()).toBe('The Long Pasture.takeboard')
    await see(page.getByText('The Long Pasture.takeboard saved')).toBeVisible()
    const bytes = readFileSync(await download.path())
    const text = await withUnpacked(bytes, 'The bundle', async (path) => readFileSync(path, 'utf8'))
    expect(text).toBe((await studio.engine.call('board.export', { storyboardId: studio.storyboardId })).text)

    await menu('Open a board file')
    await choose(bytes)
    await see(page.getByRole('button', { name: 'Project: The Long Pasture 2' })).toBeVisible()
    await see(page.locator('.scene-card')).toHaveCount(12)
    await cardOf(page, '3').click()
    await see(page.getByRole('textbox', { name: 'Prompt' })).toHaveValue(/^@Mara slides the barn door open/)
    const { projects } = await studio.engine.call('studio.get', {})
    expect(projects.map(({ title }) => title).toSorted()).toEqual(['The Long Pasture', 'The Long Pasture 2'])
  })

  it('names what is wrong with a bundle, and adds nothing', async () => {
    const { studio, menu, choose } = await start()
    await menu('Open a board file')
    const board = { name: 'board.json', content: Buffer.from('{"takeboard":1,"titel":"x"}') }
    const program = { name: '<img src=x onerror=planted>.sh', content: Buffer.from('x') }
    const dialog = await choose(craftZip([board, program]))
    await see(dialog.getByRole('alert')).toContainText('The bundle has 2 mistakes')
    await see(dialog.getByRole('listitem').filter({ hasText: 'does not belong' })).toContainText('<img src=x')
    await choose(craftZip([{ name: '../board.json', content: Buffer.from('{}') }]))
    await see(dialog.getByRole('alert')).toContainText('invalid relative path')
    await choose(craftZip([board]))
    await see(dialog.getByRole('listitem').filter({ hasText: 'titel' })).toContainText('Did you mean title?')
    // As large as an image may be and more, to pass the limit of images; the engine's own answer is what comes back.
    await choose(Buffer.alloc(BUNDLE_LIMITS.imageBytes * 2))
    await see(dialog.getByRole('alert')).toContainText('is not a bundle that can be opened')
    expect((await studio.engine.call('studio.get', {})).projects).toHaveLength(1)
  })

  it('says what keeps a board from being handed on', async () => {
    const { studio, page, menu } = await start()
    heard = []
    const { scenes } = await studio.project()
    const [first] = scenes
    if (!first) throw new Error('The sample has scenes.')
    await studio.engine.call('scene.update', { sceneId: first.id, patch: { prompt: '' } })
    await menu('Export bundle')
    const toast = page.getByRole('region', { name: 'Notifications' })
    await see(toast).toContainText('is not complete enough for a file. Scene 1, prompt: This is empty.')
  })
})
