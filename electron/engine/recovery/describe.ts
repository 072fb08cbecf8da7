import type { WireError } from '../../../shared/errors.ts'
import { backupTime } from '../domain/backup-plan.ts'
import type { RecoveryNote } from '../store/recovery-note.ts'

const count = (n: number, one: string) => `${n} ${one}${n === 1 ? '' : 's'}`

/** `2026-03-04 05:06 UTC` */
export const utcMinute = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`

/** What happened to the library, in sentences. */
export function whatHappened(note: RecoveryNote): string {
  const parts = [note.reason]
  const made = note.from === null ? null : backupTime(note.from)
  if (made !== null) parts.push(`The backup of ${utcMinute(made)} was put in its place; later edits are not in it.`)
  if (note.empty) parts.push('There was no backup, so an empty library was begun.')
  if (note.recreated > 0) parts.push(`${count(note.recreated, 'take')} came back from the submission journal.`)
  if (note.relinked > 0)
    parts.push(`${count(note.relinked, 'clip')} found ${note.relinked === 1 ? 'its' : 'their'} take again.`)
  if (note.damaged.length > 0) parts.push(`What was there before is in ${note.damaged.join(', ')}.`)
  return parts.join(' ')
}

/** The same once more for the studio, with what is left to see to. @param waiting takes whose submission is unanswered */
export function newsOf(note: RecoveryNote, waiting: number): string {
  const still =
    waiting === 0
      ? 'No submission waits for its answer.'
      : `${count(waiting, 'take')} ${waiting === 1 ? 'waits' : 'wait'} in the queue, because ${waiting === 1 ? 'its' : 'their'} submission was never answered.`
  return `${whatHappened(note)} ${still}`
}

/** Why nothing is submitted after a recovery, and until when. */
export function offBecause(note: RecoveryNote): WireError {
  const parts = [whatHappened(note)]
  const orphans = note.orphans.filter(({ takeId }) => !note.known.includes(takeId)).length
  if (orphans > 0) {
    parts.push(
      `${count(orphans, 'submission')} in the journal could not be given a take and may have been charged; takeboard doctor lists them.`,
    )
  }
  const { length: awaiting } = note.awaiting
  if (awaiting > 0) {
    parts.push(
      `${count(awaiting, 'submission')} ${awaiting === 1 ? 'has' : 'have'} yet to be looked for at the service.`,
    )
  }
  parts.push(
    note.needsReading
      ? 'Resume when you have read this.'
      : 'Submissions go on by themselves when all were looked for, or when you resume.',
  )
  return { code: 'library-recovered', message: parts.join(' ') }
}
