import type { Readable, Writable } from 'node:stream'
import { parseCommandLine, type Invocation } from './args.ts'
import type { CommandName } from './command-table.ts'
import { doctor } from './commands/doctor.ts'
import { estimate } from './commands/estimate.ts'
import { exportFile } from './commands/export.ts'
import { importFile } from './commands/import.ts'
import { open } from './commands/open.ts'
import { resolve } from './commands/resolve.ts'
import { run } from './commands/run.ts'
import { serve } from './commands/serve.ts'
import { status } from './commands/status.ts'
import { createConsole } from './console.ts'
import type { CliDeps, Command } from './context.ts'
import { asTakeboardError, failureDocument, failureLines, stackOf } from './describe-failure.ts'
import { EXIT, exitCodeFor, type ExitCode } from './exit-codes.ts'
import { helpText } from './help.ts'
import { libraryPath } from './library.ts'
import { cliLogger, type CliLogger } from './logger.ts'

const COMMAND: Readonly<Record<CommandName, Command>> = {
  open,
  serve,
  estimate,
  run,
  status,
  resolve,
  import: importFile,
  export: exportFile,
  doctor,
}

interface Streams {
  readonly stdin: Readable & { isTTY?: boolean }
  readonly stdout: Writable
  readonly stderr: Writable & { isTTY?: boolean; columns?: number }
}

const quoted = (word: string) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)

/** How this command line is called here: by its name, or from a checkout by npm. */
const calledAs = (env: NodeJS.ProcessEnv): readonly string[] =>
  env['npm_lifecycle_event'] === 'takeboard' ? ['npm', 'run', '-s', 'takeboard', '--'] : ['takeboard']

/**
 * The command line from arguments to exit code. Never throws: every failure is printed with what it cost and what to do.
 * @param args what follows `takeboard`
 */
export async function runCli(args: readonly string[], streams: Streams, deps: CliDeps): Promise<ExitCode> {
  const json = args.includes('--json')
  const quiet = args.includes('--quiet') || args.includes('-q')
  const console = createConsole(streams, { json, quiet, env: deps.env })
  const debug = Boolean(deps.env['TAKEBOARD_DEBUG'])
  let cost: string | null = null
  let logger: CliLogger | null = null
  try {
    const parsed = parseCommandLine(args)
    if (parsed.kind === 'help') {
      console.out(helpText(parsed.command))
      return EXIT.ready
    }
    if (parsed.kind === 'version') {
      console.out(deps.version)
      return EXIT.ready
    }
    const invocation: Invocation = parsed.invocation
    const library = libraryPath(invocation.options.library)
    // Whoever only looks at a library writes nothing into it, not even the log.
    const unwritten = invocation.flags.has('read-only') ? () => {} : null
    logger = cliLogger(library, debug ? console.warn : unwritten)
    return await COMMAND[invocation.command]({
      ...deps,
      console,
      invocation,
      logger,
      secrets: deps.secrets(),
      library,
      typed: [...calledAs(deps.env), ...args].map(quoted).join(' '),
      setCost(sentence) {
        cost = sentence
      },
    })
  } catch (thrown) {
    const error = asTakeboardError(thrown)
    if (error.code === 'internal') logger?.error('A command failed', { detail: stackOf(error) })
    if (json) console.document(failureDocument(error))
    for (const line of failureLines(error, cost, debug)) console.warn(line)
    return exitCodeFor(error.code)
  } finally {
    logger?.close()
  }
}
