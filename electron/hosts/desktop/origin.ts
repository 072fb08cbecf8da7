/** The studio's own address on the desktop. `standard` makes it an origin, so relative addresses and storage work. */
export const SCHEME = 'takeboard'
const STUDIO_HOST = 'studio'
export const STUDIO_URL = `${SCHEME}://${STUDIO_HOST}/`

/** True for addresses of the studio itself. Node calls the origin of a custom scheme `null`, so the parts are compared. */
export function isStudioUrl(address: string): boolean {
  const url = URL.parse(address)
  return url?.protocol === `${SCHEME}:` && url.host === STUDIO_HOST && url.username === '' && url.password === ''
}

/** Sites that may be opened in the person's browser: where keys, prices and the account are. */
const OUTSIDE = new Set(['wavespeed.ai', 'www.wavespeed.ai'])

/** True for addresses the studio may hand to the system's browser. */
export function mayOpenOutside(address: string): boolean {
  const url = URL.parse(address)
  return (
    url?.protocol === 'https:' && OUTSIDE.has(url.host) && url.username === '' && url.password === '' && url.port === ''
  )
}
