import { join } from 'node:path'
import { DERIVED_KINDS, type DerivedKind } from '../../../shared/clip-facts.ts'
import type { Sha256 } from '../../../shared/ids.ts'
import { createFileCache, type FileCache } from './file-cache.ts'

/** What pages made of clips, by the hash of the clip. It can be made again, so losing it costs time, never data. */
export interface DerivedFiles {
  read(sha256: Sha256, kind: DerivedKind): Promise<Uint8Array | null>
  write(sha256: Sha256, kind: DerivedKind, bytes: Uint8Array): Promise<void>
}

const FOLDERS: Readonly<Record<DerivedKind, { readonly folder: string; readonly extension: string }>> = {
  poster: { folder: 'posters', extension: '.img' },
  strip: { folder: 'strips', extension: '.img' },
  probe: { folder: 'probes', extension: '.json' },
}

/** @param dir the library's folder of caches @param cacheOf how each kind is kept */
export function createDerivedFiles(dir: string, cacheOf: typeof createFileCache = createFileCache): DerivedFiles {
  const cache = (kind: DerivedKind) => cacheOf(join(dir, FOLDERS[kind].folder), FOLDERS[kind].extension)
  const caches = Object.fromEntries(DERIVED_KINDS.map((kind) => [kind, cache(kind)])) as Record<DerivedKind, FileCache>
  return {
    read: (sha256, kind) => caches[kind].read(sha256),
    write: (sha256, kind, bytes) => caches[kind].write(sha256, bytes),
  }
}
