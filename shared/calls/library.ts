import { z } from 'zod'
import { ProjectId, TakeId } from '../ids.ts'
import { EpochMs, ProviderName, Take } from '../model.ts'
import { UsdMicros } from '../money.ts'
import { TakeLabel } from '../review.ts'
import { ClipProblem } from '../clip-facts.ts'
import { command, nothing, query } from './define.ts'

/** A take as the media browser shows it: with the names of where it belongs. */
const LibraryTake = z.strictObject({
  take: Take,
  /** `12A-3`, with the label a scene had when it was removed. */
  slate: z.string(),
  scene: z.string(),
  storyboard: z.string(),
  project: z.string(),
  picked: z.boolean(),
})
export type LibraryTake = z.infer<typeof LibraryTake>

const LibrarySearch = z.strictObject({
  /** Words that must all occur in the prompt, the scene's title or at the start of the slate. */
  text: z.string().max(200),
  projectId: ProjectId.nullable(),
  /** A name from the cast that the take was made with. */
  character: z.string().max(60).nullable(),
  seed: z.number().int().nullable(),
  minRating: z.number().int().min(0).max(5),
  /** `gone`: the clip was moved to the system's bin. */
  state: z.enum(['all', 'picked', 'rejected', 'unrated', 'gone']),
  label: TakeLabel.nullable(),
  provider: ProviderName.nullable(),
  /** When the take was finished, both ends included. */
  from: EpochMs.nullable(),
  to: EpochMs.nullable(),
  minPrice: UsdMicros.nullable(),
  maxPrice: UsdMicros.nullable(),
  sort: z.enum(['newest', 'oldest', 'rating', 'price', 'seed']),
  offset: z.number().int().nonnegative(),
  limit: z.number().int().min(1).max(500),
})
export type LibrarySearch = z.infer<typeof LibrarySearch>

const LibraryUsage = z.strictObject({
  /** Clips that takes need, and their bytes. */
  clips: z.number().int(),
  clipBytes: z.number().int(),
  imageBytes: z.number().int(),
  /** Pictures that can be made again. */
  cacheBytes: z.number().int(),
  databaseBytes: z.number().int(),
  backupBytes: z.number().int(),
  /** Sequences that were exported. */
  exportBytes: z.number().int(),
  /** Free for this program on the disk of the library. */
  freeBytes: z.number().int(),
  /** Rejected takes, not picked, whose clips no other take has: what may be moved to the bin. At most 5000. */
  cleanable: z.strictObject({ takeIds: z.array(TakeId), bytes: z.number().int() }),
})
export type LibraryUsage = z.infer<typeof LibraryUsage>

const BadClip = z.strictObject({ found: LibraryTake, problem: ClipProblem })
export type BadClip = z.infer<typeof BadClip>

/** The clips of every project together, and the disk they are on. */
export const libraryCalls = {
  /** Finished takes of all projects that match everything given. */
  'library.search': query(LibrarySearch, z.strictObject({ total: z.number().int(), takes: z.array(LibraryTake) })),
  /** The names of the cast that finished takes were made with, in order. */
  'library.characters': query(nothing, z.array(z.string())),
  /** Bytes of the library by kind, and what could be cleaned. */
  'library.usage': query(nothing, LibraryUsage),
  /**
   * Moves the clips of rejected takes to the system's bin; the takes stay, with their requests. `kept`: what stayed
   * although it was asked for, in sentences. Codes: bin-unavailable, conflict.
   */
  'library.clean': command(
    z.strictObject({ takeIds: z.array(TakeId).min(1).max(5000) }),
    z.strictObject({ moved: z.number().int(), bytes: z.number().int(), kept: z.array(z.string()) }),
  ),
  /** Empties the cache of pictures, which are made again when they are looked at. */
  'library.clearCache': command(nothing, z.strictObject({ bytes: z.number().int() })),
  /** Reads clips and compares them with their hashes, a stretch of all takes at a time, oldest first. */
  'library.verify': query(
    z.strictObject({ offset: z.number().int().nonnegative(), limit: z.number().int().min(1).max(200) }),
    z.strictObject({ checked: z.number().int(), total: z.number().int(), bad: z.array(BadClip) }),
  ),
  /**
   * Copies the library to another folder of this machine, checks the copy and only then gives it its name. The old one
   * stays until it is removed by hand. `missing`: clips of takes that were not there to copy; `changed`: clips that are
   * not what they were when they were stored. Codes: bad-input, conflict, disk-full, library-unwritable.
   */
  'library.copyTo': command(
    z.strictObject({ path: z.string().min(1).max(4096) }),
    z.strictObject({
      path: z.string(),
      files: z.number().int(),
      bytes: z.number().int(),
      missing: z.number().int(),
      changed: z.number().int(),
    }),
  ),
  /** Reads all of a take's clip and compares it with its hash; null when it is the one that was stored, or none was. */
  'take.checkClip': query(z.strictObject({ takeId: TakeId }), z.strictObject({ problem: ClipProblem.nullable() })),
  /**
   * Puts a clip that was found again back in its place, when it is the one the take was stored with.
   * Codes: bad-input for a file that is not it, or cannot be read; disk-full.
   */
  'take.locate': command(z.strictObject({ takeId: TakeId, path: z.string().min(1).max(4096) }), nothing),
  /**
   * Shows the clip of a take in the file manager of the studio's machine. `shown`: false where nobody would see it, as
   * on a machine without a screen. Codes: not-found when the take has no clip, or its file is gone.
   */
  'take.reveal': query(z.strictObject({ takeId: TakeId }), z.strictObject({ shown: z.boolean(), path: z.string() })),
} as const
