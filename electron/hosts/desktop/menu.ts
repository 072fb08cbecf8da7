import type { MenuItemConstructorOptions } from 'electron'

/** What the menu does beyond the system's own roles. */
export interface MenuActions {
  openBoard(): void
  /** Runs a command of the page's registry. */
  command(id: string): void
  openOutside(url: string): void
}

const HELP_URL = 'https://wavespeed.ai/docs'

export function menuTemplate(isMac: boolean, actions: MenuActions): MenuItemConstructorOptions[] {
  const command = (label: string, id: string, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    ...(accelerator === undefined ? {} : { accelerator }),
    click: () => actions.command(id),
  })
  const settings = command('Settings…', 'studio.settings', 'CmdOrCtrl+,')
  const app: MenuItemConstructorOptions = {
    role: 'appMenu',
    submenu: [
      { role: 'about' },
      { type: 'separator' },
      settings,
      { type: 'separator' },
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      { type: 'separator' },
      { role: 'quit' },
    ],
  }
  return [
    ...(isMac ? [app] : []),
    {
      label: 'File',
      submenu: [
        command('New board…', 'project.new', 'CmdOrCtrl+Alt+N'),
        { label: 'Open board…', accelerator: 'CmdOrCtrl+O', click: () => actions.openBoard() },
        command('Open the sample project', 'project.sample'),
        command('Export bundle…', 'project.exportBundle'),
        { type: 'separator' },
        ...(isMac ? [] : [settings, { type: 'separator' } as const]),
        { role: isMac ? 'close' : 'quit' },
      ],
    },
    {
      label: 'Edit',
      // The page takes back its own edits, and those of a field that is written in.
      submenu: [
        command('Undo', 'edit.undo', 'CmdOrCtrl+Z'),
        command('Redo', 'edit.redo', 'CmdOrCtrl+Shift+Z'),
        { type: 'separator' },
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' },
      ],
    },
    {
      label: 'View',
      submenu: [
        command('Command palette', 'studio.palette', 'CmdOrCtrl+K'),
        { type: 'separator' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
      ],
    },
    { role: 'windowMenu' },
    {
      role: 'help',
      submenu: [
        command('Shortcuts', 'studio.shortcuts'),
        { label: 'WaveSpeed documentation', click: () => actions.openOutside(HELP_URL) },
      ],
    },
  ]
}
