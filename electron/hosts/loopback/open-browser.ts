import { hasScreen, type Run, runDetached } from '../run-detached.ts'

interface Surroundings {
  readonly env?: NodeJS.ProcessEnv
  readonly platform?: NodeJS.Platform
  readonly run?: Run
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
  if (!hasScreen(env, platform)) return false
  try {
    if (platform === 'darwin') run('open', [address.href])
    // Not `start`, whose shell would read the address's ampersands.
    else if (platform === 'win32') run('rundll32', ['url.dll,FileProtocolHandler', address.href])
    else run('xdg-open', [address.href])
    return true
  } catch {
    return false
  }
}
