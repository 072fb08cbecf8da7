import type { RequestId, Sha256, TakeId } from '../../../shared/ids.ts'
import type { ProviderName } from '../../../shared/model.ts'
import type { Settings } from '../../../shared/studio-model.ts'
import type { Resolution } from '../../../shared/models/happyhorse-1.1-r2v.ts'
import type { ReadDb, WriteDb } from './open-store.ts'

/** Small tables that need no file of their own: settings, uploads, past times, answered requests, events, history. */

export function readMeta(db: ReadDb, key: string): string | null {
  return db.get<{ value: string }>('SELECT value FROM meta WHERE key = ?', key)?.value ?? null
}
export const writeMeta = (db: WriteDb, key: string, value: string): void => {
  db.run(
    'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
    key,
    value,
  )
}

export const removeMeta = (db: WriteDb, key: string): void => {
  db.run('DELETE FROM meta WHERE key = ?', key)
}

const PAUSED = 'paused'
/** A pause outlives the program: money is not spent by opening a library whose queue was stopped. */
export const readPaused = (db: ReadDb): boolean => readMeta(db, PAUSED) !== null
export const writePaused = (db: WriteDb, paused: boolean): void =>
  paused ? writeMeta(db, PAUSED, '1') : removeMeta(db, PAUSED)

const DEFAULT_SETTINGS: Settings = {
  theme: 'dark',
  level: 'custom',
  concurrency: 4,
  perMinute: null,
  imagePlaceholder: '[Image {n}]',
  keys: {},
  notify: true,
}
export const readSettings = (db: ReadDb): Settings => ({
  ...DEFAULT_SETTINGS,
  ...(JSON.parse(readMeta(db, 'settings') ?? '{}') as Partial<Settings>),
})
export const writeSettings = (db: WriteDb, settings: Settings): void =>
  writeMeta(db, 'settings', JSON.stringify(settings))

/** The address of an image already at the service, when it was put there after `since`. */
export function findUpload(db: ReadDb, provider: ProviderName, sha256: Sha256, since: number): string | null {
  const row = db.get<{ url: string }>(
    'SELECT url FROM uploads WHERE provider = ? AND sha256 = ? AND uploaded_at > ?',
    provider,
    sha256,
    since,
  )
  return row?.url ?? null
}
export const putUpload = (db: WriteDb, provider: ProviderName, sha256: Sha256, url: string, at: number): void => {
  db.run(
    `INSERT INTO uploads (provider, sha256, url, uploaded_at) VALUES (?, ?, ?, ?)
     ON CONFLICT (provider, sha256) DO UPDATE SET url = excluded.url, uploaded_at = excluded.uploaded_at`,
    provider,
    sha256,
    url,
    at,
  )
}
export const forgetUploads = (db: WriteDb, provider: ProviderName): void => {
  db.run('DELETE FROM uploads WHERE provider = ?', provider)
}

/** Jobs of exactly one kind that are enough to judge it by. */
const ENOUGH_OF_KIND = 3

/**
 * Milliseconds that the latest jobs of one kind took from acceptance to completion; those of other durations at the
 * same resolution stand in while there are too few. At most 40.
 */
export function pastTimes(db: ReadDb, provider: ProviderName, resolution: Resolution, duration: number): number[] {
  const latest = 'ORDER BY seq DESC LIMIT 40'
  const kind = db.all<{ ms: number }>(
    `SELECT ms FROM inference_times WHERE provider = ? AND resolution = ? AND duration = ? ${latest}`,
    provider,
    resolution,
    duration,
  )
  if (kind.length >= ENOUGH_OF_KIND) return kind.map(({ ms }) => ms)
  return db
    .all<{ ms: number }>(
      `SELECT ms FROM inference_times WHERE provider = ? AND resolution = ? ${latest}`,
      provider,
      resolution,
    )
    .map(({ ms }) => ms)
}
export const putTime = (
  db: WriteDb,
  provider: ProviderName,
  resolution: Resolution,
  duration: number,
  ms: number,
): void => {
  db.run(
    'INSERT INTO inference_times (provider, resolution, duration, ms) VALUES (?, ?, ?, ?)',
    provider,
    resolution,
    duration,
    Math.round(ms),
  )
}

/** The answer a paid command already gave, so that a repeated frame buys nothing. */
export const findAnswer = (db: ReadDb, request: RequestId): string | null =>
  db.get<{ answer: string }>('SELECT answer FROM paid_requests WHERE request_id = ?', request)?.answer ?? null
export const putAnswer = (db: WriteDb, request: RequestId, at: number, answer: string): void => {
  db.run('INSERT INTO paid_requests (request_id, at, answer) VALUES (?, ?, ?)', request, at, answer)
}

export interface OutboxRow {
  readonly seq: number
  readonly name: string
  readonly payload: string
}
export const putEvent = (db: WriteDb, name: string, payload: string): number =>
  db.get<{ seq: number }>('INSERT INTO outbox (name, payload) VALUES (?, ?) RETURNING seq', name, payload)?.seq ?? 0
export const eventsAfter = (db: ReadDb, seq: number): OutboxRow[] =>
  db.all<OutboxRow>('SELECT seq, name, payload FROM outbox WHERE seq > ? ORDER BY seq', seq)
/** First and last sequence number still kept; zeros when the outbox never held anything. */
export function outboxRange(db: ReadDb): { first: number; last: number } {
  const row = db.get<{ first: number | null; last: number | null }>(
    'SELECT min(seq) AS first, max(seq) AS last FROM outbox',
  )
  return { first: row?.first ?? 0, last: row?.last ?? 0 }
}
export const trimOutbox = (db: WriteDb, keep: number): void => {
  db.run('DELETE FROM outbox WHERE seq <= (SELECT max(seq) FROM outbox) - ?', keep)
}

export const putHistory = (db: WriteDb, take: TakeId, at: number, event: string): void => {
  db.run('INSERT INTO take_history (take_id, at, event) VALUES (?, ?, ?)', take, at, event)
}
export const listHistory = (db: ReadDb, take: TakeId): { at: number; event: string }[] =>
  db.all('SELECT at, event FROM take_history WHERE take_id = ? ORDER BY seq', take)
