import { mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import pino from 'pino'
import type { Logger } from '../engine/ports.ts'

/** Older lines move to `takeboard.1.log` past this. */
const ROTATE_BYTES = 5 * 1024 * 1024

/** Never written, wherever they turn up. Callers do not log them either; this is the second lock on the door. */
const SECRET_FIELDS = [
  'key',
  'token',
  'cookie',
  'authorization',
  'Authorization',
  'headers',
  '*.key',
  '*.token',
  '*.cookie',
  '*.authorization',
]

function rotate(file: string): void {
  try {
    if (statSync(file).size > ROTATE_BYTES) renameSync(file, file.replace(/\.log$/, '.1.log'))
  } catch {
    // No log yet.
  }
}

/** Structured lines in `<library>/logs/takeboard.log`. Call `close` when the library closes. */
export function openLog(library: string): Logger & { close(): void } {
  const dir = join(library, 'logs')
  mkdirSync(dir, { recursive: true })
  const file = join(dir, 'takeboard.log')
  rotate(file)
  const destination = pino.destination({ dest: file, sync: true })
  const log = pino(
    { base: null, timestamp: pino.stdTimeFunctions.isoTime, redact: { paths: SECRET_FIELDS, censor: '[redacted]' } },
    destination,
  )
  // A log that cannot be written, on a full disk say, must never stop a paid take.
  destination.on('error', () => {})
  const write =
    (level: 'info' | 'warn' | 'error') =>
    (message: string, fields: Readonly<Record<string, unknown>> = {}) => {
      try {
        log[level](fields, message)
      } catch {
        // As above.
      }
    }
  return { info: write('info'), warn: write('warn'), error: write('error'), close: () => destination.end() }
}
