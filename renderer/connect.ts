import { z } from 'zod'
import { type Client, createClient } from '../shared/client.ts'
import { createMediaClient, fetchSessionToken, type MediaClient } from '../shared/media-client.ts'
import type { Transport } from '../shared/transport.ts'
import { createWebSocketTransport } from '../shared/web-socket-transport.ts'

declare global {
  interface Window {
    /** Put there by the preload script of the desktop app; absent in a browser. */
    takeboard?: Transport
  }
}

// The content security policy forbids compiling code at run time, which zod would otherwise try.
z.config({ jitless: true })

export interface Connection {
  readonly client: Client
  readonly media: MediaClient
  /** Asks the host whether it still knows this page; null on the desktop, where page and host end together. */
  readonly probe: (() => Promise<unknown>) | null
}

/**
 * Connects to the engine: through the preload script on the desktop, else over a WebSocket to the host of this page.
 * @throws TakeboardError disconnected, forbidden
 */
export async function connect(): Promise<Connection> {
  if (window.takeboard) {
    return { client: createClient(window.takeboard), media: createMediaClient({ base: '', token: null }), probe: null }
  }
  const token = await fetchSessionToken()
  const url = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/socket`
  return {
    client: createClient(createWebSocketTransport({ url })),
    media: createMediaClient({ base: '', token }),
    probe: () => fetchSessionToken(),
  }
}
