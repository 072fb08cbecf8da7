import Sqlite from 'better-sqlite3'
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { present } from '../../shared/assert.ts'
import { usdMicros } from '../../shared/money.ts'
import { BACKUP_EVERY_MS } from '../../electron/engine/domain/backup-plan.ts'
import type { Clock } from '../../electron/engine/ports.ts'
import { createBackupSchedule } from '../../electron/engine/recovery/backup-schedule.ts'
import { backupFault, listBackups, takeBackup } from '../../electron/engine/store/backups.ts'
import { SCHEMA_VERSION } from '../../electron/engine/store/migrate.ts'
import { openStore, type Store } from '../../electron/engine/store/open-store.ts'
import { outboxRange, putEvent } from '../../electron/engine/store/records.ts'
import { overwritePage } from '../support/damage.ts'
import { startRig } from '../support/engine-rig.ts'
import { memoryLogger } from '../support/stub-engine.ts'

let dir: string
let store: Store
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'takeboard-backups-'))
  store = openStore(dir)
})
afterEach(() => {
  store.close()
  rmSync(dir, { recursive: true, force: true })
})

const change = () => store.write((db) => putEvent(db, 'settings.put', '{}'))

/** A clock that goes when told to. */
function handClock(): Clock & { pass(ms: number): void } {
  let now = Date.UTC(2026, 4, 20)
  let timers: { at: number; run: () => void }[] = []
  return {
    now: () => now,
    monotonic: () => now,
    setTimeout(run, ms) {
      const timer = { at: now + ms, run }
      timers.push(timer)
      return () => void (timers = timers.filter((each) => each !== timer))
    },
    pass(ms) {
      now += ms
      const due = timers.filter(({ at }) => at <= now)
      timers = timers.filter(({ at }) => at > now)
      for (const { run } of due) run()
    },
  }
}

function schedule(clock: Clock, freeBytes = 10 ** 12, source: Pick<Store, 'backup'> = store) {
  const logger = memoryLogger()
  const seq = () => outboxRange(store.read).last
  const free = () => Promise.resolve(freeBytes)
  return { logger, ...createBackupSchedule({ library: dir, store: source, clock, logger, seq, freeBytes: free }) }
}

describe('backups', () => {
  it('are made at the start, every hour while something changes, and at the end; not of nothing', async () => {
    const clock = handClock()
    const empty = schedule(clock)
    empty.start()
    await empty.close()
    expect(listBackups(dir)).toHaveLength(0)

    change()
    const backups = schedule(clock)
    backups.start()
    await backups.settled()
    expect(listBackups(dir)).toHaveLength(1)
    clock.pass(BACKUP_EVERY_MS)
    await backups.settled()
    expect(listBackups(dir)).toHaveLength(1)
    change()
    await backups.settled()
    expect(listBackups(dir)).toHaveLength(1)
    clock.pass(BACKUP_EVERY_MS)
    await backups.settled()
    expect(listBackups(dir)).toHaveLength(2)
    clock.pass(1_000)
    change()
    await backups.close()
    expect(listBackups(dir).map(({ path }) => backupFault(path))).toEqual([null, null, null])

    // Nothing new: neither the next start nor its end makes another.
    clock.pass(BACKUP_EVERY_MS)
    const idle = schedule(clock)
    idle.start()
    await idle.close()
    expect(listBackups(dir)).toHaveLength(3)
  })

  it('are one sound file each, whatever is written meanwhile', async () => {
    store.write((db) => {
      for (let n = 0; n < 2_000; n++) putEvent(db, 'settings.put', JSON.stringify({ n, text: 'x'.repeat(1_000) }))
    })
    let done = false
    const pending = takeBackup(store, dir, Date.now()).finally(() => (done = true))
    let written = 0
    while (!done) {
      change()
      written++
      await new Promise(setImmediate)
    }
    const { name, path } = await pending
    expect(written).toBeGreaterThan(3)
    const copy = new Sqlite(path, { readonly: true })
    expect(copy.pragma('quick_check', { simple: true })).toBe('ok')
    expect(copy.pragma('journal_mode', { simple: true })).toBe('delete')
    expect(copy.prepare('SELECT count(*) FROM outbox').pluck().get()).toBeGreaterThanOrEqual(2_000)
    copy.close()
    expect(readdirSync(join(dir, 'backups'))).toEqual([name])
  })

  it('are not made when they would fill the disk, which is said and harms nothing', async () => {
    change()
    const { logger, ...backups } = schedule(handClock(), 1_000)
    backups.start()
    await backups.close()
    expect(listBackups(dir)).toHaveLength(0)
    expect(backups.failure()).toMatchObject({ code: 'disk-full' })
    expect(logger.lines.map(({ message }) => message)).toContain('No backup was made')
  })

  it('that fail or come out damaged leave nothing behind', async () => {
    change()
    const refuse = schedule(handClock(), 10 ** 12, { backup: () => Promise.reject(new Error('no such device')) })
    refuse.start()
    await refuse.close()
    expect(refuse.failure()?.message).toContain('no such device')
    const damaging = schedule(handClock(), 10 ** 12, {
      async backup(to) {
        await store.backup(to)
        overwritePage(to, 2)
        overwritePage(to, 3)
      },
    })
    damaging.start()
    await damaging.close()
    expect(damaging.failure()?.message).toContain('not sound')
    expect(readdirSync(join(dir, 'backups'))).toEqual([])
  })

  it('that rot are passed over for older ones', async () => {
    change()
    const older = await takeBackup(store, dir, 1_000_000)
    change()
    const newer = await takeBackup(store, dir, 2_000_000)
    overwritePage(newer.path, 1)
    store.close()
    writeFileSync(join(dir, 'library.db'), 'gone')
    store = openStore(dir)
    expect(outboxRange(store.read).last).toBe(1)
    expect(JSON.parse(readFileSync(join(dir, 'recovery.json'), 'utf8'))).toMatchObject({ from: older.name })
  })

  it('are made before a migration touches the library, even one that fails', () => {
    change()
    store.close()
    const db = new Sqlite(join(dir, 'library.db'))
    db.pragma('user_version = 5')
    db.close()
    // The tables are there already, so the migration to the first schema cannot be made.
    expect(() => openStore(dir)).toThrow('already exists')
    const [backup] = listBackups(dir)
    expect(backup?.name).toMatch(new RegExp(`-before-${SCHEMA_VERSION}\\.db$`))
    const copy = new Sqlite(present(backup, 'it was made').path)
    expect([copy.pragma('user_version', { simple: true }), backupFault(present(backup, 'it was made').path)]).toEqual([
      5,
      null,
    ])
    copy.close()
    const mended = new Sqlite(join(dir, 'library.db'))
    mended.pragma(`user_version = ${SCHEMA_VERSION}`)
    mended.close()
    store = openStore(dir)
  })
})

describe('the check of a database', () => {
  it('notices noise in any of its pages', async () => {
    const text = JSON.stringify({ text: 'A long prompt. '.repeat(300) })
    store.write((db) => {
      for (let n = 0; n < 20; n++) {
        putEvent(db, 'settings.put', text)
        db.run(
          `INSERT INTO projects (id, title, cap, batch_limit, provider, created_at, opened_at) VALUES ('p${n}', ?, NULL, NULL, 'rehearsal', 0, 0)`,
          'A title. '.repeat(200),
        )
        db.run(`INSERT INTO casts VALUES ('c${n}', 'p${n}', ?)`, text)
        db.run(
          `INSERT INTO storyboards (id, project_id, cast_id, title, style, defaults, position) VALUES ('b${n}', 'p${n}', 'c${n}', 'Main', ?, '{}', 0)`,
          text,
        )
      }
    })
    const { path } = await takeBackup(store, dir, Date.now())
    const pages = statSync(path).size / 4096
    expect(pages).toBeGreaterThan(100)
    const copy = join(dir, 'copy.db')
    const unnoticed = Array.from({ length: pages }, (_, index) => index + 1).filter((page) => {
      copyFileSync(path, copy)
      overwritePage(copy, page)
      return backupFault(copy) === null
    })
    expect(unnoticed).toEqual([])
  })
})

describe('a backup under way', () => {
  it('does not hold up a submission, and a close waits for it', async () => {
    let release = () => {}
    const held = new Promise<void>((resolve) => (release = resolve))
    let begun = false
    const rig = await startRig()
    await rig.setCap(usdMicros(5_000_000))
    const slow: { store?: Store } = {}
    await rig.reopen(slow, () => {
      for (const { path } of listBackups(rig.library)) rmSync(path)
      const real = openStore(rig.library)
      slow.store = {
        ...real,
        async backup(to) {
          begun = true
          await held
          await real.backup(to)
        },
      }
    })
    const { scenes } = await rig.engine.call('project.get', { projectId: rig.projectId })
    const { takeIds } = await rig.start({ sceneIds: [present(scenes[0], 'it is there').id] })
    await rig.until(takeIds, ({ phase }) => phase === 'ready')
    expect([begun, listBackups(rig.library).length]).toEqual([true, 0])
    let made = 0
    const reopened = rig.reopen({}, () => void (made = listBackups(rig.library).length))
    release()
    await reopened
    expect(made).toBeGreaterThan(0)
    await rig.close()
  })
})
