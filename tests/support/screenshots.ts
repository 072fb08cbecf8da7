/**
 * `node tests/support/screenshots.ts`: makes the pictures of the README from the rehearsed sample, anew.
 * A stand-in for the paid service runs on this machine; nothing is sent anywhere else.
 */
import { createCanvas, loadImage } from '@napi-rs/canvas'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Page } from 'playwright'
import { RequestId } from '../../shared/ids.ts'
import type { Take } from '../../shared/model.ts'
import { usdMicros } from '../../shared/money.ts'
import { cardOf } from '../e2e/support/pages.ts'
import {
  buildRenderer,
  launchBrowser,
  openPage,
  type SampleStudio,
  startSampleStudio,
  until,
} from '../e2e/support/studio.ts'

const OUT = resolve(import.meta.dirname, '../../resources/screenshots')
const VIEW = { width: 1440, height: 900 }
/** Of WebP, 0 to 100: crisp text in well under 200 kB. */
const QUALITY = 88

/** Few at a time, so that a busy machine is never out of time. */
const AT_ONCE = 3

/** Makes one more take of each of the numbered scenes. @returns every take of the project */
async function rehearse(studio: SampleStudio, numbers: readonly string[]): Promise<readonly Take[]> {
  const { scenes } = await studio.project()
  const sceneIds = scenes.filter(({ number }) => numbers.includes(number)).map(({ id }) => id)
  for (let from = 0; from < sceneIds.length; from += AT_ONCE) {
    await studio.engine.call('batch.start', {
      requestId: RequestId.parse(crypto.randomUUID()),
      storyboardId: studio.storyboardId,
      order: {
        kind: 'scenes',
        provider: 'rehearsal',
        sceneIds: sceneIds.slice(from, from + AT_ONCE),
        takesPerScene: 1,
        mode: 'add',
        seeds: { kind: 'keep' },
        resolution: null,
        includeUnconfirmed: true,
      },
    })
    await until(studio, ({ takes }) => takes.length > 0 && takes.every((take) => take.phase === 'ready'))
  }
  return (await studio.project()).takes
}

/** Two takes of most scenes, some rated, six of them picked, and a cap to spend. */
async function dress(studio: SampleStudio): Promise<void> {
  await studio.engine.call('project.update', { projectId: studio.projectId, patch: { provider: 'rehearsal' } })
  await rehearse(
    studio,
    (await studio.project()).scenes.map(({ number }) => number),
  )
  const takes = await rehearse(studio, ['1', '3', '5', '6', '10', '12'])
  const { scenes, project } = await studio.project()
  await studio.engine.call('project.update', { projectId: project.id, patch: { cap: usdMicros(30_000_000) } })
  for (const [number, rating] of [
    ['1', 4],
    ['2', 3],
    ['3', 5],
    ['4', 4],
    ['6', 5],
    ['12', 5],
  ] as const) {
    const scene = scenes.find((each) => each.number === number)
    const take = takes.findLast((each) => each.sceneId === scene?.id)
    if (!scene || !take) throw new Error(`Scene ${number} was rehearsed.`)
    await studio.engine.call('take.update', { takeId: take.id, patch: { rating } })
    await studio.engine.call('scene.pick', { sceneId: scene.id, takeId: take.id })
  }
  const five = takes.filter((take) => take.sceneId === scenes.find((scene) => scene.number === '5')?.id)
  for (const [index, take] of five.entries())
    await studio.engine.call('take.update', { takeId: take.id, patch: { rating: index === 0 ? 2 : 4 } })
}

/** Waits until every picture is there and nothing moves. */
async function settle(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle')
  await page.evaluate(() => Promise.all([...document.images].map((image) => image.decode().catch(() => {}))))
}

async function save(page: Page, name: string): Promise<void> {
  await settle(page)
  const picture = await loadImage(await page.screenshot({ type: 'png' }))
  const canvas = createCanvas(VIEW.width, VIEW.height)
  canvas.getContext('2d').drawImage(picture, 0, 0)
  const bytes = await canvas.encode('webp', QUALITY)
  writeFileSync(join(OUT, `${name}.webp`), bytes)
  process.stdout.write(`${name}.webp ${Math.round(bytes.length / 1000)} kB\n`)
}

const scene = cardOf

async function main(): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'takeboard-screenshots-'))
  mkdirSync(OUT, { recursive: true })
  const studio = await startSampleStudio(await buildRenderer(join(dir, 'renderer')), { paid: true })
  const browser = await launchBrowser()
  try {
    await dress(studio)
    const page = await openPage(browser, studio, VIEW)
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await scene(page, '5').click()
    await page.mouse.move(700, 1)
    await save(page, 'board')

    await scene(page, '6').click()
    await page.getByRole('button', { name: 'Play take 2' }).click()
    await page.getByText(/^frame \d+ of/).waitFor()
    await page.keyboard.press('k')
    await page.locator('.review-stage[data-settled]').waitFor()
    await page.keyboard.press('w')
    await page.locator('.slot').nth(1).waitFor()
    await page.keyboard.press('Home')
    for (let step = 0; step < 6; step++) await page.keyboard.press('Shift+ArrowRight')
    await page.locator('[data-settled="60"]').waitFor()
    await save(page, 'review')
    await page.keyboard.press('Control+5')
    await page.locator('.seed-matrix, [role=grid]').first().waitFor()
    await save(page, 'seeds')
    await page.keyboard.press('Control+1')

    const { projectId } = studio
    const patch = { provider: 'wavespeed', cap: usdMicros(7_000_000) } as const
    await studio.engine.call('project.update', { projectId, patch })
    await page.getByRole('button', { name: /^Generate 12 scenes/ }).click()
    await page.getByRole('dialog').getByText('Over the cap').waitFor()
    await save(page, 'generate')

    // The stand-in for the service accepts jobs and finishes none, so that the queue stands still.
    await studio.fake?.script({ hold: true })
    await page.getByRole('button', { name: /^Submit/ }).click()
    await page.keyboard.press('Control+3')
    await page.locator('.queue-row[data-phase=running]').nth(3).waitFor()
    await page.locator('.queue-row[data-phase=running]').first().click()
    await page.locator('.toast [aria-label=Dismiss]').click()
    await page.locator('.toast').waitFor({ state: 'detached' })
    await page.mouse.move(700, 1)
    await save(page, 'queue')
  } finally {
    await browser.close()
    await studio.close()
    rmSync(dir, { recursive: true, force: true })
  }
}

await main()
// The threads that draw rehearsals may outlive their studio for a moment.
process.exit(0)
