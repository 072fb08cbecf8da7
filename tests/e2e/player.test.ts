import { expect, type Page } from 'playwright/test'
import { beforeEach, describe, it } from 'vitest'
import { RequestId } from '../../shared/ids.ts'
import { type SampleStudio, studioSuite, until } from './support/studio.ts'

const suite = studioSuite()
let studio: SampleStudio
let page: Page

/** Two rehearsals of the first scene and one of the second, played from the inspector. */
beforeEach(async () => {
  studio = await suite.start()
  const { scenes } = await studio.project()
  const rehearse = async (numbers: readonly string[]) => {
    await studio.engine.call('batch.start', {
      requestId: RequestId.parse(crypto.randomUUID()),
      storyboardId: studio.storyboardId,
      order: {
        kind: 'scenes',
        provider: 'rehearsal',
        sceneIds: scenes.filter((scene) => numbers.includes(scene.number)).map(({ id }) => id),
        takesPerScene: 1,
        mode: 'add',
        seeds: { kind: 'keep' },
        resolution: null,
        includeUnconfirmed: true,
      },
    })
    await until(studio, ({ takes }) => takes.every((take) => take.phase === 'ready'))
  }
  await rehearse(['1', '2'])
  await rehearse(['1'])
  page = await suite.page(studio)
  await page.getByRole('option', { name: /^Scene 1,/ }).click()
  await page.getByRole('button', { name: 'Play take 1' }).click()
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible()
})

const frame = () => page.locator('.player-row .num').nth(1)
const title = () => page.locator('.player-title')

describe('the player', () => {
  it('stops, steps by frames and goes on', async () => {
    await page.keyboard.press(' ')
    await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible()
    await page.getByRole('slider', { name: 'Frame' }).focus()
    await page.keyboard.press('Home')
    await expect(frame()).toHaveText('frame 1 of 144')
    await page.getByRole('button', { name: 'Forward one frame' }).click()
    await expect(frame()).toHaveText('frame 2 of 144')
    await page.getByRole('button', { name: 'Play', exact: true }).focus()
    await page.keyboard.press('Shift+ArrowRight')
    await expect(frame()).toHaveText('frame 12 of 144')
    await page.keyboard.press('ArrowLeft')
    await expect(frame()).toHaveText('frame 11 of 144')
    expect(
      await page.evaluate(() => document.querySelector<HTMLVideoElement>('video.stage-video')?.currentTime),
    ).toBeCloseTo(10.5 / 24, 3)
    await page.keyboard.press(' ')
    await page.waitForFunction(
      () => (document.querySelector<HTMLVideoElement>('video.stage-video')?.currentTime ?? 0) > 1,
    )
  })

  it('goes to other takes and scenes, and judges them', async () => {
    await expect(title()).toContainText('01-1')
    await page.keyboard.press('ArrowDown')
    await expect(title()).toContainText('01-2')
    await page.keyboard.press('p')
    await expect(page.getByRole('button', { name: 'Picked' })).toBeVisible()
    await page.keyboard.press('4')
    await page.keyboard.press('PageDown')
    await expect(title()).toContainText('02-1')
    await page.keyboard.press('x')
    await expect(page.getByRole('button', { name: 'Rejected' })).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.locator('video.stage-video')).toHaveCount(0)

    const { scenes, takes } = await studio.project()
    const first = scenes.find((scene) => scene.number === '1')
    const picked = takes.find((take) => take.sceneId === first?.id && take.number === 2)
    expect(first?.pickTakeId).toBe(picked?.id)
    expect(picked?.rating).toBe(4)
    expect(takes.find((take) => take.sceneId !== first?.id)?.rejected).toBe(true)
  })

  it('reuses the seed of a take', async () => {
    await page.keyboard.press('PageDown')
    const panel = page.getByRole('complementary', { name: 'About this take' })
    await panel.getByRole('button', { name: 'Use this seed' }).click()
    await page.getByRole('menuitem', { name: 'For scene 02' }).click()
    await expect(page.getByText(/^Seed \d+ locked on scene 02$/)).toBeVisible()
    await expect(panel).toContainText('Rehearsal, on this computer')
    await expect(panel).toContainText('Free; would cost $0.56')
    await expect(panel.getByRole('list', { name: 'References as sent' }).getByRole('listitem')).toHaveCount(3)
  })
})
