import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { ensureChromium } from '../support/chromium.ts'

/** A page that nothing listens to but the script it is asked to run. */
export interface BarePage {
  /** Runs a script, waits for what it promises, and gives back what that holds. @throws what the script throws */
  evaluate<T>(script: string): Promise<T>
  close(): Promise<void>
}

export interface BareBrowser {
  /** Opens an address and waits until the page has loaded. */
  open(url: string): Promise<BarePage>
  close(): Promise<void>
}

interface Reply {
  readonly id?: number
  readonly method?: string
  readonly error?: { readonly message: string }
  readonly result?: {
    readonly result?: { readonly value?: unknown }
    readonly exceptionDetails?: { readonly text: string }
  }
}

async function attach(address: string): Promise<BarePage & { readonly navigate: (url: string) => Promise<void> }> {
  const socket = new WebSocket(address)
  await once(socket, 'open')
  const waiting = new Map<number, PromiseWithResolvers<Reply>>()
  const loaded = Promise.withResolvers<void>()
  let last = 0
  socket.addEventListener('message', ({ data }) => {
    const reply = JSON.parse(String(data)) as Reply
    if (reply.method === 'Page.loadEventFired') loaded.resolve()
    if (reply.id === undefined) return
    waiting.get(reply.id)?.resolve(reply)
    waiting.delete(reply.id)
  })
  const send = async (method: string, params: object = {}): Promise<Reply> => {
    const id = ++last
    const answer = Promise.withResolvers<Reply>()
    waiting.set(id, answer)
    socket.send(JSON.stringify({ id, method, params }))
    const reply = await answer.promise
    const wrong = reply.error?.message ?? reply.result?.exceptionDetails?.text
    if (wrong !== undefined) throw new Error(`${method}: ${wrong}`)
    return reply
  }
  return {
    async navigate(url) {
      await send('Page.enable')
      await send('Page.navigate', { url })
      await loaded.promise
      await send('Page.disable')
    },
    async evaluate<T>(expression: string) {
      const { result } = await send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true })
      return result?.result?.value as T
    },
    async close() {
      // A page that closes may not live to answer.
      socket.send(JSON.stringify({ id: ++last, method: 'Page.close' }))
      if (socket.readyState !== WebSocket.CLOSED) await once(socket, 'close')
    },
  }
}

/**
 * Chromium without a test driver. One that notes every request and its answer takes a fifth of two cores while a board
 * scrolls, which an artist's window does not.
 */
export async function launchBareBrowser(): Promise<BareBrowser> {
  const profile = mkdtempSync(join(tmpdir(), 'takeboard-bare-'))
  const args = [
    '--headless',
    '--no-sandbox',
    '--remote-debugging-port=0',
    '--window-size=1440,900',
    '--hide-scrollbars',
  ]
  const child = spawn(ensureChromium(), [...args, `--user-data-dir=${profile}`, 'about:blank'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let address: string | null = null
  for await (const line of createInterface(child.stderr)) {
    address = /ws:\/\/\S+/.exec(line)?.[0] ?? null
    if (address !== null) break
  }
  if (address === null) throw new Error('Chromium ended before it could be asked anything.')
  const control = new WebSocket(address)
  await once(control, 'open')
  const { host } = new URL(address)
  child.stderr.resume()
  return {
    async open(url) {
      const reply = await fetch(`http://${host}/json/new?about:blank`, { method: 'PUT' })
      const { webSocketDebuggerUrl } = (await reply.json()) as { webSocketDebuggerUrl: string }
      const page = await attach(webSocketDebuggerUrl)
      await page.navigate(url)
      return page
    },
    async close() {
      // What was started may be a script around Chromium, which a signal would leave running.
      const ended = once(child, 'exit')
      control.send(JSON.stringify({ id: 1, method: 'Browser.close' }))
      await ended
      rmSync(profile, { recursive: true, force: true })
    },
  }
}
