/** Values under these names are told apart but not told: equal ones get equal stand-ins. */
const ID_NAME = /(^|_)(id|uuid|ids|uuids)$/i
/** Numbers that say how the service counts, not whose account it is. */
const PLAIN_NUMBER =
  /^(code|price|origin_price|discounted_price|discount_rate|page|page_size|inference|executionTime|duration|size|seed|minimum|maximum|default)$/
/** Texts in the service's own words, kept once they are scrubbed. */
const PLAIN_TEXT =
  /^(message|error|error_code|detail|msg|status|state|type|billing_type|currency|model|model_id|model_uuid|method|resolution|aspect_ratio|prompt)$/
const HEADER_KEPT =
  /^(content-type|content-range|accept-ranges|cache-control|vary|retry-after|age|access-control-.*|x-ratelimit-.*|ratelimit.*|content-encoding|transfer-encoding)$/

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)?$/

/** Takes what tells who, where and which out of recorded answers, and keeps their shape. */
export interface Redactor {
  json(value: unknown): unknown
  headers(headers: Readonly<Record<string, string>>): Record<string, string>
  /** A route without ids: `/api/v3/predictions/<id 1>/result`. */
  path(url: URL): string
  /** Every id met so far. */
  readonly ids: ReadonlySet<string>
}

/** @param secrets texts that must not be seen anywhere, such as the key */
export function createRedactor(secrets: readonly string[]): Redactor {
  const standIns = new Map<string, string>()
  const ids = new Set<string>()
  const standIn = (value: string): string => {
    ids.add(value)
    const known = standIns.get(value) ?? `<id ${standIns.size + 1}>`
    standIns.set(value, known)
    return known
  }

  /** Which host of which site, what kind of file and which fields, and no more. */
  const address = (text: string): string => {
    const url = URL.parse(text)
    if (url === null) return '<address>'
    const site = /^[\d.:[\]]+$|^localhost$/.test(url.hostname)
      ? '<host>'
      : `*.${url.hostname.split('.').slice(-2).join('.')}`
    const extension = /\.[a-z0-9]{2,4}$/i.exec(url.pathname)?.[0] ?? ''
    const fields = [...new Set(url.searchParams.keys())].map((name) => `${name}=<>`).join('&')
    return `${url.protocol}//${site}/<path>${extension}${fields === '' ? '' : `?${fields}`}`
  }

  const scrub = (text: string): string => {
    const keyless = secrets.reduce((rest, secret) => (secret === '' ? rest : rest.replaceAll(secret, '<key>')), text)
    return keyless
      .replace(/\bhttps?:\/\/[^\s"'<>]+/gi, address)
      .replace(/[\w.+-]+@[\w-]+(\.[\w-]+)+/g, '<e-mail>')
      .replace(/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{13,}\b|\b[0-9a-f]{16,}\b|\bpred_\w+/gi, standIn)
      .replace(/\b\d{1,3}(\.\d{1,3}){3}(:\d+)?\b/g, '<ip>')
      .replace(/\b(?=\w*\d)(?=\w*[a-z])\w{20,}\b/gi, '<token>')
  }

  const text = (name: string, value: string): string => {
    if (ID_NAME.test(name) && !name.startsWith('model_')) return value === '' ? '' : standIn(value)
    // The shape of a time is what a reader of times must know; its digits are nobody's business.
    if (TIME.test(value)) return value.replace(/\d+/g, (digits) => '0'.repeat(digits.length))
    if (/^https?:\/\//i.test(value)) return address(value)
    if (PLAIN_TEXT.test(name)) return scrub(value)
    return value === '' ? '' : '<text>'
  }

  const walk = (name: string, value: unknown): unknown => {
    if (typeof value === 'string') return text(name, value)
    if (typeof value === 'number') return PLAIN_NUMBER.test(name) ? value : 0
    if (Array.isArray(value)) return value.map((item) => walk(name, item))
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [scrub(key), walk(key, item)]))
    return value
  }

  return {
    ids,
    json: (value) => walk('', value),
    headers(headers) {
      const kept = Object.entries(headers).map(([name, value]): [string, string] => {
        if (name === 'etag') return [name, value.startsWith('W/') ? 'W/"<weak>"' : '"<strong>"']
        if (name === 'content-length') return [name, '<number>']
        return [name, HEADER_KEPT.test(name) ? scrub(value).replace(/\d{7,}/g, '<number>') : '<value>']
      })
      return Object.fromEntries(kept.toSorted(([a], [b]) => a.localeCompare(b)))
    },
    path: ({ pathname }) => pathname.replace(/(?<=\/predictions\/)(?!delete\b)[^/]+/, standIn),
  }
}
