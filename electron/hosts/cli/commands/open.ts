import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { TakeboardError } from '../../../../shared/errors.ts'
import type { CliContext, Command } from '../context.ts'
import { findElectron, type ElectronFound } from '../electron-binary.ts'
import { EXIT } from '../exit-codes.ts'
import { withLibrary } from '../library.ts'
import { loadBoard } from '../load-board.ts'
import { onlyLooks, prepare, serveLibrary } from './serve.ts'

/** An app that ends this early with an error never came up. */
const EARLY_MS = 10_000

interface AppEnd {
  readonly code: number
  readonly early: boolean
}

/** Runs the desktop app on the library and waits for its end. */
function runApp(path: string, context: CliContext, board: string | null): Promise<AppEnd> {
  const { root, library, env, interrupted, invocation, now } = context
  const flags = invocation.flags.has('read-only') ? ['--read-only'] : []
  return new Promise((resolve) => {
    const startedAt = now()
    const app = spawn(path, [root, '--library', library, ...flags, ...(board === null ? [] : [board])], {
      env,
      stdio: ['ignore', 'ignore', 'ignore'],
    })
    const end = (code: number) => resolve({ code, early: now() - startedAt < EARLY_MS })
    interrupted.addEventListener('abort', () => app.kill('SIGTERM'), { once: true })
    app.on('error', () => end(EXIT.other))
    app.on('close', (code, signal) => end(code ?? (signal === 'SIGTERM' ? EXIT.ready : EXIT.other)))
  })
}

async function findApp({ root, env, interrupted, console }: CliContext): Promise<ElectronFound> {
  if (!existsSync(join(root, 'out', 'main', 'main.js'))) return { why: 'the app is not built' }
  return findElectron(root, { env, signal: interrupted, note: console.note })
}

/** A board the app takes by itself, also when it is running already and holds the library; else null. */
function handOver({ invocation }: CliContext): string | null {
  const [board] = invocation.positionals
  const plain = board !== undefined && invocation.options.project === undefined && board.endsWith('.board.json')
  return plain ? resolve(board) : null
}

/** Does what the app cannot be told: the sample in an empty library, a board in a named project. */
async function prepareHere(context: CliContext): Promise<void> {
  try {
    await withLibrary(context, { paused: true }, (engine) => prepare(engine, context, { sample: true }))
  } catch (error) {
    const appRuns = error instanceof TakeboardError && error.code === 'library-locked'
    if (!appRuns || context.invocation.positionals.length > 0) throw error
  }
}

/** `takeboard` and `takeboard open`: the desktop app, or the studio in a browser where the app cannot run. */
export const open: Command = async (context) => {
  const { console, invocation, interrupted } = context
  const readOnly = onlyLooks(invocation)
  const [board] = invocation.positionals
  if (board !== undefined) await loadBoard(board)
  const app = await findApp(context)
  if (interrupted.aborted) return EXIT.other
  let why = 'why' in app ? app.why : ''
  if ('path' in app) {
    const handed = handOver(context)
    if (handed === null && !readOnly) await prepareHere(context)
    const { code, early } = await runApp(app.path, context, handed)
    if (code === EXIT.ready || !early || interrupted.aborted) return code === EXIT.ready ? EXIT.ready : EXIT.other
    why = `the app ended at once with code ${code}`
  }
  console.warn(`The desktop app cannot run: ${why}. Serving the studio to a browser instead.`)
  return serveLibrary(context, { sample: true })
}
