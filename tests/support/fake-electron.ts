import { EventEmitter } from 'node:events'
import { tmpdir } from 'node:os'
import { STUDIO_URL } from '../../electron/hosts/desktop/origin.ts'

/**
 * As much of Electron as the desktop host uses, remembering what it was told. Stands in through
 * `vi.mock('electron', () => import('../support/fake-electron.ts'))`. `fake` is what a test turns and reads.
 */
export const fake = {
  userData: tmpdir(),
  primary: true,
  ready: Promise.resolve(),
  focused: false,
  backend: 'gnome_libsecret' as string,
  keyring: true,
  plainAllowed: false,
  notificationsWork: true,
  log: [] as string[],
  windows: [] as BrowserWindow[],
  messages: [] as { message: string; detail: string }[],
  openDialog: [] as string[],
  menu: [] as { label?: string; role?: string; submenu?: unknown }[],
  notifications: [] as Notification[],
  opened: [] as string[],
  blockers: new Set<number>(),
  exitCodes: [] as number[],
  schemes: [] as unknown[],
}

class App extends EventEmitter {
  requestSingleInstanceLock = () => fake.primary
  enableSandbox = () => void fake.log.push('sandbox')
  whenReady = () => fake.ready.then(() => void fake.log.push('ready'))
  getPath = () => fake.userData
  setBadgeCount = (count: number) => fake.log.push(`badge ${count}`) > 0
  exit = (code: number) => void fake.exitCodes.push(code)
  /** As Electron: the windows close, then `will-quit` may hold the end back. */
  quit = () => {
    fake.log.push('quit')
    let held = false
    this.emit('will-quit', { preventDefault: () => (held = true) })
    if (!held) fake.exitCodes.push(0)
  }
}
export const app = new App()

export const protocol = {
  registerSchemesAsPrivileged(schemes: unknown[]) {
    fake.log.push('schemes')
    fake.schemes = schemes
  },
}

class Session {
  permissionRequest:
    | ((
        contents: unknown,
        permission: string,
        decide: (granted: boolean) => void,
        details: { requestingUrl: string },
      ) => void)
    | null = null
  permissionCheck: ((contents: unknown, permission: string, origin: string) => boolean) | null = null
  devicePermission: (() => boolean) | null = null
  handlers = new Map<string, (request: Request) => Response | Promise<Response>>()
  setPermissionRequestHandler = (handler: Session['permissionRequest']) => (this.permissionRequest = handler)
  setPermissionCheckHandler = (handler: Session['permissionCheck']) => (this.permissionCheck = handler)
  setDevicePermissionHandler = (handler: Session['devicePermission']) => (this.devicePermission = handler)
  protocol = {
    handle: (scheme: string, handler: (request: Request) => Response | Promise<Response>) =>
      void this.handlers.set(scheme, handler),
  }
}
export const session = { defaultSession: new Session() }

interface Frame {
  url: string
  parent: Frame | null
}

class WebContents extends EventEmitter {
  readonly ipc = new EventEmitter()
  readonly mainFrame: Frame = { url: STUDIO_URL, parent: null }
  readonly sent: { channel: string; args: unknown[] }[] = []
  destroyed = false
  windowOpen: (details: { url: string }) => { action: string } = () => ({ action: 'allow' })
  isDestroyed = () => this.destroyed
  send = (channel: string, ...args: unknown[]) => void this.sent.push({ channel, args })
  setWindowOpenHandler = (handler: WebContents['windowOpen']) => (this.windowOpen = handler)
  /** Emits an event that may be prevented. @returns whether it was */
  attempt(event: string, url: string): boolean {
    let prevented = false
    this.emit(event, { url, preventDefault: () => (prevented = true) })
    return prevented
  }
}

export class BrowserWindow extends EventEmitter {
  readonly webContents = new WebContents()
  readonly options: Record<string, unknown>
  readonly pages: string[] = []
  progress = -1
  shown = false
  minimized = false
  maximized = false

  constructor(options: Record<string, unknown>) {
    super()
    this.options = options
    fake.windows.push(this)
    app.emit('web-contents-created', {}, this.webContents)
  }

  loadURL = async (url: string) => void this.pages.push(url)
  isDestroyed = () => this.webContents.destroyed
  isFocused = () => fake.focused
  isMinimized = () => this.minimized
  isMaximized = () => this.maximized
  maximize = () => (this.maximized = true)
  restore = () => (this.minimized = false)
  show = () => (this.shown = true)
  focus = () => (fake.focused = true)
  setProgressBar = (fraction: number) => (this.progress = fraction)
  getNormalBounds = () => ({ x: 40, y: 50, width: 1200, height: 800 })
}

export const screen = { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] }

export const Menu = {
  buildFromTemplate: (template: typeof fake.menu) => template,
  setApplicationMenu: (menu: typeof fake.menu) => (fake.menu = menu),
}

export const shell = {
  openExternal: async (url: string) => void fake.opened.push(url),
  showItemInFolder: (path: string) => void fake.opened.push(path),
}

export const dialog = {
  async showMessageBox(...args: unknown[]) {
    fake.messages.push(args.at(-1) as { message: string; detail: string })
    return { response: 0 }
  },
  showOpenDialog: async () => ({ canceled: fake.openDialog.length === 0, filePaths: fake.openDialog }),
}

export const powerSaveBlocker = {
  start(kind: string) {
    const id = fake.log.push(`block ${kind}`)
    fake.blockers.add(id)
    return id
  },
  stop: (id: number) => fake.blockers.delete(id),
}

export class Notification extends EventEmitter {
  static isSupported = () => fake.notificationsWork
  readonly options: { title: string; body: string }
  constructor(options: { title: string; body: string }) {
    super()
    this.options = options
  }
  show = () => void fake.notifications.push(this)
}

/** Scrambles with the name of the backend, so that another backend cannot read it. */
const scramble = (text: string) => Buffer.from(text.split('').toReversed().join(''), 'utf8')
export const safeStorage = {
  getSelectedStorageBackend: () => fake.backend,
  setUsePlainTextEncryption: (on: boolean) => (fake.plainAllowed = on),
  isEncryptionAvailable: () => (fake.backend === 'basic_text' ? fake.plainAllowed : fake.keyring),
  encryptString(text: string) {
    if (!safeStorage.isEncryptionAvailable()) throw new Error('Encryption is not available.')
    return Buffer.concat([Buffer.from(`${fake.backend}:`), scramble(text)])
  },
  decryptString(bytes: Buffer) {
    if (!safeStorage.isEncryptionAvailable()) throw new Error('Decryption is not available.')
    const prefix = `${fake.backend}:`
    if (bytes.subarray(0, prefix.length).toString() !== prefix)
      throw new Error('Error while decrypting the ciphertext.')
    return scramble(bytes.subarray(prefix.length).toString('utf8')).toString('utf8')
  },
}

/** Forgets everything between two tests. */
export function resetElectron(): void {
  app.removeAllListeners()
  session.defaultSession = new Session()
  Object.assign(fake, {
    primary: true,
    ready: Promise.resolve(),
    focused: false,
    backend: 'gnome_libsecret',
    keyring: true,
    plainAllowed: false,
    notificationsWork: true,
    openDialog: [],
    menu: [],
    schemes: [],
  })
  for (const list of [fake.log, fake.windows, fake.messages, fake.notifications, fake.opened, fake.exitCodes])
    list.length = 0
  fake.blockers.clear()
}
