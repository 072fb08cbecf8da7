import { spawn } from 'node:child_process'

/** Starts a program without waiting for it. */
export type Run = (command: string, args: readonly string[]) => void

/** Detached, so that the program outlives this process; a missing one is no error. It has no use for the API key. */
export const runDetached: Run = (command, args) => {
  const { WAVESPEED_API_KEY: _key, ...env } = process.env
  const child = spawn(command, args, { stdio: 'ignore', detached: true, env })
  child.on('error', () => {})
  child.unref()
}

/** Whether windows of other programs can be seen: not under CI, nor on Linux without a display. */
export function hasScreen(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): boolean {
  if (env['CI'] !== undefined && env['CI'] !== '' && env['CI'] !== 'false') return false
  if (platform === 'darwin' || platform === 'win32') return true
  return (env['DISPLAY'] ?? '') !== '' || (env['WAYLAND_DISPLAY'] ?? '') !== ''
}
