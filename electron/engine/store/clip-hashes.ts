import type { Sha256 } from '../../../shared/ids.ts'
import type { ReadDb } from './open-store.ts'

/**
 * Tells whether a hash is that of a clip of some take. All are read once, at the first question; a hash that is not among
 * them, such as that of a clip that came since, is asked for by itself.
 */
export function createClipHashes(db: ReadDb): (sha256: Sha256) => boolean {
  let known: Set<Sha256> | null = null
  const all = () =>
    new Set(
      db
        .all<{ sha256: Sha256 }>("SELECT json_extract(clip, '$.sha256') AS sha256 FROM takes WHERE clip IS NOT NULL")
        .map(({ sha256 }) => sha256),
    )
  return (sha256) => {
    known ??= all()
    if (known.has(sha256)) return true
    const found = db.get("SELECT 1 AS x FROM takes WHERE json_extract(clip, '$.sha256') = ? LIMIT 1", sha256)
    if (found !== undefined) known.add(sha256)
    return found !== undefined
  }
}
