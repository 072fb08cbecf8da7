import Sqlite from 'better-sqlite3'
import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { MIGRATIONS, migrate, SCHEMA_VERSION } from '../../electron/engine/store/migrate.ts'

/** A landed migration is never edited: libraries out there have run it. A new one adds its hash here. */
const FROZEN: Readonly<Record<number, string>> = {
  10: '71d0b2bd134167e0',
  20: '4377976a01d07376',
  30: 'ec827286925e7cbe',
  40: 'b41852567b9bac00',
}

describe('migrations', () => {
  it('are numbered in tens, in order, one file each', () => {
    const versions = MIGRATIONS.map(({ version }) => version)
    expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b))
    expect(versions.every((version) => version % 10 === 0)).toBe(true)
    const files = readdirSync(join(import.meta.dirname, '../../electron/engine/store/migrations'))
    expect(files.map((name) => Number.parseInt(name, 10)).sort((a, b) => a - b)).toEqual(versions)
  })

  it('are frozen once they have landed', () => {
    const hashes = MIGRATIONS.map(({ version, sql }) => [
      version,
      createHash('sha256').update(sql).digest('hex').slice(0, 16),
    ])
    expect(Object.fromEntries(hashes)).toEqual(FROZEN)
  })

  it('build a sound database from nothing, and running them again changes nothing', () => {
    const db = new Sqlite(':memory:')
    migrate(db)
    const schema = () => db.prepare('SELECT sql FROM sqlite_schema ORDER BY name').all()
    const before = schema()
    migrate(db)
    expect(schema()).toEqual(before)
    expect(db.pragma('user_version', { simple: true })).toBe(SCHEMA_VERSION)
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
    db.close()
  })
})
