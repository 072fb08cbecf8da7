import Sqlite from 'better-sqlite3'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, chmodSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PredictionId, TakeId } from '../../shared/ids.ts'
import { openJournal, readJournal, type JournalRecord } from '../../electron/engine/store/journal.ts'
import { SCHEMA_VERSION } from '../../electron/engine/store/migrate.ts'
import { openStore, type Store } from '../../electron/engine/store/open-store.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'takeboard-store-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const withStore = <T>(work: (store: Store) => T): T => {
  const store = openStore(dir)
  try {
    return work(store)
  } finally {
    store.close()
  }
}

/** A project with a cap of one dollar and two planned takes. */
function seed(store: Store): void {
  store.write((db) => {
    db.run(
      "INSERT INTO projects (id, title, cap, batch_limit, provider, created_at, opened_at) VALUES ('p', 'Film', 1000000, NULL, 'wavespeed', 0, 0)",
    )
    db.run("INSERT INTO casts VALUES ('c', 'p', 'Cast')")
    db.run(
      "INSERT INTO storyboards (id, project_id, cast_id, title, style, defaults, position) VALUES ('b', 'p', 'c', 'Main', '', '{}', 0)",
    )
    db.run(
      "INSERT INTO scenes (id, storyboard_id, position, number, title, prompt, notes, dialogue, resolution, aspect_ratio, duration, seed, reference_ids, pick_take_id) VALUES ('s', 'b', 0, '1', '', '', '', '', '720p', '16:9', 5, '{}', NULL, NULL)",
    )
    db.run(
      "INSERT INTO batches (id, project_id, storyboard_id, provider, created_at, takes) VALUES ('x', 'p', 'b', 'wavespeed', 0, 2)",
    )
    for (const n of [1, 2])
      db.run(
        `INSERT INTO takes (id, scene_id, storyboard_id, project_id, batch_id, number, provider, request, price, live_price,
           created_at, phase, charge, attempt, recovered, failures, polls, lookups, outputs, stale, rating, rejected)
         VALUES (?, 's', 'b', 'p', 'x', ?, 'wavespeed', '{}', 700000, 700000, 0, 'planned', 'none', 0, 0, 0, 0, 0, '[]', '[]', 0, 0)`,
        `t${n}`,
        n,
      )
  })
}
const ledger = (store: Store, take: string, kind: string, held: number, spent = 0) =>
  store.write((db) =>
    db.run(
      "INSERT INTO ledger (at, project_id, take_id, kind, held, spent, note) VALUES (0, 'p', ?, ?, ?, ?, '')",
      take,
      kind,
      held,
      spent,
    ),
  )
const budget = (store: Store) => store.read.get<{ held: number; spent: number }>('SELECT held, spent FROM budgets')

describe('the store', () => {
  it('is durable at every open: WAL, synchronous FULL, foreign keys', () => {
    for (const _ of [1, 2])
      withStore((store) => {
        const settings = ['journal_mode', 'synchronous', 'foreign_keys'].map(
          (name) => Object.values(store.read.get<Record<string, unknown>>(`PRAGMA ${name}`) ?? {})[0],
        )
        expect(settings).toEqual(['wal', 2, 1])
      })
  })

  it('uses STRICT tables only', () => {
    withStore((store) => {
      const tables = store.read.all<{ name: string; strict: number }>(
        "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'",
      )
      expect(tables.length).toBeGreaterThan(10)
      expect(tables.filter(({ strict }) => strict !== 1)).toEqual([])
    })
  })

  it('finds the open takes through its partial index', () => {
    withStore((store) => {
      const plan = store.read.all<{ detail: string }>(
        "EXPLAIN QUERY PLAN SELECT * FROM takes WHERE (phase NOT IN ('ready', 'failed', 'cancelled') OR refund_due_at IS NOT NULL) ORDER BY ord",
      )
      expect(plan.map(({ detail }) => detail).join()).toContain('takes_open')
    })
  })

  it('lets one process own a library, also after the owner was killed', async () => {
    // Held by a global: a store nothing refers to is collected, and its lock with it.
    const script = `import { openStore } from ${JSON.stringify(join(import.meta.dirname, '../../electron/engine/store/open-store.ts'))}; globalThis.held = openStore(${JSON.stringify(dir)}); console.log('open'); setInterval(() => {}, 1000)`
    const owner = spawn(process.execPath, ['--input-type=module-typescript', '-e', script], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const gone = once(owner, 'exit')
    try {
      await Promise.race([once(owner.stdout, 'data'), gone])
      expect(() => openStore(dir)).toThrow(expect.objectContaining({ code: 'library-locked' }) as Error)
    } finally {
      owner.kill('SIGKILL')
      await gone
    }
    withStore((store) => expect(store.integrity()).toEqual([]))
  })

  it('refuses a library of a newer version and leaves it as it is', () => {
    withStore(() => {})
    const db = new Sqlite(join(dir, 'library.db'))
    db.pragma(`user_version = ${SCHEMA_VERSION + 10}`)
    db.close()
    expect(() => openStore(dir)).toThrow(expect.objectContaining({ code: 'library-newer' }) as Error)
    const after = new Sqlite(join(dir, 'library.db'))
    expect(after.pragma('user_version', { simple: true })).toBe(SCHEMA_VERSION + 10)
    after.close()
  })

  it('says so when a damaged database cannot be set aside, and gives the lock back', () => {
    withStore(seed)
    writeFileSync(join(dir, 'library.db'), 'this is not a database, whatever its name says. '.repeat(100))
    writeFileSync(join(dir, 'damaged'), 'a file where the folder should go')
    for (const _ of [1, 2])
      expect(() => openStore(dir)).toThrow(expect.objectContaining({ code: 'library-damaged' }) as Error)
  })

  it('opens when its lock file is rubbish: nothing is kept in it', () => {
    withStore(seed)
    writeFileSync(join(dir, 'lock.db'), 'rubbish '.repeat(1_000))
    withStore((store) => {
      expect(store.integrity()).toEqual([])
      expect(() => openStore(dir)).toThrow(expect.objectContaining({ code: 'library-locked' }) as Error)
    })
  })

  it.skipIf(process.getuid?.() === 0)('says so when the folder cannot be written', () => {
    chmodSync(dir, 0o500)
    expect(() => openStore(join(dir, 'inside'))).toThrow(
      expect.objectContaining({ code: 'library-unwritable' }) as Error,
    )
  })

  it('says so when the folder is a file', () => {
    writeFileSync(join(dir, 'file'), '')
    expect(() => openStore(join(dir, 'file'))).toThrow(expect.objectContaining({ code: 'library-unwritable' }) as Error)
  })
})

describe('the ledger', () => {
  it('cannot pass the cap, whatever the code does', () => {
    withStore((store) => {
      seed(store)
      ledger(store, 't1', 'reserve', 700_000)
      expect(() => ledger(store, 't2', 'reserve', 700_000)).toThrow(
        expect.objectContaining({ code: 'cap-reached' }) as Error,
      )
      expect(budget(store)).toEqual({ held: 700_000, spent: 0 })
      ledger(store, 't1', 'settle', -700_000, 700_000)
      expect(budget(store)).toEqual({ held: 0, spent: 700_000 })
      expect(() => ledger(store, 't2', 'reserve', 300_001)).toThrow(
        expect.objectContaining({ code: 'cap-reached' }) as Error,
      )
      ledger(store, 't2', 'reserve', 300_000)
    })
  })

  it('reserves nothing without a cap, and a lower cap blocks only new reservations', () => {
    withStore((store) => {
      seed(store)
      ledger(store, 't1', 'reserve', 700_000)
      store.write((db) => db.run('UPDATE projects SET cap = 100000'))
      ledger(store, 't1', 'release', -700_000)
      store.write((db) => db.run('UPDATE projects SET cap = NULL'))
      expect(() => ledger(store, 't2', 'reserve', 1)).toThrow(expect.objectContaining({ code: 'cap-missing' }) as Error)
    })
  })

  it('takes one reservation and one end of it, of the same amount', () => {
    withStore((store) => {
      seed(store)
      expect(() => ledger(store, 't1', 'settle', -700_000, 700_000)).toThrow('nothing-reserved')
      ledger(store, 't1', 'reserve', 700_000)
      expect(() => ledger(store, 't1', 'reserve', 100)).toThrow('UNIQUE')
      expect(() => ledger(store, 't1', 'settle', -600_000, 600_000)).toThrow('nothing-reserved')
      ledger(store, 't1', 'release', -700_000)
      expect(() => ledger(store, 't1', 'settle', -700_000, 700_000)).toThrow('UNIQUE')
      expect(budget(store)).toEqual({ held: 0, spent: 0 })
    })
  })

  it('corrects a charge once, up or down, and may pass the cap only so', () => {
    withStore((store) => {
      seed(store)
      expect(() => ledger(store, 't1', 'overage', 0, 100)).toThrow('nothing-charged')
      ledger(store, 't1', 'reserve', 700_000)
      ledger(store, 't1', 'settle', -700_000, 700_000)
      expect(() => ledger(store, 't1', 'refund', 0, -700_001)).toThrow('nothing-charged')
      ledger(store, 't1', 'overage', 0, 400_000)
      expect(() => ledger(store, 't1', 'refund', 0, -1)).toThrow('UNIQUE')
      expect(budget(store)).toEqual({ held: 0, spent: 1_100_000 })
    })
  })

  it('cannot pass the cap of the library either', () => {
    withStore((store) => {
      seed(store)
      store.write((db) => db.run("INSERT INTO meta VALUES ('library-cap', '500000')"))
      expect(() => ledger(store, 't1', 'reserve', 700_000)).toThrow(
        expect.objectContaining({ code: 'cap-reached' }) as Error,
      )
      store.write((db) => db.run("UPDATE meta SET value = '700000' WHERE key = 'library-cap'"))
      ledger(store, 't1', 'reserve', 700_000)
    })
  })

  it('is append-only, and what a take froze stays frozen', () => {
    withStore((store) => {
      seed(store)
      ledger(store, 't1', 'reserve', 700_000)
      const run = (sql: string) => () => store.write((db) => db.run(sql))
      expect(run('UPDATE ledger SET held = 1')).toThrow('append-only')
      expect(run('DELETE FROM ledger')).toThrow('append-only')
      expect(run("UPDATE takes SET request = '{}' WHERE id = 't1'")).toThrow('frozen')
      expect(run("UPDATE takes SET price = 1 WHERE id = 't1'")).toThrow('frozen')
      store.write((db) => db.run("UPDATE takes SET prediction_id = 'a' WHERE id = 't1'"))
      expect(run("UPDATE takes SET prediction_id = 'b' WHERE id = 't1'")).toThrow('immutable')
      expect(run("UPDATE takes SET prediction_id = 'a' WHERE id = 't2'")).toThrow('UNIQUE')
    })
  })
})

describe('the submission journal', () => {
  const intent = (n: number): JournalRecord => ({
    type: 'intent',
    takeId: `take-${n}` as TakeId,
    attempt: 1,
    at: n,
    seed: 7,
    request: 'hash',
  })

  it('reads back what it wrote and passes over a line torn by a crash', () => {
    const file = join(dir, 'submissions.jsonl')
    const first = openJournal(file)
    first.append(intent(1))
    first.append({ type: 'accepted', takeId: 'take-1' as TakeId, attempt: 1, predictionId: 'p' as PredictionId })
    first.close()
    appendFileSync(file, 'deadbeef {"type":"int')
    const second = openJournal(file)
    second.append(intent(2))
    second.close()
    expect(readJournal(file).map((record) => `${record.type} ${'takeId' in record ? record.takeId : ''}`)).toEqual([
      'intent take-1',
      'accepted take-1',
      'intent take-2',
    ])
    truncateSync(file, 40)
    expect(readJournal(file)).toEqual([])
    expect(readJournal(join(dir, 'absent.jsonl'))).toEqual([])
  })
})
