import type { Sha256 } from '../../../shared/ids.ts'
import type { Take } from '../../../shared/model.ts'
import type { DoctorCheck } from '../api.ts'
import type { Passports } from '../media/passports.ts'
import { newestGoodBackup } from '../store/backups.ts'
import type { JournalRecord } from '../store/journal.ts'
import type { Store } from '../store/open-store.ts'
import { readNote } from '../store/recovery-note.ts'
import { listReadyTakes } from '../store/takes.ts'
import type { BackupSchedule } from './backup-schedule.ts'
import { offBecause, utcMinute, whatHappened } from './describe.ts'
import { unlinkedTakes } from './relink.ts'
import { orphansOf } from './replay.ts'

interface CheckContext {
  readonly library: string
  readonly store: Store
  readonly passports: Passports
  readonly backups: BackupSchedule
  readonly journal: () => readonly JournalRecord[]
  readonly seq: () => number
  readonly now: () => number
}

const count = (n: number, one: string) => `${n} ${one}${n === 1 ? '' : 's'}`
const REPAIR = 'takeboard doctor --repair'

/** `12 minutes`, `3 hours`, `5 days` */
function age(ms: number): string {
  const minutes = Math.max(0, Math.round(ms / 60_000))
  if (minutes < 120) return count(minutes, 'minute')
  return minutes < 48 * 60 ? count(Math.round(minutes / 60), 'hour') : count(Math.round(minutes / 1440), 'day')
}

function backupCheck({ library, backups, seq, now }: CheckContext): DoctorCheck {
  const failure = backups.failure()
  const good = newestGoodBackup(library)
  const newest = good === null ? 'There is no good backup' : `The newest good backup is ${age(now() - good.at)} old`
  if (failure !== null)
    return { name: 'backups', state: 'warning', message: `${newest}; the latest try failed: ${failure.message}` }
  if (good === null && seq() > 0)
    return { name: 'backups', state: 'warning', message: `${newest} of this library yet.` }
  return {
    name: 'backups',
    state: 'ok',
    message: good === null ? 'There is nothing to back up yet.' : `${newest} (${good.name}).`,
  }
}

/**
 * Ready takes whose clip is here without a passport.
 * @param thorough reads every passport, and counts those that do not name the take as missing
 */
export async function takesWithoutPassport(
  { store, passports }: Pick<CheckContext, 'store' | 'passports'>,
  thorough: boolean,
): Promise<readonly Take[]> {
  const folder = await passports.list()
  const missing: Take[] = []
  for (const take of listReadyTakes(store.read)) {
    const sha256 = take.clip?.sha256
    if (sha256 === undefined || !folder.clips.has(sha256)) continue
    const there = folder.passports.has(sha256)
    const named =
      thorough && there ? (await passports.read(sha256))?.takes.some(({ takeId }) => takeId === take.id) : there
    if (named !== true) missing.push(take)
  }
  return missing
}

async function clipChecks(context: CheckContext): Promise<readonly DoctorCheck[]> {
  const { store, passports } = context
  const ready = listReadyTakes(store.read)
  const missing = (await takesWithoutPassport(context, true)).length
  const unlinked = await unlinkedTakes(context)
  const { clips } = await passports.list()
  const named = new Set<Sha256>(ready.flatMap(({ clip }) => clip?.sha256 ?? []))
  for (const { clip } of unlinked) named.add(clip.sha256)
  const strangers = [...clips].filter((sha256) => !named.has(sha256)).length
  const passport: DoctorCheck =
    missing === 0
      ? { name: 'passports', state: 'ok', message: 'Every clip has its passport beside it.' }
      : {
          name: 'passports',
          state: 'warning',
          message: `${count(missing, 'clip')} without a passport. ${REPAIR} writes ${missing === 1 ? 'it' : 'them'}.`,
        }
  const orphans = []
  if (unlinked.length > 0) orphans.push(`${count(unlinked.length, 'clip')} can be given back to its take by ${REPAIR}.`)
  if (strangers > 0)
    orphans.push(`${count(strangers, 'clip')} in the clips folder belongs to no take and is kept as it is.`)
  return [
    passport,
    orphans.length === 0
      ? { name: 'orphans', state: 'ok', message: 'Every clip in the library folder belongs to a take.' }
      : { name: 'orphans', state: 'warning', message: orphans.join(' ') },
  ]
}

function journalChecks({ library, store, journal }: CheckContext): readonly DoctorCheck[] {
  const orphans = orphansOf(store.read, journal())
  const note = readNote(library)
  const known = new Set(note?.known)
  const news = orphans.filter(({ takeId }) => !known.has(takeId))
  const lines = orphans.map(({ at, seed, predictionId }) => {
    const job = predictionId === null ? 'never answered' : `job ${predictionId}`
    return `sent ${utcMinute(at)}, seed ${seed}, ${job}`
  })
  const checks: DoctorCheck[] = [
    orphans.length === 0
      ? { name: 'journal', state: 'ok', message: 'Every submission in the journal has its take.' }
      : {
          name: 'journal',
          state: news.length > 0 ? 'problem' : 'warning',
          message: `${count(orphans.length, 'submission')} in the journal without a take, which may have been charged: ${lines.join('; ')}. Look for them on the website of the service.`,
        },
  ]
  if (note?.stage === 'off') checks.push({ name: 'recovery', state: 'warning', message: offBecause(note).message })
  else if (note !== null)
    checks.push({ name: 'recovery', state: 'ok', message: `Recovered ${utcMinute(note.at)}. ${whatHappened(note)}` })
  return checks
}

/** What doctor says of backups, passports, clips without takes and submissions without takes. Changes nothing. */
export async function recoveryChecks(context: CheckContext): Promise<readonly DoctorCheck[]> {
  await context.backups.settled()
  return [backupCheck(context), ...(await clipChecks(context)), ...journalChecks(context)]
}
