import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { violationsOn } from './support/axe.ts'
import { complaintsOf, noComplaints, see, startTakes } from './support/pages.ts'
import { openPage, type SampleStudio, studioSuite, until } from './support/studio.ts'

const suite = studioSuite()
let desk: string
let studio: SampleStudio
let page: Page
let complaints: readonly string[]

const cards = () => page.getByRole('listbox', { name: 'Takes found' }).getByRole('option')
const card = (slate: string) => page.getByRole('option', { name: new RegExp(`^Take ${slate},`) })
const storage = () => page.getByRole('tab', { name: 'Storage' }).click()
const again = () =>
  page.getByRole('complementary', { name: 'Takes and storage' }).getByRole('button', { name: 'Try again' })
const part = (name: string) => page.getByRole('region', { name, exact: true })

async function takeOf(number: string) {
  const { scenes, takes } = await studio.project()
  const scene = scenes.find((each) => each.number === number)
  const take = takes.find(({ sceneId }) => sceneId === scene?.id)
  if (!take?.clip) throw new Error(`Scene ${number} has no take.`)
  const { sha256 } = take.clip
  return { take, file: join(studio.engine.libraryPath, 'clips', sha256.slice(0, 2), `${sha256}.mp4`) }
}

/** Rehearsals of scenes 1, 2 and 4, and the library opened from the rail. */
beforeEach(async () => {
  desk = mkdtempSync(join(tmpdir(), 'takeboard-desk-'))
  vi.stubEnv('XDG_DATA_HOME', join(desk, 'data'))
  studio = await suite.start()
  await startTakes(studio, ['1', '2', '4'])
  await until(studio, ({ takes }) => takes.every(({ phase }) => phase === 'ready'))
  page = await suite.page(studio)
  complaints = complaintsOf(page)
  await page.getByRole('button', { name: /^Library/ }).click()
  await see(cards()).toHaveCount(3)
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(desk, { recursive: true, force: true })
})

describe('finding takes', () => {
  it('narrows by words and facets, keeps them over a change of view, and shows all again', async () => {
    const { take } = await takeOf('2')
    await page.getByRole('searchbox', { name: 'Find takes' }).fill('02-1')
    await see(cards()).toHaveCount(1)
    await see(page.getByRole('status').filter({ hasText: '1 take' })).toBeVisible()
    await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: 'Board' }).click()
    await page.getByRole('button', { name: /^Library/ }).click()
    await see(cards()).toHaveCount(1)
    await page.getByRole('searchbox', { name: 'Find takes' }).fill('nowhere at all')
    await see(page.getByText('No take is like that')).toBeVisible()
    await page
      .getByRole('complementary', { name: 'Find takes' })
      .getByRole('button', { name: 'Show all takes' })
      .click()
    await see(cards()).toHaveCount(3)

    await page.getByRole('textbox', { name: 'Seed' }).fill(String(take.request.seed))
    await page.keyboard.press('Enter')
    await see(card('02-1')).toBeVisible()
    await page.getByRole('textbox', { name: 'Seed' }).fill('x')
    await page.keyboard.press('Enter')
    await see(page.getByRole('textbox', { name: 'Seed' })).toHaveAttribute('aria-invalid', 'true')
    await page.getByRole('button', { name: 'Show all takes' }).click()
    await page.getByRole('button', { name: 'Made by: All' }).click()
    await page.getByRole('menuitemcheckbox', { name: 'Paid takes' }).click()
    await see(page.getByText('No take is like that')).toBeVisible()
    noComplaints(complaints)
  })

  it('judges several at once by keys, opens one, and finds its scene', async () => {
    await card('01-1').click()
    await card('02-1').click({ modifiers: ['Control'] })
    await see(page.getByRole('heading', { name: '2 takes chosen' })).toBeVisible()
    await page.keyboard.press('4')
    await until(studio, ({ takes }) => takes.filter(({ rating }) => rating === 4).length === 2)
    await see(card('02-1')).toHaveAccessibleName(/4 of 5 stars/)
    await page.getByRole('button', { name: 'Green', exact: true }).click()
    await until(studio, ({ takes }) => takes.filter(({ label }) => label === 'green').length === 2)
    await page.getByRole('button', { name: 'Rating: Any' }).click()
    await page.getByRole('menuitemcheckbox', { name: '4 stars or more' }).click()
    await see(cards()).toHaveCount(2)

    await card('02-1').click()
    await page.getByRole('button', { name: 'Show on its board' }).click()
    await see(page.getByRole('option', { name: /^Scene 2,/ })).toHaveAttribute('aria-selected', 'true')
    await page.getByRole('button', { name: /^Library/ }).click()
    await card('02-1').dblclick()
    await see(page.locator('video').first()).toBeVisible()
    noComplaints(complaints)
  })

  it('shows a clip under the pointer as it passes', async () => {
    const picture = card('01-1').locator('.library-picture')
    await picture.hover({ position: { x: 20, y: 20 } })
    const strip = picture.locator('img.scrub')
    await see(strip).toBeVisible()
    await page.waitForFunction(() => (document.querySelector<HTMLImageElement>('img.scrub')?.naturalWidth ?? 0) > 0)
    const shift = () => strip.evaluate((image) => new DOMMatrix(getComputedStyle(image).transform).e)
    const before = await shift()
    const box = await picture.boundingBox()
    await picture.hover({ position: { x: (box?.width ?? 0) - 10, y: 20 } })
    await expect.poll(shift).toBeLessThan(before)
    noComplaints(complaints)
  })
})

describe('storage', () => {
  it('says that the disk cannot be read, and reads it again', async () => {
    const { libraryPath } = studio.engine
    const away = join(desk, 'away')
    await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: 'Board' }).click()
    await see(page.locator('.scene-card').first()).toBeVisible()
    renameSync(libraryPath, away)
    try {
      await page.getByRole('button', { name: /^Library/ }).click()
      await see(again()).toBeVisible()
      await see(part('Used')).toHaveCount(0)
    } finally {
      renameSync(away, libraryPath)
    }
    await again().click()
    await see(part('Used')).toBeVisible()
    await see(again()).toHaveCount(0)
  })

  it('moves rejected clips to the bin only when that is confirmed, and takes one back', async () => {
    const { file, take } = await takeOf('4')
    await card('04-1').click()
    await page.keyboard.press('x')
    await until(studio, ({ takes }) => takes.some(({ rejected }) => rejected))
    await storage()
    const clean = part('Clean up').getByRole('button', { name: 'Move 1 clip to the bin' })
    await clean.click()
    const asked = page.getByRole('dialog', { name: 'Move 1 clip to the bin of this system?' })
    await asked.getByRole('button', { name: 'Cancel' }).click()
    expect(existsSync(file)).toBe(true)
    await clean.click()
    await asked.getByRole('button', { name: /^Move 1 clip, \d/ }).click()
    await see(page.getByText(/^1 clip moved to the bin, \d/)).toBeVisible()
    expect(existsSync(file)).toBe(false)
    await see(card('04-1')).toHaveAccessibleName(/clip in the bin/)

    const [name = ''] = readdirSync(join(desk, 'data', 'Trash', 'files'))
    await card('04-1').click()
    await page.getByRole('tab', { name: /^Chosen/ }).click()
    await see(page.getByText('The clip is in the bin')).toBeVisible()
    await page.getByRole('button', { name: 'Locate', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: 'Locate the clip of 04-1' })
    await dialog.getByRole('textbox').fill('/no/such/file.mp4')
    await dialog.getByRole('button', { name: 'Put it back' }).click()
    await see(dialog.getByRole('alert')).toContainText('There is no file /no/such/file.mp4')
    await dialog.getByRole('textbox').fill(join(desk, 'data', 'Trash', 'files', name))
    await dialog.getByRole('button', { name: 'Put it back' }).click()
    await see(card('04-1')).not.toHaveAccessibleName(/clip in the bin/)
    expect(existsSync(file)).toBe(true)
    expect((await studio.project()).takes.find(({ id }) => id === take.id)?.clipGone).toBe(false)
    noComplaints(complaints)
  })

  it('finds missing and changed clips, and has one back', async () => {
    const [one, two] = [await takeOf('1'), await takeOf('2')]
    renameSync(one.file, join(desk, 'away.mp4'))
    writeFileSync(two.file, readFileSync(two.file).fill(7, 200, 300))
    await storage()
    await part('Check').getByRole('button', { name: 'Check all clips' }).click()
    await see(part('Check').getByRole('status')).toHaveText('3 clips read: 2 missing or changed.')
    const bad = part('Check').getByRole('listitem')
    await see(bad).toHaveText([/01-1 .*is missing/, /02-1 .*has changed/])
    await page.getByRole('button', { name: 'Locate 01-1' }).click()
    await page.getByRole('dialog').getByRole('textbox').fill(join(desk, 'away.mp4'))
    await page.keyboard.press('Enter')
    await see(bad).toHaveCount(1)
    await page.getByRole('button', { name: 'Download 02-1 again' }).click()
    await until(studio, ({ takes }) => takes.every(({ phase }) => phase === 'ready'))
    await part('Check').getByRole('button', { name: 'Check all clips' }).click()
    await see(part('Check').getByRole('status')).toHaveText('3 clips read: all there and unchanged.')
  })

  it('copies the library and says how to go on there', async () => {
    await storage()
    await part('Another disk').getByRole('button', { name: 'Copy the library' }).click()
    const dialog = page.getByRole('dialog', { name: 'Copy the library to another disk' })
    await dialog.getByRole('textbox').fill(join(studio.engine.libraryPath, 'inside'))
    await dialog.getByRole('button', { name: 'Copy', exact: true }).click()
    await see(dialog.getByRole('alert')).toContainText('inside the library itself')
    await dialog.getByRole('textbox').fill(join(desk, 'copy'))
    await dialog.getByRole('button', { name: 'Copy', exact: true }).click()
    await see(part('Another disk').getByText(`takeboard --library "${join(desk, 'copy')}"`)).toBeVisible()
    expect(existsSync(join(desk, 'copy', 'library.db'))).toBe(true)
    noComplaints(complaints)
  })
})

it('is without fault for axe in both themes', async () => {
  const wrong: string[] = []
  for (const theme of ['dark', 'light'] as const) {
    await studio.engine.call('settings.update', { patch: { theme } })
    await page.waitForFunction((name) => document.documentElement.dataset['theme'] === name, theme)
    await card('01-1').click()
    wrong.push(...(await violationsOn(page)))
    await storage()
    await see(part('Used')).toBeVisible()
    wrong.push(...(await violationsOn(page)))
    await page.getByRole('button', { name: 'Copy the library' }).click()
    await see(page.getByRole('dialog')).toBeVisible()
    wrong.push(...(await violationsOn(page)))
    await page.keyboard.press('Escape')
    await see(page.getByRole('dialog')).toHaveCount(0)
    await page.getByRole('button', { name: /^Label: / }).click()
    wrong.push(...(await violationsOn(page)))
    await page.keyboard.press('Escape')
    await see(page.locator('.popup')).toHaveCount(0)
  }
  expect(wrong).toEqual([])
})

it('can be walked by keys', async () => {
  await cards().first().focus()
  await page.keyboard.press('ArrowRight')
  await see(cards().nth(1)).toBeFocused()
  await page.keyboard.press('Shift+ArrowRight')
  await see(page.getByRole('tab', { name: 'Chosen 2' })).toBeVisible()
  await page.keyboard.press('Home')
  await see(cards().first()).toBeFocused()
  await page.keyboard.press('Escape')
  await see(page.getByRole('option', { selected: true })).toHaveCount(0)
})

it('looks at a library that is open elsewhere, and says why nothing can be changed', async () => {
  const looking = await suite.look(studio)
  const other = await openPage(suite.browser(), looking)
  suite.after(() => other.context().close())
  await see(other.getByText('This library is open for looking only.')).toBeVisible()
  await see(other.locator('.generate').getByText('Open for looking only')).toBeVisible()
  await see(other.getByRole('button', { name: /^Rehearse 12 scenes/ })).toBeDisabled()
  await other.getByRole('button', { name: /^Library/ }).click()
  await see(other.getByRole('option', { name: /^Take 0\d-1,/ })).toHaveCount(3)
  await other.getByRole('option', { name: /^Take 01-1,/ }).click()
  await other.keyboard.press('5')
  await see(other.getByRole('alert').getByText('This library is open for looking only')).toBeVisible()
  // What is done where the library is worked with is seen here.
  const { take } = await takeOf('1')
  await studio.engine.call('take.update', { takeId: take.id, patch: { rating: 3 } })
  await see(other.getByRole('option', { name: /^Take 01-1,.*3 of 5 stars/ })).toBeVisible()
  expect((await takeOf('1')).take.rating).toBe(3)
})
