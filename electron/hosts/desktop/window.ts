import { BrowserWindow, screen } from 'electron'
import { STUDIO_URL } from './origin.ts'
import { MIN_SIZE, readWindowState, writeWindowState } from './window-state.ts'

/** Makes the studio's window, not yet shown; it appears once the page has drawn. @param preload path of its script */
export function createStudioWindow({ preload, stateFile }: { preload: string; stateFile: string }): BrowserWindow {
  const { position, width, height, maximized } = readWindowState(
    stateFile,
    screen.getAllDisplays().map(({ workArea }) => workArea),
  )
  const window = new BrowserWindow({
    ...position,
    width,
    height,
    minWidth: MIN_SIZE.width,
    minHeight: MIN_SIZE.height,
    show: false,
    title: 'Takeboard',
    backgroundColor: '#161616',
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      webSecurity: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      allowRunningInsecureContent: false,
      navigateOnDragDrop: false,
      safeDialogs: true,
      // Its dictionaries would be downloaded.
      spellcheck: false,
    },
  })
  if (maximized) window.maximize()
  window.once('ready-to-show', () => window.show())
  window.on('close', () => {
    const { x, y, ...size } = window.getNormalBounds()
    writeWindowState(stateFile, { position: { x, y }, ...size, maximized: window.isMaximized() })
  })
  return window
}

/** Shows the page, or asks something of the one that is shown. @param hash from hostRequestHash */
export const showPage = (window: BrowserWindow, hash = ''): Promise<void> => window.loadURL(STUDIO_URL + hash)

export function focusWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}
