import { createCanvas } from '@napi-rs/canvas'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright'
import { build } from 'vite'
import type { Engine } from '../../../electron/engine/api.ts'
import type { Clock } from '../../../electron/engine/ports.ts'
import { createKeyHolder } from '../../../electron/hosts/key-holder.ts'
import { serveStudio } from '../../../electron/hosts/loopback/serve-studio.ts'
import { openStudio } from '../../../electron/hosts/studio.ts'
import type { ProjectSnapshot } from '../../../shared/contract.ts'
import type { ProjectId, StoryboardId } from '../../../shared/ids.ts'
import { afterAll, afterEach, beforeAll, inject } from 'vitest'
import { ensureChromium } from '../../support/chromium.ts'
import { type FakeApi, startFakeApi } from '../../support/fake-api/client.ts'
import { memoryLogger } from '../../support/stub-engine.ts'

const root = resolve(import.meta.dirname, '../../..')

/** Bundles the studio's pages. @param minify true as users get them @returns their folder */
export async function buildRenderer(outDir: string, minify = false): Promise<string> {
  await build({
    configFile: false,
    root: join(root, 'renderer'),
    logLevel: 'error',
    build: { outDir, emptyOutDir: true, minify },
  })
  return outDir
}

export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: ensureChromium(), args: ['--no-sandbox'] })

/** The sample project in a studio of its own. */
export interface SampleStudio {
  readonly engine: Engine
  /** The paid service, when it was asked for. */
  readonly fake: FakeApi | null
  readonly projectId: ProjectId
  readonly storyboardId: StoryboardId
  project(): Promise<ProjectSnapshot>
  /** A new one-time address. */
  url(): string
  /** Ends it once, however often it is asked. */
  close(): Promise<void>
}

export interface StudioSetup {
  /** True starts the fake paid service and gives its key to the studio. */
  readonly paid?: boolean
  /** False leaves the studio without a key although the paid service runs. */
  readonly key?: boolean
  /** Folder of the library, kept; default: a new one, removed by `close`. */
  readonly library?: string
  readonly port?: number
  /** Address of a paid service that is not started here, or not there at all. The studio has a key for it. */
  readonly baseUrl?: string
  readonly clock?: Clock
}

/** Opens a real engine with the sample project and serves it with the bundled pages. */
export async function startSampleStudio(rendererDir: string, setup: StudioSetup = {}): Promise<SampleStudio> {
  const library = setup.library ?? mkdtempSync(join(tmpdir(), 'takeboard-e2e-'))
  const fake = setup.paid ? await startFakeApi() : null
  const engine = await openStudio({
    library,
    secrets: createKeyHolder({
      env: {},
      vault: {
        source: 'file',
        load: () => (setup.key === false ? null : fake ? { key: fake.key } : setup.baseUrl ? { key: 'unused' } : null),
        save: () => null,
        remove: () => {},
        caveat: () => null,
      },
    }),
    logger: memoryLogger(),
    resourcesDir: join(root, 'resources'),
    // Nobody's file manager opens because of a test.
    fileManager: { reveal: () => false },
    ...(setup.clock ? { clock: setup.clock } : {}),
    ...(fake ? { baseUrl: fake.baseUrl } : setup.baseUrl ? { baseUrl: setup.baseUrl } : {}),
  })
  const { projectId } = await engine.call('project.openSample', {})
  if (fake) {
    await engine.call('project.update', { projectId, patch: { provider: 'wavespeed' } })
    await engine.call('settings.update', { patch: { level: 'custom', concurrency: 4 } })
  }
  const project = () => engine.call('project.get', { projectId })
  const [storyboard] = (await project()).storyboards
  if (!storyboard) throw new Error('The sample has no storyboard.')
  const served = await serveStudio({ engine, rendererDir, logger: memoryLogger(), port: setup.port ?? 0 })
  const end = async () => {
    await served.close()
    await engine.close()
    await fake?.stop()
    if (setup.library === undefined) rmSync(library, { recursive: true, force: true })
  }
  let closed: Promise<void> | null = null
  return {
    engine,
    fake,
    projectId,
    storyboardId: storyboard.id,
    project,
    url: served.newUrl,
    close: () => (closed ??= end()),
  }
}

/** The same library from a second process, only to look at it. */
async function lookAtStudio(rendererDir: string, studio: SampleStudio): Promise<SampleStudio> {
  const vault = { source: 'file', load: () => null, save: () => null, remove: () => {}, caveat: () => null } as const
  const engine = await openStudio({
    library: studio.engine.libraryPath,
    readOnly: true,
    secrets: createKeyHolder({ env: {}, vault }),
    logger: memoryLogger(),
    resourcesDir: join(root, 'resources'),
  })
  const served = await serveStudio({ engine, rendererDir, logger: memoryLogger() })
  let closed: Promise<void> | null = null
  const end = () => served.close().then(() => engine.close())
  return {
    ...studio,
    engine,
    fake: null,
    project: () => engine.call('project.get', { projectId: studio.projectId }),
    url: served.newUrl,
    close: () => (closed ??= end()),
  }
}

/** Opens the studio in a page of its own context and waits until it shows the project. */
export async function openPage(
  browser: Browser,
  studio: SampleStudio,
  view: { width: number; height: number } = { width: 1440, height: 900 },
): Promise<Page> {
  const context = await browser.newContext({ viewport: view })
  const page = await context.newPage()
  await page.goto(studio.url())
  await page.locator('.top-bar').getByText('The Long Pasture').waitFor()
  return page
}

/**
 * What a test file of the studio needs: Chromium started once, and every studio and page of a test
 * ended after it.
 */
export function studioSuite() {
  const dir = inject('rendererDir')
  let browser: Browser
  let ends: (() => Promise<void>)[] = []
  beforeAll(async () => {
    browser = await launchBrowser()
  })
  afterEach(async () => {
    const now = ends.toReversed()
    ends = []
    for (const end of now) await end()
  })
  afterAll(async () => {
    await browser.close()
  })
  return {
    browser: () => browser,
    /** Folder of the bundled pages. */
    rendererDir: () => dir,
    /** Runs after the test, last come first. */
    after(end: () => Promise<void>): void {
      ends.push(end)
    },
    async start(setup: StudioSetup = {}): Promise<SampleStudio> {
      const studio = await startSampleStudio(dir, setup)
      ends.push(studio.close)
      return studio
    },
    async look(studio: SampleStudio): Promise<SampleStudio> {
      const looking = await lookAtStudio(dir, studio)
      ends.push(looking.close)
      return looking
    },
    async page(studio: SampleStudio, view?: { width: number; height: number }): Promise<Page> {
      const page = await openPage(browser, studio, view)
      ends.push(() => page.context().close())
      return page
    },
  }
}

export type StudioSuite = ReturnType<typeof studioSuite>

/** Waits until the project is as described. Fails with what it was instead. */
export async function until(
  studio: SampleStudio,
  holds: (project: ProjectSnapshot) => boolean,
): Promise<ProjectSnapshot> {
  const patience = AbortSignal.timeout(60_000)
  let resolve: () => void = () => {}
  const off = studio.engine.onEvent(() => resolve())
  try {
    for (;;) {
      const moved = new Promise<void>((done) => {
        resolve = done
        patience.addEventListener('abort', () => done(), { once: true })
      })
      const project = await studio.project()
      if (holds(project)) return project
      if (patience.aborted)
        throw new Error(
          `Never came: takes are ${project.takes.map((take) => `${take.phase} ${take.error?.message ?? ''}`).join(', ')}`,
        )
      await moved
    }
  } finally {
    off()
  }
}

/** A picture as a file to choose. */
export function pictureFile(
  name: string,
  width: number,
  height: number,
): { name: string; mimeType: string; buffer: Buffer } {
  const canvas = createCanvas(width, height)
  const brush = canvas.getContext('2d')
  brush.fillStyle = '#7a5a3c'
  brush.fillRect(0, 0, width, height)
  return { name, mimeType: 'image/png', buffer: canvas.toBuffer('image/png') }
}
