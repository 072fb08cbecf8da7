import { spawn } from 'node:child_process'

interface Surroundings {
  readonly env?: NodeJS.ProcessEnv
  readonly platform?: NodeJS.Platform
  /** Starts a program without waiting for it. */
  readonly run?: (command: string, args: readonly string[]) => void
}

/** Detached, so that the browser outlives this process; a missing program is no error. It has no use for the API key. */
const runDetached = (command: string, args: readonly string[]): void => {
  const { WAVESPEED_API_KEY: _key, ...env } = process.env
  const child = spawn(command, args, { stdio: 'ignore', detached: true, env })
  child.on('error', () => {})
  child.unref()
}

/**
 * Opens an http address in the person's browser where there can be one. Never throws.
 * @returns false under CI, on Linux without a display, and for anything but a loopback address
 */
export function openBrowser(
  url: string,
  { env = process.env, platform = process.platform, run = runDetached }: Surroundings = {},
): boolean {
  const address = URL.parse(url)
  if (address?.protocol !== 'http:' || address.hostname !== '127.0.0.1') return false
  if (env['CI'] !== undefined && env['CI'] !== '' && env['CI'] !== 'false') return false
  try {
    if (platform === 'darwin') run('open', [address.href])
    // Not `start`, whose shell would read the address's ampersands.
    else if (platform === 'win32') run('rundll32', ['url.dll,FileProtocolHandler', address.href])
    else if ((env['DISPLAY'] ?? '') !== '' || (env['WAYLAND_DISPLAY'] ?? '') !== '') run('xdg-open', [address.href])
    else return false
    return true
  } catch {
    return false
  }
}
