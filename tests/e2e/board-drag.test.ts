import type { Page } from 'playwright'
import { afterEach, describe, expect, it } from 'vitest'
import { cardOf, complaintsOf, noComplaints, numbersOn, sceneOf, see } from './support/pages.ts'
import { pictureFile, type SampleStudio, type StudioSetup, studioSuite } from './support/studio.ts'

const suite = studioSuite()

let heard: readonly string[] = []
afterEach(() => noComplaints(heard))

async function board(setup?: StudioSetup): Promise<{ studio: SampleStudio; page: Page }> {
  const studio = await suite.start(setup)
  const page = await suite.page(studio)
  heard = complaintsOf(page)
  await see(page.locator('.scene-card')).toHaveCount(12)
  return { studio, page }
}

const TWELVE = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12']

/** Drags one card to the right half of another. @param meanwhile what happens before it is let go */
async function drag(page: Page, number: string, target: string, meanwhile?: () => Promise<void>): Promise<void> {
  const from = await cardOf(page, number).boundingBox()
  const to = await cardOf(page, target).boundingBox()
  if (!from || !to) throw new Error('The cards are on the page.')
  await page.mouse.move(from.x + from.width / 2, from.y + from.height - 20)
  await page.mouse.down()
  await page.mouse.move(to.x + to.width - 40, to.y + to.height - 20, { steps: 8 })
  await page.mouse.move(to.x + to.width - 30, to.y + to.height - 20)
  await see(page.locator('.drop-after')).toHaveCount(1)
  await meanwhile?.()
  await page.mouse.up()
}

describe('the order of the board', () => {
  it('moves a scene with the pointer, and the engine keeps it', async () => {
    const { page, studio } = await board()
    await drag(page, '1', '3')
    const order = ['2', '3', '1', ...TWELVE.slice(3)]
    await see.poll(() => numbersOn(page)).toEqual(order)
    const { scenes } = await studio.project()
    expect(scenes.toSorted((a, b) => a.position - b.position).map(({ number }) => number)).toEqual(order)
    await page.reload()
    await see.poll(() => numbersOn(page)).toEqual(order)
  })

  it('moves a scene with Alt and the arrows, and keeps the focus on it', async () => {
    const { page } = await board()
    await cardOf(page, '2').click()
    await page.keyboard.press('Alt+ArrowRight')
    await see.poll(() => numbersOn(page)).toEqual(['1', '3', '2', ...TWELVE.slice(3)])
    await see(cardOf(page, '2')).toBeFocused()
    // Faster than any answer: every press counts.
    await page.keyboard.press('Alt+ArrowLeft')
    await page.keyboard.press('Alt+ArrowLeft')
    await see.poll(() => numbersOn(page)).toEqual(['2', '1', '3', ...TWELVE.slice(3)])
    await see(cardOf(page, '2')).toBeFocused()
  })

  it('moves several together, by a drag and by keyboard, and says where they are then', async () => {
    const { page, studio } = await board()
    await cardOf(page, '2').click()
    await cardOf(page, '4').click({ modifiers: ['ControlOrMeta'] })
    await drag(page, '4', '8')
    const moved = ['1', '3', '5', '6', '7', '8', '2', '4', '9', '10', '11', '12']
    await see.poll(() => numbersOn(page)).toEqual(moved)
    await see(page.locator('[aria-live]').filter({ hasText: '2 scenes moved to positions 7 to 8 of 12' })).toHaveCount(
      1,
    )
    await page.keyboard.press('Alt+Home')
    await see.poll(() => numbersOn(page)).toEqual(['2', '4', '1', '3', ...TWELVE.slice(4)])
    // One edit for both.
    await studio.engine.call('edit.undo', { projectId: studio.projectId })
    await see.poll(() => numbersOn(page)).toEqual(moved)
  })

  it('moves a row down in the grid and one place down in the list', async () => {
    const { page } = await board()
    await cardOf(page, '1').click()
    await page.keyboard.press('Alt+ArrowDown')
    await see.poll(() => numbersOn(page)).toEqual(['2', '3', '4', '5', '1', ...TWELVE.slice(5)])
    await page.keyboard.press('v')
    await see(page.locator('.scene-row')).toHaveCount(12)
    await page.keyboard.press('Alt+ArrowUp')
    await see.poll(() => numbersOn(page)).toEqual(['2', '3', '4', '1', '5', ...TWELVE.slice(5)])
  })

  it('scrolls at its lower edge while a card is dragged there', async () => {
    const studio = await suite.start()
    await studio.engine.call('scene.createMany', {
      storyboardId: studio.storyboardId,
      before: null,
      scenes: Array.from({ length: 28 }, () => ({})),
    })
    const page = await suite.page(studio)
    heard = complaintsOf(page)
    const box = await page.locator('.board-scroll').boundingBox()
    if (!box) throw new Error('The board is on the page.')
    await drag(page, '1', '2', async () => {
      for (let step = 0; step < 3; step++) await page.mouse.move(box.x + 40 + step, box.y + box.height - 8 + step)
      await see.poll(() => page.locator('.board-scroll').evaluate((board) => board.scrollTop)).toBeGreaterThan(900)
      await page.mouse.move(box.x + 40, box.y + box.height / 2)
    })
    await see.poll(async () => (await sceneOf(studio, '1')).position).toBeGreaterThan(16)
  })
})

/** What a browser gives a page when files or text are let go over it. */
async function dropOn(
  page: Page,
  target: string,
  data: { names?: string[]; text?: string },
  side: 'left' | 'right' = 'right',
): Promise<void> {
  const picture = pictureFile('x.png', 640, 480).buffer.toString('base64')
  const transfer = await page.evaluateHandle(
    ({ names, text, bytes }) => {
      const made = new DataTransfer()
      const body = Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0))
      for (const name of names ?? []) made.items.add(new File([body], name, { type: 'image/png' }))
      if (text !== undefined) made.setData('text/plain', text)
      return made
    },
    { ...data, bytes: picture },
  )
  const box = await page.locator(target).first().boundingBox()
  if (!box) throw new Error(`${target} is on the page.`)
  const at = { clientX: side === 'left' ? box.x + 6 : box.x + box.width - 6, clientY: box.y + box.height / 2 }
  await page
    .locator(target)
    .first()
    .dispatchEvent('dragover', { dataTransfer: transfer, ...at })
  await page
    .locator(target)
    .first()
    .dispatchEvent('drop', { dataTransfer: transfer, ...at })
}

describe('what is dropped from outside', () => {
  it('asks whether pictures become references or scenes', async () => {
    const { page, studio } = await board()
    await dropOn(page, '[data-board] [data-scene]', { names: ['oak.png', 'fence.png'] })
    await page.getByRole('menuitem', { name: 'Make 2 scenes' }).click()
    await see(page.locator('.scene-card')).toHaveCount(14)
    const { scenes, casts } = await studio.project()
    const [oak] = scenes.filter(({ title }) => title === 'Oak')
    expect(oak?.position).toBe(1)
    expect(casts[0]?.references.find(({ id }) => oak?.references?.includes(id))?.name).toBe('Oak')
    // Nine is as many as a cast has.
    await dropOn(page, '[data-board] [data-scene]', { names: ['wolf.png'] })
    await see(page.getByRole('menuitem', { name: /^Make 1 scene/ })).toHaveAttribute('aria-disabled', 'true')
  })

  it('makes scenes of text where it is let go, also before the first card', async () => {
    const { page, studio } = await board()
    await dropOn(page, '[data-board] [data-scene]', { text: 'Rain.\n\nMara waits.' }, 'left')
    await see(page.locator('.scene-card')).toHaveCount(14)
    const { scenes } = await studio.project()
    const prompts = scenes.toSorted((a, b) => a.position - b.position).map(({ prompt }) => prompt)
    expect(prompts.slice(0, 2)).toEqual(['Rain.', 'Mara waits.'])
  })

  it('makes references of pictures dropped on the cast', async () => {
    const { page, studio } = await board()
    await dropOn(page, '.cast-strip', { names: ['oak.png'] })
    await see(page.getByRole('heading', { name: 'Cast · 8 of 9' })).toBeVisible()
    expect((await studio.project()).casts[0]?.references.at(-1)?.name).toBe('Oak')
  })

  it('makes scenes of text where it was let go', async () => {
    const { page, studio } = await board()
    await dropOn(page, '[data-board] [data-scene]', { text: '@Mara waits.\n\n@Juniper waits.' })
    await see(page.locator('.scene-card')).toHaveCount(14)
    expect((await sceneOf(studio, '1A')).prompt).toBe('@Mara waits.')
  })
})
