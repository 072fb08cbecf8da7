import type { Page } from 'playwright'
import { afterEach, describe, expect, it } from 'vitest'
import { cardOf, complaintsOf, noComplaints, sceneOf, see, startTakes } from './support/pages.ts'
import { type SampleStudio, studioSuite, until } from './support/studio.ts'

const suite = studioSuite()

let heard: readonly string[] = []
afterEach(() => noComplaints(heard))

/** The sample with one rehearsed scene in the inspector. */
async function inspect(number: string): Promise<{ studio: SampleStudio; page: Page }> {
  const studio = await suite.start()
  await startTakes(studio, [number])
  await until(studio, ({ takes }) => takes[0]?.phase === 'ready')
  const page = await suite.page(studio)
  heard = complaintsOf(page)
  await cardOf(page, number).click()
  await see(page.getByRole('textbox', { name: 'Scene number' })).toHaveValue(number.padStart(2, '0'))
  return { studio, page }
}

const takeOf = async (studio: SampleStudio) => (await studio.project()).takes[0]

describe('takes', () => {
  it('are marked stale with what changed since, and fresh again when it is undone', async () => {
    const { page, studio } = await inspect('2')
    const { duration } = await sceneOf(studio, '2')
    const card = cardOf(page, '2')
    await see(card).toHaveAttribute('data-state', 'ready')
    const stale = page.getByText('Changed since take 1: prompt, duration.')
    const prompt = page.getByRole('textbox', { name: 'Prompt' })
    const before = await prompt.inputValue()
    await prompt.fill(`${before} Slowly.`)
    const slider = page.getByRole('slider', { name: /duration/i })
    await slider.focus()
    await slider.press('ArrowRight')
    await see(stale).toBeVisible()
    await see(card).toContainText('Changed: prompt, duration')

    await page.getByRole('button', { name: 'Show the difference' }).click()
    const difference = page.getByRole('dialog', { name: 'Take 1 and the scene now' })
    await see(difference.getByRole('definition').first()).toContainText(`${duration} s`)
    await see(difference.getByRole('definition').first()).toContainText(`${duration + 1} s`)
    await see(difference.locator('ins')).toContainText('Slowly.')
    await page.keyboard.press('Escape')

    await prompt.fill(before)
    await slider.press('ArrowLeft')
    await see(card).not.toContainText('Changed')
    await see(stale).toHaveCount(0)
    expect((await sceneOf(studio, '2')).duration).toBe(duration)
  })

  it('that are stale are made again as the scene is now', async () => {
    const { page, studio } = await inspect('2')
    await page.getByRole('button', { name: '1080p' }).click()
    await page.getByRole('button', { name: 'Make it again' }).click()
    const { takes } = await until(studio, (project) => project.takes.length === 2)
    expect(takes.map(({ request }) => request.resolution).toSorted()).toEqual(['1080p', '720p'])
  })

  it('are rated and picked by pointer', async () => {
    const { page, studio } = await inspect('2')
    const stars = page.getByRole('slider', { name: 'Rating of take 1' })
    const box = await stars.boundingBox()
    if (!box) throw new Error('The stars are not drawn.')
    await page.mouse.click(box.x + box.width * 0.5, box.y + box.height / 2)
    await see(stars).toHaveAttribute('aria-valuetext', '3 of 5 stars')
    await stars.press('ArrowRight')
    await see.poll(async () => (await takeOf(studio))?.rating).toBe(4)
    await page.getByRole('button', { name: 'Pick take 1' }).click()
    await see(cardOf(page, '2')).toHaveAttribute('data-state', 'picked')
    await page.getByRole('button', { name: 'Take 1 is the pick; unpick it' }).click()
    await see(cardOf(page, '2')).toHaveAttribute('data-state', 'ready')
  })

  it('are judged by keys while one of their controls has the focus', async () => {
    const { page, studio } = await inspect('2')
    await page.getByRole('button', { name: 'Play take 1' }).focus()
    await page.keyboard.press('5')
    await see.poll(async () => (await takeOf(studio))?.rating).toBe(5)
    await see(page.getByRole('slider', { name: 'Rating of take 1' })).toHaveAttribute('aria-valuetext', '5 of 5 stars')
    await page.keyboard.press('5')
    await see.poll(async () => (await takeOf(studio))?.rating).toBe(0)
    await page.keyboard.press('p')
    await see(cardOf(page, '2')).toHaveAttribute('data-state', 'picked')
    await page.keyboard.press('p')
    await see(cardOf(page, '2')).toHaveAttribute('data-state', 'ready')
    await page.keyboard.press('x')
    await see(cardOf(page, '2')).toHaveAttribute('data-state', 'draft')
    await see(page.getByRole('listitem', { name: 'Take 1, rejected' })).toBeVisible()
    await page.getByRole('button', { name: 'More for take 1' }).click()
    await page.getByRole('menuitem', { name: 'Take it back in' }).click()
    await see(cardOf(page, '2')).toHaveAttribute('data-state', 'ready')
  })

  it('give their seed to every scene, with the way back', async () => {
    const { page, studio } = await inspect('2')
    const seed = (await takeOf(studio))?.request.seed
    const before = (await studio.project()).scenes.map((scene) => scene.seed)
    await page.getByRole('button', { name: 'More for take 1' }).click()
    await page.getByRole('menuitem', { name: 'Lock on all 12 scenes' }).click()
    const seeds = async () => (await studio.project()).scenes.map((scene) => scene.seed)
    await see.poll(seeds).toEqual(before.map(() => ({ kind: 'locked', value: seed })))
    await page.getByRole('button', { name: 'Undo', exact: true }).click()
    await see.poll(seeds).toEqual(before)
  })

  it('are saved as files under their slate, and tell what was done to them', async () => {
    const { page } = await inspect('2')
    await page.getByRole('button', { name: 'More for take 1' }).click()
    const saving = page.waitForEvent('download')
    await page.getByRole('menuitem', { name: 'Save a copy of the clip' }).click()
    expect((await saving).suggestedFilename()).toBe('02-1.mp4')
    await page.getByRole('button', { name: 'More for take 1' }).click()
    await page.getByRole('menuitem', { name: 'Activity' }).click()
    const history = page.getByRole('dialog', { name: 'Take 1' })
    await see(history.getByRole('listitem').first()).toBeVisible()
    await page.keyboard.press('Escape')
    await see(history).toHaveCount(0)
  })

  it('are held back while they wait, let go, and cancelled', async () => {
    const { page, studio } = await inspect('2')
    await studio.engine.call('runner.pause', {})
    await startTakes(studio, ['2'])
    const second = async () => (await studio.project()).takes.find(({ number }) => number === 2)
    await page.getByRole('button', { name: 'Hold take 2 back' }).click()
    await see(page.getByRole('listitem', { name: 'Take 2, under way' })).toContainText('On hold')
    await see.poll(async () => (await second())?.onHold).toBe(true)
    await page.getByRole('button', { name: 'Release take 2' }).click()
    await see.poll(async () => (await second())?.onHold).toBe(false)
    await page.getByRole('button', { name: 'Cancel take 2' }).click()
    await see.poll(async () => (await second())?.phase).toBe('cancelled')
    await see(page.getByRole('listitem', { name: 'Take 2, under way' })).toHaveCount(0)
  })

  it('play while the pointer rests on their card', async () => {
    const { page } = await inspect('2')
    await cardOf(page, '2').hover()
    const video = cardOf(page, '2').locator('video')
    await see.poll(() => video.evaluate((element) => (element as HTMLVideoElement).currentTime)).toBeGreaterThan(0.1)
    await cardOf(page, '9').hover()
    await see(video).toHaveCount(0)
  })
})
