import { expect, type Page } from 'playwright/test'
import { afterEach, beforeEach, describe, it } from 'vitest'
import { violationsOn } from './support/axe.ts'
import { type ClipBoard, clipBoard, openRoom, settled } from './support/clips.ts'
import { complaintsOf, noComplaints, see } from './support/pages.ts'
import { type SampleStudio, studioSuite, until } from './support/studio.ts'

const suite = studioSuite()
let studio: SampleStudio
let board: ClipBoard
let page: Page
let heard: readonly string[] = []

beforeEach(async () => {
  studio = await suite.start({ paid: true })
  board = await clipBoard(studio, [['fps-24', 'fps-24-b']])
  page = await suite.page(studio)
  heard = complaintsOf(page)
  await openRoom(page)
  await settled(page, 0)
})
afterEach(() => noComplaints(heard))

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
    await expect(takes().first()).toContainText('Picked')
    await page.getByRole('button', { name: 'Look at take 1' }).click()
    await page.keyboard.press('x')
    await expect(takes().nth(1)).toContainText('Rejected')
    await until(studio, ({ takes: all }) => all.some((take) => take.rejected))
    expect(await stored(2)).toMatchObject({ rating: 4, rejected: false })
    expect(await stored(1)).toMatchObject({ rating: 0, rejected: true })
    const { scenes } = await studio.project()
    expect(scenes.find(({ id }) => id === board.sceneIds[0])?.pickTakeId).toBe(board.takeIds[0]?.[1])

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
    await expect(field).toBeFocused()
    await page.keyboard.type('Scarf turns orange, jklp.')
    await page.keyboard.press('Enter')
    const panel = page.getByRole('region', { name: /^Notes on take/ })
    await expect(panel.getByRole('listitem')).toHaveCount(1)
    await page.keyboard.press('Escape')
    const { notes } = await studio.project()
    expect(notes).toEqual([expect.objectContaining({ from: 30, to: 30, text: 'Scarf turns orange, jklp.' })])

    await page.keyboard.press('Home')
    await settled(page, 0)
    await page.getByRole('button', { name: /^Note 1:/ }).click()
    await settled(page, 30)
    await panel.getByRole('button', { name: 'Resolve the note' }).click()
    await expect(panel.getByRole('button', { name: 'Open the note again' })).toBeVisible()
    await panel.getByRole('button', { name: 'Remove the note' }).click()
    await expect(panel.getByRole('listitem')).toHaveCount(0)
    await page.getByRole('button', { name: 'Undo' }).first().click()
    await expect(panel.getByRole('listitem')).toHaveCount(1)
    expect(await violationsOn(page)).toEqual([])
  })
})
