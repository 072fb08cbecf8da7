/** Backups by name and age: what one is called, and which are worth their room. */

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const WEEK_MS = 7 * DAY_MS

/** The newest are kept however close together they are. */
const NEWEST = 5
/** One per `every` is kept for as long as `for`. Buckets are fixed in UTC, so thinning twice thins no further. */
const KEPT = [
  { every: HOUR_MS, for: DAY_MS },
  { every: DAY_MS, for: 14 * DAY_MS },
  { every: WEEK_MS, for: 61 * DAY_MS },
] as const

/** A library that changed is backed up again after this. */
export const BACKUP_EVERY_MS = HOUR_MS

const NAME = /^library-(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)-(\d{3})Z(-before-\d+)?\.db$/

/** A time as it can stand in a file name on every system: `2026-03-04T05-06-07-089Z`. */
export const stampOf = (at: number): string => new Date(at).toISOString().replaceAll(/[:.]/g, '-')

/** @param before schema version a migration is about to bring the library to, when the backup is made for it */
export const backupName = (at: number, before: number | null = null): string =>
  `library-${stampOf(at)}${before === null ? '' : `-before-${before}`}.db`

/** When a backup was made (epoch ms), or null when the name is not that of a backup. */
export function backupTime(name: string): number | null {
  const parts = NAME.exec(name)
  if (!parts) return null
  const at = Date.parse(`${parts[1]}T${parts[2]}:${parts[3]}:${parts[4]}.${parts[5]}Z`)
  return Number.isNaN(at) ? null : at
}

/**
 * The names worth keeping: the last five, one per hour for a day, one per day for two weeks, one per week for two
 * months. Within an hour, a day or a week it is the newest. Names that are not of backups are kept: they are not ours.
 */
export function backupsToKeep(names: readonly string[], now: number): readonly string[] {
  const backups = names
    .flatMap((name) => {
      const at = backupTime(name)
      return at === null ? [] : [{ name, at }]
    })
    .sort((a, b) => b.at - a.at || (a.name < b.name ? 1 : -1))
  const keep = new Set(backups.slice(0, NEWEST).map(({ name }) => name))
  for (const rule of KEPT) {
    const taken = new Set<number>()
    for (const { name, at } of backups) {
      const bucket = Math.floor(at / rule.every)
      if (now - at > rule.for || taken.has(bucket)) continue
      taken.add(bucket)
      keep.add(name)
    }
  }
  return names.filter((name) => keep.has(name) || backupTime(name) === null)
}
