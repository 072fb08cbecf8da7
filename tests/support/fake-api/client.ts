import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { readLedger, viewLedger, type LedgerView } from './ledger.ts'
import { DEFAULT_SCRIPT, type RouteName, type Script } from './script.ts'
import type { SeenRequest } from './world.ts'

/** The fake paid service, running in a process of its own. */
export interface FakeApi {
  /** What goes into WAVESPEED_BASE_URL. Stays the same over a restart. */
  readonly baseUrl: string
  /** The one key the service takes. */
  readonly key: string
  /** Its folder: ledger, key, script. */
  readonly dir: string
  /** Of the process that runs now. */
  readonly pid: number
  /** Replaces the named parts of the script; the others stay. Survives a restart. */
  script(patch: Partial<Script>): Promise<void>
  /** Back to answering everything normally. The ledger stays. */
  clearScript(): Promise<void>
  /** What is left of the script: faults already used up are gone from it. */
  scriptLeft(): Promise<Script>
  /** What the service wrote down, read from its file; also while it is not running. */
  ledger(): LedgerView
  /** How many requests each route has had since the process started. Routes without any are 0. */
  requests(): Promise<Record<RouteName, number>>
  /** Every request since the process started, oldest first. */
  seen(): Promise<readonly SeenRequest[]>
  /** Ends the process and removes the folder, unless the caller chose it. */
  stop(): Promise<void>
  /** SIGKILL. The folder stays. */
  kill(): Promise<void>
  /** Kills the process if it runs and starts another on the same folder and port. */
  restart(): Promise<void>
}

interface Running {
  readonly child: ChildProcess
  readonly baseUrl: string
  readonly controlUrl: string
  readonly key: string
  readonly pid: number
}

const NO_REQUESTS: Record<RouteName, number> = {
  submit: 0,
  poll: 0,
  download: 0,
  'upload-ticket': 0,
  'upload-put': 0,
  'upload-binary': 0,
  price: 0,
  balance: 0,
  history: 0,
  billings: 0,
  models: 0,
  other: 0,
}

/**
 * Starts the fake service on a free loopback port.
 *
 *     const api = await startFakeApi()
 *     await api.script({ submit: [{ reply: 'reset', recorded: true }], job: { statuses: ['processing'] } })
 *     // ... run something with WAVESPEED_BASE_URL=api.baseUrl and WAVESPEED_API_KEY=api.key ...
 *     expect(api.ledger().jobs).toHaveLength(1)
 *     await api.stop()
 *
 * @param options.dir a folder to keep or to go on with; default: a new one in the temp folder, removed by `stop`
 */
export async function startFakeApi(options: { dir?: string } = {}): Promise<FakeApi> {
  const dir = options.dir ?? mkdtempSync(join(tmpdir(), 'takeboard-fake-api-'))
  let running = await launch(dir, [])

  const control = async <T>(path: string, body?: unknown): Promise<T> => {
    const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
    const response = await fetch(`${running.controlUrl}${path}`, init)
    return (await response.json()) as T
  }
  const seen = () => control<SeenRequest[]>('/seen')

  return {
    dir,
    baseUrl: running.baseUrl,
    key: running.key,
    get pid() {
      return running.pid
    },
    async script(patch) {
      await control('/script', patch)
    },
    async clearScript() {
      await control('/script', DEFAULT_SCRIPT)
    },
    scriptLeft: () => control<Script>('/script'),
    ledger: () => viewLedger(readLedger(dir)),
    async requests() {
      const counts = { ...NO_REQUESTS }
      for (const { route } of await seen()) counts[route] += 1
      return counts
    },
    seen,
    async stop() {
      await end(running.child, 'SIGTERM')
      if (options.dir === undefined) rmSync(dir, { recursive: true, force: true })
    },
    kill: () => end(running.child, 'SIGKILL'),
    async restart() {
      await end(running.child, 'SIGKILL')
      const port = (url: string) => new URL(url).port
      running = await launch(dir, ['--port', port(running.baseUrl), '--control-port', port(running.controlUrl)])
    },
  }
}

async function launch(dir: string, ports: readonly string[]): Promise<Running> {
  const main = fileURLToPath(new URL('main.ts', import.meta.url))
  const child = spawn(process.execPath, [main, '--dir', dir, '--with-parent', ...ports], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout })
  const line = await Promise.race([
    once(lines, 'line').then(([text]) => String(text)),
    once(child, 'exit').then(([code]) => {
      throw new Error(`The fake service ended with ${String(code)} before it listened`)
    }),
  ])
  return { child, ...(JSON.parse(line) as Omit<Running, 'child'>) }
}

async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill(signal)
  await exited
}
