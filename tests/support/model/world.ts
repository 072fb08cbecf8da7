import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { CallInput, CallName, CallOutput } from '../../../shared/contract.ts'
import { TakeboardError } from '../../../shared/errors.ts'
import type { Engine } from '../../../electron/engine/api.ts'
import { openEngine } from '../../../electron/engine/engine.ts'
import type { SubmitBody } from '../../../electron/engine/ports.ts'
import { readJournal } from '../../../electron/engine/store/journal.ts'
import { openStore, type ReadDb, type Store } from '../../../electron/engine/store/open-store.ts'
import { createFakeTime, settle, type FakeTime } from './fake-clock.ts'
import { createFakeService, type FakeService, type Witness } from './fake-service.ts'
import { realFs, putDisk, type Disk, type DiskFault } from './faulty-fs.ts'
import { createGate, type Gate, type Point } from './gate.ts'
import { guardStore } from './guarded-store.ts'
import { createPorts, KEY } from './model-ports.ts'
import { COMMON, type Template } from './template.ts'

export interface WorldOptions {
  readonly dir: string
  readonly template: Template
  readonly seed: number
  /** Whether the service's history carries the requests. */
  readonly echo: boolean
  readonly concurrency: number
}

/** How the process ends: a kill keeps what was written, a power cut only what was synced. */
export type Loss = 'kill' | 'power'

export type Answer<N extends CallName> =
  | { readonly kind: 'ok'; readonly value: CallOutput<N> }
  | { readonly kind: 'failed'; readonly code: string }
  /** The engine died, or waits for the service, before it answered. */
  | { readonly kind: 'unanswered' }

/** One library through all the lives of its engine, and everything the checks must remember beyond it. */
export interface World extends Readonly<Template> {
  readonly options: WorldOptions
  readonly library: string
  readonly time: FakeTime
  readonly service: FakeService
  readonly disk: Disk
  /** What went wrong where no exception could be thrown. */
  readonly violations: string[]
  /** Reads the library; valid until the next life. */
  readonly db: ReadDb
  readonly gate: Gate
  /** Counts restored databases: what was promised before one holds no longer. */
  readonly epoch: number
  key: string | null
  /** Takes that the artist settled by hand, or tried to. */
  readonly byHand: Set<string>
  /** Takes whose clip the artist asked for again. */
  readonly redownloaded: Set<string>
  /** Codes that the engine halted for or logged, newest last. */
  readonly log: string[]
  setDisk(fault: DiskFault, room: number | null): void
  call<N extends CallName>(name: N, input: CallInput<N>): Promise<Answer<N>>
  pass(ms: number): Promise<void>
  /** Opens the library again when the engine is down. */
  revive(loss?: Loss): Promise<void>
  /** Kills the engine now. @param next where the following life is killed in turn */
  kill(loss: Loss, next?: { point: Point; nth: number }): Promise<void>
  /** Closes the engine as a quit does and opens it again. */
  restart(): Promise<void>
  /** Opens and recovers the library without running it, and returns everything money depends on. */
  recovered(): Promise<string>
  /** Tries a statement and takes it back: `written`, or the code of what refused it. */
  probe(sql: string, values: readonly unknown[]): string
  backUp(): void
  /** Puts the older copy of the database back, as an artist would after a crash. False without a copy. */
  restore(): Promise<boolean>
  close(): Promise<void>
}

const DATABASE = ['library.db', 'library.db-wal'] as const

export async function createWorld(options: WorldOptions): Promise<World> {
  const { dir, template } = options
  const library = join(dir, 'library')
  const at = (name: string) => join(library, name)
  realFs.mkdirSync(library, { recursive: true })
  realFs.writeFileSync(at('library.db'), template.database)

  const time = createFakeTime()
  const disk: Disk = {
    gate: createGate(),
    fault: 'none',
    journal: at('submissions.jsonl'),
    journalFd: null,
    room: null,
    synced: 0,
  }
  putDisk(disk)
  const violations: string[] = []
  const service = createFakeService({ time, echo: options.echo, witness })
  const makePorts = createPorts(options.seed)
  let real: Store | null = null
  let store: Store | null = null
  let engine: Engine | null = null
  let backup: (Buffer | null)[] | null = null
  let lastLedger = 0
  let epoch = 0
  let opening = false

  const reading = (): ReadDb => {
    if (!store) throw new Error('The library is not open')
    return store.read
  }

  /** I6, and which take a submission is for, read from the disk and not from the engine. */
  function witness(body: SubmitBody, label: string): Witness {
    const rows = reading().all<{ id: string; attempt: number; charge: string; seed: number }>(
      `SELECT takes.id, attempt, charge, request ->> 'seed' AS seed FROM takes JOIN scenes ON scenes.id = scene_id
       WHERE phase = 'submitting' AND scenes.number || '-' || takes.number = ?`,
      label,
    )
    const [row] = rows
    if (!row || rows.length > 1 || row.seed !== body.seed) {
      violations.push(`I6: ${label} was sent while the library had ${JSON.stringify(rows)}`)
      throw new Error('nothing to bind the submission to')
    }
    if (row.charge !== 'held') violations.push(`I1: ${label} was sent with its money ${row.charge}`)
    const durable = join(dir, 'durable.jsonl')
    realFs.writeFileSync(durable, realFs.readFileSync(disk.journal).subarray(0, disk.synced))
    const request = createHash('sha256').update(JSON.stringify(body)).digest('hex')
    const intent = readJournal(durable).some(
      (record) =>
        record.type === 'intent' &&
        record.takeId === row.id &&
        record.attempt === row.attempt &&
        record.seed === body.seed &&
        record.request === request,
    )
    if (!intent) violations.push(`I6: attempt ${row.attempt} of ${label} was sent before its intent was durable`)
    return { takeId: row.id as Witness['takeId'], attempt: row.attempt }
  }

  /** I1, at every commit. */
  function afterWrite(db: ReadDb): void {
    const passed = db.all<{ seq: number; total: number; cap: number | null }>(
      `SELECT seq, budgets.held + budgets.spent AS total, cap FROM ledger JOIN budgets USING (project_id)
       JOIN projects ON projects.id = project_id WHERE seq > ? AND kind = 'reserve'`,
      lastLedger,
    )
    for (const { seq, total, cap } of passed) {
      lastLedger = Math.max(lastLedger, seq)
      // What an older database had forgotten is counted even above the cap: it was reserved under one once.
      if (opening && epoch > 0) continue
      if (cap === null || total > cap) violations.push(`I1: ${total} reserved and spent under a cap of ${cap}`)
    }
  }

  /** Everything money depends on, as text. */
  const dump = (db: ReadDb): string =>
    JSON.stringify([
      db.all(
        `SELECT id, phase, charge, attempt, prediction_id, recovered, submitted_at, accepted_at, wait_until, failures,
           lookups, outputs, clip, error, refund_due_at, finished_at FROM takes ORDER BY ord`,
      ),
      db.all('SELECT * FROM ledger ORDER BY seq'),
      db.all('SELECT * FROM budgets ORDER BY project_id'),
    ])

  async function open(jobs: boolean, next?: { point: Point; nth: number }): Promise<void> {
    const gate = createGate()
    if (next) gate.arm(next.point, next.nth)
    disk.gate = gate
    real = openStore(library)
    lastLedger = real.read.get<{ seq: number | null }>('SELECT max(seq) AS seq FROM ledger')?.seq ?? 0
    store = guardStore(real, disk, afterWrite)
    const ports = makePorts(world, gate)
    const freeBytes = () => Promise.resolve(disk.fault === 'low' ? 1_000 : 10 ** 12)
    const { concurrency } = options
    try {
      opening = true
      engine = await openEngine({ ...COMMON, library, store, ports, concurrency, jobs, freeBytes })
      opening = false
      await settle()
    } catch (error) {
      opening = false
      if (gate.down) return
      if (!(error instanceof TakeboardError) || error.code !== 'disk-full') throw error
      // A library that cannot be written does not open; there is room again by the next try.
      world.setDisk('none', null)
      gate.crash()
    }
  }

  /** Gives back what the kernel gives back when a process dies; the files stay as they are at this moment. */
  function bury(loss: Loss): void {
    disk.gate.crash()
    service.release()
    const files = DATABASE.map((name) => (realFs.existsSync(at(name)) ? realFs.readFileSync(at(name)) : null))
    real?.close()
    real = store = engine = null
    putBack(files)
    if (disk.journalFd !== null) realFs.closeSync(disk.journalFd)
    disk.journalFd = null
    if (loss === 'power' && realFs.existsSync(disk.journal)) realFs.truncateSync(disk.journal, disk.synced)
  }

  function putBack(files: readonly (Buffer | null)[]): void {
    for (const name of [...DATABASE, 'library.db-shm']) realFs.rmSync(at(name), { force: true })
    files.forEach((bytes, index) => {
      if (bytes) realFs.writeFileSync(at(DATABASE[index] ?? ''), bytes)
    })
  }

  async function quit(): Promise<void> {
    let closed = false
    const closing = engine?.close().then(() => (closed = true))
    for (let tries = 0; !closed && !disk.gate.down; tries++) {
      if (tries > 20) throw new Error('The engine does not close')
      service.release()
      await settle()
      // A submission whose answer could not be stored is tried again until it is.
      if (!closed) await world.pass(5_000)
    }
    if (disk.gate.down) return bury('kill')
    await closing
    disk.gate.crash()
    real = store = engine = null
    disk.journalFd = null
  }

  const world: World = {
    ...template,
    options,
    library,
    time,
    service,
    disk,
    violations,
    get db() {
      return reading()
    },
    get gate() {
      return disk.gate
    },
    get epoch() {
      return epoch
    },
    key: KEY,
    byHand: new Set(),
    redownloaded: new Set(),
    log: [],
    setDisk: (fault, room) => void Object.assign(disk, { fault, room }),
    async call(name, input) {
      if (!engine) throw new Error('The engine is not open')
      let answer: Answer<typeof name> = { kind: 'unanswered' }
      engine.call(name, input).then(
        (value) => (answer = { kind: 'ok', value }),
        (error: unknown) => (answer = { kind: 'failed', code: codeOf(error) }),
      )
      await settle()
      return disk.gate.down ? { kind: 'unanswered' } : answer
    },
    pass: (ms) => time.pass(ms, disk.gate),
    async revive(loss = 'kill') {
      while (disk.gate.down) {
        bury(loss)
        await open(true)
      }
    },
    async kill(loss, next) {
      bury(loss)
      await open(true, next)
      await world.revive(loss)
    },
    async restart() {
      await quit()
      await open(true)
      await world.revive()
    },
    async recovered() {
      if (real) bury('kill')
      await open(false)
      if (disk.gate.down) {
        bury('kill')
        await open(false)
      }
      const text = dump(reading())
      await quit()
      return text
    },
    probe(sql, values) {
      try {
        real?.write((db) => {
          db.run(sql, ...values)
          throw new Error('written')
        })
      } catch (error) {
        return error instanceof Error && error.message === 'written' ? 'written' : codeOf(error)
      }
      return 'nothing'
    },
    backUp() {
      backup = DATABASE.map((name) => (realFs.existsSync(at(name)) ? realFs.readFileSync(at(name)) : null))
    },
    async restore() {
      if (!backup) return false
      bury('kill')
      putBack(backup)
      epoch += 1
      await open(true)
      await world.revive()
      return true
    },
    async close() {
      if (engine && !disk.gate.down) await quit()
      else bury('kill')
    },
  }

  await open(true)
  return world
}

const codeOf = (error: unknown): string => (error instanceof TakeboardError ? error.code : String(error))
