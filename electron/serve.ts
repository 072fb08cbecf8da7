import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { hostRequestHash } from '../shared/host-request.ts'
import { TakeboardError } from '../shared/errors.ts'
import { libraryPath } from './hosts/cli/library.ts'
import { openBrowser } from './hosts/loopback/open-browser.ts'
import { createFileSecrets } from './hosts/loopback/secrets.ts'
import { serveStudio } from './hosts/loopback/serve-studio.ts'
import { openLog } from './hosts/logger.ts'
import { openStudio } from './hosts/studio.ts'

/** The studio in a browser: `[BOARD] [--library DIR] [--port N] [--no-open]`. Prints the one-time address. */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    allowNegative: true,
    options: { library: { type: 'string' }, port: { type: 'string' }, open: { type: 'boolean', default: true } },
  })
  const root = resolve(import.meta.dirname, '../..')
  const library = libraryPath(values.library)
  const logger = openLog(library)
  const engine = await openStudio({
    library,
    secrets: createFileSecrets(),
    logger,
    resourcesDir: join(root, 'resources'),
  })
  try {
    const [board] = positionals
    const opened = board === undefined ? null : await engine.openBoard(resolve(board))
    const port = Number(values.port ?? 0)
    const studio = await serveStudio({ engine, rendererDir: join(root, 'out/renderer'), port, logger })
    const url = studio.url + (opened ? hostRequestHash({ kind: 'project', projectId: opened.projectId }) : '')
    process.stdout.write(`${url}\n`)
    if (values.open) openBrowser(url)
    await new Promise<void>((stop) => ['SIGINT', 'SIGTERM'].forEach((signal) => process.once(signal, () => stop())))
    await studio.close()
  } finally {
    await engine.close()
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof TakeboardError ? error.message : String(error)}\n`)
  process.exitCode = 1
})
