import { app, type BrowserWindow, Menu, protocol, session, shell } from 'electron'
import { join } from 'node:path'
import type { Engine } from '../../engine/api.ts'
import type { Logger, Secrets } from '../../engine/ports.ts'
import { createKeyHolder } from '../key-holder.ts'
import { createWebHandler } from '../web/web-handler.ts'
import { createActivity } from './activity.ts'
import { serveIpc } from './ipc-server.ts'
import { createKeychain } from './keychain.ts'
import { lockContents, lockSession, STUDIO_SCHEME } from './lock.ts'
import { menuTemplate } from './menu.ts'
import { boardArgument, chooseBoard, openBoard, runPageCommand, showFailure } from './open-board.ts'
import { mayOpenOutside } from './origin.ts'
import { followEngine, shellSignals } from './shell-signals.ts'
import { createStudioWindow, focusWindow, showPage } from './window.ts'

/** What the entry hands to the desktop. */
export interface DesktopOptions {
  /** As process.argv has it. */
  readonly argv: readonly string[]
  /** Folder of the built page. */
  readonly rendererDir: string
  /** Path of the built preload script. */
  readonly preload: string
  readonly logger: Logger
  /** True for a window that only looks at a library; several may be open, beside the one that works with it. */
  readonly readOnly?: boolean
  openEngine(secrets: Secrets): Promise<Engine>
}

/** Only listed addresses reach the system, whoever asks. */
function openOutside(url: string): void {
  if (mayOpenOutside(url)) void shell.openExternal(url)
}

/** Answers what reaches this process from outside before there is a window to show it in, and after. */
function outsideRequests() {
  let show: ((path: string | null) => void) | null = null
  const waiting: (string | null)[] = []
  return {
    ask: (path: string | null) => (show === null ? void waiting.push(path) : show(path)),
    answer(by: (path: string | null) => void) {
      show = by
      waiting.splice(0).forEach(by)
    },
  }
}

/** Closes the library before the process ends: a submission under way finishes its durable steps. */
function closeOnQuit(engine: Engine, logger: Logger): void {
  let closing = false
  app.on('will-quit', (event) => {
    if (closing) return
    closing = true
    event.preventDefault()
    engine
      .close()
      .catch((error: unknown) => logger.error('The library did not close cleanly', { detail: String(error) }))
      .finally(() => app.exit(0))
  })
}

function openWindow(engine: Engine, { preload, logger }: DesktopOptions): BrowserWindow {
  const stateFile = join(app.getPath('userData'), 'window.json')
  const window = createStudioWindow({ preload, stateFile })
  serveIpc(window.webContents, (connection) => engine.connect(connection), logger)
  const run = (work: Promise<unknown>) =>
    void work.catch((error: unknown) => logger.warn('A menu item failed', { detail: String(error) }))
  const actions = {
    openBoard: () => run(chooseBoard(engine, window)),
    command: (id: string) => run(runPageCommand(window, id)),
    openOutside,
  }
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(process.platform === 'darwin', actions)))
  run(followEngine(engine, createActivity(shellSignals(window))))
  return window
}

/**
 * The desktop studio: one process, one window, one library. A second start hands its board to the first and ends.
 * Call it before the app is ready.
 */
export async function startDesktop(options: DesktopOptions): Promise<void> {
  const { argv, rendererDir, logger, openEngine } = options
  if (options.readOnly !== true && !app.requestSingleInstanceLock()) return app.quit()
  app.enableSandbox()
  protocol.registerSchemesAsPrivileged([STUDIO_SCHEME])

  const outside = outsideRequests()
  app.on('second-instance', (_event, theirs, cwd) => outside.ask(boardArgument(theirs, cwd)))
  app.on('open-file', (event, path) => {
    event.preventDefault()
    outside.ask(path)
  })
  app.on('web-contents-created', (_event, contents) => lockContents(contents, openOutside))
  app.on('window-all-closed', () => app.quit())

  await app.whenReady()
  let engine: Engine
  try {
    const vault = createKeychain(join(app.getPath('userData'), 'wavespeed-key.json'))
    engine = await openEngine(createKeyHolder({ env: process.env, vault }))
  } catch (error) {
    logger.error('The studio could not be opened', { detail: error instanceof Error ? error.stack : String(error) })
    await showFailure(null, error)
    return app.exit(1)
  }
  closeOnQuit(engine, logger)
  lockSession(session.defaultSession, createWebHandler({ rendererDir, media: (request) => engine.media(request) }))
  const window = openWindow(engine, options)
  await showPage(window)
  outside.answer((path) => {
    focusWindow(window)
    if (path !== null) void openBoard(engine, window, path)
  })
  const board = boardArgument(argv, process.cwd())
  if (board !== null) await openBoard(engine, window, board)
}
