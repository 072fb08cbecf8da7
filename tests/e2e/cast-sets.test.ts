import type { Page } from 'playwright'
import { describe, expect, it } from 'vitest'
import { see, startTakes } from './support/pages.ts'
import { pictureFile, type SampleStudio, studioSuite, until } from './support/studio.ts'

const suite = studioSuite()

const castsOf = async (studio: SampleStudio) =>
  (await studio.project()).casts.map(({ title, references }) => [title, references.length])

const undo = (page: Page) => page.getByRole('button', { name: 'Undo', exact: true }).click()
const said = (page: Page, text: string) => see(page.getByText(text).first()).toBeVisible()
const row = (page: Page, title: string) =>
  page.getByRole('list', { name: 'Casts' }).getByRole('button', { name: new RegExp(`^${title} (used by|Not used)`) })
const panelOf = (page: Page) => page.getByRole('complementary', { name: 'Reference', exact: true })

async function more(page: Page, of: string, item: string): Promise<void> {
  await page.getByRole('button', { name: `More for ${of}` }).click()
  await page.getByRole('menuitem', { name: item }).click()
}

async function openCast(studio: SampleStudio): Promise<Page> {
  const page = await suite.page(studio)
  await page.keyboard.press('Control+4')
  await see(page.getByRole('button', { name: /^Image 1, / })).toBeVisible()
  return page
}

describe('several casts', () => {
  it('are made, named, copied, given to a storyboard and removed, each with a way back', async () => {
    const studio = await suite.start()
    const page = await openCast(studio)
    await see(row(page, 'Main cast')).toHaveAccessibleName('Main cast used by The Long Pasture 7 images')
    await page.getByRole('button', { name: 'New set' }).click()
    await said(page, 'Nobody in the cast yet')
    await said(page, 'The Long Pasture uses Main cast.')
    await more(page, 'Cast 2', 'Rename')
    await page.getByLabel('Name of the cast').fill('Winter coats')
    await page.keyboard.press('Enter')
    await see(row(page, 'Winter coats')).toHaveAccessibleName('Winter coats Not used 0 images')

    await row(page, 'Main cast').click()
    await page.getByRole('button', { name: 'Duplicate set' }).click()
    await see(page.getByRole('heading', { name: 'Main cast copy' })).toBeVisible()
    await page.getByRole('button', { name: 'Use in this storyboard' }).click()
    await said(page, 'The Long Pasture now uses Main cast copy')
    await see(row(page, 'Main cast copy')).toHaveAccessibleName(/used by The Long Pasture/)
    await page.getByRole('button', { name: 'More for Main cast copy' }).click()
    await see(page.getByRole('menuitem', { name: 'Remove' })).toBeDisabled()
    await page.keyboard.press('Escape')
    await undo(page)
    await see(row(page, 'Main cast copy')).toHaveAccessibleName(/Not used/)

    await more(page, 'Main cast copy', 'Remove')
    await said(page, 'Main cast copy removed')
    await see(page.getByRole('heading', { name: 'Main cast', exact: true })).toBeVisible()
    await undo(page)
    await see(row(page, 'Main cast copy')).toBeVisible()
    expect(await castsOf(studio)).toEqual([
      ['Main cast', 7],
      ['Winter coats', 0],
      ['Main cast copy', 7],
    ])

    // A cast without those the prompts mention is taken, and it says how many scenes miss somebody.
    await more(page, 'Winter coats', 'Use in The Long Pasture')
    await said(page, '12 scenes mention somebody who is not in it.')
    const { storyboards, casts } = await studio.project()
    expect(storyboards[0]?.castId).toBe(casts[1]?.id)
  })

  it('take images from each other, by dragging and from the menu', async () => {
    const studio = await suite.start()
    const { castId } = await studio.engine.call('cast.create', { projectId: studio.projectId, title: 'Winter coats' })
    const page = await openCast(studio)
    await page.getByRole('button', { name: /^Image 4, Juniper/ }).dragTo(row(page, 'Winter coats'))
    await said(page, 'Juniper added to Winter coats')
    await undo(page)
    await see(row(page, 'Winter coats')).toHaveAccessibleName(/0 images/)
    await page.getByRole('button', { name: /^Image 1, Mara/ }).click()
    await panelOf(page).getByRole('button', { name: 'Add to' }).click()
    await page.getByRole('menuitem', { name: 'Winter coats' }).click()
    await see(row(page, 'Winter coats')).toHaveAccessibleName(/1 image/)
    const { casts } = await studio.project()
    const [own, target] = [casts[0], casts.find(({ id }) => id === castId)]
    expect(own?.references).toHaveLength(7)
    expect(target?.references.map(({ name, image }) => [name, image.sha256])).toEqual([
      ['Mara', own?.references[0]?.image.sha256],
    ])
  })
})

describe('a character', () => {
  it('is renamed everywhere, with its mentions, and all comes back at once', async () => {
    const studio = await suite.start()
    const before = await studio.project()
    const mentions = before.scenes.filter(({ prompt }) => prompt.includes('@Mara')).length
    const page = await openCast(studio)
    await more(page, 'Mara', 'Rename everywhere')
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Maren')
    await see(dialog.getByText(`Rename @Mara to @Maren in ${mentions} scenes too`)).toBeVisible()
    await dialog.getByRole('button', { name: 'Rename' }).click()
    await said(page, 'Mara is now Maren')
    await said(page, `In 3 images and ${mentions} prompts.`)
    await see(page.getByRole('button', { name: /^Image 3, Maren/ })).toBeVisible()
    const after = await studio.project()
    expect(after.scenes.filter(({ prompt }) => prompt.includes('@Maren')).length).toBe(mentions)
    expect(after.scenes.some(({ prompt }) => prompt.includes('@Mara '))).toBe(false)
    await undo(page)
    await see(page.getByRole('button', { name: /^Image 3, Mara,/ })).toBeVisible()
    const back = await studio.project()
    expect(back.scenes).toEqual(before.scenes)
    expect(back.casts).toEqual(before.casts)

    // Without the mentions, and into a name that is there.
    await more(page, 'Mara', 'Rename everywhere')
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Juniper')
    await see(dialog.getByText('Juniper is in the cast already: 3 images join it.')).toBeVisible()
    await dialog.getByRole('checkbox').click()
    await dialog.getByRole('button', { name: 'Join' }).click()
    await said(page, 'Mara is now Juniper')
    expect((await studio.project()).scenes).toEqual(before.scenes)
  })

  it('has its images together, in their order, and takes an image of another', async () => {
    const studio = await suite.start()
    const page = await openCast(studio)
    await page.getByRole('button', { name: 'By character' }).click()
    const group = (name: string) => page.getByRole('list', { name: `Images of ${name}` })
    await see(group('Mara').getByRole('button')).toHaveCount(3)
    await see(group('Juniper').getByRole('button')).toHaveCount(3)
    const sent = async () => (await studio.project()).casts[0]?.references.map(({ image }) => image.sha256) ?? []
    const [first, second, third] = await sent()

    await group('Mara').getByRole('button').nth(2).focus()
    await page.keyboard.press('ArrowDown')
    await see(group('Juniper').getByRole('button').nth(2)).toBeFocused()
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Alt+ArrowLeft')
    await see(group('Mara').getByRole('button', { name: /^Image 2,/ })).toBeFocused()
    await see(page.getByText('Now image 2 of 7.')).toBeAttached()
    expect((await sent()).slice(0, 3)).toEqual([first, third, second])
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Alt+ArrowRight')
    await see(page.getByText('This is the end of Mara.')).toBeAttached()
    expect((await sent()).slice(0, 3)).toEqual([first, third, second])

    await group('Together').getByRole('button').dragTo(group('Juniper').getByRole('button').first())
    await said(page, 'This image now shows Juniper')
    await see(group('Juniper').getByRole('button')).toHaveCount(4)
    await page.reload()
    await page.locator('.top-bar').getByText('The Long Pasture').waitFor()
    await page.keyboard.press('Control+4')
    await see(group('Juniper').getByRole('button')).toHaveCount(4)
    await see(group('Together')).toHaveCount(0)
  })
})

describe('the picture of a reference', () => {
  it('is replaced once it is said which takes that marks, and can be had back', { timeout: 120_000 }, async () => {
    const studio = await suite.start()
    const isReady = (phase: string) => phase === 'ready'
    await startTakes(studio, ['2', '3'])
    await until(studio, ({ takes }) => takes.length === 2 && takes.every(({ phase }) => isReady(phase)))
    const page = await openCast(studio)
    const panel = panelOf(page)
    await see(panel.getByRole('region', { name: 'Takes' })).toContainText('2 takes made with this image')
    await panel.locator('input[type=file]').setInputFiles([pictureFile('mara-new.png', 900, 1200)])
    const dialog = page.getByRole('dialog')
    await see(dialog).toContainText('2 takes of scenes 02 and 03 were made with the old image')
    await dialog.getByRole('button', { name: 'Replace the image' }).click()
    await said(page, 'Image of Mara replaced')
    await said(page, '2 takes are marked as changed since.')
    await until(studio, ({ takes }) => takes.every(({ stale }) => stale.includes('references')))
    await see(panel).toContainText('No take made with this image yet')
    const earlier = panel.getByRole('list', { name: 'Earlier images' })
    await see(earlier).toContainText('2 takes, show')
    await earlier.getByRole('button', { name: 'Use again' }).click()
    await see(panel).toContainText('2 takes made with this image')
    await until(studio, ({ takes }) => takes.every(({ stale }) => stale.length === 0))
    await undo(page)
    await until(studio, ({ takes }) => takes.every(({ stale }) => stale.includes('references')))
    await earlier.getByRole('button', { name: '2 takes, show' }).click()
    await see(page.locator('[data-board] [data-scene][aria-selected=true]')).toHaveCount(2)
  })
})
