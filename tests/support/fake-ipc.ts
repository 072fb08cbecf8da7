import { EventEmitter } from 'node:events'
import type { PageContents } from '../../electron/hosts/desktop/ipc-server.ts'
import type { RendererIpc } from '../../electron/hosts/desktop/ipc-client.ts'
import { STUDIO_URL } from '../../electron/hosts/desktop/origin.ts'

/** A frame of a page. */
export interface FakeFrame {
  url: string
  parent: FakeFrame | null
}

/**
 * One window's two ends of Electron IPC: messages are cloned and arrive in a later microtask, in order, as Electron
 * delivers them. `rendererOf` gives the ipcRenderer of any frame, so that a foreign one can be tried.
 */
export function fakeIpcPair() {
  const main = new EventEmitter()
  const renderer = new EventEmitter()
  const lifecycle = new EventEmitter()
  const mainFrame: FakeFrame = { url: STUDIO_URL, parent: null }
  let destroyed = false

  const contents: PageContents = {
    ipc: main,
    mainFrame,
    isDestroyed: () => destroyed,
    send(channel, ...args) {
      if (destroyed) throw new TypeError('Object has been destroyed')
      const copy = structuredClone(args)
      queueMicrotask(() => renderer.emit(channel, {}, ...copy))
    },
    once: (event, listener) => lifecycle.once(event, listener),
    on: (event, listener) => lifecycle.on(event, listener),
  }

  const rendererOf = (frame: FakeFrame | null): RendererIpc => ({
    send(channel, ...args) {
      const copy = structuredClone(args)
      queueMicrotask(() => {
        if (!destroyed) main.emit(channel, { senderFrame: frame }, ...copy)
      })
    },
    on: (channel, listener) => renderer.on(channel, listener),
    removeListener: (channel, listener) => renderer.removeListener(channel, listener),
  })

  return {
    contents,
    mainFrame,
    rendererOf,
    ipcRenderer: rendererOf(mainFrame),
    /** A reload: everything the page listened to is gone. */
    forgetPage: () => void renderer.removeAllListeners(),
    crash: () => void lifecycle.emit('render-process-gone'),
    destroy() {
      destroyed = true
      lifecycle.emit('destroyed')
    },
    /** Listeners on both ends, for leak checks. */
    listeners: () =>
      [main, renderer].reduce(
        (sum, emitter) => sum + emitter.eventNames().reduce((count, name) => count + emitter.listenerCount(name), 0),
        0,
      ),
  }
}
