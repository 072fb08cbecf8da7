import type { Ports } from '../../../electron/engine/ports.ts'
import type { Gate } from './gate.ts'
import type { World } from './world.ts'

/** The API key of every run, looked for in every file of the library. */
export const KEY = 'canary-key-5f1d0c9e7b3a'

/** A small generator with a seed (mulberry32), so that a run can be repeated. */
function dice(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Ports for one life of the engine after the other; names and dice go on where the last life stopped. */
export function createPorts(seed: number): (world: World, gate: Gate) => Ports {
  const unit = dice(seed)
  let named = 0
  return (world, gate) => {
    const note = (message: string, fields?: object) => void world.log.push(`${message} ${JSON.stringify(fields ?? {})}`)
    const provider = world.service.provider(gate, () => world.key !== null)
    return {
      clock: world.time.clock(gate),
      random: { unit, integer: (min, max) => min + Math.floor(unit() * (max - min + 1)) },
      ids: { next: () => `id-${String((named += 1)).padStart(8, '0')}` },
      logger: { info: note, warn: note, error: note },
      secrets: {
        status: () => ({ present: world.key !== null, source: world.key === null ? null : 'session', caveat: null }),
        read: () => world.key,
        write: (key) => void (world.key = key),
        clear: () => void (world.key = null),
      },
      providers: { wavespeed: provider, rehearsal: { ...provider, name: 'rehearsal' } },
    }
  }
}
