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
  const settings: MenuItemConstructorOptions = {
    label: 'Settings…',
    accelerator: 'CmdOrCtrl+,',
    click: () => actions.command('studio.settings'),
  }
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
        { label: 'New board…', click: () => actions.command('project.new') },
        { label: 'Open board…', accelerator: 'CmdOrCtrl+O', click: () => actions.openBoard() },
        { label: 'Open the sample project', click: () => actions.command('project.sample') },
        { type: 'separator' },
        ...(isMac ? [] : [settings, { type: 'separator' } as const]),
        { role: isMac ? 'close' : 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: 'View',
      submenu: [
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
      submenu: [{ label: 'WaveSpeed documentation', click: () => actions.openOutside(HELP_URL) }],
    },
  ]
}
