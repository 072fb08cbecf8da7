import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Browser, CDPSession, Page } from 'playwright'
import type { Engine } from '../../electron/engine/api.ts'
import { createKeyHolder } from '../../electron/hosts/key-holder.ts'
import { serveStudio } from '../../electron/hosts/loopback/serve-studio.ts'
import { openStudio } from '../../electron/hosts/studio.ts'
import { present } from '../../shared/assert.ts'
import type { ProjectSnapshot } from '../../shared/contract.ts'
import type { ServerFrame } from '../../shared/transport.ts'
import { buildRenderer, launchBrowser } from '../e2e/support/studio.ts'
import { memoryLogger } from '../support/stub-engine.ts'
import { launchBareBrowser } from './bare-browser.ts'
import { fillLibrary } from './fill-library.ts'
import { median } from './median.ts'

const root = resolve(import.meta.dirname, '../..')
const SCENES = 2_000
const TAKES = 10_000
const RUNS = 5
/** Pixels a frame: as fast as a wheel or a flick of a touchpad goes, and as the bar of the board is thrown. */
export const SPEEDS = [120, 400] as const
/** Events a second, and for how many seconds. */
const EVENTS = 1_000
const SECONDS = 4

export interface BoardFigures {
  readonly scenes: number
  readonly takes: number
  /** From the start of the navigation to the first card that can be clicked, median of the runs, in milliseconds. */
  readonly interactiveMs: number
  /** Longest frame while the board scrolls from end to end, at each of `SPEEDS`, median of the runs, in milliseconds. */
  readonly longestFrameMs: readonly number[]
  /** Of those frames the middle one. */
  readonly usualFrameMs: readonly number[]
  /** Scripting for each key typed into a prompt, in milliseconds. */
  readonly scriptMsPerKey: number
  /** From the last of a stream of events to the board showing it, in milliseconds. */
  readonly behindMs: number
  /** JavaScript of the first load, gzipped, in kB. */
  readonly initialKb: number
}

const openLibrary = (library: string): Promise<Engine> =>
  openStudio({
    library,
    secrets: createKeyHolder({
      env: {},
      vault: { source: 'file', load: () => null, save: () => null, remove() {}, caveat: () => null },
    }),
    logger: memoryLogger(),
    resourcesDir: join(root, 'resources'),
  })

/** A library with one project of the full size, written once. */
async function largeLibrary(library: string): Promise<void> {
  let engine = await openLibrary(library)
  const { projectId } = await engine.call('project.create', { title: 'Bench' })
  const storyboardId = present((await engine.call('project.get', { projectId })).storyboards[0], 'made with it').id
  const scene = (n: number) => ({
    title: `Scene ${n}`,
    prompt: `A rider crosses field ${n} in the soft light of dawn.`,
  })
  for (let from = 0; from < SCENES; from += 500)
    await engine.call('scene.createMany', {
      storyboardId,
      before: null,
      scenes: Array.from({ length: 500 }, (_, n) => scene(from + n + 1)),
    })
  const { scenes } = await engine.call('project.get', { projectId })
  await engine.close()
  fillLibrary(library, { projectId, storyboardId, sceneIds: scenes.map(({ id }) => id) }, TAKES)
  engine = await openLibrary(library)
  await engine.call('project.get', { projectId })
  await engine.close()
}

/** Notes, in the page, when the first card stands. */
const NOTE_FIRST_CARD = `new MutationObserver((_, observer) => {
  if (!document.querySelector('.scene-card')) return
  observer.disconnect()
  requestAnimationFrame(() => { window.firstCardAt = performance.now() })
}).observe(document, { childList: true, subtree: true })`

const FIRST_CARD = `new Promise((done) => {
  const look = () => (window.firstCardAt ? done() : requestAnimationFrame(look))
  look()
})`

/** Scrolls the board from end to end. @param step pixels a frame @returns how long every frame took, in milliseconds */
const scrollBy = (step: number): string => `new Promise((done) => {
  const start = document.querySelector('.scene-card')
  let box = start
  while (box && !(box.scrollHeight > box.clientHeight + 10 && /auto|scroll/.test(getComputedStyle(box).overflowY))) box = box.parentElement
  const frames = []
  let last = performance.now()
  const frame = () => {
    const now = performance.now()
    frames.push(now - last)
    last = now
    if (box.scrollTop + box.clientHeight >= box.scrollHeight - 1) return done(frames)
    box.scrollTop += ${step}
    requestAnimationFrame(frame)
  }
  requestAnimationFrame(() => { last = performance.now(); requestAnimationFrame(frame) })
})`

async function scriptMs(cdp: CDPSession): Promise<number> {
  const { metrics } = (await cdp.send('Performance.getMetrics')) as { metrics: { name: string; value: number }[] }
  return (
    present(
      metrics.find(({ name }) => name === 'ScriptDuration'),
      'a metric of Chromium',
    ).value * 1000
  )
}

async function measureTyping(page: Page): Promise<number> {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Performance.enable')
  await page.locator('.scene-card').first().click()
  const prompt = page.getByRole('textbox', { name: 'Prompt' })
  await prompt.click()
  await page.keyboard.type('warm up ')
  const before = await scriptMs(cdp)
  const text = 'a slow dolly past the fence as the light turns '
  for (const key of text) await page.keyboard.press(key === ' ' ? 'Space' : key)
  return ((await scriptMs(cdp)) - before) / text.length
}

/** Sends events of a running batch to the page at full rate, then one that can be seen, and waits for it. */
async function measureEvents(
  page: Page,
  send: (frame: ServerFrame) => void,
  project: ProjectSnapshot,
): Promise<number> {
  let { seq } = project
  const tick = 20
  const perTick = (EVENTS * tick) / 1000
  let next = 0
  for (let turn = 0; turn < (SECONDS * 1000) / tick; turn++) {
    const due = performance.now() + tick
    for (let n = 0; n < perTick; n++) {
      const take = present(project.takes[next++ % project.takes.length], 'in range')
      send({ type: 'evt', seq: ++seq, name: 'take.put', payload: { ...take, rating: next % 6 } } as ServerFrame)
    }
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())))
  }
  const first = present(project.scenes[0], 'a large board')
  const begun = performance.now()
  send({ type: 'evt', seq: ++seq, name: 'scene.put', payload: { ...first, title: 'The last event' } } as ServerFrame)
  await page.locator('.scene-card').getByText('The last event').first().waitFor()
  return performance.now() - begun
}

/** What the entry page loads before anything is asked for, gzipped. */
function initialKb(rendererDir: string): number {
  const html = readFileSync(join(rendererDir, 'index.html'), 'utf8')
  const files = [...html.matchAll(/(?:src|href)="\.?\/?([^"]+\.js)"/g)].map(([, file]) => present(file, 'the group'))
  if (files.length === 0) throw new Error(`No scripts in ${readdirSync(rendererDir).join()}`)
  return files.reduce((sum, file) => sum + gzipSync(readFileSync(join(rendererDir, file))).length, 0) / 1000
}

/** Asks for the picture of every card once: like the posters of clips they are kept in the library from then on. */
const DRAW_POSTERS = `(async () => {
  for (let take = ${TAKES - SCENES}; take < ${TAKES}; take += 4)
    await Promise.all([0, 1, 2, 3].map((n) => fetch('/media/posters/take-' + (take + n)).then((reply) => reply.arrayBuffer())))
})()`

/** Every picture in sight has come, and nothing has been asked for since for half a second. */
const AT_REST = `new Promise((done) => {
  let seen = -1
  const look = () => {
    const now = performance.getEntriesByType('resource').length
    if (now === seen && document.querySelector('.scene-card')) return done()
    seen = now
    setTimeout(look, 500)
  }
  look()
})`

interface ScrollFrames {
  readonly longest: readonly number[]
  readonly usual: readonly number[]
}

/** The longest and the middle frame of every run, at each of `SPEEDS`. */
async function measureScrolling(newUrl: () => string): Promise<readonly ScrollFrames[]> {
  const frames = SPEEDS.map(() => ({ longest: [] as number[], usual: [] as number[] }))
  const browser = await launchBareBrowser()
  try {
    for (let run = 0; run < RUNS; run++)
      for (const [at, step] of SPEEDS.entries()) {
        const page = await browser.open(newUrl())
        await page.evaluate(AT_REST)
        const times = await page.evaluate<number[]>(scrollBy(step))
        frames[at]?.longest.push(Math.max(...times))
        frames[at]?.usual.push(median(times))
        await page.close()
      }
    return frames
  } finally {
    await browser.close()
  }
}

async function openBoard(browser: Browser, url: string): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage()
  await page.addInitScript(NOTE_FIRST_CARD)
  await page.goto(url)
  await page.locator('.scene-card').first().waitFor()
  await page.evaluate(FIRST_CARD)
  return page
}

/** How the board of a large project feels. */
export async function measureBoard(): Promise<BoardFigures> {
  const dir = mkdtempSync(join(tmpdir(), 'takeboard-board-'))
  const library = join(dir, 'library')
  await largeLibrary(library)
  const rendererDir = await buildRenderer(join(dir, 'renderer'), true)
  const engine = await openLibrary(library)
  const sends = new Set<(frame: ServerFrame) => void>()
  const served = await serveStudio({
    engine: {
      ...engine,
      connect(connection) {
        sends.add((frame) => connection.send(frame))
        engine.connect(connection)
      },
    },
    rendererDir,
    logger: memoryLogger(),
  })
  const browser = await launchBrowser()
  try {
    const interactive: number[] = []
    for (let run = 0; run < RUNS; run++) {
      const page = await openBoard(browser, served.newUrl())
      interactive.push(await page.evaluate('window.firstCardAt'))
      if (run === 0) await page.evaluate(DRAW_POSTERS)
      await page.context().close()
    }
    const frames = await measureScrolling(() => served.newUrl())
    sends.clear()
    const page = await openBoard(browser, served.newUrl())
    const scriptMsPerKey = await measureTyping(page)
    await page.keyboard.press('Escape')
    const { projects } = await engine.call('studio.get', {})
    const project = await engine.call('project.get', { projectId: present(projects[0], 'made above').id })
    const behindMs = await measureEvents(page, (frame) => sends.forEach((send) => send(frame)), project)
    return {
      scenes: SCENES,
      takes: TAKES,
      interactiveMs: median(interactive),
      longestFrameMs: frames.map(({ longest }) => median(longest)),
      usualFrameMs: frames.map(({ usual }) => median(usual)),
      scriptMsPerKey,
      behindMs,
      initialKb: initialKb(rendererDir),
    }
  } finally {
    await browser.close()
    await served.close()
    await engine.close()
    rmSync(dir, { recursive: true, force: true })
  }
}
