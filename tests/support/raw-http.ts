import { connect } from 'node:net'

/** A reply read byte for byte from the wire. */
export interface RawReply {
  readonly status: number
  /** Names in lower case; repeated ones joined with a line feed. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/**
 * Sends a request exactly as written, which fetch would tidy first: paths with `..`, absolute forms, two Host headers.
 * Without a Host among `headers`, the right one is sent.
 */
export function rawRequest(
  origin: string,
  target: string,
  { method = 'GET', headers = [], body = '' }: { method?: string; headers?: readonly string[]; body?: string } = {},
): Promise<RawReply> {
  const { hostname, port, host } = new URL(origin)
  const lines = [
    `${method} ${target} HTTP/1.1`,
    ...(headers.some((line) => /^host:/i.test(line)) ? [] : [`Host: ${host}`]),
    ...(headers.some((line) => /^upgrade:/i.test(line)) ? [] : ['Connection: close']),
    ...headers,
  ]
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname)
    const parts: Buffer[] = []
    // An accepted upgrade keeps its socket open, so the head is enough.
    const finish = () => {
      const text = Buffer.concat(parts).toString('latin1')
      const [head = '', ...rest] = text.split('\r\n\r\n')
      const [first = '', ...fields] = head.split('\r\n')
      const all: Record<string, string> = {}
      for (const field of fields) {
        const at = field.indexOf(':')
        const name = field.slice(0, at).toLowerCase()
        const value = field.slice(at + 1).trim()
        all[name] = name in all ? `${all[name]}\n${value}` : value
      }
      resolve({ status: Number(first.split(' ')[1]), headers: all, body: rest.join('\r\n\r\n') })
    }
    socket.on('data', (part) => {
      parts.push(part)
      if (Buffer.concat(parts).toString('latin1').startsWith('HTTP/1.1 101')) socket.destroy()
    })
    socket.on('close', finish)
    socket.on('error', (error) => (parts.length > 0 ? finish() : reject(error)))
    socket.write(`${lines.join('\r\n')}\r\n\r\n${body}`, 'latin1')
  })
}
