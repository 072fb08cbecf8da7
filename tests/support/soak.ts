/**
 * `npm run soak`: the model of the engine for as many runs as SOAK_RUNS says (default 20,000), spread over the cores,
 * every one with dice of its own. A failure prints its seed and path; see `tests/faults/model.test.ts`.
 */
import { spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../..')
const runs = Number(process.env['SOAK_RUNS'] ?? 20_000)
const shares = Math.min(8, availableParallelism())

const share = (): Promise<number> =>
  new Promise((done) => {
    const args = [join(root, 'node_modules/vitest/vitest.mjs'), 'run', 'tests/faults/model.test.ts']
    const seed = process.env['MODEL_SEED'] ?? String(randomInt(2 ** 31))
    const env = { ...process.env, MODEL_RUNS: String(Math.ceil(runs / shares)), MODEL_SEED: seed }
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env })
    child.on('exit', (code) => done(code ?? 1))
  })

const codes = await Promise.all(Array.from({ length: shares }, share))
process.exitCode = codes.every((code) => code === 0) ? 0 : 1
