import type { Engine } from '../../engine/api.ts'
import type { Logger, Secrets } from '../../engine/ports.ts'
import type { LoopbackStudio } from '../loopback/serve-studio.ts'
import type { Invocation } from './args.ts'
import type { Console } from './console.ts'
import type { ExitCode } from './exit-codes.ts'

export interface OpenLibrary {
  readonly library: string
  readonly secrets: Secrets
  readonly logger: Logger
  /** Jobs at the service at once, for this process only. */
  readonly concurrency?: number
  /** True for commands that only look: nothing is submitted, polled or downloaded. */
  readonly paused?: boolean
  /** True leaves the library as it is; another process may have it open meanwhile. */
  readonly readOnly?: boolean
}

/** What commands reach outside themselves; tests hand in their own. */
export interface CliDeps {
  readonly env: NodeJS.ProcessEnv
  /** The folder that holds package.json, out and resources. */
  readonly root: string
  readonly version: string
  /** Fires at the first Ctrl-C or request to end. */
  readonly interrupted: AbortSignal
  /** Where the key is kept; asked for by commands that open a library. */
  secrets(): Secrets
  openStudio(options: OpenLibrary): Promise<Engine>
  serveStudio(options: { engine: Engine; rendererDir: string; port?: number; logger: Logger }): Promise<LoopbackStudio>
  /** Opens an address in the browser of this machine; false when there is none. */
  openBrowser(url: string): boolean
  /** Milliseconds since 1970. */
  now(): number
}

export interface CliContext extends Omit<CliDeps, 'secrets'> {
  readonly console: Console
  readonly logger: Logger
  readonly secrets: Secrets
  readonly invocation: Invocation
  /** Absolute path of the library folder. */
  readonly library: string
  /** The command as it was typed, to be repeated. */
  readonly typed: string
  /** Says what has been spent so far; printed if the command fails. */
  setCost(sentence: string): void
}

export type Command = (context: CliContext) => Promise<ExitCode>
