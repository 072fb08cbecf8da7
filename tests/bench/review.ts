import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, CDPSession, Page } from 'playwright'
import { usdMicros } from '../../shared/money.ts'
import { clipBoard, compareTicked, openRoom, settled } from '../e2e/support/clips.ts'
import { makeCells } from '../e2e/support/cells.ts'
import { buildRenderer, launchBrowser, openPage, type SampleStudio, startSampleStudio } from '../e2e/support/studio.ts'
import { median } from './median.ts'

const SEEKS = 120
const STRIPS = 12
/** How long four takes play beside each other, in milliseconds. */
const PLAYED_MS = 10_000
const CLIPS = 1_000

export interface ReviewFigures {
  /** From the key to the picture of the frame on screen, in milliseconds. */
  readonly seekMedianMs: number
  readonly seekWorstMs: number
  /** From opening the studio to the last filmstrip kept, over the number of clips, in milliseconds. */
  readonly stripMs: number
  /** Four clips of 1080p at 24 frames a second, side by side; null where ffmpeg is missing to make them. */
  readonly sync: {
    readonly compared: number
    readonly alike: number
    readonly worst: number
    readonly dropped: number
  } | null
  /** Heap of the page after stepping through so many clips, over that after the first fifty, in MB. */
  readonly grownMb: number
  readonly clips: number
  /** From opening the room of that project to its first picture, in milliseconds. */
  readonly roomMs: number
}

/** Runs in the page: presses keys one after the other, each once the frame of the one before is on screen. */
const PRESS = `async (presses) => {
  const stage = document.querySelector('.review-stage')
  const took = []
  for (const [key, shift, frame] of presses) {
    const begun = performance.now()
    window.dispatchEvent(new KeyboardEvent('keydown', { key, code: key, shiftKey: shift, bubbles: true }))
    await new Promise((done) => {
      const look = () => (stage.dataset.settled === String(frame) ? done() : requestAnimationFrame(look))
      look()
    })
    took.push(performance.now() - begun)
  }
  return took
}`

/** Steps of one and of ten frames, forwards and back, within a clip of 120. */
function presses(): readonly (readonly [string, boolean, number])[] {
  const all: [string, boolean, number][] = []
  let frame = 0
  for (let turn = 0; turn < SEEKS; turn++) {
    const step = [1, 10, 1, -10, 10, 1, 10, -1][turn % 8] ?? 1
    frame = Math.max(0, Math.min(119, frame + step))
    all.push([step > 0 ? 'ArrowRight' : 'ArrowLeft', Math.abs(step) === 10, frame])
  }
  return all
}

async function measureSeeks(page: Page): Promise<readonly number[]> {
  await openRoom(page).catch(() => undefined)
  await page.keyboard.press('k')
  await page.keyboard.press('Home')
  await settled(page, 0)
  return page.evaluate(`(${PRESS})(${JSON.stringify(presses())})`)
}

/** Four clips of 1920x1080, five seconds, or null. */
function largeClips(dir: string): readonly string[] | null {
  const files = ['testsrc2', 'smptehdbars', 'mandelbrot', 'testsrc'].map((source) => {
    const file = join(dir, `${source}.mp4`)
    const input = ['-f', 'lavfi', '-i', `${source}=s=1920x1080:r=24`, '-t', '5']
    const output = ['-c:v', 'libx264', '-preset', 'veryfast', '-pix_fmt', 'yuv420p', '-b:v', '6M', '-y', file]
    return spawnSync('ffmpeg', ['-loglevel', 'error', ...input, ...output]).status === 0 ? file : null
  })
  return files.every((file) => file !== null) ? files : null
}

const kept = (studio: SampleStudio, folder: string) => {
  const path = join(studio.engine.libraryPath, 'cache', folder)
  return existsSync(path) ? readdirSync(path).length : 0
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20))
}

async function measureSync(browser: Browser, rendererDir: string, dir: string): Promise<ReviewFigures['sync']> {
  const files = largeClips(dir)
  if (!files) return null
  const studio = await startSampleStudio(rendererDir, { paid: true })
  try {
    await studio.fake?.script({
      jobs: files.map((clipFile, index) => ({ when: { seed: 900 + index }, plan: { clipFile } })),
    })
    await studio.engine.call('project.update', { projectId: studio.projectId, patch: { cap: usdMicros(100_000_000) } })
    await makeCells(
      studio,
      files.map((_, index) => ['1', 900 + index] as const),
      'wavespeed',
    )
    const page = await openPage(browser, studio)
    await page.locator('[data-board]').getByRole('option').first().click()
    await compareTicked(page, [1, 2, 3, 4])
    await page.keyboard.press('Space')
    await page.waitForTimeout(PLAYED_MS)
    await page.keyboard.press('Space')
    const stage = page.locator('.review-stage')
    const count = async (name: string) => Number(((await stage.getAttribute(`data-${name}`)) ?? '').split(' ')[0])
    const figures = {
      compared: await count('compared'),
      alike: await count('apart'),
      worst: await count('worst'),
      dropped: await count('dropped'),
    }
    await page.context().close()
    return figures
  } finally {
    await studio.close()
  }
}

/** Runs in the page: goes to the next take with a key, and waits until another picture is on screen. */
const NEXT = `async (key) => {
  const shown = () => document.querySelector('.review-stage')?.textContent
  const before = shown()
  window.dispatchEvent(new KeyboardEvent('keydown', { key, code: key, bubbles: true }))
  await new Promise((done) => {
    const look = () =>
      shown() !== before && document.querySelector('.review-stage')?.dataset.settled ? done() : requestAnimationFrame(look)
    look()
  })
}`

async function heapMb(cdp: CDPSession): Promise<number> {
  await cdp.send('HeapProfiler.collectGarbage')
  const { usedSize } = (await cdp.send('Runtime.getHeapUsage')) as { usedSize: number }
  return usedSize / 1e6
}

/** Opens the room of a project with many clips and steps through all of them. */
async function measureMany(
  browser: Browser,
  rendererDir: string,
): Promise<Pick<ReviewFigures, 'grownMb' | 'clips' | 'roomMs'>> {
  const studio = await startSampleStudio(rendererDir, { paid: true })
  try {
    const clipFile = join(import.meta.dirname, '../fixtures/clips/silent-24.mp4')
    await studio.fake?.script({ job: { clipFile } })
    await studio.engine.call('settings.update', { patch: { concurrency: 40 } })
    await studio.engine.call('project.update', {
      projectId: studio.projectId,
      patch: { cap: usdMicros(2_000_000_000) },
    })
    const { scenes } = await studio.project()
    const each = Math.ceil(CLIPS / scenes.length)
    for (const [index, { number }] of scenes.entries())
      await makeCells(
        studio,
        Array.from({ length: each }, (_, n) => [number, 1 + index * each + n] as const),
        'wavespeed',
      )
    const page = await openPage(browser, studio)
    await page.locator('[data-board]').getByRole('option').first().click()
    const begun = performance.now()
    await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: 'Review' }).click()
    await page.locator('.slot video').waitFor()
    await page.waitForFunction(() => (document.querySelector<HTMLVideoElement>('.slot video')?.readyState ?? 0) >= 2)
    const roomMs = performance.now() - begun
    await page.keyboard.press('k')
    await settled(page)
    const cdp = await page.context().newCDPSession(page)
    let stepped = 0
    let first = 0
    for (let scene = 0; scene < scenes.length; scene++) {
      if (scene > 0) await page.evaluate(`(${NEXT})('PageDown')`)
      for (let take = 1; take < each; take++) {
        await page.evaluate(`(${NEXT})('ArrowUp')`)
        if (++stepped === 50) first = await heapMb(cdp)
      }
    }
    return { grownMb: (await heapMb(cdp)) - first, clips: each * scenes.length, roomMs }
  } finally {
    await studio.close()
  }
}

/** How the review room feels. */
export async function measureReview(): Promise<ReviewFigures> {
  const dir = mkdtempSync(join(tmpdir(), 'takeboard-review-'))
  const rendererDir = await buildRenderer(join(dir, 'renderer'), true)
  const browser = await launchBrowser()
  try {
    const studio = await startSampleStudio(rendererDir, { paid: true })
    let seeks: readonly number[]
    let stripMs: number
    try {
      await clipBoard(
        studio,
        Array.from({ length: STRIPS }, () => ['fps-24'] as const),
      )
      const begun = performance.now()
      const page = await openPage(browser, studio)
      await page
        .locator('.rail')
        .getByRole('button', { name: /^Clips/ })
        .click()
      await until(() => kept(studio, 'strips') >= STRIPS)
      stripMs = (performance.now() - begun) / STRIPS
      seeks = await measureSeeks(page)
      await page.context().close()
    } finally {
      await studio.close()
    }
    return {
      seekMedianMs: median(seeks),
      seekWorstMs: Math.max(...seeks),
      stripMs,
      sync: await measureSync(browser, rendererDir, dir),
      ...(await measureMany(browser, rendererDir)),
    }
  } finally {
    await browser.close()
    rmSync(dir, { recursive: true, force: true })
  }
}
