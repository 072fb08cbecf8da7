#!/usr/bin/env node
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { CliDeps } from './hosts/cli/context.ts'
import { EXIT } from './hosts/cli/exit-codes.ts'
import { runCli } from './hosts/cli/main.ts'
import { openBrowser } from './hosts/loopback/open-browser.ts'
import { createFileSecrets } from './hosts/loopback/secrets.ts'

/** The folder of package.json, from the sources as from the bundle. */
function packageRoot(): string {
  let dir = import.meta.dirname
  while (!existsSync(join(dir, 'package.json')) && dirname(dir) !== dir) dir = dirname(dir)
  return dir
}

function packageVersion(root: string): string {
  const content: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const version = typeof content === 'object' && content !== null && 'version' in content ? content.version : null
  return typeof version === 'string' ? version : 'unknown'
}

/** Under npm one Ctrl-C arrives twice: from the terminal, and passed on by npm at once. */
const SAME_KEYPRESS_MS = 250

/** The first request to end is passed on to the command; the second ends the process. */
function listenForInterrupts(): AbortSignal {
  const controller = new AbortController()
  let firstAt = 0
  const onSignal = () => {
    if (!controller.signal.aborted) {
      firstAt = performance.now()
      controller.abort()
    } else if (performance.now() - firstAt > SAME_KEYPRESS_MS) process.exit(EXIT.other)
  }
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, onSignal)
  return controller.signal
}

// A diagnostic report that somebody switched on must not carry the API key with the environment.
process.report.excludeEnv = true

const root = packageRoot()
const interrupted = listenForInterrupts()
const deps: CliDeps = {
  env: process.env,
  root,
  version: packageVersion(root),
  interrupted,
  // Loaded when needed: pricing a board should not wait for the database.
  async openStudio(options) {
    const { openStudio } = await import('./hosts/studio.ts')
    const baseUrl = process.env['WAVESPEED_BASE_URL']
    return openStudio({ ...options, resourcesDir: join(root, 'resources'), ...(baseUrl && { baseUrl }) })
  },
  async serveStudio(options) {
    const { serveStudio } = await import('./hosts/loopback/serve-studio.ts')
    return serveStudio(options)
  },
  secrets: createFileSecrets,
  openBrowser,
  now: Date.now,
}

const streams = { stdin: process.stdin, stdout: process.stdout, stderr: process.stderr }
process.exitCode = await runCli(process.argv.slice(2), streams, deps)
// Whatever still holds the process has had its chance to end; results are written out by now or within this time.
setTimeout(() => process.exit(), 2_000).unref()
