import { type BrowserWindow, dialog } from 'electron'
import { resolve } from 'node:path'
import { ERRORS, TakeboardError } from '../../../shared/errors.ts'
import { hostRequestHash } from '../../../shared/host-request.ts'
import type { Engine } from '../../engine/api.ts'
import { showPage } from './window.ts'

/** The board among the arguments of a start, if there is one. @param cwd what a relative path is relative to */
export function boardArgument(argv: readonly string[], cwd: string): string | null {
  const board = argv.slice(1).find((argument) => !argument.startsWith('-') && argument.endsWith('.board.json'))
  return board === undefined ? null : resolve(cwd, board)
}

/** Says what went wrong in a native dialog, with the engine's own sentence. */
export async function showFailure(window: BrowserWindow | null, error: unknown): Promise<void> {
  const known = error instanceof TakeboardError ? error : new TakeboardError('internal', 'The log has the details.')
  const options = {
    type: 'warning' as const,
    message: ERRORS[known.code].title,
    detail: known.message,
    buttons: ['OK'],
  }
  await (window === null ? dialog.showMessageBox(options) : dialog.showMessageBox(window, options))
}

/** Numbers the requests to the page, so that a repeated one is heard. */
let turn = 0

/** Asks the page to run a command. */
export const runPageCommand = (window: BrowserWindow, command: string): Promise<void> =>
  showPage(window, hostRequestHash({ kind: 'command', command }, ++turn))

/** Brings a board file into the library and shows its project; failures are shown too. */
export async function openBoard(engine: Pick<Engine, 'openBoard'>, window: BrowserWindow, path: string): Promise<void> {
  try {
    const { projectId } = await engine.openBoard(path)
    await showPage(window, hostRequestHash({ kind: 'project', projectId }, ++turn))
  } catch (error) {
    await showFailure(window, error)
  }
}

/** Lets the person choose a board file. */
export async function chooseBoard(engine: Pick<Engine, 'openBoard'>, window: BrowserWindow): Promise<void> {
  const { filePaths } = await dialog.showOpenDialog(window, {
    title: 'Open board',
    filters: [{ name: 'Takeboard board', extensions: ['board.json', 'json'] }],
    properties: ['openFile'],
  })
  const [path] = filePaths
  if (path !== undefined) await openBoard(engine, window, path)
}
