import type { LibrarySearch, LibraryTake } from '../../../shared/contract.ts'
import type { Sha256, TakeId } from '../../../shared/ids.ts'
import type { Clip, Take } from '../../../shared/model.ts'
import { slate } from '../domain/slate.ts'
import type { ReadDb, WriteDb } from './open-store.ts'
import { takesAt } from './takes.ts'

/** The clips of all projects: found by what they were made of, counted, and marked when they went to the bin. */

/** When a take was finished; written as the index has it. */
const AT = 'coalesce(t.finished_at, t.created_at)'
const SEED = "json_extract(t.request, '$.seed')"
const HASH = "json_extract(t.clip, '$.sha256')"
const LABEL = 'coalesce(s.removed_as, s.number)'
const IS_PICK = 'EXISTS (SELECT 1 FROM scenes p WHERE p.pick_take_id = t.id)'

const ORDERS = {
  newest: `${AT} DESC, t.ord DESC`,
  oldest: `${AT}, t.ord`,
  rating: `t.rating DESC, ${AT} DESC, t.ord DESC`,
  price: `t.price DESC, ${AT} DESC, t.ord DESC`,
  seed: `${SEED}, ${AT} DESC, t.ord DESC`,
} as const satisfies Record<LibrarySearch['sort'], string>

const STATES = {
  all: null,
  picked: IS_PICK,
  rejected: 't.rejected = 1',
  unrated: 't.rating = 0 AND t.rejected = 0',
  gone: 't.clip_gone = 1',
} as const satisfies Record<LibrarySearch['state'], string | null>

const escaped = (word: string) => word.replaceAll(/[\\%_]/g, String.raw`\$&`)

/** SQLite folds the case of ASCII only; of other words the usual spellings are looked for. */
function spellings(word: string): readonly string[] {
  const lower = word.toLowerCase()
  return [...new Set([word, lower, word.toUpperCase(), lower.charAt(0).toUpperCase() + lower.slice(1)])]
}

interface Sql {
  readonly sql: string
  readonly params: readonly unknown[]
}

/** One word: in the prompt, in the title of the scene, or at the start of the slate, which may have a leading zero. */
function wordCondition(word: string): Sql {
  // oxlint-disable-next-line no-control-regex
  const each = /^[\x00-\x7f]*$/.test(word) ? [word] : spellings(word)
  const text = each.flatMap((spelling) => [`%${escaped(spelling)}%`, `%${escaped(spelling)}%`])
  const like = String.raw`LIKE ? ESCAPE '\'`
  const inText = each.map(() => `json_extract(t.request, '$.prompt') ${like} OR s.title ${like}`).join(' OR ')
  const start = `${escaped(word.replace(/^0+(?=\d)/, ''))}%`
  return { sql: `(${inText} OR ${LABEL} || '-' || t.number ${like})`, params: [...text, start] }
}

/** The finished takes a search asks for, as the places they have in the table. */
export function searchSql(search: LibrarySearch): Sql {
  const words = search.text.split(/\s+/).filter((word) => word !== '')
  const conditions: Sql[] = [{ sql: "t.phase = 'ready'", params: [] }]
  const add = (value: unknown, sql: string) => {
    if (value !== null) conditions.push({ sql, params: [value] })
  }
  add(search.projectId, 't.project_id = ?')
  add(search.seed, `${SEED} = ?`)
  add(search.minRating === 0 ? null : search.minRating, 't.rating >= ?')
  add(search.label, 't.label = ?')
  add(search.provider, 't.provider = ?')
  add(search.from, `${AT} >= ?`)
  add(search.to, `${AT} <= ?`)
  add(search.minPrice, 't.price >= ?')
  add(search.maxPrice, 't.price <= ?')
  const state = STATES[search.state]
  if (state !== null) conditions.push({ sql: state, params: [] })
  add(
    search.character,
    "EXISTS (SELECT 1 FROM json_each(t.request, '$.references') WHERE json_extract(value, '$.name') = ?)",
  )
  conditions.push(...words.map(wordCondition))
  const scenes = words.length === 0 ? '' : 'JOIN scenes s ON s.id = t.scene_id'
  return {
    sql: `SELECT t.ord FROM takes t ${scenes} WHERE ${conditions.map(({ sql }) => sql).join(' AND ')} ORDER BY ${ORDERS[search.sort]}`,
    params: conditions.flatMap(({ params }) => params),
  }
}

interface NamesRow {
  readonly ord: number
  readonly label: string
  readonly scene: string
  readonly storyboard: string
  readonly project: string
  readonly picked: number
}

/** Takes with the names of where they belong, in the order given. */
function withNames(db: ReadDb, ords: readonly number[]): LibraryTake[] {
  const takes = takesAt(db, ords)
  const names = db.all<NamesRow>(
    `SELECT t.ord, ${LABEL} AS label, s.title AS scene, b.title AS storyboard, p.title AS project, ${IS_PICK} AS picked
     FROM takes t JOIN scenes s ON s.id = t.scene_id JOIN storyboards b ON b.id = t.storyboard_id
       JOIN projects p ON p.id = t.project_id
     WHERE t.ord IN (SELECT value FROM json_each(?))`,
    JSON.stringify(ords),
  )
  const byOrd = new Map(names.map((row) => [row.ord, row]))
  return ords.flatMap((ord) => {
    const take = takes.get(ord)
    const row = byOrd.get(ord)
    if (!take || !row) return []
    const { label, scene, storyboard, project, picked } = row
    return [{ take, slate: slate(label, take.number), scene, storyboard, project, picked: picked === 1 }]
  })
}

/** The takes of a search from `offset` on, and how many there are in all. */
export function searchTakes(db: ReadDb, search: LibrarySearch): { total: number; takes: LibraryTake[] } {
  const { sql, params } = searchSql(search)
  const ords = db.all<{ ord: number }>(sql, ...params).map(({ ord }) => ord)
  return { total: ords.length, takes: withNames(db, ords.slice(search.offset, search.offset + search.limit)) }
}

/** Names that finished takes were made with. */
export const charactersUsed = (db: ReadDb): string[] =>
  db
    .all<{ name: string }>(
      `SELECT DISTINCT json_extract(r.value, '$.name') AS name
       FROM takes t, json_each(t.request, '$.references') r WHERE t.phase = 'ready' ORDER BY name`,
    )
    .map(({ name }) => name)

/** How many clips there should be, and the bytes of them and of the images. */
export function bytesKept(db: ReadDb): { clips: number; clipBytes: number; imageBytes: number } {
  const clips = db.get<{ n: number; bytes: number | null }>(
    `SELECT count(*) AS n, sum(bytes) AS bytes FROM (
       SELECT max(json_extract(clip, '$.bytes')) AS bytes FROM takes
       WHERE clip IS NOT NULL AND clip_gone = 0 GROUP BY json_extract(clip, '$.sha256'))`,
  )
  const images = db.get<{ bytes: number | null }>('SELECT sum(bytes) AS bytes FROM images')
  return { clips: clips?.n ?? 0, clipBytes: clips?.bytes ?? 0, imageBytes: images?.bytes ?? 0 }
}

const OTHER_HAS_CLIP = `EXISTS (SELECT 1 FROM takes o WHERE json_extract(o.clip, '$.sha256') = ${HASH} AND o.ord <> t.ord)`

/** Takes whose clips nobody needs: rejected, not picked, and no other take has the same. */
export const listCleanable = (db: ReadDb, limit: number): { id: TakeId; bytes: number }[] =>
  db.all(
    `SELECT t.id, json_extract(t.clip, '$.bytes') AS bytes FROM takes t
     WHERE t.rejected = 1 AND t.phase = 'ready' AND t.clip IS NOT NULL AND t.clip_gone = 0
       AND NOT ${IS_PICK} AND NOT ${OTHER_HAS_CLIP} ORDER BY t.ord LIMIT ?`,
    limit,
  )

/** What speaks against moving the clip of a take to the bin. */
export interface CleanFacts {
  readonly picked: boolean
  readonly shared: boolean
}
export function cleanFacts(db: ReadDb, id: TakeId): CleanFacts {
  const row = db.get<{ picked: number; shared: number }>(
    `SELECT ${IS_PICK} AS picked, ${OTHER_HAS_CLIP} AS shared FROM takes t WHERE t.id = ?`,
    id,
  )
  return { picked: row?.picked === 1, shared: row?.shared === 1 }
}

export const markClipGone = (db: WriteDb, id: TakeId): void => {
  db.run('UPDATE takes SET clip_gone = 1 WHERE id = ?', id)
}

/** A clip is back. @returns the takes that have it and were said to be without */
export const markClipBack = (db: WriteDb, sha256: Sha256): TakeId[] =>
  db
    .all<{ id: TakeId }>(
      `UPDATE takes SET clip_gone = 0, error = CASE phase WHEN 'ready' THEN NULL ELSE error END
       WHERE (clip_gone = 1 OR error IS NOT NULL) AND json_extract(clip, '$.sha256') = ? RETURNING id`,
      sha256,
    )
    .map(({ id }) => id)

/** Finished takes whose clips should be there, a stretch of them, and how many there are. */
export function clipsToVerify(db: ReadDb, offset: number, limit: number): { total: number; takes: LibraryTake[] } {
  const which = "FROM takes WHERE phase = 'ready' AND clip IS NOT NULL AND clip_gone = 0"
  const total = db.get<{ n: number }>(`SELECT count(*) AS n ${which}`)?.n ?? 0
  const ords = db.all<{ ord: number }>(`SELECT ord ${which} ORDER BY ord LIMIT ? OFFSET ?`, limit, offset)
  return {
    total,
    takes: withNames(
      db,
      ords.map(({ ord }) => ord),
    ),
  }
}

/** Every clip that should be in the library, once. */
export const clipsWanted = (db: ReadDb): Clip[] => [
  ...new Map(
    db
      .all<{ clip: string }>('SELECT clip FROM takes WHERE clip IS NOT NULL AND clip_gone = 0')
      .map(({ clip }) => JSON.parse(clip) as NonNullable<Take['clip']>)
      .map((clip) => [clip.sha256, clip]),
  ).values(),
]
