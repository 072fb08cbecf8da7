import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const STRACE = ['/usr/bin/strace', '/bin/strace'].find((path) => existsSync(path))

/** Whether this machine lets one process trace another; some containers do not. */
export const canTrace = STRACE !== undefined && spawnSync(STRACE, ['-o', '/dev/null', '/bin/true']).status === 0

/** Says on the terminal that a suite is not run, so that a skip is never mistaken for a pass. */
export function announceSkip(suite: string, runs: boolean, needs: string): void {
  if (!runs) process.stdout.write(`${suite}: not run, ${needs}\n`)
}

/** What happens to a process at some of its system calls. */
export interface Injection {
  /** Names as strace takes them: `fsync,fdatasync`. */
  readonly calls: string
  readonly what: 'signal=KILL' | 'error=EIO' | 'error=ENOSPC'
  /** Which of them, counted in each thread: `7`, or `7+` for the seventh and all that follow. */
  readonly when: string
  /** Only calls on this file, by its absolute path. Default: on any. */
  readonly path?: string
}

/** The command to run another under, as the child that it would be without, so that its n-th call of a kind fails or kills it. */
export const straceInjecting = ({ calls, what, when, path }: Injection): readonly string[] => [
  STRACE ?? 'strace',
  ...'-D -f -qq -o /dev/null'.split(' '),
  ...(path === undefined ? [] : ['-P', path]),
  '-e',
  `trace=${calls}`,
  '-e',
  `inject=${calls}:${what}:when=${when}`,
]

/** The command to run another under, so that `file` lists its calls in order, with the paths and sockets they work on. */
export const straceLogging = (calls: string, file: string): readonly string[] => [
  STRACE ?? 'strace',
  ...'-f -qq -yy -s 64 -o'.split(' '),
  file,
  '-e',
  `trace=${calls}`,
]
