import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { TakeId } from '../../../shared/ids.ts'
import type { DoctorCheck } from '../api.ts'
import { canDownloadAgain } from '../domain/take-machine.ts'
import { wireOf } from '../jobs/job.ts'
import { findTake } from '../store/takes.ts'
import { takesWithoutPassport } from './checks.ts'
import { passportOf } from './origin.ts'
import { relinkClips, type RelinkContext } from './relink.ts'

export interface RepairContext extends RelinkContext {
  readonly library: string
  readonly signal: AbortSignal
}

const count = (n: number, one: string) => `${n} ${one}${n === 1 ? '' : 's'}`

/** Writes the passports that are missing, from the database. @returns how many, and the first failure */
export async function writePassports(
  context: RepairContext,
  thorough: boolean,
): Promise<{ written: number; failure: string | null }> {
  const { store, passports, signal } = context
  let written = 0
  for (const take of await takesWithoutPassport(context, thorough)) {
    if (signal.aborted) break
    const passport = passportOf(store.read, take)
    if (passport === null) continue
    try {
      await passports.add(passport.clip, passport.entry)
      written++
    } catch (error) {
      return { written, failure: wireOf(error).message }
    }
  }
  return { written, failure: null }
}

/** Removes what is left of downloads whose takes are done: ready, cancelled, or failed without a clip to fetch. */
async function removeStaleParts({ library, store }: RepairContext): Promise<number> {
  const dir = join(library, 'parts')
  let removed = 0
  for (const name of await readdir(dir)) {
    const takeId = /^(.+)\.part(\.json)?$/.exec(name)?.[1]
    const stored = takeId === undefined ? null : findTake(store.read, takeId as TakeId)
    const phase = stored?.state.phase
    const done =
      phase === 'ready' ||
      phase === 'cancelled' ||
      (phase === 'failed' && stored !== null && !canDownloadAgain(stored.state))
    if (!done) continue
    await rm(join(dir, name), { force: true })
    removed++
  }
  return removed
}

/**
 * Puts right what can be put right safely: missing passports are written, clips without takes are given back to them,
 * part files of takes that are done are removed. Never deletes a clip, never sends anything. Money moves only to say
 * what was already paid for a clip that is found again.
 */
export async function repairLibrary(context: RepairContext): Promise<readonly DoctorCheck[]> {
  const relinked = await relinkClips(context)
  const { written, failure } = await writePassports(context, true)
  const removed = await removeStaleParts(context)
  return [
    {
      name: 'orphans',
      state: 'ok',
      message: `${count(relinked, 'clip')} given back to ${relinked === 1 ? 'its take' : 'their takes'}.`,
    },
    failure === null
      ? { name: 'passports', state: 'ok', message: `${count(written, 'passport')} written.` }
      : { name: 'passports', state: 'problem', message: `${count(written, 'passport')} written, then: ${failure}` },
    { name: 'clips', state: 'ok', message: `${count(removed, 'part file')} of finished takes removed.` },
  ]
}
