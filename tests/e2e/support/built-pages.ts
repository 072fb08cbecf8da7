import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { buildRenderer } from './studio.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Folder of the studio's pages, bundled once for a whole run. */
    rendererDir: string
  }
}

/** Bundles the pages before the browser tests, so that no test file has to. */
export default async function setup(project: TestProject): Promise<() => void> {
  const dir = mkdtempSync(join(tmpdir(), 'takeboard-pages-'))
  project.provide('rendererDir', await buildRenderer(join(dir, 'renderer')))
  return () => rmSync(dir, { recursive: true, force: true })
}
