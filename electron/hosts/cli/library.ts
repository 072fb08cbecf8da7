import envPaths from 'env-paths'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { TakeboardError } from '../../../shared/errors.ts'
import type { Engine } from '../../engine/api.ts'
import type { CliContext, OpenLibrary } from './context.ts'

/** The library folder a command line means: `--library`, else the platform's data folder. */
export const libraryPath = (given: string | undefined): string =>
  given === undefined ? envPaths('takeboard', { suffix: '' }).data : resolve(given)

/** False when the library was never opened: there is nothing to look at, and looking should not make one. */
export const libraryExists = (path: string): boolean =>
  ['library.db', 'submissions.jsonl', 'backups', 'recovery.json'].some((name) => existsSync(join(path, name)))

/** Opens the library for a command and closes it again, whatever happens. Ctrl-C ends the wait for `work`. */
export async function withLibrary<T>(
  context: CliContext,
  options: Pick<OpenLibrary, 'concurrency' | 'paused'>,
  work: (engine: Engine) => Promise<T>,
): Promise<T> {
  const { library, secrets, logger, interrupted } = context
  const engine = await context.openStudio({ library, secrets, logger, ...options })
  try {
    return await Promise.race([work(engine), whenInterrupted(interrupted)])
  } finally {
    await engine.close()
  }
}

const whenInterrupted = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    const stop = () => reject(new TakeboardError('disconnected', 'Stopped before it was done.'))
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  })
