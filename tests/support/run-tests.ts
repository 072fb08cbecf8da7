/**
 * `npm test`: finds a Chromium, builds the studio, runs every test and ends with a line `N passed, N failed`.
 * Arguments go to vitest; naming test files or projects runs only those.
 */
import { spawnSync } from 'node:child_process'
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

function node(script: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): number {
  const { status } = spawnSync(process.execPath, [script, ...args], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env },
  })
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

function main(): number {
  let chromium: string
  try {
    chromium = ensureChromium()
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n0 passed, 1 failed\n`)
    return 1
  }
  if (node(bin('electron-vite', 'bin/electron-vite.js'), ['build', '--logLevel', 'warn']) !== 0) {
    process.stderr.write('The studio could not be built, so nothing was tested.\n0 passed, 1 failed\n')
    return 1
  }
  const dir = mkdtempSync(join(tmpdir(), 'takeboard-report-'))
  try {
    const file = join(dir, 'report.json')
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
    const status = node(bin('vitest', 'vitest.mjs'), ['run', ...reporters, ...process.argv.slice(2)], {
      CHROMIUM_PATH: chromium,
    })
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

process.exitCode = main()
