import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Browser, Locator, Page } from 'playwright'
import { expect } from 'playwright/test'
import type { Engine } from '../../../electron/engine/api.ts'
import { createKeyHolder } from '../../../electron/hosts/key-holder.ts'
import { serveStudio } from '../../../electron/hosts/loopback/serve-studio.ts'
import { openStudio } from '../../../electron/hosts/studio.ts'
import type { Scene } from '../../../shared/model.ts'
import { RequestId, type SceneId } from '../../../shared/ids.ts'
import { memoryLogger } from '../../support/stub-engine.ts'
import type { SampleStudio } from './studio.ts'

const root = resolve(import.meta.dirname, '../../..')

/** Playwright's `expect` with the patience that rendering a clip on a busy machine takes. */
export const see = expect.configure({ timeout: 60_000 })

/** A studio over a new, empty library. */
export interface EmptyStudio {
  readonly engine: Engine
  url(): string
  close(): Promise<void>
}

export async function startEmptyStudio(rendererDir: string): Promise<EmptyStudio> {
  const library = mkdtempSync(join(tmpdir(), 'takeboard-empty-'))
  const engine = await openStudio({
    library,
    secrets: createKeyHolder({
      env: {},
      vault: { source: 'file', load: () => null, save: () => null, remove: () => {}, caveat: () => null },
    }),
    logger: memoryLogger(),
    resourcesDir: join(root, 'resources'),
  })
  const served = await serveStudio({ engine, rendererDir, logger: memoryLogger() })
  return {
    engine,
    url: served.newUrl,
    async close() {
      await served.close()
      await engine.close()
      rmSync(library, { recursive: true, force: true })
    },
  }
}

/** Everything the browser complains of in a page: errors, warnings, uncaught exceptions, refusals by the policy. */
export function complaintsOf(page: Page): readonly string[] {
  const heard: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') heard.push(`${message.type()}: ${message.text()}`)
  })
  page.on('pageerror', (error) => heard.push(`exception: ${error.message}`))
  page.on('dialog', (dialog) => {
    heard.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  return heard
}

/** @throws Error with everything the browser complained of */
export function noComplaints(heard: readonly string[]): void {
  if (heard.length > 0) throw new Error(`The browser complained:\n${heard.join('\n')}`)
}

/** A page of its own context, listened to from the start. */
export async function openListened(
  browser: Browser,
  url: string,
  view: { width: number; height: number } = { width: 1440, height: 900 },
): Promise<{ page: Page; complaints: readonly string[] }> {
  const context = await browser.newContext({ viewport: view })
  const page = await context.newPage()
  const complaints = complaintsOf(page)
  await page.goto(url)
  return { page, complaints }
}

/** The card of a scene on the board, by its number. */
export const cardOf = (page: Page, number: string): Locator =>
  page.locator('[data-board]').getByRole('option', { name: new RegExp(`^Scene ${number},`) })

/** The numbers on the board from first to last. */
export const numbersOn = (page: Page): Promise<string[]> =>
  page
    .locator('[data-board] [data-scene]')
    .evaluateAll((cards) =>
      cards
        .toSorted((a, b) => Number(a.getAttribute('aria-posinset')) - Number(b.getAttribute('aria-posinset')))
        .map((card) => /^Scene ([^,]+)/.exec(card.querySelector('.hidden-text')?.textContent ?? '')?.[1] ?? ''),
    )

/** The scene with a number, as the engine has it. */
export async function sceneOf(studio: SampleStudio, number: string): Promise<Scene> {
  const { scenes } = await studio.project()
  const scene = scenes.find((each) => each.number === number)
  if (!scene) throw new Error(`There is no scene ${number}.`)
  return scene
}

/** Starts one take of each of the numbered scenes. */
export async function startTakes(
  studio: SampleStudio,
  numbers: readonly string[],
  provider: 'rehearsal' | 'wavespeed' = 'rehearsal',
): Promise<void> {
  const sceneIds: SceneId[] = []
  for (const number of numbers) sceneIds.push((await sceneOf(studio, number)).id)
  await studio.engine.call('batch.start', {
    requestId: RequestId.parse(crypto.randomUUID()),
    storyboardId: studio.storyboardId,
    order: {
      kind: 'scenes',
      provider,
      sceneIds,
      takesPerScene: 1,
      mode: 'add',
      seeds: { kind: 'keep' },
      resolution: null,
      includeUnconfirmed: true,
    },
  })
}
