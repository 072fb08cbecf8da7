/**
 * `npm test`: finds a Chromium, builds the studio, runs every test and ends with a line `N passed, N failed`.
 * Arguments go to vitest; naming test files or projects runs only those.
 */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { ensureChromium } from './chromium.ts'

const root = resolve(import.meta.dirname, '../..')
const bin = (name: string, entry: string) => join(root, 'node_modules', name, entry)

interface Report {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numFailedTestSuites: number
  readonly numTotalTests: number
}

/** How long a whole run may take before it is ended, in milliseconds: several times what two slow cores need. */
const LONGEST_MS = 30 * 60_000

function build(): boolean {
  const args = [bin('electron-vite', 'bin/electron-vite.js'), 'build', '--logLevel', 'warn']
  return spawnSync(process.execPath, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] }).status === 0
}

/** Ends a process group; false when nothing of it was left. */
function endGroup(pid: number): boolean {
  try {
    process.kill(-pid, 'SIGKILL')
    return true
  } catch {
    return false
  }
}

/**
 * Runs vitest in a process group of its own, which ends with it: a process that a failed test left behind would
 * otherwise hold the output open, and whoever reads it would wait for ever.
 */
async function runVitest(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const child = spawn(process.execPath, [bin('vitest', 'vitest.mjs'), 'run', ...args], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env },
    detached: process.platform !== 'win32',
  })
  const { pid } = child
  if (pid === undefined) return 1
  const stop = (signal: NodeJS.Signals) => {
    endGroup(pid)
    process.exit(signal === 'SIGINT' ? 130 : 143)
  }
  process.once('SIGINT', stop).once('SIGTERM', stop)
  const overdue = setTimeout(() => {
    process.stderr.write(`The tests were ended: they ran for more than ${LONGEST_MS / 60_000} minutes.\n`)
    endGroup(pid)
  }, LONGEST_MS)
  const [status] = (await once(child, 'exit')) as [number | null]
  clearTimeout(overdue)
  if (endGroup(pid)) process.stderr.write('A test left a process behind; it was ended.\n')
  return status ?? 1
}

/** Counts of a run; a run that left no report failed as a whole. */
function readReport(file: string): Report {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Report
  } catch {
    return { numPassedTests: 0, numFailedTests: 1, numFailedTestSuites: 1, numTotalTests: 1 }
  }
}

async function main(): Promise<number> {
  let chromium: string
  try {
    chromium = ensureChromium()
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n0 passed, 1 failed\n`)
    return 1
  }
  if (!build()) {
    process.stderr.write('The studio could not be built, so nothing was tested.\n0 passed, 1 failed\n')
    return 1
  }
  const dir = mkdtempSync(join(tmpdir(), 'takeboard-report-'))
  try {
    const file = join(dir, 'report.json')
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
    const status = await runVitest([...reporters, ...process.argv.slice(2)], { CHROMIUM_PATH: chromium })
    const report = readReport(file)
    // A suite that could not even be loaded has no failed test of its own.
    const failed =
      report.numFailedTests === 0 && status !== 0 ? Math.max(1, report.numFailedTestSuites) : report.numFailedTests
    process.stdout.write(`${report.numPassedTests} passed, ${failed} failed\n`)
    return status === 0 && report.numTotalTests > 0 ? 0 : 1
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

process.exitCode = await main()
