import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { chromium } from 'playwright'

/** Where browsers of the family are usually installed. The shell has no windows to keep up, and is a third quicker. */
const INSTALLED = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

const INSTALL_MS = 10 * 60_000

/** Playwright's own browser, the one named by CHROMIUM_PATH, or an installed one; null when there is none. */
export function findChromium(): string | null {
  const candidates = [process.env['CHROMIUM_PATH'], chromium.executablePath(), ...INSTALLED]
  return candidates.find((path): path is string => path !== undefined && path !== '' && existsSync(path)) ?? null
}

const run = (command: string, args: readonly string[]): boolean =>
  spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'], timeout: INSTALL_MS }).status === 0

function installWithPlaywright(): boolean {
  const cli = join(dirname(createRequire(import.meta.url).resolve('playwright/package.json')), 'cli.js')
  return run(process.execPath, [cli, 'install', 'chromium'])
}

/** Debian's packages, which need root. */
function installWithApt(): boolean {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false
  process.env['DEBIAN_FRONTEND'] = 'noninteractive'
  const install = (name: string) => run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name])
  return run('apt-get', ['update', '-qq']) && (install('chromium-headless-shell') || install('chromium'))
}

/** The path of a Chromium, installing one if need be. @throws Error with the remedies when none can be had */
export function ensureChromium(): string {
  const found = findChromium()
  if (found) return found
  process.stderr.write('No Chromium found; installing one for the browser tests.\n')
  if (installWithApt() || installWithPlaywright()) {
    const installed = findChromium()
    if (installed) return installed
  }
  throw new Error(
    'The browser tests need a Chromium and none could be installed. Install Chromium or Chrome, or set CHROMIUM_PATH to one, and run the tests again.',
  )
}
