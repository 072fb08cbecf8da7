import { join } from 'node:path'
import type { CallInput, CallName, CallOutput } from '../../../shared/contract.ts'
import { TakeboardError } from '../../../shared/errors.ts'
import type { Engine } from '../../../electron/engine/api.ts'
import { openEngine } from '../../../electron/engine/engine.ts'
import { openStore, type ReadDb, type Store } from '../../../electron/engine/store/open-store.ts'
import { createFakeTime, settle, type FakeTime } from './fake-clock.ts'
import { createFakeService, type FakeService } from './fake-service.ts'
import { realFs, putDisk, type Disk, type DiskFault } from './faulty-fs.ts'
import { createGate, type Gate, type Point } from './gate.ts'
import { guardStore } from './guarded-store.ts'
import { createPorts, KEY } from './model-ports.ts'
import { COMMON, type Template } from './template.ts'
import { createWatch, moneyOf } from './watch.ts'

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
  /** Takes that the artist may have released from hold since the last check. */
  readonly released: Set<string>
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
  realFs.symlinkSync(template.images, at('images'))

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
  const watch = createWatch({ disk, violations, scratch: join(dir, 'durable.jsonl'), read: () => reading() })
  const service = createFakeService({ time, echo: options.echo, witness: watch.witness })
  const makePorts = createPorts(options.seed)
  let real: Store | null = null
  let store: Store | null = null
  let engine: Engine | null = null
  let backup: (Buffer | null)[] | null = null
  let epoch = 0

  const reading = (): ReadDb => {
    if (!store) throw new Error('The library is not open')
    return store.read
  }

  async function open(jobs: boolean, next?: { point: Point; nth: number }): Promise<void> {
    const gate = createGate()
    if (next) gate.arm(next.point, next.nth)
    disk.gate = gate
    real = openStore(library)
    watch.opening(real.read, epoch > 0)
    store = guardStore(real, disk, watch.committed)
    const ports = makePorts(world, gate)
    const freeBytes = () => Promise.resolve(disk.fault === 'low' ? 1_000 : 10 ** 12)
    const { concurrency } = options
    try {
      engine = await openEngine({ ...COMMON, library, store, ports, concurrency, jobs, freeBytes })
      watch.opened()
      await settle()
    } catch (error) {
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
    const closing = engine?.close().then(
      () => (closed = true),
      (error: unknown) => {
        // A process that is killed while it closes has nobody left to tell.
        if (!disk.gate.down) throw error
      },
    )
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
    released: new Set(),
    log: [],
    setDisk: (fault, room) => void Object.assign(disk, { fault, room }),
    async call(name, input) {
      if (!engine) throw new Error('The engine is not open')
      if (name === 'queue.release') (input as { takeIds: string[] }).takeIds.forEach((id) => world.released.add(id))
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
        if (violations[0] !== undefined) throw new Error(violations[0])
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
      const text = moneyOf(reading())
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
