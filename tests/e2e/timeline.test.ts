import axe from 'axe-core'
import type { Locator, Page } from 'playwright/test'
import { afterEach, describe, it } from 'vitest'
import { cardOf, complaintsOf, noComplaints, see } from './support/pages.ts'
import { type Colour, film, numberedBoard, type Seen, seenOn, watchStage } from './support/numbered-clips.ts'
import { studioSuite } from './support/studio.ts'

const suite = studioSuite()
let heard: readonly string[] = []
afterEach(() => noComplaints(heard))

const timeline = (page: Page) => page.getByRole('region', { name: 'Timeline' })
const stage = (page: Page) => page.getByRole('region', { name: 'Animatic' })
const playhead = (page: Page) => page.getByRole('slider', { name: 'Playhead' })
const clips = (page: Page) => timeline(page).getByRole('option')

async function openNumbered(colours: readonly (Colour | null)[], view?: { width: number; height: number }) {
  const studio = await suite.start({ paid: true })
  const board = await numberedBoard(studio, colours)
  const page = await suite.page(studio, view)
  heard = complaintsOf(page)
  await page
    .locator('.rail')
    .getByRole('button', { name: /^Numbered/ })
    .click()
  await see(clips(page).first()).toBeVisible()
  return { studio, page, ...board }
}

/** Opens the picture of the animatic where the playhead stands. */
async function openStage(page: Page): Promise<void> {
  await timeline(page)
    .getByRole('listbox')
    .dblclick({ position: { x: 10, y: 10 } })
  await see(stage(page)).toBeVisible()
}

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** What axe finds wrong in a part of the page. */
async function violations(page: Page, within: string): Promise<readonly string[]> {
  await page.evaluate(axe.source)
  return page.evaluate<string[]>(
    `axe.run(${JSON.stringify(within)}, { runOnly: { type: 'tag', values: ${JSON.stringify(TAGS)} } }).then((found) =>
      found.violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html, failureSummary }) => html.slice(0, 200) + ' ' + failureSummary).join('; ')))`,
  )
}

/** Goes to a frame by the slider of the stage. */
async function goTo(page: Page, frame: number): Promise<void> {
  await page.evaluate((to) => {
    const slider = document.querySelector<HTMLInputElement>('.stage-controls input[type="range"]')
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set
    if (slider) set?.call(slider, String(to))
    slider?.dispatchEvent(new Event('input', { bubbles: true }))
    slider?.dispatchEvent(new Event('change', { bubbles: true }))
  }, frame)
  await see(playhead(page)).toHaveAttribute('aria-valuenow', String(frame))
}

/** Where the playhead is, and whether it moves. */
const standsAt = async (page: Page) => ({
  frame: await frameOf(playhead(page)),
  playing: await stage(page).getByRole('button', { name: 'Pause', exact: true }).isVisible(),
})
const frameOf = async (slider: Locator) => Number(await slider.getAttribute('aria-valuenow'))

/** The pictures in the order they came, each named once for as long as it stayed. */
const order = (seen: readonly Seen[]) =>
  seen.map(({ what }) => what).filter((what, index, all) => index === 0 || what !== all[index - 1])

describe('the animatic', () => {
  it('plays scenes in order with no blank picture between, the sketch where there is no take', async () => {
    const { page } = await openNumbered(['red', 'green', null, 'blue'])
    // From two seconds to nine and a half: over every kind of cut.
    await openStage(page)
    await goTo(page, 48)
    await stage(page).getByRole('button', { name: 'In: begin the part here' }).click()
    await goTo(page, 227)
    await stage(page).getByRole('button', { name: 'Out: end the part here' }).click()
    await goTo(page, 48)
    await see.poll(() => seenOn(page)).toEqual({ what: 'red', frame: 48 })
    const end = await watchStage(page)
    await stage(page).getByRole('button', { name: 'Play', exact: true }).click()
    await see.poll(() => standsAt(page)).toEqual({ frame: 227, playing: false })
    const seen = await end()
    see(order(seen)).toEqual(['red', 'green', 'still', 'blue'])
    // Nothing is shown twice or backwards, and every scene begins at its beginning.
    for (const colour of ['red', 'green', 'blue']) {
      const frames = seen.filter(({ what }) => what === colour).map(({ frame }) => frame)
      see(frames).toEqual(frames.toSorted((a, b) => a - b))
    }
    const firsts = ['green', 'blue'].map((colour) => seen.find(({ what }) => what === colour)?.frame ?? 72)
    see(Math.max(...firsts)).toBeLessThan(36)
  })

  it('shows the very frame it stands at, over cuts and frame rates', async () => {
    const { page } = await openNumbered(['red', 'green', 'blue', 'yellow'])
    await openStage(page)
    // 24 frames a second, as the first clip has; the others are read at their own.
    const expected: readonly (readonly [frame: number, what: Colour, own: number])[] = [
      [0, 'red', 0],
      [1, 'red', 1],
      [71, 'red', 71],
      [72, 'green', 0],
      [73, 'green', 1],
      [143, 'green', 74],
      [144, 'blue', 0],
      [180, 'blue', 36],
      [216, 'yellow', 0],
      [240, 'yellow', 30],
      [287, 'yellow', 89],
    ]
    for (const [frame, what, own] of expected) {
      await goTo(page, frame)
      await see.poll(() => seenOn(page), { message: `frame ${frame}` }).toEqual({ what, frame: own })
    }
  })

  it('steps, shuttles, keeps to a part and closes by the keyboard', async () => {
    const { page } = await openNumbered(['red', 'green'])
    await openStage(page)
    await page.keyboard.press('End')
    await see.poll(() => seenOn(page)).toEqual({ what: 'green', frame: 74 })
    await page.keyboard.press('PageUp')
    await see.poll(() => seenOn(page)).toEqual({ what: 'green', frame: 0 })
    await page.keyboard.press('ArrowLeft')
    await see.poll(() => seenOn(page)).toEqual({ what: 'red', frame: 71 })
    await page.keyboard.press('Shift+ArrowLeft')
    await see.poll(() => seenOn(page)).toEqual({ what: 'red', frame: 61 })
    await page.keyboard.press('i')
    await page.keyboard.press('PageDown')
    await page.keyboard.press('Shift+ArrowRight')
    await page.keyboard.press('o')
    await see(stage(page)).toContainText('00:00:02:13 to 00:00:03:11')
    await page.keyboard.press('Shift+L')
    await see(stage(page).getByRole('button', { name: 'Loop' })).toHaveAttribute('aria-pressed', 'true')
    const end = await watchStage(page)
    await page.keyboard.press('l')
    await see.poll(async () => order(await page.evaluate<Seen[]>('globalThis.__seen')).length).toBeGreaterThan(4)
    await page.keyboard.press('k')
    const seen = await end()
    see(new Set(order(seen))).toEqual(new Set(['green', 'red']))
    see(seen.filter(({ what }) => what === 'red').every(({ frame }) => frame >= 61)).toBe(true)
    see(seen.filter(({ what }) => what === 'green').every(({ frame }) => frame < 40)).toBe(true)
    await page.keyboard.press('Shift+X')
    await page.keyboard.press('Shift+L')
    await page.keyboard.press('End')
    await page.keyboard.press('j')
    await see.poll(() => frameOf(playhead(page))).toBeLessThan(72)
    await page.keyboard.press('k')
    await page.keyboard.press('m')
    await see(stage(page).getByRole('button', { name: 'Unmute' })).toBeVisible()
    see(
      await page.locator('.deck video').evaluateAll((all) => all.every((one) => (one as HTMLVideoElement).muted)),
    ).toBe(true)
    await page.keyboard.press('Escape')
    await see(stage(page)).toHaveCount(0)
    await see(cardOf(page, '1')).toBeVisible()
  })

  it('plays from the bar, and from a scene of the strip', async () => {
    const { page } = await openNumbered(['red', 'green'])
    await timeline(page).getByRole('button', { name: 'Play animatic' }).click()
    await see.poll(() => seenOn(page).then(({ what, frame }) => what === 'red' && frame > 2)).toBe(true)
    await timeline(page).getByRole('button', { name: 'Pause animatic' }).click()
    await clips(page).nth(1).click()
    await see.poll(() => seenOn(page)).toEqual({ what: 'green', frame: 0 })
    await page.keyboard.press('Enter')
    await see.poll(() => seenOn(page).then(({ what, frame }) => what === 'green' && frame > 2)).toBe(true)
  })

  it('shows picks, latest takes or rehearsals, as chosen', async () => {
    const { page, studio, storyboardId, sceneIds } = await openNumbered(['red', 'green'])
    const [first] = sceneIds
    if (!first) throw new Error('There are scenes.')
    await openStage(page)
    await see.poll(() => seenOn(page)).toEqual({ what: 'red', frame: 0 })
    await studio.engine.call('scene.update', { sceneId: first, patch: { prompt: 'All yellow' } })
    await film(studio, storyboardId, [first])
    await see.poll(() => seenOn(page)).toEqual({ what: 'yellow', frame: 0 })
    const { takes } = await studio.project()
    const red = takes.find((take) => take.sceneId === first && take.number === 1)
    if (!red) throw new Error('There is a first take.')
    await studio.engine.call('scene.pick', { sceneId: first, takeId: red.id })
    await see.poll(() => seenOn(page)).toEqual({ what: 'red', frame: 0 })
    await see(clips(page).first()).toHaveAttribute('data-kind', 'picked')
    await timeline(page).getByRole('button', { name: 'Latest takes' }).click()
    await see.poll(() => seenOn(page)).toEqual({ what: 'yellow', frame: 0 })
    await timeline(page).getByRole('button', { name: 'Rehearsal', exact: true }).click()
    await see.poll(() => seenOn(page)).toMatchObject({ what: 'still' })
    await see(clips(page).first()).toHaveAttribute('data-kind', 'sketch')
  })
})

describe('the timeline', () => {
  it('is to scale, counts in the frames of its clips, and goes on when it is folded', async () => {
    const { page, studio, sceneIds } = await openNumbered(['green', null, null])
    const [, second] = sceneIds
    if (second) await studio.engine.call('scene.update', { sceneId: second, patch: { duration: 6 } })
    const widths = () =>
      clips(page).evaluateAll((all) => all.map((clip) => Math.round(clip.getBoundingClientRect().width + 2)))
    await see
      .poll(async () => (await widths()).map((width, _, all) => Math.round((12 * width) / all.reduce((a, b) => a + b))))
      .toEqual([3, 6, 3])
    // The first clip has 25 frames a second.
    await see(timeline(page)).toContainText('/ 00:00:12:00')
    await see(playhead(page)).toHaveAttribute('aria-valuemax', String(12 * 25 - 1))
    await page.keyboard.press('t')
    await see(clips(page)).toHaveCount(0)
    await see(timeline(page)).toContainText('/ 00:00:12:00')
    await timeline(page).getByRole('button', { name: 'Show the timeline' }).click()
    await see(clips(page)).toHaveCount(3)
  })

  it('chooses scenes by pointer and keyboard, and scrubs with the playhead', async () => {
    const { page } = await openNumbered(['red', 'green', 'blue'])
    await clips(page).nth(1).click()
    await see(cardOf(page, '2')).toHaveAttribute('aria-selected', 'true')
    await see(playhead(page)).toHaveAttribute('aria-valuenow', '72')
    await page.keyboard.press('ArrowRight')
    await see(clips(page).nth(2)).toHaveAttribute('aria-selected', 'true')
    await page.keyboard.press('Shift+Home')
    await see(timeline(page).locator('[role="option"][aria-selected="true"]')).toHaveCount(3)
    await page.keyboard.press('Home')
    await see(playhead(page)).toHaveAttribute('aria-valuenow', '0')
    await playhead(page).focus()
    await page.keyboard.press('ArrowRight')
    await see(playhead(page)).toHaveAttribute('aria-valuetext', '00:00:00:01, scene 01')
    await page.keyboard.press('End')
    await see(playhead(page)).toHaveAttribute('aria-valuetext', '00:00:08:23, scene 03')
    // Dragging along the ruler opens the picture and shows what is under the pointer.
    const ruler = await page.locator('.dock-ruler').boundingBox()
    if (!ruler) throw new Error('There is a ruler.')
    await page.mouse.move(ruler.x + 20, ruler.y + 8)
    await page.mouse.down()
    await page.mouse.move(ruler.x + ruler.width / 2, ruler.y + 8, { steps: 8 })
    await see(stage(page)).toBeVisible()
    await see.poll(() => seenOn(page)).toMatchObject({ what: 'green' })
    await page.mouse.up()
    const frame = await frameOf(playhead(page))
    see(Math.abs(frame - 108)).toBeLessThanOrEqual(1)
  })

  it('zooms in and follows the playhead', async () => {
    const { page } = await openNumbered(['red', 'green', 'blue'])
    const scroller = page.locator('.dock-scroller')
    const room = () => scroller.evaluate((each) => each.scrollWidth - each.clientWidth)
    see(await room()).toBe(0)
    await page.getByRole('slider', { name: 'Timeline zoom' }).focus()
    await page.keyboard.press('End')
    await see.poll(room).toBeGreaterThan(400)
    await playhead(page).focus()
    await page.keyboard.press('End')
    await see.poll(() => scroller.evaluate((each) => each.scrollLeft)).toBeGreaterThan(200)
    await timeline(page).getByRole('button', { name: 'Fit' }).click()
    await see.poll(room).toBe(0)
  })

  it('draws only what is in sight of two thousand scenes, and finds the last', async () => {
    const { page, studio, storyboardId } = await openNumbered([null])
    for (const more of [500, 500, 500, 499])
      await studio.engine.call('scene.createMany', {
        storyboardId,
        before: null,
        scenes: Array.from({ length: more }, () => ({})),
      })
    await see(clips(page).first()).toHaveAttribute('aria-setsize', '2000')
    see(await clips(page).count()).toBeLessThan(120)
    await timeline(page).getByRole('listbox').focus()
    await page.keyboard.press('End')
    await see(timeline(page).getByRole('option', { name: /^2000,/ })).toHaveAttribute('aria-selected', 'true')
    await see(timeline(page).getByRole('option', { name: /^2000,/ })).toBeInViewport()
    see(await clips(page).count()).toBeLessThan(120)
  })

  it('is not there while there are no scenes', async () => {
    const studio = await suite.start()
    const { storyboardId } = await studio.engine.call('storyboard.create', {
      projectId: studio.projectId,
      title: 'Later',
    })
    const page = await suite.page(studio)
    heard = complaintsOf(page)
    await see(timeline(page)).toBeVisible()
    await page
      .locator('.rail')
      .getByRole('button', { name: /^Later/ })
      .click()
    await see(timeline(page)).toHaveCount(0)
    await studio.engine.call('scene.create', { storyboardId, before: null })
    await see(timeline(page)).toBeVisible()
  })

  it('can be used by everybody, in both themes', async () => {
    const { page, studio } = await openNumbered(['red', null], { width: 1100, height: 700 })
    for (const theme of ['light', 'dark'] as const) {
      await studio.engine.call('settings.update', { patch: { theme } })
      await see(page.locator('html')).toHaveAttribute('data-theme', theme)
      see(await violations(page, '.dock')).toEqual([])
      await openStage(page)
      await stage(page).getByRole('button', { name: 'In: begin the part here' }).click()
      see(await violations(page, '.board-screen')).toEqual([])
      await page.keyboard.press('Escape')
      await see(stage(page)).toHaveCount(0)
    }
  })
})
