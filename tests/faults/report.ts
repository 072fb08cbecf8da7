/**
 * `npm run report:faults`: provokes every fault, then writes tests/faults/REPORT.md. With FAULTS=full the sweeps go
 * through every point. Arguments are JSON reports of vitest to read instead of running anything.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { measureDurablePath } from '../bench/durable-path.ts'
import { FAULTS, type Fault } from './fault-classes.ts'

const root = resolve(import.meta.dirname, '../..')

interface Outcome {
  readonly file: string
  readonly name: string
  readonly status: string
  readonly kills: number
}

interface VitestReport {
  readonly testResults: readonly {
    readonly name: string
    readonly assertionResults: readonly {
      readonly fullName: string
      readonly status: string
      readonly meta?: { readonly kills?: number }
    }[]
  }[]
}

/** Tests of a report, under paths as they are in a checkout whatever checkout it was that ran them. */
function readReport(path: string): Outcome[] {
  const { testResults } = JSON.parse(readFileSync(path, 'utf8')) as VitestReport
  return testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === 'passed' || status === 'failed')
      .map((test) => ({
        file: relative(root, name).replace(/^.*?(?=tests\/)/, ''),
        name: test.fullName,
        status: test.status,
        kills: test.meta?.kills ?? 0,
      })),
  )
}

function runAll(): Outcome[] {
  const dir = mkdtempSync(join(tmpdir(), 'takeboard-faults-'))
  try {
    const report = join(dir, 'report.json')
    const files = [...new Set(FAULTS.flatMap((fault) => fault.files))]
    const vitest = join(root, 'node_modules/vitest/vitest.mjs')
    const options = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
    spawnSync(process.execPath, [vitest, 'run', ...options, ...files], { cwd: root, stdio: 'inherit' })
    return readReport(report)
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

const belongsTo = ({ files, only }: Fault, { file, name }: Outcome): boolean =>
  files.includes(file) && (only === undefined || name.includes(only))

function command({ files, only }: Fault): string {
  const filter = only === undefined ? '' : ` -t '${only}'`
  return `\`npx vitest run ${files.join(' ')}${filter}\``
}

function row(fault: Fault, outcomes: readonly Outcome[]): string {
  const own = outcomes.filter((outcome) => belongsTo(fault, outcome))
  const kills = own.reduce((sum, outcome) => sum + outcome.kills, 0)
  const violations = own.filter(({ status }) => status === 'failed').length
  const shown = own.length === 0 ? ['not run', '', ''] : [own.length, kills === 0 ? '' : kills, violations]
  return `| ${[fault.fault, fault.provoked, ...shown, command(fault)].join(' | ')} |`
}

async function durablePath(): Promise<string> {
  const figures = await measureDurablePath()
  if (figures === null) return 'Not measured: strace is not available.'
  const { takes, syncsPerTake, logPerTake, journalPerTake, clipPerTake, syncMsPerTake } = figures
  const n = (value: number) => value.toFixed(1)
  return `From its reservation to its clip a paid take is synced to disk ${n(syncsPerTake)} times: ${n(logPerTake)} in the database's log,
${n(journalPerTake)} in the submission journal, ${n(clipPerTake)} for the clip and its folders. Over ${takes} takes that took ${n(syncMsPerTake)} ms for each, with strace
looking on.`
}

const given = process.argv.slice(2)
const outcomes = given.length > 0 ? given.flatMap(readReport) : runAll()
const points = process.env['FAULTS'] === 'full' ? 'every point of the sweeps' : 'some points of the sweeps'
const unrun = FAULTS.filter((fault) => !outcomes.some((outcome) => belongsTo(fault, outcome))).length
const failed = outcomes.filter(({ status }) => status === 'failed').length
const text = `# Reliability report

Written by \`npm run report:faults\` on ${cpus().length} cores, Node ${process.versions.node}, with ${points} (\`FAULTS=full\` runs every one). Faults are
provoked for real: in the command line as a process, or in the engine over a real library, against a paid service in
another process with a ledger of its own. After a kill or a failing disk the library is opened again and left to finish.
Then, as at the end of every other run from the first row to the redirects, each take has at most one job, no job is paid
for twice, the cap was kept, paid clips are on disk and every cent is accounted for. The rows below them check promises
of their own.

A run is one test: one fault at one point. Kills are processes ended with SIGKILL. A violation is a run that failed.

| fault | how it is provoked | runs | kills | violations | reproduce with |
|---|---|---|---|---|---|
${FAULTS.map((fault) => row(fault, outcomes)).join('\n')}

${outcomes.length} runs in all, ${failed} violations${unrun === 0 ? '' : `; ${unrun} classes of fault not run`}.

## What durability costs

${await durablePath()}

## What is not provoked

- A real power cut: the order of writes and syncs is read from a trace instead; a disk that lies about its syncs is not
  simulated.
- Sleep of hours: processes are stopped for seconds, in each state. Clock jumps of days are made with another clock.
- Changes of network address, captive portals and proxies.
`
writeFileSync(join(import.meta.dirname, 'REPORT.md'), text)
process.stdout.write(text)
process.exitCode = failed === 0 ? 0 : 1
