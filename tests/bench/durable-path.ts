import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { cliKit, shortBoard } from '../engine/cli-kit.ts'
import { startFakeApi } from '../support/fake-api/client.ts'
import { canTrace, straceLogging } from '../support/strace.ts'

/** A short and a long run: their difference leaves out what is synced once per run. */
const SCENES = { few: 2, many: 22 } as const

/** What one paid take costs in syncs, from its reservation to its clip, and how long the disk took over them. */
export interface DurablePathFigures {
  readonly takes: number
  readonly syncsPerTake: number
  /** Of those, in the database's log, in the submission journal, and for the clip and its folders. */
  readonly logPerTake: number
  readonly journalPerTake: number
  readonly clipPerTake: number
  /** Milliseconds inside the sync calls, which a library on another disk changes. */
  readonly syncMsPerTake: number
}

interface Syncs {
  readonly all: number
  readonly log: number
  readonly journal: number
  readonly clip: number
  readonly ms: number
}

/** Reads `strace -T`: one line for each call, two where another thread came between. */
function readSyncs(trace: string): Syncs {
  const lines = trace.split('\n').filter((line) => line.includes('fsync') || line.includes('fdatasync'))
  const begun = lines.filter((line) => !line.includes('resumed>'))
  const count = (part: string) => begun.filter((line) => line.includes(part)).length
  const seconds = lines.map((line) => Number(/<(\d+\.\d+)>$/.exec(line)?.[1] ?? 0))
  return {
    all: begun.length,
    log: count('library.db-wal>'),
    journal: count('submissions.jsonl>'),
    clip: count('/parts') + count('/clips'),
    ms: seconds.reduce((sum, each) => sum + each, 0) * 1_000,
  }
}

/** Null where strace is not available. */
export async function measureDurablePath(): Promise<DurablePathFigures | null> {
  if (!canTrace) return null
  const fake = await startFakeApi()
  const kit = cliKit()
  try {
    const measure = async (scenes: number): Promise<Syncs> => {
      const file = join(kit.dir, `trace-${scenes}`)
      const board = kit.board(shortBoard(scenes), `${scenes}.board.json`)
      const library = join(kit.dir, `library-${scenes}`)
      const args = ['run', board, '--provider', 'wavespeed', '--cap', '99', '--library', library]
      const env = { WAVESPEED_BASE_URL: fake.baseUrl, WAVESPEED_API_KEY: fake.key }
      const { code, stderr } = await kit.run(args, env, [...straceLogging('fsync,fdatasync', file), '-T'])
      if (code !== 0) throw new Error(`The run ended with ${String(code)}: ${stderr}`)
      return readSyncs(readFileSync(file, 'utf8'))
    }
    const few = await measure(SCENES.few)
    const many = await measure(SCENES.many)
    const takes = SCENES.many - SCENES.few
    const each = (name: keyof Syncs) => (many[name] - few[name]) / takes
    return {
      takes,
      syncsPerTake: each('all'),
      logPerTake: each('log'),
      journalPerTake: each('journal'),
      clipPerTake: each('clip'),
      syncMsPerTake: each('ms'),
    }
  } finally {
    await kit.close()
    await fake.stop()
  }
}
