import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'

/** Where the command line reads and writes. Results go to stdout, everything about the way there to stderr. */
export interface Console {
  readonly json: boolean
  readonly quiet: boolean
  /** One line of the result, on stdout. */
  out(line: string): void
  /** The one JSON document, on stdout. */
  document(value: unknown): void
  /** One line about the way, on stderr; nothing with --quiet. */
  note(line: string): void
  /** One line on stderr that is shown even with --quiet. */
  warn(line: string): void
  /** As it is, on stderr. */
  raw(text: string): void
  /** stdin and stderr are terminals, so that a question can be asked. */
  readonly interactive: boolean
  /** stderr is a terminal that lines can be redrawn on. */
  readonly redraws: boolean
  columns(): number
  /** Asks on stderr. @returns the line typed; empty at the end of input or when `signal` fires */
  ask(question: string, signal: AbortSignal): Promise<string>
  /** Calls back for every line typed. The subscription does not keep the process alive. */
  onLine(listener: (line: string) => void): () => void
}

interface Streams {
  readonly stdin: Readable & { isTTY?: boolean; unref?: () => void }
  readonly stdout: Writable
  readonly stderr: Writable & { isTTY?: boolean; columns?: number }
}

export function createConsole(
  { stdin, stdout, stderr }: Streams,
  { json, quiet, env }: { json: boolean; quiet: boolean; env: NodeJS.ProcessEnv },
): Console {
  // A reader that went away, such as head, is no failure of ours.
  for (const stream of [stdout, stderr]) stream.on('error', () => {})
  const terminal = stderr.isTTY === true
  return {
    json,
    quiet,
    out: (line) => void stdout.write(`${line}\n`),
    document: (value) => void stdout.write(`${JSON.stringify(value, null, 2)}\n`),
    note(line) {
      if (!quiet) stderr.write(`${line}\n`)
    },
    warn: (line) => void stderr.write(`${line}\n`),
    raw: (text) => void stderr.write(text),
    interactive: terminal && stdin.isTTY === true,
    redraws: terminal && !quiet && env['TERM'] !== 'dumb',
    columns: () => stderr.columns || 80,
    ask(question, signal) {
      const reader = createInterface({ input: stdin, output: stderr })
      return new Promise((resolve) => {
        const finish = (answer: string) => {
          resolve(answer)
          reader.close()
        }
        reader.on('close', () => resolve(''))
        // While a question is open the terminal hands Ctrl-C to the reader, which must not swallow it.
        reader.on('SIGINT', () => process.emit('SIGINT'))
        signal.addEventListener('abort', () => finish(''), { once: true })
        reader.question(question, finish)
      })
    },
    onLine(listener) {
      const reader = createInterface({ input: stdin })
      stdin.unref?.()
      reader.on('line', listener)
      return () => reader.close()
    },
  }
}
