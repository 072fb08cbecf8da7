import { socketProtocols } from '../../shared/session-token.ts'
import type { LoopbackStudio } from '../../electron/hosts/loopback/serve-studio.ts'

/** What a browser holds of a session. */
interface SignedIn {
  readonly cookie: string
  /** What only the page gets. */
  readonly token: string
  /** The offer of a socket, as the page makes it. */
  readonly protocols: string
}

/** Spends a one-time address as a browser would. */
export async function signInAt(url: string): Promise<SignedIn> {
  const opened = await fetch(url, { redirect: 'manual' })
  const cookie = opened.headers.get('set-cookie')?.split(';')[0] ?? ''
  const token = /data-token="([^"]*)"/.exec(await opened.text())?.[1] ?? ''
  return { cookie, token, protocols: socketProtocols(token).join(', ') }
}

export const signIn = (studio: LoopbackStudio): Promise<SignedIn> => signInAt(studio.newUrl())
