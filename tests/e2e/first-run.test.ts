import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Page } from 'playwright'
import { afterEach, describe, expect, it } from 'vitest'
import { cardOf, type EmptyStudio, noComplaints, openListened, see, startEmptyStudio } from './support/pages.ts'
import { pictureFile, studioSuite } from './support/studio.ts'

const suite = studioSuite()
const SAMPLE = resolve(import.meta.dirname, '../../resources/sample')

let heard: readonly string[] = []
afterEach(() => noComplaints(heard))

async function firstRun(): Promise<{ studio: EmptyStudio; page: Page }> {
  const studio = await startEmptyStudio(suite.rendererDir())
  suite.after(studio.close)
  const { page, complaints } = await openListened(suite.browser(), studio.url())
  heard = complaints
  suite.after(() => page.context().close())
  await see(page.getByRole('heading', { name: 'Plan the film before you pay for it.' })).toBeVisible()
  return { studio, page }
}

/** Adds files to a dialog that asks for them. */
const chooseFiles = (page: Page, files: readonly { name: string; mimeType: string; buffer: Buffer }[]) =>
  page
    .getByRole('dialog')
    .locator('input[type=file][accept]')
    .setInputFiles([...files])

const boardFile = (text: string) => ({
  name: 'film.board.json',
  mimeType: 'application/json',
  buffer: Buffer.from(text),
})

describe('the first run', () => {
  it('opens the sample: twelve scenes, their cast, and pictures of each', async () => {
    const { page } = await firstRun()
    await page.getByRole('button', { name: 'Open sample' }).click()
    await see(page.locator('.scene-card')).toHaveCount(12)
    await see(cardOf(page, '12')).toContainText('Last light')
    await see(page.getByRole('heading', { name: 'Cast · 7 of 9' })).toBeVisible()
    await see
      .poll(() =>
        page
          .locator('.scene-card .frame img')
          .evaluateAll((images) => images.filter((image) => (image as HTMLImageElement).naturalWidth > 0).length),
      )
      .toBe(12)
  })

  it('starts a board: an image for the cast, a prompt with a mention, a rehearsal that plays', async () => {
    const { page } = await firstRun()
    await page.getByRole('button', { name: 'New board' }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill('Night ferry')
    await page.keyboard.press('Enter')
    await see(page.getByRole('heading', { name: 'No scenes yet' })).toBeVisible()

    await page.locator('.cast-strip input[type=file]').setInputFiles(pictureFile('Nadia.png', 600, 800))
    await see(page.getByRole('heading', { name: 'Cast · 1 of 9' })).toBeVisible()

    await page.getByRole('button', { name: 'Add a scene' }).click()
    await see(cardOf(page, '1')).toHaveAttribute('aria-selected', 'true')
    await page.getByRole('textbox', { name: 'Scene title' }).fill('Departure')
    const prompt = page.getByRole('textbox', { name: 'Prompt' })
    await prompt.focus()
    await prompt.pressSequentially('The ramp closes behind @Na')
    await see(page.getByRole('option', { name: 'Nadia' })).toHaveAttribute('aria-selected', 'true')
    await prompt.press('Enter')
    await prompt.pressSequentially('in the rain.')
    await see(prompt).toHaveValue('The ramp closes behind @Nadia in the rain.')
    await see(cardOf(page, '1').locator('b')).toHaveText('@Nadia')

    await page.getByRole('button', { name: 'Rehearse take 1' }).click()
    await see(cardOf(page, '1')).toHaveAttribute('data-state', 'ready')
    await page.getByRole('button', { name: 'Play take 1' }).click()
    const video = page.locator('.slot video')
    await see.poll(() => video.evaluate((element) => (element as HTMLVideoElement).currentTime)).toBeGreaterThan(0.3)
    expect(await video.evaluate((element) => (element as HTMLVideoElement).videoWidth)).toBeGreaterThan(0)
  })

  it('brings in a board file with its images', async () => {
    const { page } = await firstRun()
    await page.getByRole('button', { name: 'Choose file' }).click()
    const names = ['mara-front', 'mara-profile', 'mara-full', 'juniper-head', 'juniper-side', 'juniper-walk']
    await chooseFiles(page, [
      boardFile(readFileSync(join(SAMPLE, 'the-long-pasture.board.json'), 'utf8')),
      ...[...names, 'mara-and-juniper'].map((name) => ({
        name: `${name}.png`,
        mimeType: 'image/png',
        buffer: readFileSync(join(SAMPLE, 'cast', `${name}.png`)),
      })),
    ])
    await see(page.locator('.scene-card')).toHaveCount(12)
    await see(page.getByRole('dialog')).toHaveCount(0)
    await cardOf(page, '3').click()
    await see(page.getByRole('textbox', { name: 'Prompt' })).toHaveValue(/^@Mara slides the barn door open/)
  })

  it('lists every mistake of a faulty board file, and adds nothing', async () => {
    const { page, studio } = await firstRun()
    await page.getByRole('button', { name: 'Choose file' }).click()
    const dialog = page.getByRole('dialog', { name: 'Open a board file' })
    await chooseFiles(page, [boardFile('{ "takeboard": 1,')])
    await see(dialog.getByRole('alert')).toContainText('has 1 mistake')

    await chooseFiles(page, [
      boardFile(
        JSON.stringify({
          takeboard: 1,
          titel: 'Ferry',
          cast: [{ name: 'Nadia', image: 'nadia.png' }],
          scenes: [
            { prompt: '@Nadja waits', duration: 40 },
            { prompt: 'Rain', seed: 0, aspect_ratio: '2:1' },
          ],
        }),
      ),
      pictureFile('nadia.png', 600, 800),
    ])
    const mistakes = dialog.getByRole('listitem')
    await see(mistakes.filter({ hasText: 'titel' })).toContainText('Did you mean title?')
    await see(mistakes.filter({ hasText: 'scenes[0].duration' })).toContainText('Found 40')
    await see(mistakes.filter({ hasText: 'scenes[0].prompt' })).toContainText('Nadia')
    await see(mistakes.filter({ hasText: 'scenes[1].seed' })).toContainText('2147483647')
    await see(mistakes.filter({ hasText: 'scenes[1].aspect_ratio' })).toContainText('16:9')

    await chooseFiles(page, [
      boardFile('{ "takeboard": 1, "cast": [{ "name": "Nadia", "image": "a/b.png" }], "scenes": [] }'),
    ])
    await see(dialog.getByRole('alert')).toContainText('a/b.png')
    expect((await studio.engine.call('studio.get', {})).projects).toEqual([])
  })
})
