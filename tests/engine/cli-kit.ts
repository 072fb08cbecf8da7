import { spawn, type ChildProcess } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const ROOT = resolve(import.meta.dirname, '../..')
const CLI = join(ROOT, 'electron', 'cli.ts')
const SAMPLE_DIR = join(ROOT, 'resources', 'sample')

export const SAMPLE = join(SAMPLE_DIR, 'the-long-pasture.board.json')

export interface Finished {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
  /** stdout as the JSON document it should be. */
  json(): RunDocument
}

/** What `run --json` prints, as far as tests look at it. */
export interface RunDocument {
  readonly project: string
  readonly provider: string
  readonly library: string
  readonly cap_usd: string | null
  readonly held_usd: string
  readonly spent_usd: string
  readonly scenes: readonly {
    readonly number: string
    readonly takes: readonly {
      readonly slate: string
      readonly state: string
      readonly seed: number
      readonly resolution: string
      readonly price_usd: string
      readonly prediction_id: string | null
      readonly clip: string | null
      readonly sha256: string | null
      readonly bytes: number | null
      readonly error: { readonly code: string } | null
    }[]
  }[]
  readonly held_back: readonly { readonly number: string; readonly reason: string; readonly price_usd: string }[]
}

/** The command line under way. */
export interface Running {
  readonly child: ChildProcess
  readonly done: Promise<Finished>
  /** Waits until stderr or stdout shows a text; fails when the process ends first. */
  shows(text: string): Promise<void>
}

/** A folder of its own for libraries and boards, and the real command line as a process. */
export function cliKit() {
  const dir = mkdtempSync(join(tmpdir(), 'takeboard-cli-'))
  const children = new Set<ChildProcess>()
  const library = join(dir, 'library')

  function start(args: readonly string[], env: NodeJS.ProcessEnv = {}, wrap: readonly string[] = []): Running {
    const [command = process.execPath, ...rest] = [...wrap, process.execPath, CLI, ...args]
    const child = spawn(command, rest, {
      cwd: dir,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env['PATH'],
        HOME: dir,
        XDG_CONFIG_HOME: join(dir, 'config'),
        XDG_DATA_HOME: join(dir, 'data'),
        CI: '1',
        ...env,
      },
    })
    children.add(child)
    let stdout = ''
    let stderr = ''
    const waiting = new Map<string, () => void>()
    const look = () => waiting.forEach((found, text) => (stdout + stderr).includes(text) && found())
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString()
      look()
    })
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString()
      look()
    })
    const done = new Promise<Finished>((finish) => {
      child.on('close', (code) => {
        children.delete(child)
        finish({ code, stdout, stderr, json: () => JSON.parse(stdout) as RunDocument })
      })
    })
    return {
      child,
      done,
      shows: (text) =>
        new Promise((found, fail) => {
          waiting.set(text, found)
          look()
          void done.then(() => fail(new Error(`It ended without showing ${text}:\n${stdout}${stderr}`)))
        }),
    }
  }

  return {
    dir,
    library,
    start,
    /** @param wrap a command to run it under, such as strace with its options */
    run: (args: readonly string[], env: NodeJS.ProcessEnv = {}, wrap: readonly string[] = []) =>
      start(args, env, wrap).done,
    /** A board beside copies of the sample's images. @returns its path */
    board(content: object, name = 'test.board.json'): string {
      cpSync(join(SAMPLE_DIR, 'cast'), join(dir, 'cast'), { recursive: true })
      const path = join(dir, name)
      writeFileSync(path, JSON.stringify(content))
      return path
    },
    async close() {
      for (const child of children) child.kill('SIGKILL')
      rmSync(dir, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}

/** A board of that many short scenes, with Mara in every one. */
export const shortBoard = (scenes: number, more: object = {}) => ({
  takeboard: 1,
  title: 'Short',
  cast: [{ name: 'Mara', image: 'cast/mara-front.png' }],
  defaults: { duration: 3 },
  scenes: Array.from({ length: scenes }, (_, index) => ({ prompt: `@Mara walks ${index + 1}`, seed: 1000 + index })),
  ...more,
})
