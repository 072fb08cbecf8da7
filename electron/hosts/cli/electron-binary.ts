import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** Where Electron is, or in one sentence why it cannot run here. */
export type ElectronFound = { readonly path: string } | { readonly why: string }

const DOWNLOAD_MS = 60_000

/** Reasons that need no look at the disk. */
function whyNoWindow(env: NodeJS.ProcessEnv, platform: NodeJS.Platform, uid: number | undefined): string | null {
  if (platform !== 'linux') return null
  if (!env['DISPLAY'] && !env['WAYLAND_DISPLAY']) return 'there is no display here'
  // Chromium refuses to run as root with its sandbox, and Takeboard never runs it without.
  return uid === 0 ? 'Electron does not run as root' : null
}

function electronDir(root: string): string | null {
  try {
    return dirname(createRequire(join(root, 'package.json')).resolve('electron/package.json'))
  } catch {
    return null
  }
}

function binaryIn(dir: string, env: NodeJS.ProcessEnv): string | null {
  try {
    const name = readFileSync(join(dir, 'path.txt'), 'utf8')
    const path = join(env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(dir, 'dist'), name)
    return existsSync(path) ? path : null
  } catch {
    return null
  }
}

/** The most telling words of what the download said. */
const reasonIn = (said: string): string =>
  /\b(ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|EACCES|ENOSPC|CERT_[A-Z_]+)\b/.exec(said)?.[0] ??
  /^\w*Error: (.{1,100})/m.exec(said)?.[1] ??
  'no reason was given'

function download(dir: string, env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<string | null> {
  return new Promise((resolve) => {
    let said = ''
    const { WAVESPEED_API_KEY: _key, ...rest } = env
    const child = spawn(process.execPath, [join(dir, 'install.js')], { env: rest, stdio: ['ignore', 'pipe', 'pipe'] })
    const stop = () => child.kill('SIGKILL')
    const timer = setTimeout(stop, DOWNLOAD_MS)
    signal.addEventListener('abort', stop, { once: true })
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()))
    child.on('error', (error) => (said += String(error)))
    child.on('close', (code) => {
      clearTimeout(timer)
      signal.removeEventListener('abort', stop)
      if (code === 0) resolve(null)
      else resolve(code === null ? 'it took longer than a minute' : reasonIn(said))
    })
  })
}

interface Surroundings {
  readonly env: NodeJS.ProcessEnv
  /** Gives up on a download. */
  readonly signal: AbortSignal
  /** Told before a download starts. */
  note(line: string): void
  readonly platform?: NodeJS.Platform
  readonly uid?: number | undefined
}

/**
 * Finds Electron, downloading it once where a window could be shown at all. Electron 45 has no install script of its own:
 * it downloads when it is first asked for, and without a limit, so it is asked for here with one.
 * @param root the folder whose dependency Electron is
 */
export async function findElectron(
  root: string,
  { env, signal, note, platform = process.platform, uid = process.getuid?.() }: Surroundings,
): Promise<ElectronFound> {
  const why = whyNoWindow(env, platform, uid)
  if (why !== null) return { why }
  const dir = electronDir(root)
  if (dir === null) return { why: 'Electron is not installed' }
  const present = binaryIn(dir, env)
  if (present !== null) return { path: present }
  if (env['ELECTRON_SKIP_BINARY_DOWNLOAD']) return { why: 'Electron is not downloaded' }
  note('Downloading Electron, once...')
  const failed = await download(dir, env, signal)
  if (failed !== null) return { why: `Electron could not be downloaded (${failed})` }
  const path = binaryIn(dir, env)
  return path === null ? { why: 'the download of Electron is incomplete' } : { path }
}
