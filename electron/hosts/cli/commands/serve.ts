import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { TakeboardError } from '../../../../shared/errors.ts'
import { hostRequestHash } from '../../../../shared/host-request.ts'
import type { ProjectId } from '../../../../shared/ids.ts'
import type { Engine } from '../../../engine/api.ts'
import type { CliContext, Command } from '../context.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import { loadBoard } from '../load-board.ts'
import { portOption } from '../values.ts'

/**
 * Puts a board into the library when one is named, so that the studio comes up with it.
 * @returns the project to land on; null for the one last worked on
 */
export async function prepare(
  engine: Engine,
  { invocation }: CliContext,
  options: { sample: boolean },
): Promise<ProjectId | null> {
  const [path] = invocation.positionals
  if (path !== undefined) {
    const { project } = invocation.options
    const { projectId } = await engine.openBoard(path, project === undefined ? {} : { project })
    await engine.call('project.get', { projectId })
    return projectId
  }
  const { projects } = await engine.call('studio.get', {})
  if (!options.sample || projects.length > 0) return null
  return (await engine.call('project.openSample', {})).projectId
}

const untilInterrupted = (signal: AbortSignal) =>
  new Promise<void>((done) => {
    if (signal.aborted) done()
    else signal.addEventListener('abort', () => done(), { once: true })
  })

/** Whether `--read-only` was given. @throws TakeboardError bad-input when a board is to be brought in as well */
export function onlyLooks({ flags, positionals }: CliContext['invocation']): boolean {
  if (!flags.has('read-only')) return false
  if (positionals.length > 0)
    throw new TakeboardError('bad-input', 'With --read-only nothing is changed, so no board can be brought in.')
  return true
}

/** Serves the studio until Ctrl-C. @param options.sample open the sample in an empty library */
export async function serveLibrary(context: CliContext, options: { sample: boolean }): Promise<ExitCode> {
  const { console, invocation, library, logger, root, secrets, interrupted } = context
  const port = portOption(invocation)
  const readOnly = onlyLooks(invocation)
  const [board] = invocation.positionals
  if (board !== undefined) await loadBoard(board)
  const rendererDir = join(root, 'out', 'renderer')
  if (!existsSync(join(rendererDir, 'index.html'))) {
    throw new TakeboardError('internal', 'The studio is not built. In a checkout, npm run build builds it.')
  }
  const engine = await context.openStudio({ library, secrets, logger, ...(readOnly && { readOnly }) })
  try {
    const projectId = readOnly ? null : await prepare(engine, context, options)
    const studio = await context.serveStudio({ engine, rendererDir, logger, ...(port !== null && { port }) })
    try {
      announce(context, studio, projectId)
      await untilInterrupted(interrupted)
    } finally {
      await studio.close()
    }
    const { runner } = await engine.call('studio.get', {})
    if (runner.inFlight > 0)
      console.note('Jobs at the service go on and are picked up the next time the library is open.')
    return EXIT.ready
  } finally {
    await engine.close()
  }
}

type Studio = Awaited<ReturnType<CliContext['serveStudio']>>

function announce(
  { console, invocation, library, openBrowser, interrupted }: CliContext,
  studio: Studio,
  projectId: ProjectId | null,
) {
  const hash = projectId === null ? '' : hostRequestHash({ kind: 'project', projectId })
  const url = studio.newUrl(hash)
  if (console.json) console.document({ url, origin: studio.origin, library })
  else console.out(url)
  console.note('This address opens the studio once, within 30 seconds. Ctrl-C ends it.')
  if (!invocation.flags.has('no-open')) openBrowser(studio.newUrl(hash))
  if (!console.interactive) return
  console.note('Press Enter for a fresh address.')
  const off = console.onLine(() => console.out(studio.newUrl(hash)))
  interrupted.addEventListener('abort', off, { once: true })
}

/** `takeboard serve` */
export const serve: Command = (context) => serveLibrary(context, { sample: false })
