import { dirname } from 'node:path'
import type { FileManager } from '../engine/ports.ts'
import { hasScreen, type Run, runDetached } from './run-detached.ts'

interface Surroundings {
  readonly env?: NodeJS.ProcessEnv
  readonly platform?: NodeJS.Platform
  readonly run?: Run
}

/** The file manager of a system, reached without a desktop app. On Linux it opens the folder, since no program chooses a file in it everywhere. */
export const createFileManager = ({
  env = process.env,
  platform = process.platform,
  run = runDetached,
}: Surroundings = {}): FileManager => ({
  reveal(path) {
    if (!hasScreen(env, platform)) return false
    if (platform === 'darwin') run('open', ['-R', path])
    else if (platform === 'win32') run('explorer.exe', [`/select,${path}`])
    else run('xdg-open', [dirname(path)])
    return true
  },
})
