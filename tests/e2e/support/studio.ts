import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright'
import { build } from 'vite'
import type { Engine } from '../../../electron/engine/api.ts'
import { createKeyHolder } from '../../../electron/hosts/key-holder.ts'
import { serveStudio } from '../../../electron/hosts/loopback/serve-studio.ts'
import { openStudio } from '../../../electron/hosts/studio.ts'
import type { ProjectSnapshot } from '../../../shared/contract.ts'
import type { ProjectId, StoryboardId } from '../../../shared/ids.ts'
import { type FakeApi, startFakeApi } from '../../support/fake-api/client.ts'
import { memoryLogger } from '../../support/stub-engine.ts'

const root = resolve(import.meta.dirname, '../../..')

/** Bundles the studio's pages once per test file. @returns their folder */
export async function buildRenderer(outDir: string): Promise<string> {
  await build({
    configFile: false,
    root: join(root, 'renderer'),
    logLevel: 'error',
    build: { outDir, emptyOutDir: true, minify: false },
  })
  return outDir
}

export const launchBrowser = (): Promise<Browser> => {
  const executablePath = ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => existsSync(path))
  return chromium.launch({ ...(executablePath ? { executablePath } : {}), args: ['--no-sandbox'] })
}

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
  close(): Promise<void>
}

export interface StudioSetup {
  /** True starts the fake paid service and gives its key to the studio. */
  readonly paid?: boolean
  /** Folder of the library, kept; default: a new one, removed by `close`. */
  readonly library?: string
  readonly port?: number
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
        load: () => (fake ? { key: fake.key } : null),
        save: () => null,
        remove: () => {},
        caveat: () => null,
      },
    }),
    logger: memoryLogger(),
    resourcesDir: join(root, 'resources'),
    ...(fake ? { baseUrl: fake.baseUrl } : {}),
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
  return {
    engine,
    fake,
    projectId,
    storyboardId: storyboard.id,
    project,
    url: served.newUrl,
    async close() {
      await served.close()
      await engine.close()
      await fake?.stop()
      if (setup.library === undefined) rmSync(library, { recursive: true, force: true })
    },
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
