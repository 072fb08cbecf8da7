import { z } from 'zod'
import { ClipProbe, type DerivedKind } from './clip-facts.ts'
import { TakeboardError, WireError } from './errors.ts'
import { Sha256, type PredictionId, type SceneId, type StoryboardId, type TakeId } from './ids.ts'
import { ImageFile } from './model.ts'
import { ExportedFile } from './sequence.ts'
import { storedToken, TOKEN_HEADER } from './session-token.ts'

/** A bundle the engine has checked, ready for `board.import`; its images are stored. */
const TakenIn = z.strictObject({ text: z.string(), images: z.record(z.string(), Sha256) })

/** Addresses and uploads of media, the same over the desktop's own scheme and over loopback. */
export interface MediaClient {
  clipUrl(takeId: TakeId): string
  /** The clip of a job that `take.lookFor` listed for the take, fetched through the engine. */
  candidateUrl(takeId: TakeId, predictionId: PredictionId): string
  imageUrl(sha256: Sha256): string
  /** The drawn poster of a rehearsal. */
  posterUrl(takeId: TakeId): string
  /** A poster or filmstrip made of a clip; answered with nothing while there is none. */
  derivedUrl(clip: Sha256, kind: DerivedKind): string
  /** @param version changes with the sketch, so that a new one is fetched */
  sketchUrl(sceneId: SceneId, version: string | number): string
  /** Stores a reference. @throws TakeboardError image-*, disk-full, disconnected */
  uploadImage(blob: Blob): Promise<ImageFile>
  /** Checks a bundle and stores its images. @throws TakeboardError board-*, disk-full, disconnected */
  uploadBundle(blob: Blob): Promise<z.infer<typeof TakenIn>>
  /** A storyboard with its images in one file. @throws TakeboardError board-invalid, not-found, disconnected */
  fetchBundle(storyboardId: StoryboardId): Promise<Blob>
  /** What was found out of a clip; null while nobody looked. @throws TakeboardError not-found, disconnected */
  fetchProbe(clip: Sha256): Promise<ClipProbe | null>
  /** Begins a file in the library's folder of exports. @returns its id @throws TakeboardError disk-full, disconnected */
  beginExport(title: string): Promise<string>
  /** Writes up to 8 MiB of it. @throws TakeboardError not-found, disk-full, and then nothing is left of it; disconnected */
  writeExport(id: string, at: number, bytes: Uint8Array<ArrayBuffer>): Promise<void>
  /** Gives the file its name. @param bytes how long it is @throws TakeboardError not-found, disk-full, disconnected */
  finishExport(id: string, bytes: number): Promise<ExportedFile>
  /** Gives it up; also while the page is being closed. */
  dropExport(id: string): Promise<void>
  /** Where a finished file can be saved from. */
  exportUrl(id: string): string
  /** Keeps what was made of a clip. @param blob pictures: JPEG or WebP of 512 KiB at most @throws TakeboardError */
  saveDerived(clip: Sha256, kind: DerivedKind, blob: Blob): Promise<void>
}

async function wireErrorOf(reply: Response): Promise<TakeboardError> {
  const wire = WireError.safeParse(await reply.json().catch(() => null))
  return wire.success
    ? TakeboardError.fromWire(wire.data)
    : new TakeboardError('internal', `The studio answered ${reply.status}.`)
}

async function ask(url: string, init: RequestInit): Promise<Response> {
  const reply = await fetch(url, init).catch((cause: unknown) => {
    throw new TakeboardError('disconnected', 'The studio could not be reached.', { cause })
  })
  if (!reply.ok) throw await wireErrorOf(reply)
  return reply
}

/**
 * The token that uploads to a loopback host need, once the host has said that it is the one of this session. The desktop
 * host needs none.
 * @throws TakeboardError forbidden without a session or its token, disconnected
 */
export async function fetchSessionToken(base = ''): Promise<string> {
  const token = storedToken() ?? ''
  await ask(`${base}/session`, { headers: { [TOKEN_HEADER]: token } })
  return token
}

/**
 * @param base empty for the page's own origin, else an origin such as `http://127.0.0.1:4700`
 * @param token from `fetchSessionToken`; null on the desktop
 */
export function createMediaClient({ base, token }: { base: string; token: string | null }): MediaClient {
  const at = (kind: string, id: string) => `${base}/media/${kind}/${encodeURIComponent(id)}`
  const derived = (clip: Sha256, kind: DerivedKind) => `${at('derived', clip)}/${kind}`
  const json = (value: unknown) => new Blob([JSON.stringify(value)], { type: 'application/json' })
  const headers = (blob: Blob): Record<string, string> => ({
    'content-type': blob.type || 'application/octet-stream',
    ...(token === null ? {} : { [TOKEN_HEADER]: token }),
  })
  return {
    clipUrl: (takeId) => at('clips', takeId),
    candidateUrl: (takeId, predictionId) => `${at('candidates', takeId)}/${encodeURIComponent(predictionId)}`,
    imageUrl: (sha256) => at('images', sha256),
    posterUrl: (takeId) => at('posters', takeId),
    derivedUrl: derived,
    sketchUrl: (sceneId, version) => `${at('sketches', sceneId)}?v=${encodeURIComponent(version)}`,
    async uploadImage(blob) {
      const reply = await ask(`${base}/media/images`, { method: 'POST', body: blob, headers: headers(blob) })
      return ImageFile.parse(await reply.json())
    },
    async uploadBundle(blob) {
      const reply = await ask(`${base}/media/bundles`, { method: 'POST', body: blob, headers: headers(blob) })
      return TakenIn.parse(await reply.json())
    },
    async fetchBundle(storyboardId) {
      return (await ask(at('bundles', storyboardId), {})).blob()
    },
    async fetchProbe(clip) {
      const reply = await ask(derived(clip, 'probe'), {})
      return reply.status === 204 ? null : (ClipProbe.safeParse(await reply.json()).data ?? null)
    },
    async beginExport(title) {
      const body = json({ title })
      const reply = await ask(`${base}/media/exports`, { method: 'POST', body, headers: headers(body) })
      return z.object({ id: z.string() }).parse(await reply.json()).id
    },
    async writeExport(id, place, bytes) {
      const body = new Blob([bytes])
      await ask(`${at('exports', id)}/${place}`, { method: 'PUT', body, headers: headers(body) })
    },
    async finishExport(id, bytes) {
      const body = json({ bytes })
      return ExportedFile.parse(
        await (await ask(at('exports', id), { method: 'POST', body, headers: headers(body) })).json(),
      )
    },
    async dropExport(id) {
      await ask(at('exports', id), { method: 'DELETE', keepalive: true, headers: headers(new Blob()) })
    },
    exportUrl: (id) => at('exports', id),
    async saveDerived(clip, kind, blob) {
      await ask(derived(clip, kind), { method: 'PUT', body: blob, headers: headers(blob) })
    },
  }
}
