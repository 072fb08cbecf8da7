import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { backupName, backupsToKeep, backupTime } from '../../electron/engine/domain/backup-plan.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const NOW = Date.UTC(2026, 4, 20, 13, 30)

const times = fc.uniqueArray(
  fc.integer({ min: 0, max: 80 * DAY }).map((age) => NOW - age),
  { maxLength: 300 },
)
const keepTimes = (at: readonly number[], now = NOW) =>
  backupsToKeep(
    at.map((t) => backupName(t)),
    now,
  ).map((name) => backupTime(name) ?? 0)

describe('the names of backups', () => {
  it('say when they were made and stand on every file system', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000_000 }), fc.option(fc.nat(500)), (at, before) => {
        const name = backupName(at, before)
        expect(backupTime(name)).toBe(at)
        expect(name).toMatch(/^[\w.-]+$/)
      }),
    )
  })

  it('are told from other files', () => {
    for (const name of ['library.db', 'library-2026.db', 'notes.txt', `${backupName(NOW)}.part`, `x${backupName(NOW)}`])
      expect(backupTime(name)).toBeNull()
  })
})

describe('the backups worth keeping', () => {
  it('are a part of what is there; thinning twice thins no further; the newest five stay', () => {
    fc.assert(
      fc.property(times, (at) => {
        const names = at.map((t) => backupName(t))
        const kept = backupsToKeep(names, NOW)
        expect(names).toEqual(expect.arrayContaining([...kept]))
        expect(backupsToKeep(kept, NOW)).toEqual(kept)
        const newest = at.toSorted((a, b) => b - a).slice(0, 5)
        expect(kept.map((name) => backupTime(name))).toEqual(expect.arrayContaining(newest))
      }),
    )
  })

  it('leave no hour of the last day, no day of two weeks and no week of two months without one that was there', () => {
    fc.assert(
      fc.property(times, (at) => {
        const kept = keepTimes(at)
        for (const [every, span] of [
          [HOUR, DAY],
          [DAY, 14 * DAY],
          [7 * DAY, 61 * DAY],
        ] as const) {
          const buckets = (list: readonly number[]) =>
            new Set(list.filter((t) => NOW - t <= span).map((t) => Math.floor(t / every)))
          expect(buckets(kept)).toEqual(buckets(at))
        }
      }),
    )
  })

  it('stay few and near when one is made every ten minutes for three months and thinned each time', () => {
    let kept: readonly string[] = []
    const start = NOW - 90 * DAY
    let most = 0
    for (let now = start; now <= NOW; now += HOUR / 6) {
      kept = backupsToKeep([...kept, backupName(now)], now)
      most = Math.max(most, kept.length)
    }
    expect(most).toBeLessThan(60)
    const ages = kept.map((name) => NOW - (backupTime(name) ?? 0)).sort((a, b) => a - b)
    const nearest = (age: number) => Math.min(...ages.map((each) => Math.abs(each - age)))
    for (let age = 0; age <= DAY; age += HOUR) expect(nearest(age)).toBeLessThanOrEqual(HOUR)
    for (let age = DAY; age <= 14 * DAY; age += DAY) expect(nearest(age)).toBeLessThanOrEqual(DAY)
    for (let age = 14 * DAY; age <= 54 * DAY; age += 7 * DAY) expect(nearest(age)).toBeLessThanOrEqual(7 * DAY)
    expect(Math.max(...ages)).toBeLessThanOrEqual(68 * DAY)
  })

  it('are never files that are not backups', () => {
    expect(backupsToKeep(['notes.txt', backupName(0)], NOW)).toContain('notes.txt')
    const old = Array.from({ length: 9 }, (_, index) => backupName(index))
    expect(backupsToKeep(old, NOW)).toHaveLength(5)
  })
})
