import type { Logger } from '../../engine/ports.ts'
import { openLog } from '../logger.ts'

export type CliLogger = Logger & { close(): void }

/**
 * The log of the library, opened with its first line so that commands that only read a board leave no folder behind.
 * @param show where lines go instead, when TAKEBOARD_DEBUG asks to see them
 */
export function cliLogger(library: string, show: ((line: string) => void) | null): CliLogger {
  let file: ReturnType<typeof openLog> | null = null
  const write =
    (level: keyof Logger) =>
    (message: string, fields?: Readonly<Record<string, unknown>>): void => {
      if (show !== null) return show(`${level} ${message}${fields === undefined ? '' : ` ${JSON.stringify(fields)}`}`)
      try {
        file ??= openLog(library)
        file[level](message, fields)
      } catch {
        // A folder that cannot be written is reported by whoever opens the library.
      }
    }
  return { info: write('info'), warn: write('warn'), error: write('error'), close: () => file?.close() }
}
