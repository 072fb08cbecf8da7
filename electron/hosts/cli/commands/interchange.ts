import type { Command } from '../context.ts'
import { EXIT } from '../exit-codes.ts'
import { withLibrary } from '../library.ts'
import { loadBoard } from '../load-board.ts'
import { usageError } from '../usage.ts'

/** `takeboard import FILE`: board files; nothing is sent. */
export const importFile: Command = async (context) => {
  const { console, invocation, library } = context
  const path = invocation.positionals[0] ?? ''
  context.setCost('Nothing was imported.')
  if (!/\.json$/i.test(path))
    throw usageError(`This version imports board files (*.board.json) only, not ${path}.`, 'import')
  const board = await loadBoard(path)
  const project = invocation.options.project ?? board.title
  await withLibrary(context, { paused: true }, (engine) => engine.openBoard(path, { project }))
  const count = board.scenes.length
  if (console.json) console.document({ library, project, board: board.title, scenes: count })
  else if (!console.quiet)
    console.out(`${board.title} is in the project ${project}: ${count === 1 ? '1 scene' : `${count} scenes`}.`)
  return EXIT.ready
}

/** `takeboard export`: not in this version, and said so. */
export const exportFile: Command = ({ invocation }) => {
  const { format } = invocation.options
  const what = format === undefined ? '' : ` The format ${format} is not known.`
  return Promise.reject(
    usageError(
      `This version cannot export yet.${what} The clips of a run are listed by takeboard run BOARD --json.`,
      'export',
    ),
  )
}
