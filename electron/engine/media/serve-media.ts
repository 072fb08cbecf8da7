import { createHash } from 'node:crypto'
import { Sha256, StoryboardId, TakeId, SceneId, PredictionId } from '../../../shared/ids.ts'
import type { ImageFile } from '../../../shared/model.ts'
import { IMAGE_LIMITS } from '../../../shared/models/happyhorse-1.1-r2v.ts'
import type { Logger } from '../ports.ts'
import {
  bytesReply,
  CACHE,
  errorReply,
  fileReply,
  jsonReply,
  notFound,
  nothingReply,
  readBody,
  safeMime,
  thrownReply,
} from './replies.ts'
import type { ExportFiles } from './export-files.ts'
import { createDerivedHandler, type DerivedSource } from './serve-derived.ts'
import { createExportHandler } from './serve-exports.ts'

/** A little above the limit of an image, so that one just over it is told its size rather than cut off. */
export const IMAGE_BODY_BYTES = IMAGE_LIMITS.maxBytes + 256 * 1024

interface DrawnFile {
  readonly bytes: Uint8Array
  readonly mime: string
  readonly etag: string
}

/** Where the handler finds what it serves. Ids are well-formed but may name nothing. */
export interface MediaSources {
  /** `etag` without quotes, such as the clip's hash. */
  clip(takeId: TakeId): Promise<{ path: string; bytes: number; mime: string; etag: string } | null>
  /** The clip of a job that the last look offered for a take; null for every other. Without it there are none. */
  candidate?(takeId: TakeId, predictionId: PredictionId): Promise<{ path: string; mime: string; etag: string } | null>
  image(sha256: Sha256): Promise<{ path: string; mime: string } | null> | { path: string; mime: string } | null
  /** Codes: image-*, disk-full, library-unwritable. */
  addImage(bytes: Uint8Array): Promise<ImageFile>
  /** The drawn poster of a rehearsal; null for every other take, whose poster is made of its clip. */
  drawnPoster(takeId: TakeId): Promise<DrawnFile | null>
  /** Posters, filmstrips and facts that pages made of clips. */
  readonly derived: DerivedSource
  /** Storyboards to hand to someone else. Without it there are none. */
  readonly bundles?: {
    /** The most bytes a bundle may have. */
    readonly maxBytes: number
    /** Codes: not-found, board-invalid, image-unreadable. */
    pack(storyboardId: StoryboardId): Promise<Uint8Array>
    /** Codes: board-*, disk-full, library-unwritable. @returns what `board.import` wants */
    takeIn(bytes: Uint8Array): Promise<{ text: string; images: Readonly<Record<string, Sha256>> }>
  }
  /** Files that pages make of clips. Without it there are none. */
  readonly exports?: ExportFiles
  sketch(sceneId: SceneId): Promise<DrawnFile | null>
  readonly logger?: Logger
}

/** Ids as the engine makes them: nothing that could be a path, whatever it is later used for. */
const ID = /^[A-Za-z0-9_-]{1,80}$/

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const quoted = (etag: string) => `"${etag.replaceAll(/[^\w.-]/g, '')}"`

/** Of what something further is: the job of a take, the kind of what is made of a clip, or a place in a file. */
const PARTED = new Set(['candidates', 'derived', 'exports'])

/** `/media/{kind}`, `/media/{kind}/{id}` or, for some kinds, `/media/{kind}/{id}/{of}`, decoded once; null for every other path. */
function mediaPath(url: string): { kind: string; id: string | null; of: string | null } | null {
  let parts: string[]
  try {
    parts = new URL(url).pathname.split('/').map(decodeURIComponent)
  } catch {
    return null
  }
  const [root, media, kind = '', id, of] = parts
  if (root !== '' || media !== 'media' || parts.length > (PARTED.has(kind) ? 5 : 4)) return null
  if (id === undefined) return { kind, id: null, of: null }
  return ID.test(id) ? { kind, id, of: of ?? null } : null
}

const allow = (methods: string): Response =>
  jsonReply({ code: 'bad-input', message: `Only ${methods} work here.` }, 405, { allow: methods })

/**
 * The fetch-style handler both hosts put behind `/media/`. Whoever calls it has already checked that the client may.
 * Clips, images, posters and sketches are found by id only: no part of an address ever becomes a path. Errors are a
 * WireError as JSON.
 */
export function createMediaHandler(sources: MediaSources): (request: Request) => Promise<Response> {
  const clip = async (request: Request, id: string): Promise<Response> => {
    const found = await sources.clip(TakeId.parse(id))
    const reply =
      found &&
      (await fileReply(request, found.path, {
        mime: safeMime(found.mime),
        etag: quoted(found.etag),
        cache: CACHE.revalidate,
      }))
    return reply ?? notFound('There is no clip of that take here.')
  }

  const derived = createDerivedHandler(sources.derived)
  const exports = sources.exports && createExportHandler(sources.exports)

  const candidate = async (request: Request, id: string, of: string | null): Promise<Response> => {
    // The service names its jobs as it likes; such a name is only ever compared with those it listed.
    const job = PredictionId.safeParse(of).data
    const found = job && (await sources.candidate?.(TakeId.parse(id), job))
    const { path, mime, etag } = found ?? { path: '', mime: '', etag: '' }
    const reply =
      found && (await fileReply(request, path, { mime: safeMime(mime), etag: quoted(etag), cache: CACHE.none }))
    return reply || notFound('The last look did not find such a job for this take.')
  }

  const image = async (request: Request, id: string): Promise<Response> => {
    const sha256 = Sha256.safeParse(id)
    const found = sha256.success ? await sources.image(sha256.data) : null
    const reply =
      found &&
      (await fileReply(request, found.path, { mime: safeMime(found.mime), etag: quoted(id), cache: CACHE.immutable }))
    return reply ?? notFound('There is no such reference here.')
  }

  const addImage = async (request: Request): Promise<Response> => {
    const bytes = await readBody(request, IMAGE_BODY_BYTES)
    if (bytes === null)
      return errorReply({
        code: 'image-too-large',
        message: `The picture is over ${IMAGE_LIMITS.maxBytes / 1024 / 1024} MB, the most a reference may have.`,
        data: { maxBytes: IMAGE_LIMITS.maxBytes },
      })
    return jsonReply(await sources.addImage(bytes), 201)
  }

  const poster = async (request: Request, id: string): Promise<Response> => {
    const found = await sources.drawnPoster(TakeId.parse(id))
    if (!found) return notFound('That take has no drawn poster.')
    const { bytes, mime, etag } = found
    return bytesReply(request, bytes, { mime: safeMime(mime), etag: quoted(etag), cache: CACHE.revalidate })
  }

  const sketch = async (request: Request, id: string): Promise<Response> => {
    const found = await sources.sketch(SceneId.parse(id))
    // A page may ask a moment after the scene was deleted.
    if (!found) return nothingReply()
    const { bytes, mime, etag } = found
    return bytesReply(request, bytes, { mime: safeMime(mime), etag: quoted(etag), cache: CACHE.revalidate })
  }

  const addBundle = async (request: Request, bundles: NonNullable<MediaSources['bundles']>): Promise<Response> => {
    const bytes = await readBody(request, bundles.maxBytes)
    if (bytes === null)
      return errorReply({ code: 'board-unreadable', message: 'The bundle is larger than a bundle may be.' }, 413)
    return jsonReply(await bundles.takeIn(bytes), 201)
  }

  const bundle = async (request: Request, id: string): Promise<Response> => {
    const bytes = await sources.bundles?.pack(StoryboardId.parse(id))
    if (bytes === undefined) return notFound('There is nothing at that address.')
    return bytesReply(request, bytes, {
      mime: 'application/octet-stream',
      etag: quoted(hashOf(bytes)),
      cache: CACHE.none,
    })
  }

  const route = async (request: Request): Promise<Response> => {
    const path = mediaPath(request.url)
    if (path === null) return notFound('There is nothing at that address.')
    const { kind, id, of } = path
    const reads = request.method === 'GET' || request.method === 'HEAD'
    if (kind === 'images' && id === null) return request.method === 'POST' ? addImage(request) : allow('POST')
    if (kind === 'bundles' && id === null && sources.bundles)
      return request.method === 'POST' ? addBundle(request, sources.bundles) : allow('POST')
    if (kind === 'exports' && exports) return exports(request, id, of)
    if (id === null) return notFound('There is nothing at that address.')
    switch (kind) {
      case 'clips':
        return reads ? clip(request, id) : allow('GET, HEAD')
      case 'candidates':
        return reads ? candidate(request, id, of) : allow('GET, HEAD')
      case 'images':
        return reads ? image(request, id) : allow('GET, HEAD')
      case 'bundles':
        return reads ? bundle(request, id) : allow('GET, HEAD')
      case 'posters':
        return reads ? poster(request, id) : allow('GET, HEAD')
      case 'derived':
        return reads || request.method === 'PUT' ? derived(request, id, of) : allow('GET, HEAD, PUT')
      case 'sketches':
        return reads ? sketch(request, id) : allow('GET, HEAD')
      default:
        return notFound('There is nothing at that address.')
    }
  }

  return async (request) => {
    try {
      return await route(request)
    } catch (error) {
      return thrownReply(error, (detail) => sources.logger?.error('A media request failed unexpectedly', { detail }))
    }
  }
}
