import type { Locator } from 'playwright'
import { describe, it } from 'vitest'
import { usdMicros } from '../../shared/money.ts'
import { see, startTakes } from './support/pages.ts'
import { type SampleStudio, studioSuite, until } from './support/studio.ts'

const suite = studioSuite()

/** Two lost takes at a service that does not say what its jobs were made from. */
async function lostTakes(): Promise<SampleStudio> {
  const studio = await suite.start({ paid: true })
  await studio.engine.call('project.update', { projectId: studio.projectId, patch: { cap: usdMicros(30_000_000) } })
  await studio.fake?.script({
    submit: [{ reply: 'reset', recorded: true, times: 2 }],
    lists: { more: 'has_more', echoInput: false, pageCap: 100, millisecondsOnly: false },
  })
  await startTakes(studio, ['3', '5'], 'wavespeed')
  await until(studio, ({ takes }) => takes.length === 2 && takes.every((take) => take.phase === 'unconfirmed'))
  return studio
}

/** What a video shows now: how far it is, and whether a frame is decoded. */
const stateOf = (video: Locator) =>
  video.evaluate((element: HTMLVideoElement) => ({
    moved: element.currentTime > 0,
    frame: element.readyState >= 2 && element.videoWidth > 0,
    remote: element.currentSrc.startsWith(`${location.origin}/media/candidates/`),
  }))

describe('the candidates for a lost submission', () => {
  it('play side by side through the studio, and the chosen one is adopted', async () => {
    const studio = await lostTakes()
    const page = await suite.page(studio)
    await page.keyboard.press('Control+3')
    const panel = page.getByRole('complementary', { name: 'Needs attention' })
    await panel.getByRole('button', { name: /Look for the job/ }).click()
    const videos = panel.locator('video')
    await see(videos).toHaveCount(2)
    for (const video of await videos.all()) {
      await video.evaluate((element: HTMLVideoElement) => element.play())
      await see.poll(() => stateOf(video)).toEqual({ moved: true, frame: true, remote: true })
    }
    const boxes = await Promise.all((await videos.all()).map((video) => video.boundingBox()))
    see(boxes[0]?.y).toBe(boxes[1]?.y)
    await panel.getByRole('button', { name: 'Use this one' }).last().click()
    const { takes } = await until(studio, (project) => project.takes.some((take) => take.phase === 'ready'))
    const adopted = takes.find((take) => take.phase === 'ready')
    see(adopted?.recovered).toBe(true)
    see(studio.fake?.ledger().posts).toHaveLength(2)
  })

  it('say why there is nothing to see of a job that runs or whose clip is gone', async () => {
    const studio = await lostTakes()
    await studio.fake?.script({ hold: true })
    const page = await suite.page(studio)
    await page.keyboard.press('Control+3')
    const panel = page.getByRole('complementary', { name: 'Needs attention' })
    await panel.getByRole('button', { name: /Look for the job/ }).click()
    await see(panel.getByText('Still being made: there is no clip to show yet.')).toHaveCount(2)

    await studio.fake?.script({ hold: false, download: [{ reply: 'status', status: 410, times: 'always' }] })
    await panel.getByRole('button', { name: /Look for the job/ }).click()
    await see(panel.getByText('The clip is no longer at the service.')).toHaveCount(2)
    await see(panel.getByRole('button', { name: 'Use this one' })).toHaveCount(2)

    await studio.fake?.clearScript()
    await studio.fake?.script({
      lists: { more: 'has_more', echoInput: false, pageCap: 100, millisecondsOnly: false },
    })
    await panel.getByRole('button', { name: /Look for the job/ }).click()
    await see(panel.locator('video')).toHaveCount(2)
  })
})
