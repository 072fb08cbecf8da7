import { createHash } from 'node:crypto'
import { ClipProbe, DerivedKind } from '../../../shared/clip-facts.ts'
import { Sha256 } from '../../../shared/ids.ts'
import type { DerivedFiles } from './derived-files.ts'
import { bytesReply, CACHE, errorReply, nothingReply, notFound, readBody } from './replies.ts'

/** What is made of clips, for the clips the library has. */
export interface DerivedSource extends DerivedFiles {
  /** Whether some take's clip has the hash. */
  knows(sha256: Sha256): boolean
}

/** The most bytes of each. */
const LIMITS: Readonly<Record<DerivedKind, number>> = {
  poster: 512 * 1024,
  strip: 512 * 1024,
  probe: 8 * 1024,
}

/** JPEG or WebP by the first bytes, else null. */
function pictureMime(bytes: Uint8Array): 'image/jpeg' | 'image/webp' | null {
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'image/jpeg'
  const text = Buffer.from(bytes.subarray(0, 12)).toString('latin1')
  return text.startsWith('RIFF') && text.endsWith('WEBP') && bytes.byteLength > 12 ? 'image/webp' : null
}

function isProbe(bytes: Uint8Array): boolean {
  try {
    return ClipProbe.safeParse(JSON.parse(Buffer.from(bytes).toString('utf8'))).success
  } catch {
    return false
  }
}

const mimeOf = (kind: DerivedKind, bytes: Uint8Array): string | null =>
  kind === 'probe' ? (isProbe(bytes) ? 'application/json' : null) : pictureMime(bytes)

const WANTED: Readonly<Record<DerivedKind, string>> = {
  poster: 'A poster must be a JPEG or WebP picture.',
  strip: 'A filmstrip must be a JPEG or WebP picture.',
  probe: 'That is not a probe of a clip.',
}

/**
 * Answers `/media/derived/{hash of a clip}/{kind}`. A clip whose poster is not made yet is answered with 204 and nothing:
 * pages ask first and make it then.
 */
export function createDerivedHandler(source: DerivedSource) {
  const read = async (request: Request, sha256: Sha256, kind: DerivedKind): Promise<Response> => {
    const bytes = await source.read(sha256, kind)
    const mime = bytes && mimeOf(kind, bytes)
    if (!bytes || !mime) return nothingReply()
    const etag = `"${createHash('sha256').update(bytes).digest('hex')}"`
    // A probe may be made again by a program that decodes more; pictures of the same clip are the same.
    return bytesReply(request, bytes, { mime, etag, cache: kind === 'probe' ? CACHE.revalidate : CACHE.immutable })
  }

  const write = async (request: Request, sha256: Sha256, kind: DerivedKind): Promise<Response> => {
    const bytes = await readBody(request, LIMITS[kind])
    if (bytes === null)
      return errorReply({ code: 'bad-input', message: `That may be ${LIMITS[kind] / 1024} KB at most.` }, 413)
    if (mimeOf(kind, bytes) === null) return errorReply({ code: 'bad-input', message: WANTED[kind] }, 415)
    await source.write(sha256, kind, bytes)
    return nothingReply()
  }

  return async (request: Request, id: string, of: string | null): Promise<Response> => {
    const sha256 = Sha256.safeParse(id)
    const kind = DerivedKind.safeParse(of)
    if (!sha256.success || !kind.success || !source.knows(sha256.data))
      return notFound('There is no clip with that hash here.')
    return request.method === 'PUT' ? write(request, sha256.data, kind.data) : read(request, sha256.data, kind.data)
  }
}
