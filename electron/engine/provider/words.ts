import { z } from 'zod'

/** Most of a server's text that is passed on. */
const MAX_SERVER_CHARS = 500

/** Keeps the key and signed addresses out of everything that is shown, stored or logged. */
export type Redact = (text: string) => string

/** The ways in which a service that quotes the request may write the key, longest first. */
function spellings(key: string): readonly string[] {
  const bytes = new TextEncoder().encode(key)
  const base64 = btoa(String.fromCharCode(...bytes)).replace(/=+$/, '')
  const all = [key, encodeURIComponent(key), base64, base64.replaceAll('+', '-').replaceAll('/', '_')]
  return [...new Set(all)].toSorted((a, b) => b.length - a.length)
}

/** @param key the API key of the moment, or null */
export function redactor(key: string | null): Redact {
  const written = key ? spellings(key) : []
  return (text) => {
    const keyless = written.reduce((rest, each) => rest.replaceAll(each, '(key)'), text)
    return keyless.replace(/(https?:\/\/[^\s?#"'<>]+)\?[^\s"'<>]*/g, '$1')
  }
}

const Text = z.string().refine((text) => text.trim() !== '')
const Item = z.union([
  Text,
  z.object({ message: Text }).transform((item) => item.message),
  z.object({ msg: Text }).transform((item) => item.msg),
])
const Said = z.union([
  Item,
  z
    .array(Item)
    .min(1)
    .transform((items) => items.join('; ')),
])

/** The server's own words in an answer, wherever it put them, with its error code; null when it says nothing. */
export function serverText(json: unknown, redact: Redact): string | null {
  const answer = z.record(z.string(), z.unknown()).safeParse(json)
  if (!answer.success) return null
  const data = z.record(z.string(), z.unknown()).safeParse(answer.data['data']).data ?? {}
  const { message, error, detail, errors, error_code: code } = answer.data
  const said = [message, error, detail, errors, data['error'], data['message']]
    .map((value) => Said.safeParse(value).data)
    .find((text) => text !== undefined && text.toLowerCase() !== 'success')
  if (said === undefined) return null
  const coded = typeof code === 'string' || typeof code === 'number' ? `${said} [${code}]` : said
  return tidy(coded, redact)
}

/** One line, of bearable length, without secrets. */
export function tidy(text: string, redact: Redact): string {
  // Redacted before it is cut, so that no part of a key is left at the edge.
  const line = redact(text)
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
  return line.length > MAX_SERVER_CHARS ? `${line.slice(0, MAX_SERVER_CHARS)}…` : line
}

/** `: “text”` where there is text, for the middle of a sentence. */
export const quoted = (text: string | null): string => (text === null ? '' : `: “${text}”`)

const LOW_BALANCE =
  /(insufficient|not enough|too low|low|no|out of|exceed\w*|lack\w*)\b.{0,40}\b(balance|credits?|funds?)\b|\b(balance|credits?|funds?)\b.{0,40}\b(insufficient|not enough|too low|low|exhausted|depleted|required|used up)\b|\btop[ -]?up\b|\brecharge\b/i

/** Whether a refusal speaks of the account's money. */
export const speaksOfBalance = (text: string | null): boolean => text !== null && LOW_BALANCE.test(text)
