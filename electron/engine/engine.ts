import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { present } from '../../shared/assert.ts'
import type { TakeId } from '../../shared/ids.ts'
import type { CallName, CallOutput } from '../../shared/contract.ts'
import type { ProviderName } from '../../shared/model.ts'
import { examine } from './doctor.ts'
import { createDrawnPictures, DRAWN_EXTENSION, type Draw } from './drawn-pictures.ts'
import type { Engine } from './api.ts'
import { paceOf, type Pace } from './domain/account-level.ts'
import { foundSubmitting } from './domain/take-machine.ts'
import { handlersOf } from './handlers-of.ts'
import type { HandlerContext } from './handlers/context.ts'
import { bundles } from './handlers/hand-over.ts'
import { openBoardFile } from './handlers/open-board.ts'
import { BUNDLE_LIMITS } from './interchange/bundle-limits.ts'
import { createBiller } from './jobs/biller.ts'
import { createDownloader } from './jobs/downloader.ts'
import { createDriver } from './jobs/driver.ts'
import type { JobContext } from './jobs/job.ts'
import { createPoller } from './jobs/poller.ts'
import { createReconciler } from './jobs/reconciler.ts'
import { createScheduler } from './jobs/scheduler.ts'
import { createSubmitter } from './jobs/submitter.ts'
import { createCandidateClips } from './media/candidates.ts'
import { createClipStore } from './media/clip-store.ts'
import { createDerivedFiles } from './media/derived-files.ts'
import { createExportFiles, EXPORTS } from './media/export-files.ts'
import { createFileCache } from './media/file-cache.ts'
import { createImageStore } from './media/image-store.ts'
import { freeBytesOf } from './media/library-files.ts'
import { createMediaHandler } from './media/serve-media.ts'
import { createHistory } from './history.ts'
import { createOutbox } from './outbox.ts'
import type { Ports } from './ports.ts'
import { openRecovery } from './recovery/recovery.ts'
import { createRouter } from './router.ts'
import { findImage, putImage } from './store/casts.ts'
import { createClipHashes } from './store/clip-hashes.ts'
import { openJournal, readJournal } from './store/journal.ts'
import { openStore, type Store } from './store/open-store.ts'
import { forgetUploads, readSettings, readPaused } from './store/records.ts'
import { findTake, listOpenTakes, type StoredTake } from './store/takes.ts'

export interface EngineOptions {
  /** Folder of the library; made when absent. */
  readonly library: string
  /** The library's store, when the caller had to own the library before it could make the ports. Closed by `close`. */
  readonly store?: Store
  readonly ports: Ports
  readonly version: string
  /** Absolute path of the sample board file. */
  readonly samplePath: string
  readonly draw: Draw
  /** False opens the library without running anything, to look at it or settle a take. Default true. */
  readonly jobs?: boolean
  /** Jobs at once for this run, whatever the settings say. */
  readonly concurrency?: number
  /** Bytes free in a folder, the library's by default; the file system is asked. */
  readonly freeBytes?: (dir?: string) => Promise<number>
}

/** Rehearsals run here and are free; under a named account level this many go at once. */
const REHEARSALS_AT_ONCE = 8

/**
 * Opens a library, makes it true after whatever stopped it last, and starts its jobs.
 * Codes: library-locked, library-newer, library-unwritable, library-damaged, disk-full.
 */
export async function openEngine(options: EngineOptions): Promise<Engine> {
  const { library, ports } = options
  const store = options.store ?? openStore(library)
  const journalPath = join(library, 'submissions.jsonl')
  mkdirSync(join(library, 'images'), { recursive: true })
  const journal = openJournal(journalPath)
  const outbox = createOutbox(store, ports.logger)
  const driver = createDriver(outbox, ports.clock)
  const clips = createClipStore(library)
  const images = createImageStore({ dir: join(library, 'images') })
  const derived = createDerivedFiles(join(library, 'cache'))
  const drawnFiles = createFileCache(join(library, 'cache', 'drawn'), DRAWN_EXTENSION)
  const exports = createExportFiles(join(library, EXPORTS), ports)
  const closing = new AbortController()
  const freeBytes = options.freeBytes ?? ((dir = library) => freeBytesOf(dir))

  // The rehearsal server has another port at every launch, so what was put up at the last is out of reach.
  store.write((db) => forgetUploads(db, 'rehearsal'))
  const recovery = await openRecovery({
    library,
    ports,
    store,
    outbox,
    driver,
    journal,
    readJournal: () => readJournal(journalPath),
    clips,
    images,
    freeBytes,
    signal: closing.signal,
  })

  // Asked at every turn of the scheduler, so not read from the database each time.
  let settings = readSettings(store.read)
  outbox.subscribe((event) => {
    if (event.name === 'settings.put') settings = event.payload
  })
  const pace = (provider: ProviderName): Pace => {
    const free = { perMinute: Number.POSITIVE_INFINITY }
    if (options.concurrency !== undefined) return { ...free, concurrency: options.concurrency }
    const named = settings.level !== 'custom'
    return provider === 'rehearsal' && named ? { ...free, concurrency: REHEARSALS_AT_ONCE } : paceOf(settings)
  }

  const job: JobContext = {
    ports,
    store,
    outbox,
    driver,
    journal,
    clips,
    images,
    freeBytes,
    signal: closing.signal,
    halt: (error) => {
      ports.logger.warn('Submissions are halted', { code: error.code })
      // What keeps everything off after a recovery is not to be talked over; the next try finds the rest again.
      if (recovery.why() === null) scheduler.halt(error)
    },
    looked: recovery.looked,
    published: recovery.published,
    refused: (provider) => scheduler.refused(provider),
    standing: () => scheduler.standing(),
    queueAgain: (takeId) => scheduler.put([recall(takeId)]),
  }
  /** A submission that broke off in between is as unknown as one found by the next start. */
  function recall(takeId: TakeId): StoredTake {
    const stored = present(findTake(store.read, takeId), 'takes are never removed')
    if (stored.state.phase !== 'submitting') return stored
    return driver.apply(takeId, foundSubmitting(ports.clock.now())).stored
  }
  const submitter = createSubmitter(job)
  const poller = createPoller(job)
  const downloader = createDownloader(job)
  const reconciler = createReconciler(job)
  const biller = createBiller(job)
  const scheduler = createScheduler({
    clock: ports.clock,
    logger: ports.logger,
    effectsOf: driver.effects,
    recall,
    onRunner: (payload) => outbox.tell({ seq: null, name: 'runner.put', payload }),
    pace,
    effects: {
      submit: submitter.submit,
      poll: poller.poll,
      download: downloader.download,
      look: reconciler.look,
      refund: biller.refund,
    },
  })

  const context: HandlerContext = {
    ports,
    store,
    outbox,
    history: createHistory({ store, outbox, clock: ports.clock }),
    driver,
    scheduler: recovery.readBy(scheduler),
    reconciler,
    biller,
    images,
    libraryPath: library,
    version: options.version,
    samplePath: options.samplePath,
    pace,
  }
  const router = createRouter({
    handlers: handlersOf(context, { clips, freeBytes, signal: closing.signal }, recovery),
    logger: ports.logger,
  })
  const candidates = createCandidateClips({
    dir: join(library, 'cache', 'candidates'),
    find(takeId, predictionId) {
      const listed = reconciler.candidate(takeId, predictionId)
      if (listed === null) return null
      const { provider, url } = listed
      return (from, etag) => ports.providers[provider].openClip(url, { from, etag, signal: closing.signal })
    },
  })
  const drawn = createDrawnPictures(store.read, images, drawnFiles, options.draw)
  const media = createMediaHandler({
    async clip(takeId) {
      const clip = findTake(store.read, takeId)?.take.clip
      const etag = clip && (await clips.version(clip))
      return clip && etag ? { path: clips.path(clip.sha256), bytes: clip.bytes, mime: clip.mime, etag } : null
    },
    candidate: candidates.file,
    image(sha256) {
      const image = findImage(store.read, sha256)
      return image ? { path: images.path(sha256, image.mime), mime: image.mime } : null
    },
    async addImage(bytes) {
      const image = await images.add(bytes)
      store.write((db) => putImage(db, image))
      return image
    },
    drawnPoster: drawn.rehearsalPoster,
    derived: { ...derived, knows: createClipHashes(store.read) },
    bundles: { maxBytes: BUNDLE_LIMITS.fileBytes, ...bundles(context) },
    exports,
    sketch: drawn.sketch,
    logger: ports.logger,
  })

  if (readPaused(store.read)) scheduler.pause()
  recovery.start(scheduler, options.jobs !== false)
  if (options.jobs === false) await scheduler.stop()
  const changed = (takes: readonly StoredTake[]) => {
    scheduler.put(takes)
    for (const stored of takes) {
      biller.notice(stored)
      recovery.changed(stored)
    }
  }
  driver.onChange((stored) => changed([stored]))
  changed(listOpenTakes(store.read))

  return {
    libraryPath: library,
    connect: (connection) => router.serve(connection, outbox),
    call: (name, input) => router.handle(name, input) as Promise<CallOutput<CallName>> as Promise<never>,
    onEvent: outbox.subscribe,
    media,
    openBoard: (path, board = {}) => openBoardFile(context, path, board),
    doctor: async (asked = {}) => [
      ...(await examine({ ports, store, clips, images, freeBytes }, asked)),
      ...(await recovery.checks()),
    ],
    repair: recovery.repair,
    async close() {
      biller.stop()
      const stopped = scheduler.stop()
      closing.abort()
      // Ends polls, looks and transfers at once; a submission has a connection of its own and is heard out.
      await Promise.all(Object.values(ports.providers).map((provider) => provider.close()))
      await stopped
      await exports.close()
      await recovery.close()
      journal.close()
      store.close()
    },
  }
}
