import type { Session, WebContents } from 'electron'
import type { FetchHandler } from '../web/web-handler.ts'
import { isStudioUrl, mayOpenOutside, SCHEME, STUDIO_URL } from './origin.ts'

/** For protocol.registerSchemesAsPrivileged, before the app is ready. `stream` is what lets a video seek. */
export const STUDIO_SCHEME = {
  scheme: SCHEME,
  privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true },
} as const

/** What the page may do beyond showing itself: tell that a batch ended while its window is hidden, and fill the screen. */
const mayUse = (permission: string, url: string | undefined) =>
  ['notifications', 'fullscreen'].includes(permission) && url !== undefined && isStudioUrl(url)

/** Serves the studio's own scheme in a session, and denies every device and every permission but those two. */
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
