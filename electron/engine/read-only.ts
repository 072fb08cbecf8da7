import { join } from 'node:path'
import { CALLS, type CallName, type CallOutput, type EngineEvent } from '../../shared/contract.ts'
import { TakeboardError } from '../../shared/errors.ts'
import type { Engine } from './api.ts'
import { paceOf } from './domain/account-level.ts'
import { createDrawnPictures, DRAWN_EXTENSION, type Draw } from './drawn-pictures.ts'
import { handlersOf } from './handlers-of.ts'
import type { HandlerContext } from './handlers/context.ts'
import { bundles } from './handlers/hand-over.ts'
import { BUNDLE_LIMITS } from './interchange/bundle-limits.ts'
import { createClipStore } from './media/clip-store.ts'
import { createDerivedFiles } from './media/derived-files.ts'
import { createLookOnlyCache } from './media/file-cache.ts'
import { createImageStore } from './media/image-store.ts'
import { freeBytesOf } from './media/library-files.ts'
import { createMediaHandler } from './media/serve-media.ts'
import type { Cancel, Clock, Ports } from './ports.ts'
import type { Outbox } from './outbox.ts'
import { createRouter, type Handlers } from './router.ts'
import { findImage } from './store/casts.ts'
import { createClipHashes } from './store/clip-hashes.ts'
import type { ReadDb, Store } from './store/open-store.ts'
import type { ReadOnlyStore } from './store/read-only-store.ts'
import { eventsAfter, outboxRange, readSettings } from './store/records.ts'
import { findTake } from './store/takes.ts'

interface ReadOnlyOptions {
  readonly library: string
  /** Closed by `close`. */
  readonly store: ReadOnlyStore
  readonly ports: Ports
  readonly version: string
  readonly samplePath: string
  readonly draw: Draw
}

/** What another process wrote is told to the windows of this one so often. */
const LOOK_MS = 1_000

/** Says when the copy was made that is looked at in place of the library's own database. */
const asOf = (from: number | null) =>
  from === null
    ? ''
    : ` What is shown is the backup of ${new Date(from).toISOString().slice(0, 16).replace('T', ' ')} UTC.`

/** Events as another process writes them into the database. */
function createFollowingOutbox(read: ReadDb, clock: Clock, refuse: () => never): Outbox & { close(): void } {
  const listeners = new Set<(event: EngineEvent) => void>()
  const replay = (seq: number) =>
    eventsAfter(read, seq).map(
      (row) => ({ seq: row.seq, name: row.name, payload: JSON.parse(row.payload) }) as EngineEvent,
    )
  let last = outboxRange(read).last
  let cancel: Cancel = () => {}
  const look = () => {
    // While a backup is put in place, or the disk is away, there is nothing to tell.
    try {
      for (const event of replay(last)) {
        last = event.seq ?? last
        listeners.forEach((listener) => listener(event))
      }
    } catch {}
    cancel = clock.setTimeout(look, LOOK_MS)
  }
  cancel = clock.setTimeout(look, LOOK_MS)
  return {
    write: refuse,
    tell: () => {},
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    replay(seq) {
      const range = outboxRange(read)
      return seq > range.last || seq + 1 < range.first ? 'gap' : replay(seq)
    },
    seq: () => outboxRange(read).last,
    close: () => cancel(),
  }
}

/** Stands for what only the process that works with a library has: whatever is asked of it is refused. */
const refusing = <T extends object>(refuse: () => never): T => new Proxy({}, { get: refuse }) as T

/**
 * A library to look at: boards, takes, clips, history and spending, as another process leaves them. No job runs, no byte
 * of the library is written, and every command is refused with `library-read-only`.
 */
export function openReadOnlyEngine(options: ReadOnlyOptions): Engine {
  const { library, ports, store: opened } = options
  const message = `This library was opened only to look at it, so nothing in it can be changed or sent from here.${asOf(opened.from)}`
  const refuse = (): never => {
    throw new TakeboardError('library-read-only', message)
  }
  const { read } = opened
  const store: Store = { read, write: refuse, integrity: refuse, backup: async () => refuse(), close: opened.close }
  const outbox = createFollowingOutbox(read, ports.clock, refuse)
  const cache = join(library, 'cache')
  const clips = createClipStore(library, { lookOnly: true })
  const images = createImageStore({ dir: join(library, 'images') })
  const closing = new AbortController()
  const context: HandlerContext = {
    ports,
    store,
    outbox,
    history: refusing(refuse),
    driver: refusing(refuse),
    scheduler: {
      ...refusing<HandlerContext['scheduler']>(refuse),
      runner: () => ({
        paused: false,
        halted: { code: 'library-read-only', message },
        concurrency: 0,
        inFlight: 0,
        waiting: 0,
      }),
    },
    reconciler: refusing(refuse),
    biller: refusing(refuse),
    images,
    libraryPath: library,
    version: options.version,
    samplePath: options.samplePath,
    pace: () => paceOf(readSettings(read)),
  }
  const all = handlersOf(
    context,
    { clips, freeBytes: freeBytesOf, signal: closing.signal },
    { news: () => null, dismiss: refuse },
  )
  const commands = Object.keys(CALLS).filter((name) => CALLS[name as CallName].kind === 'command')
  const handlers: Handlers = { ...all, ...Object.fromEntries(commands.map((name) => [name, refuse])) }
  const router = createRouter({ handlers, logger: ports.logger })
  const drawn = createDrawnPictures(
    read,
    images,
    createLookOnlyCache(join(cache, 'drawn'), DRAWN_EXTENSION),
    options.draw,
  )
  const media = createMediaHandler({
    async clip(takeId) {
      const clip = findTake(read, takeId)?.take.clip
      const etag = clip && (await clips.version(clip))
      return clip && etag ? { path: clips.path(clip.sha256), bytes: clip.bytes, mime: clip.mime, etag } : null
    },
    image(sha256) {
      const image = findImage(read, sha256)
      return image ? { path: images.path(sha256, image.mime), mime: image.mime } : null
    },
    addImage: async () => refuse(),
    drawnPoster: drawn.rehearsalPoster,
    derived: { ...createDerivedFiles(cache, createLookOnlyCache), knows: createClipHashes(read) },
    bundles: { maxBytes: BUNDLE_LIMITS.fileBytes, pack: bundles(context).pack, takeIn: async () => refuse() },
    exports: refusing(refuse),
    sketch: drawn.sketch,
    logger: ports.logger,
  })

  return {
    libraryPath: library,
    connect: (connection) => router.serve(connection, outbox),
    call: (name, input) => router.handle(name, input) as Promise<CallOutput<CallName>> as Promise<never>,
    onEvent: outbox.subscribe,
    media,
    openBoard: async () => refuse(),
    doctor: async () => refuse(),
    repair: async () => refuse(),
    async close() {
      closing.abort()
      outbox.close()
      await Promise.all([...new Set(Object.values(ports.providers))].map((provider) => provider.close()))
      opened.close()
    },
  }
}
