/**
 * `npm test`: finds a Chromium, builds the studio, runs every test and ends with a line `N passed, N failed`.
 * Arguments go to vitest; naming test files or projects runs only those.
 */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
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
  readonly success: boolean
}

/** How long a whole run may take before it is ended, in milliseconds: several times what two slow cores need. */
const LONGEST_MS = 75 * 60_000
/** How long vitest may take to end once its report is written, in milliseconds. */
const CLOSING_MS = 20_000

function build(): boolean {
  const args = [bin('electron-vite', 'bin/electron-vite.js'), 'build', '--logLevel', 'warn']
  return spawnSync(process.execPath, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] }).status === 0
}

function endGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // Nothing of it is left.
  }
}

/** Counts of a run; a run that left no report failed as a whole. */
function readReport(file: string): Report {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Report
  } catch {
    return { numPassedTests: 0, numFailedTests: 1, numFailedTestSuites: 1, numTotalTests: 1, success: false }
  }
}

/**
 * Runs vitest in a process group of its own, which ends with it, or soon after its report: a process that a failed
 * test left behind would otherwise hold the output open, and whoever reads it would wait for ever.
 * @returns false when vitest itself said that something went wrong
 */
async function runVitest(args: readonly string[], env: NodeJS.ProcessEnv, report: string): Promise<boolean> {
  const child = spawn(process.execPath, [bin('vitest', 'vitest.mjs'), 'run', ...args], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env },
    detached: process.platform !== 'win32',
  })
  const { pid } = child
  if (pid === undefined) return false
  const stop = () => {
    endGroup(pid)
    process.exit(1)
  }
  process.once('SIGINT', stop).once('SIGTERM', stop)
  const end = Date.now() + LONGEST_MS
  let closing = Infinity
  const watch = setInterval(() => {
    if (closing === Infinity && existsSync(report)) closing = Date.now() + CLOSING_MS
    if (Date.now() < Math.min(end, closing)) return
    process.stderr.write(
      closing === Infinity
        ? 'The tests took too long and were ended.\n'
        : 'The tests did not close: one of them left something running. It was ended.\n',
    )
    child.kill('SIGKILL')
  }, 1000)
  const [status] = (await once(child, 'exit')) as [number | null]
  clearInterval(watch)
  endGroup(pid)
  return status === 0 || status === null
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
    const ended = await runVitest([...reporters, ...process.argv.slice(2)], { CHROMIUM_PATH: chromium }, file)
    const report = readReport(file)
    const passed = ended && report.success
    // A suite that could not even be loaded has no failed test of its own.
    const failed =
      report.numFailedTests === 0 && !passed ? Math.max(1, report.numFailedTestSuites) : report.numFailedTests
    process.stdout.write(`${report.numPassedTests} passed, ${failed} failed\n`)
    return passed && report.numTotalTests > 0 ? 0 : 1
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

process.exitCode = await main()
