import type { Session, WebContents } from 'electron'
import type { FetchHandler } from '../web/web-handler.ts'
import { isStudioUrl, mayOpenOutside, SCHEME, STUDIO_URL } from './origin.ts'

/** For protocol.registerSchemesAsPrivileged, before the app is ready. `stream` is what lets a video seek. */
export const STUDIO_SCHEME = {
  scheme: SCHEME,
  privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true },
} as const

/** The one thing the page may do beyond showing itself: tell that a batch ended while its window is hidden. */
const mayUse = (permission: string, url: string | undefined) =>
  permission === 'notifications' && url !== undefined && isStudioUrl(url)

/** Serves the studio's own scheme in a session, and denies every device and every permission but notifications. */
export function lockSession(session: Session, handler: FetchHandler): void {
  session.setPermissionRequestHandler((_contents, permission, decide, { requestingUrl }) =>
    decide(mayUse(permission, requestingUrl)),
  )
  session.setPermissionCheckHandler((_contents, permission, origin) => mayUse(permission, origin))
  session.setDevicePermissionHandler(() => false)
  session.protocol.handle(SCHEME, (request) =>
    isStudioUrl(request.url) ? handler(request) : new Response(null, { status: 404 }),
  )
}

/** The studio's page itself, with whatever fragment: what a reload asks for. */
const isStudioPage = (url: string) => isStudioUrl(url) && url.replace(/#.*$/s, '') === STUDIO_URL

/**
 * Keeps a page where it is: it may reload itself and go nowhere else, in no frame; it opens no windows and holds no
 * webviews. Links to listed sites go to the person's browser.
 */
export function lockContents(contents: WebContents, openOutside: (url: string) => void): void {
  const stay = (event: { url: string; preventDefault(): void }) => {
    if (!isStudioPage(event.url)) event.preventDefault()
  }
  contents.on('will-navigate', (event) => {
    stay(event)
    if (mayOpenOutside(event.url)) openOutside(event.url)
  })
  contents.on('will-frame-navigate', stay)
  contents.on('will-redirect', (event) => event.preventDefault())
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    if (mayOpenOutside(url)) openOutside(url)
    return { action: 'deny' }
  })
}
