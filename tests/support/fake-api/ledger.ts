import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { JobPlan } from './script.ts'

/** The body of a submission as the service took it. */
export interface JobBody {
  readonly prompt: string
  readonly images: readonly string[]
  readonly resolution: string
  readonly aspect_ratio: string
  readonly duration: number
  readonly seed: number
}

/** One line of the ledger. `at` is epoch milliseconds, money is whole micro-dollars. */
export type LedgerEntry =
  /** A submission reached the service. `seed` and `prompt` are null where its body was not read or not understood. */
  | { kind: 'post'; at: number; read: boolean; seed: number | null; prompt: string | null; label: string | null }
  | { kind: 'job'; at: number; id: string; body: JobBody; plan: JobPlan }
  | { kind: 'charge'; at: number; id: string; micros: number }
  | { kind: 'refund'; at: number; id: string; micros: number }
  | { kind: 'end'; at: number; id: string; status: string }
  | { kind: 'upload'; at: number; id: string; filename: string; size: number; sha256: string }

const fileOf = (dir: string) => join(dir, 'ledger.jsonl')

/** The service's memory: append only, every line on the disk before the answer it belongs to is sent. */
export interface Ledger {
  readonly entries: readonly LedgerEntry[]
  append(entry: LedgerEntry): void
  close(): void
}

export function openLedger(dir: string): Ledger {
  mkdirSync(dir, { recursive: true })
  const entries = readLedger(dir)
  const file = fileOf(dir)
  // What is appended must not grow on to a torn line.
  if (existsSync(file)) truncateSync(file, readFileSync(file).lastIndexOf('\n') + 1)
  const fd = openSync(file, 'a')
  return {
    entries,
    append(entry) {
      writeSync(fd, `${JSON.stringify(entry)}\n`)
      fsyncSync(fd)
      entries.push(entry)
    },
    close: () => closeSync(fd),
  }
}

/** Reads a ledger, whether or not its service runs. A line torn by a kill is left out. */
export function readLedger(dir: string): LedgerEntry[] {
  let text: string
  try {
    text = readFileSync(fileOf(dir), 'utf8')
  } catch {
    return []
  }
  const lines = text.split('\n')
  lines.pop()
  return lines.map((line) => JSON.parse(line) as LedgerEntry)
}

type Of<K extends LedgerEntry['kind']> = Extract<LedgerEntry, { kind: K }>

/** A ledger, sorted out for assertions. */
export interface LedgerView {
  readonly entries: readonly LedgerEntry[]
  readonly posts: readonly Of<'post'>[]
  readonly jobs: readonly Of<'job'>[]
  readonly charges: readonly Of<'charge'>[]
  readonly refunds: readonly Of<'refund'>[]
  readonly uploads: readonly Of<'upload'>[]
  /** Micro-dollars charged less those refunded. */
  readonly netMicros: number
}

export function viewLedger(entries: readonly LedgerEntry[]): LedgerView {
  const of = <K extends LedgerEntry['kind']>(kind: K) => entries.filter((entry): entry is Of<K> => entry.kind === kind)
  const sum = (rows: readonly { micros: number }[]) => rows.reduce((total, row) => total + row.micros, 0)
  const [charges, refunds] = [of('charge'), of('refund')]
  return {
    entries,
    posts: of('post'),
    jobs: of('job'),
    charges,
    refunds,
    uploads: of('upload'),
    netMicros: sum(charges) - sum(refunds),
  }
}
