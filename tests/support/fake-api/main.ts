import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { parseArgs } from 'node:util'
import { createService } from './server.ts'
import type { Script } from './script.ts'
import { openWorld } from './world.ts'

/**
 * The fake paid service as a process of its own, so that it remembers what a killed client forgot.
 *
 *     node tests/support/fake-api/main.ts --dir DIR [--port N] [--control-port N] [--with-parent]
 *
 * Prints one line of JSON once it listens: { baseUrl, controlUrl, key, pid }. Everything it must not forget is in DIR.
 * With --with-parent it ends when its standard input closes.
 */
const { values } = parseArgs({
  options: {
    dir: { type: 'string' },
    port: { type: 'string', default: '0' },
    'control-port': { type: 'string', default: '0' },
    'with-parent': { type: 'boolean', default: false },
  },
})
if (values.dir === undefined) throw new Error('--dir is required')

const world = openWorld(values.dir)

async function listen(server: Server, port: string): Promise<string> {
  server.listen(Number(port), '127.0.0.1')
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

let baseUrl = ''
const service = createService(world, () => baseUrl)
baseUrl = await listen(service, values.port)

/** On a port of its own, so that controlling the service neither counts as a request nor suffers its faults. */
const control = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    if (request.method === 'POST') {
      world.script = { ...world.script, ...(JSON.parse(Buffer.concat(chunks).toString('utf8')) as Partial<Script>) }
    }
    response.writeHead(200, { 'content-type': 'application/json', connection: 'close' })
    response.end(JSON.stringify(request.url === '/seen' ? world.seen : world.script))
  })
})
const controlUrl = await listen(control, values['control-port'])

function stop(): void {
  world.ledger.close()
  process.exit(0)
}
process.on('SIGTERM', stop)
if (values['with-parent']) process.stdin.on('end', stop).resume()

process.stdout.write(`${JSON.stringify({ baseUrl, controlUrl, key: world.key, pid: process.pid })}\n`)
