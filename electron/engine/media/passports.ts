import { mkdir, open, readdir, readFile, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { PredictionId, Sha256, TakeId } from '../../../shared/ids.ts'
import { Clip, EpochMs } from '../../../shared/model.ts'
import { TakeOrigin } from '../domain/take-origin.ts'
import { syncFolder } from './clip-store.ts'

/** One take a clip belongs to, with everything that is needed to make the take again. */
export const PassportEntry = TakeOrigin.extend({
  takeId: TakeId,
  /** `12A-3` */
  slate: z.string(),
  predictionId: PredictionId.nullable(),
  submittedAt: EpochMs.nullable(),
  downloadedAt: EpochMs,
})
export type PassportEntry = z.infer<typeof PassportEntry>

/** The file beside a clip that says whose it is: `<library>/clips/ab/<sha256>.json`. */
export const Passport = Clip.extend({
  /** Version of the format. */
  passport: z.literal(1),
  takes: z.array(PassportEntry).min(1),
})
export type Passport = z.infer<typeof Passport>

/** What is in the clips folder, by content hash. */
export interface ClipFolder {
  readonly clips: ReadonlySet<Sha256>
  readonly passports: ReadonlySet<Sha256>
}

export interface Passports {
  /** Null when there is none or it cannot be read. */
  read(sha256: Sha256): Promise<Passport | null>
  /** Adds or replaces the entry of a take, durably. Codes of the file system. */
  add(clip: Clip, entry: PassportEntry): Promise<void>
  list(): Promise<ClipFolder>
}

/** @param dir of the library */
export function createPassports(dir: string): Passports {
  const clips = join(dir, 'clips')
  const pathOf = (sha256: Sha256) => join(clips, sha256.slice(0, 2), `${sha256}.json`)
  /** Two takes may get the same clip at once; their entries are written one after the other. */
  let last: Promise<unknown> = Promise.resolve()

  async function read(sha256: Sha256): Promise<Passport | null> {
    try {
      const passport = Passport.parse(JSON.parse(await readFile(pathOf(sha256), 'utf8')))
      return passport.sha256 === sha256 ? passport : null
    } catch {
      return null
    }
  }

  async function write(passport: Passport): Promise<void> {
    const path = pathOf(passport.sha256)
    const part = `${path}.part`
    await mkdir(dirname(path), { recursive: true })
    const file = await open(part, 'w')
    try {
      await file.writeFile(`${JSON.stringify(passport, null, 2)}\n`)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(part, path)
    await syncFolder(dirname(path))
  }

  return {
    read,
    add(clip, entry) {
      const work = last.then(async () => {
        const others = ((await read(clip.sha256))?.takes ?? []).filter(({ takeId }) => takeId !== entry.takeId)
        await write({ passport: 1, ...clip, takes: [...others, entry] })
      })
      last = work.catch(() => {})
      return work
    },
    async list() {
      const found = { clips: new Set<Sha256>(), passports: new Set<Sha256>() }
      for (const folder of await readdir(clips, { withFileTypes: true })) {
        if (!folder.isDirectory()) continue
        for (const name of await readdir(join(clips, folder.name))) {
          const [stem = '', extension] = name.split('.', 2)
          const sha256 = Sha256.safeParse(stem)
          if (!sha256.success || name.split('.').length !== 2) continue
          if (extension === 'mp4') found.clips.add(sha256.data)
          if (extension === 'json') found.passports.add(sha256.data)
        }
      }
      return found
    },
  }
}
