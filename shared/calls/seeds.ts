import { z } from 'zod'
import { SavedSeedId } from '../ids.ts'
import { SavedSeed } from '../seed-bank.ts'
import { command, nothing } from './define.ts'

/** The seed bank. */
export const seedCalls = {
  'seed.save': command(
    SavedSeed.pick({ projectId: true, seed: true, name: true, character: true, stars: true, note: true, takeId: true }),
    z.strictObject({ savedSeedId: SavedSeedId }),
  ),
  'seed.update': command(
    z.strictObject({
      savedSeedId: SavedSeedId,
      patch: SavedSeed.pick({ name: true, character: true, stars: true, note: true }).partial(),
    }),
    nothing,
  ),
  'seed.remove': command(z.strictObject({ savedSeedId: SavedSeedId }), nothing),
} as const
