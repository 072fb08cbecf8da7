import { present } from '../../../../shared/assert.ts'
import type { Engine } from '../../../engine/api.ts'
import { withUnpacked } from '../../../engine/interchange/bundle-read.ts'
import { BUNDLE_ENDING } from '../../../engine/interchange/bundle-limits.ts'
import type { CliContext, Command } from '../context.ts'
import { EXIT } from '../exit-codes.ts'
import { withLibrary } from '../library.ts'
import { loadBoard } from '../load-board.ts'
import { usageError } from '../usage.ts'

interface Imported {
  readonly project: string
  readonly board: string
  readonly scenes: number
}

/** Under which titles a board came in. */
async function nameOf(engine: Engine, opened: Awaited<ReturnType<Engine['openBoard']>>): Promise<Imported> {
  const { project, storyboards } = await engine.call('project.get', { projectId: opened.projectId })
  const board = present(
    storyboards.find(({ id }) => id === opened.storyboardId),
    'it was just written',
  )
  return { project: project.title, board: board.title, scenes: opened.sceneIds.length }
}

async function importBoard(context: CliContext, path: string, shown: string, fresh: boolean): Promise<Imported> {
  // Everything wrong is told before a library is opened, or made.
  await loadBoard(path, shown)
  const { project } = context.invocation.options
  const options = { fresh, ...(project !== undefined && { project }) }
  return withLibrary(context, { paused: true }, async (engine) => nameOf(engine, await engine.openBoard(path, options)))
}

/** `takeboard import FILE`: a board file or a bundle; nothing is sent. */
export const importFile: Command = async (context) => {
  const { console, invocation, library } = context
  const path = invocation.positionals[0] ?? ''
  const name = path.toLowerCase()
  context.setCost('Nothing was imported.')
  const isBundle = name.endsWith(BUNDLE_ENDING)
  if (!isBundle && !name.endsWith('.json'))
    throw usageError(
      `This version imports board files (*.board.json) and bundles (*${BUNDLE_ENDING}), not ${path}.`,
      'import',
    )
  const imported = isBundle
    ? await withUnpacked(path, path, (boardPath) => importBoard(context, boardPath, path, true))
    : await importBoard(context, path, path, false)
  const { project, board, scenes } = imported
  if (console.json) console.document({ library, project, board, scenes })
  else if (!console.quiet)
    console.out(`${board} is in the project ${project}: ${scenes === 1 ? '1 scene' : `${scenes} scenes`}.`)
  return EXIT.ready
}
