import { loadImage } from '@napi-rs/canvas'
import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright/test'
import { beforeEach, describe, it } from 'vitest'
import { sheetLayout } from '../../renderer/state/contact-sheet.ts'
import { violationsOn } from './support/axe.ts'
import { type ClipBoard, clipBoard, settled, startRoom } from './support/clips.ts'
import { see } from './support/pages.ts'
import { type SampleStudio, studioSuite, until } from './support/studio.ts'

const suite = studioSuite()
let studio: SampleStudio
let board: ClipBoard
let page: Page

beforeEach(async () => {
  ;({ studio, board, page } = await startRoom(suite, [['fps-24', 'fps-24-b']]))
  await settled(page, 0)
})

const takes = () => page.getByRole('list', { name: 'Takes of the scene' }).getByRole('listitem')
const stored = async (number: number) => {
  const { takes: all } = await studio.project()
  return all.find((take) => take.id === board.takeIds[0]?.[number - 1])
}

describe('judging takes in the review room', () => {
  it('rates, picks, rejects and reuses a seed by keys and by buttons', async () => {
    await see(takes()).toHaveCount(2)
    await page.keyboard.press('4')
    await page.keyboard.press('p')
    await see(takes().first()).toContainText('Picked')
    await page.getByRole('button', { name: 'Look at take 1' }).click()
    await page.keyboard.press('x')
    await see(takes().nth(1)).toContainText('Rejected')
    await until(studio, ({ takes: all }) => all.some((take) => take.rejected))
    see(await stored(2)).toMatchObject({ rating: 4, rejected: false })
    see(await stored(1)).toMatchObject({ rating: 0, rejected: true })
    const { scenes } = await studio.project()
    see(scenes.find(({ id }) => id === board.sceneIds[0])?.pickTakeId).toBe(board.takeIds[0]?.[1])

    await page.getByRole('button', { name: 'Use the seed of take 1 for this scene' }).click()
    const seed = (await stored(1))?.request.seed
    await until(studio, (now) =>
      now.scenes.some(
        ({ id, seed: policy }) => id === board.sceneIds[0] && policy.kind === 'locked' && policy.value === seed,
      ),
    )
  })

  it('pins notes to frames, goes back to them, resolves and removes them with a way back', async () => {
    for (let step = 0; step < 3; step++) await page.keyboard.press('Shift+ArrowRight')
    await settled(page, 30)
    await page.keyboard.press('n')
    const field = page.getByRole('textbox', { name: 'New note at this frame' })
    await see(field).toBeFocused()
    await page.keyboard.type('Scarf turns orange, jklp.')
    await page.keyboard.press('Enter')
    const panel = page.getByRole('region', { name: /^Notes on take/ })
    await see(panel.getByRole('listitem')).toHaveCount(1)
    await page.keyboard.press('Escape')
    const { notes } = await studio.project()
    see(notes).toEqual([see.objectContaining({ from: 30, to: 30, text: 'Scarf turns orange, jklp.' })])

    await page.keyboard.press('Home')
    await settled(page, 0)
    await page.getByRole('button', { name: /^Note 1:/ }).click()
    await settled(page, 30)
    await panel.getByRole('button', { name: 'Resolve the note' }).click()
    await see(panel.getByRole('button', { name: 'Open the note again' })).toBeVisible()
    await panel.getByRole('button', { name: 'Remove the note' }).click()
    await see(panel.getByRole('listitem')).toHaveCount(0)
    await page.getByRole('button', { name: 'Undo' }).first().click()
    await see(panel.getByRole('listitem')).toHaveCount(1)
    see(await violationsOn(page)).toEqual([])
  })
})

describe('judging a whole storyboard', () => {
  it('labels by keys, goes on after verdicts, filters with a way back, sorts, and makes a contact sheet', async () => {
    const more = await clipBoard(studio, [['fps-24', 'fps-24-b', 'fps-24-c'], ['small-24'], ['silent-24']])
    const take = (scene: number, number: number) => more.takeIds[scene]?.[number - 1]
    const judged = async (scene: number, number: number) => {
      const { takes: all } = await studio.project()
      return all.find(({ id }) => id === take(scene, number))
    }
    const inSight = (scene: number, number: number) =>
      see(page.locator('.slot[data-place="0"][data-seen="true"]')).toHaveAttribute(
        'data-take',
        String(take(scene, number)),
      )
    const scenes = page.getByRole('navigation', { name: 'Scenes' }).getByRole('button', { name: /^Scene/ })
    await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: 'Board' }).click()
    await page
      .locator('.rail')
      .getByRole('button', { name: /^Clips/ })
      .last()
      .click()
    await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: 'Review' }).click()
    await inSight(0, 3)

    // Labels, as in photo tools; the same key takes one away again.
    await page.keyboard.press('6')
    await see(takes().first().getByRole('button', { name: 'Red, label of take 3' })).toBeVisible()
    await see(scenes.first()).toHaveAccessibleName(/red label$/)
    await page.keyboard.press('6')
    await see(takes().first().getByRole('button', { name: 'No label, label of take 3' })).toBeVisible()
    await page.keyboard.press('8')
    await until(studio, ({ takes: all }) => all.some(({ label }) => label === 'green'))
    see(await judged(0, 3)).toMatchObject({ label: 'green' })

    // Each verdict goes on to what has none: down the takes, then to the next scene; a pick leaves its scene.
    await page.keyboard.press('x')
    await see(takes().first()).toContainText('Rejected')
    await inSight(0, 3)
    await page.keyboard.press('Shift+a')
    await see(page.getByRole('button', { name: 'Goes on after each verdict' })).toBeVisible()
    await page.getByRole('button', { name: 'Look at take 2' }).click()
    await inSight(0, 2)
    await page.keyboard.press('3')
    await inSight(0, 1)
    await page.keyboard.press('p')
    await inSight(1, 1)
    await page.keyboard.press('x')
    await inSight(2, 1)
    await page.keyboard.press('5')
    await see(page.getByText('Everything here is judged')).toBeVisible()
    await until(studio, ({ takes: all }) => all.some(({ id, rating }) => id === take(2, 1) && rating === 5))
    see(await judged(0, 2)).toMatchObject({ rating: 3, rejected: false })
    await page.keyboard.press('Shift+a')

    // What is left, and the way back also where nothing is.
    await page.getByRole('button', { name: 'Filter', exact: true }).click()
    const filter = page.getByRole('dialog', { name: 'Show takes that are' })
    await filter.getByRole('button', { name: 'Rejected', exact: true }).click()
    await see(scenes).toHaveCount(2)
    await filter.getByRole('group', { name: 'Label' }).getByRole('button', { name: 'Green' }).click()
    await see(filter).toContainText('1 of 3 scenes')
    await filter.getByRole('button', { name: 'Picked', exact: true }).click()
    await see(scenes).toHaveCount(0)
    await page.keyboard.press('Escape')
    await see(filter).toBeHidden()
    await see(page.getByText('The filter leaves no take of this scene.')).toBeVisible()
    await page.getByRole('navigation', { name: 'Scenes' }).getByRole('button', { name: 'Show all' }).click()
    await see(scenes).toHaveCount(3)
    await page.getByRole('button', { name: /^Takes by newest/ }).click()
    await page.getByRole('menuitemcheckbox', { name: 'Best rating' }).click()
    await see(scenes.first()).toHaveAccessibleName(/^Scene 03/)
    await see(page.getByRole('menu')).toHaveCount(0)
    await see(page.getByRole('button', { name: /scenes by best rating$/ })).toBeFocused()
    await page.keyboard.press('PageDown')
    await inSight(0, 1)

    // The sheet: all of it, or the ticked takes; the PNG is as large as its rows need.
    const saved = async () => {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Save as PNG' }).click(),
      ])
      see(download.suggestedFilename()).toBe('The Long Pasture, Clips contact sheet.png')
      const { width, height } = await loadImage(await readFile(await download.path()))
      return [width, height]
    }
    await page.getByRole('button', { name: 'Contact sheet' }).click()
    const sheet = page.getByRole('dialog', { name: 'Contact sheet', exact: true })
    await see(sheet.getByRole('listitem')).toHaveCount(5)
    await see(sheet.getByRole('listitem').first()).toContainText('03-1')
    await sheet.getByRole('textbox', { name: 'Columns' }).fill('2')
    await page.keyboard.press('Tab')
    const sizeOf = (rows: number) => {
      const { picture, pages } = sheetLayout(rows * 2, 2, 16 / 9)
      see(picture.width).toBe(1120)
      return [pages[0]?.width, pages[0]?.height]
    }
    see(await saved()).toEqual(sizeOf(3))
    see(await violationsOn(page)).toEqual([])
    await page.keyboard.press('Escape')
    await see(sheet).toBeHidden()
    await page.getByRole('checkbox', { name: 'Choose take 3 for the contact sheet' }).click()
    await page.getByRole('checkbox', { name: 'Choose take 1 for the contact sheet' }).click()
    await page.getByRole('button', { name: 'Contact sheet' }).click()
    await see(sheet.getByRole('listitem')).toHaveText([/^01-1Picked/, /^01-3Rejected/])
    see(await saved()).toEqual(sizeOf(1))
  })
})
