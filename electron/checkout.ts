import { spawn } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'

/**
 * Takeboard from a checkout: builds what is missing or out of date, then is the command line. It prints nothing of its
 * own unless the build fails.
 */
const root = resolve(import.meta.dirname, '..')
const SOURCES = ['electron', 'shared', 'renderer', 'package.json', 'electron.vite.config.ts', 'tsconfig.json']
const ENTRY = join(root, 'out', 'main', 'cli.js')
const PRODUCTS = [ENTRY, join(root, 'out', 'renderer', 'index.html'), join(root, 'out', 'preload', 'preload.cjs')]
/** Says which sources out/ was built from; written last, so that a build cut short counts for nothing. */
const STAMP = join(root, 'out', '.built-from')
const LOCK = join(root, 'node_modules', '.takeboard-build')
const LOCK_WAIT_MS = 200
/** A build takes well under a minute; past this something holds the lock that will not let go. */
const LOCK_PATIENCE_MS = 10 * 60_000

/** Every source with its size and time of change, as one hash. */
function fingerprint(): string {
  const hash = createHash('sha256')
  const visit = (path: string): void => {
    const stat = statSync(join(root, path), { throwIfNoEntry: false })
    if (stat === undefined) return
    if (stat.isDirectory()) for (const name of readdirSync(join(root, path)).sort()) visit(`${path}/${name}`)
    else hash.update(`${path}\n${stat.size}\n${stat.mtimeMs}\n`)
  }
  SOURCES.forEach(visit)
  return hash.digest('hex')
}

function isBuilt(): boolean {
  if (!PRODUCTS.every((path) => existsSync(path)) || !existsSync(STAMP)) return false
  return readFileSync(STAMP, 'utf8') === fingerprint()
}

/** Runs the build and keeps what it says for the case that it fails. */
function build(): Promise<{ ok: boolean; said: string }> {
  const tool = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')
  if (!existsSync(tool)) {
    return Promise.resolve({ ok: false, said: 'The dependencies are not installed; run npm install.\n' })
  }
  return new Promise((done) => {
    let said = ''
    const child = spawn(process.execPath, [tool, 'build', '--logLevel', 'warn'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()))
    child.on('error', (error) => (said += String(error)))
    child.on('close', (code) => done({ ok: code === 0, said }))
  })
}

const ownerOf = (lock: string): number => {
  try {
    return Number(readFileSync(join(lock, 'pid'), 'utf8'))
  } catch {
    return 0
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** Takes the lock by moving a folder that already names its owner into place, so that it is never without one. */
function tryLock(): boolean {
  const mine = `${LOCK}.${randomUUID()}`
  mkdirSync(mine)
  writeFileSync(join(mine, 'pid'), String(process.pid))
  try {
    renameSync(mine, LOCK)
    return true
  } catch {
    rmSync(mine, { recursive: true, force: true })
    return false
  }
}

/** Removes the lock of a process that ended without doing so. */
function clearStaleLock(): void {
  const owner = ownerOf(LOCK)
  if (owner !== 0 && isAlive(owner)) return
  const aside = `${LOCK}.${randomUUID()}`
  try {
    renameSync(LOCK, aside)
  } catch {
    return
  }
  // Somebody may have taken the lock between the look and the move; then it goes back.
  const moved = ownerOf(aside)
  if (moved !== owner && isAlive(moved)) renameSync(aside, LOCK)
  else rmSync(aside, { recursive: true, force: true })
}

async function withBuildLock<T>(work: () => Promise<T>): Promise<T> {
  const started = performance.now()
  while (!tryLock()) {
    clearStaleLock()
    if (performance.now() - started > LOCK_PATIENCE_MS) throw new Error(`Another build holds ${LOCK}; remove it.`)
    await sleep(LOCK_WAIT_MS)
  }
  try {
    return await work()
  } finally {
    // Moved first, because a folder half removed could be taken by somebody else.
    const aside = `${LOCK}.${randomUUID()}`
    renameSync(LOCK, aside)
    rmSync(aside, { recursive: true, force: true })
  }
}

/** @returns what the build said when it failed, or null */
async function ensureBuilt(): Promise<string | null> {
  if (isBuilt()) return null
  if (!existsSync(join(root, 'node_modules'))) return 'The dependencies are not installed; run npm install.\n'
  return withBuildLock(async () => {
    if (isBuilt()) return null
    rmSync(STAMP, { force: true })
    // Taken before the build: a source changed meanwhile makes the stamp out of date, as it should.
    const from = fingerprint()
    const { ok, said } = await build()
    if (!ok) return said
    writeFileSync(STAMP, from)
    return null
  })
}

/** npm runs scripts in the folder of the package; paths on the command line are meant from where it was typed. */
function returnToCaller(): void {
  const from = process.env['INIT_CWD']
  if (from !== undefined && process.cwd() === root && existsSync(from)) process.chdir(from)
}

const failure = await ensureBuilt().catch((error: unknown) => String(error))
if (failure === null) {
  returnToCaller()
  await import(pathToFileURL(ENTRY).href)
} else {
  process.stderr.write(`takeboard: the build failed.\n${failure.trimEnd()}\n`)
  process.exitCode = 1
}
