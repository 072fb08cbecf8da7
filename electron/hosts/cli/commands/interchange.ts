import { writeFile } from 'node:fs/promises'
import { TakeboardError } from '../../../../shared/errors.ts'
import type { Command } from '../context.ts'
import { EXIT } from '../exit-codes.ts'
import { withLibrary } from '../library.ts'
import { loadBoard } from '../load-board.ts'
import { usageError } from '../usage.ts'
import { readProjects } from './status.ts'

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

/** `takeboard export --format ledger --out PATH`: the double-entry ledger as CSV, of one project or of all. */
export const exportFile: Command = async (context) => {
  const { console, invocation } = context
  const { format, out, project } = invocation.options
  if (format !== 'ledger') {
    const what = format === undefined ? 'Name a format with --format.' : `This version cannot export ${format}.`
    throw usageError(`${what} It writes ledger (CSV); the clips of a run are listed by run BOARD --json.`, 'export')
  }
  if (out === undefined) throw usageError('Name the file to write with --out PATH.', 'export')
  const csv = await withLibrary(context, { paused: true }, async (engine) => {
    const chosen = project === undefined ? null : (await readProjects(engine, project))[0]
    return (await engine.call('ledger.csv', { projectId: chosen?.project.id ?? null })).csv
  })
  await writeFile(out, csv).catch((cause: unknown) => {
    throw new TakeboardError('bad-input', `${out} could not be written.`, { cause })
  })
  const entries = csv.split('\r\n').length - 2
  if (console.json) console.document({ format, out, entries })
  else if (!console.quiet) console.out(`${entries} ledger ${entries === 1 ? 'entry' : 'entries'} written to ${out}.`)
  return EXIT.ready
}
