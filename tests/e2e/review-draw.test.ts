import { createCanvas, loadImage } from '@napi-rs/canvas'
import type { Page } from 'playwright/test'
import { beforeEach, describe, it } from 'vitest'
import type { Note } from '../../shared/review.ts'
import { violationsOn } from './support/axe.ts'
import { type ClipBoard, openRoom, settled, startRoom } from './support/clips.ts'
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

const surface = () => page.getByRole('application', { name: /^Drawing on take/ })
const panel = () => page.getByRole('region', { name: /^Notes on take/ })
const field = () => panel().getByRole('textbox')
const bar = () => page.getByRole('toolbar', { name: 'Drawing' })
const drafted = () => page.locator('.slot[data-seen="true"] .drawing-draft .ink')
const kept = () => page.locator('.slot[data-seen="true"] .drawing-note .ink')

/** Draws from one place of the picture to others, in parts of it. */
async function draw(...places: readonly (readonly [number, number])[]): Promise<void> {
  const box = await surface().boundingBox()
  if (!box) throw new Error('There is nothing to draw on.')
  for (const [index, [x, y]] of places.entries()) {
    await page.mouse.move(box.x + box.width * x, box.y + box.height * y)
    if (index === 0) await page.mouse.down()
  }
  await page.mouse.up()
}

/** The colour on screen at a place of the picture. */
async function colourAt(x: number, y: number): Promise<readonly number[]> {
  const box = await page.locator('.slot[data-seen="true"] .clip-picture').boundingBox()
  if (!box) throw new Error('There is no picture.')
  const clip = { x: Math.round(box.x + box.width * x), y: Math.round(box.y + box.height * y), width: 1, height: 1 }
  const brush = createCanvas(1, 1).getContext('2d')
  brush.drawImage(await loadImage(await page.screenshot({ clip })), 0, 0)
  return [...brush.getImageData(0, 0, 1, 1).data].slice(0, 3)
}

const notes = async (): Promise<readonly Note[]> => (await studio.project()).notes
const near = (stroke: Note['strokes'][number] | undefined, ...places: readonly (readonly [number, number])[]) => {
  for (const [index, place] of places.entries())
    for (const axis of [0, 1] as const)
      see(stroke?.points[index]?.[axis], `point ${index}, axis ${axis}`).toBeCloseTo(place[axis], 2)
}

describe('drawing over the picture', () => {
  it('lands where it is drawn, on its frame alone, and is kept with the note; strokes are taken back one by one', async () => {
    await page.keyboard.press('Shift+ArrowRight')
    await settled(page, 10)
    await page.keyboard.press('Shift+n')
    await see(bar()).toBeVisible()
    await page.keyboard.press('b')
    await page.keyboard.press('3')
    await draw([0.2, 0.2], [0.6, 0.6])
    await page.keyboard.press('a')
    await page.keyboard.press('1')
    await page.keyboard.press(']')
    await draw([0.8, 0.2], [0.65, 0.4])
    await page.keyboard.press('p')
    await draw([0.1, 0.7], [0.2, 0.75], [0.3, 0.7])
    await see(drafted()).toHaveCount(3)
    await see(surface()).not.toBeFocused()
    // Ctrl+Z is about the drawing, not about the board; digits and letters are about the pen, not about the take.
    await page.keyboard.press('Control+z')
    await page.keyboard.press('Control+z')
    await see(drafted()).toHaveCount(1)
    await page.keyboard.press('Control+Shift+z')
    await see(drafted()).toHaveCount(2)
    await bar().getByRole('button', { name: 'Clear the drawing' }).click()
    await see(drafted()).toHaveCount(0)
    await page.keyboard.press('Control+Shift+z')
    await page.keyboard.press('Control+Shift+z')
    await see(drafted()).toHaveCount(2)

    // Escape leaves the pen, then Enter in the words stores the note.
    await page.keyboard.press('Escape')
    await see(bar()).toBeHidden()
    await page.keyboard.press('n')
    await see(field()).toBeFocused()
    await page.keyboard.type('Rope, 5 px')
    await page.keyboard.press('Escape')
    await page.keyboard.press('ArrowRight')
    await settled(page, 11)
    await see(drafted()).toHaveCount(0)
    await page.keyboard.press('n')
    await see(field()).toHaveValue('Rope, 5 px')
    await page.keyboard.press('Enter')
    await see(panel().getByRole('listitem')).toHaveCount(1)
    const [note] = await notes()
    see(note).toMatchObject({ from: 10, to: 10, text: 'Rope, 5 px', takeId: board.takeIds[0]?.[1] })
    see(note?.strokes.map(({ tool, colour }) => `${tool} ${colour}`)).toEqual(['box yellow', 'arrow white'])
    near(note?.strokes[0], [0.2, 0.2], [0.6, 0.6])
    near(note?.strokes[1], [0.8, 0.2], [0.65, 0.4])
    see(note?.strokes[1]?.width).toBeGreaterThan(note?.strokes[0]?.width ?? 1)
    const { takes, scenes } = await studio.project()
    see(takes.every(({ rating, rejected }) => rating === 0 && !rejected)).toBe(true)
    see(scenes.find(({ id }) => id === board.sceneIds[0])?.pickTakeId).toBeNull()

    // On the picture: yellow on the edge of the box at frame 10, the clip at frame 11 and inside the box.
    await page.keyboard.press('Escape')
    const clip = await colourAt(0.2, 0.4)
    await page.keyboard.press('ArrowLeft')
    await settled(page, 10)
    await see(kept()).toHaveCount(2)
    const [red = 0, green = 0, blue = 0] = await colourAt(0.2, 0.4)
    see([red > 220, green > 170, blue < 110]).toEqual([true, true, true])
    see(await colourAt(0.4, 0.4)).toEqual(clip)
    // It is of its take, moves with the picture, and is gone with the other take.
    const place = async () => {
      const [ink, picture] = [
        await kept().first().boundingBox(),
        await page.locator('.slot[data-seen="true"] .clip-picture').boundingBox(),
      ]
      return ink && picture ? (ink.x - picture.x) / picture.width : 0
    }
    const before = await place()
    see(before).toBeCloseTo(0.2, 1)
    await page.keyboard.press('z')
    await see(page.locator('.review-stage')).toHaveAttribute('data-zoomed', 'true')
    await page.keyboard.press('Alt+ArrowLeft')
    see(await place()).toBeCloseTo(before, 2)
    await page.keyboard.press('Shift+z')
    await page.keyboard.press('s')
    await see(page.locator('.slot[data-place="0"] .drawing-note')).toHaveCount(1)
    await see(page.locator('.slot[data-place="1"] .drawing-note')).toHaveCount(0)
    see(await violationsOn(page)).toEqual([])
  })

  it('is changed later, spans the marked range, outlives stepping away and a reload, and is drawn by keys', async () => {
    for (const [frame, key] of [
      [10, 'i'],
      [20, 'o'],
    ] as const) {
      await page.keyboard.press('Shift+ArrowRight')
      await settled(page, frame)
      await page.keyboard.press(key)
    }
    await page.keyboard.press('Shift+n')
    await see(bar()).toBeVisible()
    await surface().focus()
    for (const key of ['ArrowRight', 'Space', 'Shift+ArrowRight', 'Shift+ArrowDown', 'Space'])
      await page.keyboard.press(key)
    await see(drafted()).toHaveCount(1)
    await bar().getByRole('button', { name: 'Done' }).click()
    await see(field()).toBeFocused()
    await page.keyboard.type('From here on')
    // Another take and back, then the page anew.
    await page.getByRole('button', { name: 'Look at take 1' }).click()
    await see(field()).toHaveValue('')
    await page.getByRole('button', { name: 'Look at take 2' }).click()
    await see(field()).toHaveValue('From here on')
    await page.reload()
    await openRoom(page)
    await see(field()).toHaveValue('From here on')
    await panel().getByRole('button', { name: 'Add note' }).click()
    await until(studio, (now) => now.notes.length === 1)
    see(await notes()).toEqual([see.objectContaining({ from: 10, to: 20, text: 'From here on', resolved: false })])
    near((await notes())[0]?.strokes[0], [0.5, 0.5])
    await see(kept()).toHaveCount(0)
    await page.getByRole('button', { name: /^Note 1:/ }).click()
    await settled(page, 10)
    await see(kept()).toHaveCount(1)

    // Changed: other words, one more stroke.
    await panel().getByRole('button', { name: 'Change the note' }).click()
    await panel().getByRole('button', { name: 'Draw on the picture' }).first().click()
    await draw([0.1, 0.1], [0.1, 0.3])
    await see(drafted()).toHaveCount(2)
    await page.keyboard.press('Enter')
    const words = panel().getByRole('textbox', { name: 'Note', exact: true })
    await see(words).toBeFocused()
    await words.fill('Until there')
    await page.keyboard.press('Enter')
    await until(studio, (now) => now.notes.some(({ text }) => text === 'Until there'))
    see((await notes())[0]).toMatchObject({ from: 10, to: 20, strokes: [{}, {}] })

    // Resolved notes are a filter away.
    await panel().getByRole('button', { name: 'Resolve the note' }).click()
    await see(panel().getByRole('listitem')).toContainText('Resolved')
    await panel().getByRole('button', { name: 'Open', exact: true }).click()
    await see(panel().getByRole('listitem')).toHaveCount(0)
    await panel().getByRole('button', { name: 'Show all' }).click()
    await see(panel().getByRole('listitem')).toHaveCount(1)
    await studio.engine.call('settings.update', { patch: { theme: 'light' } })
    await see(page.locator('html')).toHaveAttribute('data-theme', 'light')
    await panel().getByRole('button', { name: 'Draw on the picture' }).click()
    await see(bar()).toBeVisible()
    see(await violationsOn(page)).toEqual([])
  })
})
