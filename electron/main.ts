import { app } from 'electron'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { libraryPath } from './hosts/cli/library.ts'
import { startDesktop } from './hosts/desktop/app.ts'
import { desktopFileManager } from './hosts/desktop/file-manager.ts'
import { desktopTrash } from './hosts/desktop/trash.ts'
import { openLog } from './hosts/logger.ts'
import { openStudio } from './hosts/studio.ts'

/** The desktop app: composition only. `--library DIR` chooses the library, `--read-only` only looks; a board file may be named. */
// As in cli.ts.
process.report.excludeEnv = true
const { values } = parseArgs({
  options: { library: { type: 'string' }, 'read-only': { type: 'boolean' } },
  strict: false,
})
const library = libraryPath(typeof values['library'] === 'string' ? values['library'] : undefined)
const readOnly = values['read-only'] === true
// Whoever looks at a library writes nothing into it, so the log goes elsewhere.
const logger = openLog(readOnly ? app.getPath('userData') : library)
const root = resolve(import.meta.dirname, '../..')
const baseUrl = process.env['WAVESPEED_BASE_URL']

startDesktop({
  argv: process.argv,
  rendererDir: join(root, 'out/renderer'),
  preload: join(root, 'out/preload/preload.cjs'),
  logger,
  readOnly,
  openEngine: (secrets) =>
    openStudio({
      library,
      secrets,
      logger,
      readOnly,
      trash: desktopTrash,
      fileManager: desktopFileManager,
      resourcesDir: join(root, 'resources'),
      ...(baseUrl && { baseUrl }),
    }),
}).catch((error: unknown) => {
  logger.error('The desktop could not start', { detail: error instanceof Error ? error.stack : String(error) })
  app.exit(1)
})
