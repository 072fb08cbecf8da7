import { lookup as dnsLookup, type LookupAddress } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'
import { TakeboardError } from '../../../shared/errors.ts'

/** Longest address of a clip or an upload target that is looked at. */
const MAX_URL_CHARS = 8192

/** The `code` of the error a refused address makes, for classify. */
export const ADDRESS_REFUSED = 'TAKEBOARD_ADDRESS_REFUSED'

/**
 * Reads the address of a service: https anywhere, http on this machine only. A path is kept as a prefix.
 * @throws TakeboardError bad-input
 */
export function parseBaseUrl(text: string): URL {
  const refuse = (why: string) =>
    new TakeboardError(
      'bad-input',
      `The service address ${why}. Nothing was sent. Use an https address, or http on this machine.`,
    )
  const url = URL.parse(text.trim())
  if (url === null) throw refuse('is not a URL')
  if (url.username !== '' || url.password !== '') throw refuse('carries a user name or password')
  if (url.search !== '' || url.hash !== '') throw refuse('carries a query or a fragment')
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url))) throw refuse('is not safe')
  url.pathname = url.pathname.replace(/\/+$/, '')
  return url
}

function isLoopback(url: URL): boolean {
  const host = hostOf(url)
  return host === 'localhost' || (isIP(host) !== 0 && ipaddr.process(host).range() === 'loopback')
}

/** Host name without the brackets of an IPv6 address. */
const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '')

/**
 * Reads an address the service handed out. It must be https on port 443 without credentials and must not name a private
 * host; the service's own origin is always allowed. What a name resolves to is checked by `publicLookup` at connect.
 * @param against what a relative address is resolved against
 * @returns null for anything else
 */
export function parseMediaUrl(text: string, base: URL, against?: URL): URL | null {
  if (text.length > MAX_URL_CHARS) return null
  const url = URL.parse(text, against?.href)
  if (url === null || url.username !== '' || url.password !== '') return null
  if (url.origin === base.origin) return url
  // An https URL has an empty port when it is 443.
  if (url.protocol !== 'https:' || url.port !== '') return null
  const host = hostOf(url)
  return isIP(host) !== 0 && !isPublic(host) ? null : url
}

const isPublic = (address: string): boolean => ipaddr.process(address).range() === 'unicast'

/** Resolves a name as usual but hands on only public addresses, so that no name leads into a private network. */
export const publicLookup: LookupFunction = (hostname, options, callback) => {
  dnsLookup(hostname, { ...options, all: true }, (error, found: LookupAddress[]) => {
    if (error) return callback(error, [])
    const allowed = found.filter(({ address }) => isPublic(address))
    const [first] = allowed
    if (!first) return callback(Object.assign(new Error('Not a public address'), { code: ADDRESS_REFUSED }), [])
    return options.all === true ? callback(null, allowed) : callback(null, first.address, first.family)
  })
}
