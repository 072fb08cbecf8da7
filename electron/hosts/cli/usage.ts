import { TakeboardError } from '../../../shared/errors.ts'

/** A mistake on the command line: ends the command with exit code 2. @param command whose help may help */
export const usageError = (message: string, command?: string): TakeboardError =>
  new TakeboardError('bad-input', message, { data: { help: `takeboard ${command ? `${command} ` : ''}--help` } })

/** The help to point at, when the error came from `usageError`. */
export function helpOf(error: TakeboardError): string | null {
  const { data } = error
  return typeof data === 'object' && data !== null && 'help' in data && typeof data.help === 'string' ? data.help : null
}
