import Sqlite from 'better-sqlite3'
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { backupFault, listBackups, takeBackup } from '../../electron/engine/store/backups.ts'
import { openStore } from '../../electron/engine/store/open-store.ts'
import { readNote } from '../../electron/engine/store/recovery-note.ts'
import { announceSkip, canTrace, straceInjecting } from '../support/strace.ts'

announceSkip('killed during backup and restore', canTrace, 'strace is not available on this machine')

const STORE = join(import.meta.dirname, '../../electron/engine/store')
const PROJECTS = 3_000

let dir: string
/** A library with a backup of all its projects; one more project was made after it. */
let template: string
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'takeboard-kill-'))
  template = join(dir, 'template')
  const store = openStore(template)
  const project = (n: number) => `('p${n}', '${'A long title. '.repeat(20)}${n}', NULL, NULL, 'rehearsal', 0, 0)`
  store.write((db) => {
    for (let n = 0; n < PROJECTS; n++)
      db.run(`INSERT INTO projects (id, title, cap, batch_limit, provider, created_at, opened_at) VALUES ${project(n)}`)
    db.run("INSERT INTO outbox (name, payload) VALUES ('x', '{}')")
  })
  await takeBackup(store, template, Date.now() - 60_000)
  store.write((db) =>
    db.run(
      `INSERT INTO projects (id, title, cap, batch_limit, provider, created_at, opened_at) VALUES ${project(PROJECTS)}`,
    ),
  )
  store.close()
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

const imports = `import { openStore } from ${JSON.stringify(join(STORE, 'open-store.ts'))}
import { takeBackup } from ${JSON.stringify(join(STORE, 'backups.ts'))}`

/** Runs a script on a copy of the template and kills it at its n-th call. @returns whether it lived to its end */
function killed(
  name: string,
  script: (library: string) => string,
  calls: string,
  when: number,
  prepare: (library: string) => void = () => {},
) {
  const library = join(dir, `${name}-${calls}-${when}`)
  cpSync(template, library, { recursive: true })
  prepare(library)
  const [strace = '', ...args] = straceInjecting({ calls, what: 'signal=KILL', when: String(when) })
  const node = [process.execPath, '--input-type=module-typescript', '-e', `${imports}\n${script(library)}`]
  const { stdout } = spawnSync(strace, [...args, ...node], { timeout: 30_000, encoding: 'utf8' })
  return { library, lived: stdout.includes('lived') }
}

const projectsIn = (library: string): number => {
  const store = openStore(library)
  try {
    expect(store.integrity()).toEqual([])
    return store.read.get<{ n: number }>('SELECT count(*) AS n FROM projects')?.n ?? 0
  } finally {
    store.close()
  }
}

/** Calls by which files change, and how many of each a run is killed at. */
const POINTS = [
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((n) => ['fsync,fdatasync', n] as const),
  ...[1, 2, 3, 4, 5, 6].map((n) => ['rename,unlink', n] as const),
  ...[1, 20, 150].map((n) => ['pwrite64', n] as const),
  ...[1].map((n) => ['copy_file_range,sendfile,ftruncate', n] as const),
]

describe.skipIf(!canTrace)('killed during a backup', () => {
  const script = (library: string) => `const store = openStore(${JSON.stringify(library)})
await takeBackup(store, ${JSON.stringify(library)}, Date.now()); store.close(); console.log('lived')`

  it.each(POINTS)('at %s %i: every backup that has a name is sound', async (calls, when) => {
    const { library, lived } = killed('backup', script, calls, when)
    const backups = listBackups(library)
    expect(backups.map(({ path }) => backupFault(path))).toEqual(backups.map(() => null))
    expect(backups.length).toBeGreaterThanOrEqual(lived ? 2 : 1)
    expect(projectsIn(library)).toBe(PROJECTS + 1)
    const store = openStore(library)
    await takeBackup(store, library, Date.now() + 1)
    store.close()
    expect(readdirSync(join(library, 'backups')).filter((name) => name.includes('part'))).toEqual([])
    rmSync(library, { recursive: true })
  })
})

describe.skipIf(!canTrace)('killed during a restore', () => {
  const script = (library: string) => `openStore(${JSON.stringify(library)}).close(); console.log('lived')`

  it.each(POINTS)('at %s %i: the next open has the backup, and what was damaged is kept', (calls, when) => {
    let damaged = Buffer.alloc(0)
    const { library } = killed('restore', script, calls, when, (path) => {
      const file = join(path, 'library.db')
      truncateSync(file, Math.floor(statSync(file).size / 2))
      damaged = readFileSync(file)
    })
    expect(projectsIn(library)).toBe(PROJECTS)
    const note = readNote(library)
    expect(note).toMatchObject({ stage: 'restored', empty: false, from: listBackups(library)[0]?.name })
    const kept = note?.damaged.map((folder) => join(library, folder, 'library.db')) ?? []
    expect(kept.filter((file) => existsSync(file)).some((file) => readFileSync(file).equals(damaged))).toBe(true)
    expect(existsSync(join(library, 'library.db.part'))).toBe(false)
    const db = new Sqlite(join(library, 'library.db'))
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal')
    db.close()
    rmSync(library, { recursive: true })
  })
})
