import { TakeboardError } from '../../shared/errors.ts'
import { formatUsd } from '../../shared/money.ts'
import type { DoctorCheck } from './api.ts'
import { wireOf } from './jobs/job.ts'
import { compareWithService } from './live-checks.ts'
import type { ClipStore } from './media/clip-store.ts'
import type { ImageStore } from './media/image-store.ts'
import type { Ports } from './ports.ts'
import { listImages } from './store/casts.ts'
import { unbalancedProjects } from './store/ledger.ts'
import type { Store } from './store/open-store.ts'
import { listOpenTakes, listReadyTakes } from './store/takes.ts'
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'

const LOW_DISK_BYTES = 2 * 1024 ** 3
const gigabytes = (bytes: number) => `${(bytes / 1024 ** 3).toFixed(1)} GB`
const count = (n: number, one: string) => `${n} ${one}${n === 1 ? '' : 's'}`

interface DoctorContext {
  readonly ports: Ports
  readonly store: Store
  readonly clips: ClipStore
  readonly images: ImageStore
  readonly freeBytes: () => Promise<number>
}

/** Looks at everything that could be wrong with a library. Changes nothing, spends nothing. */
export async function examine(
  context: DoctorContext,
  { live = false }: { live?: boolean } = {},
): Promise<readonly DoctorCheck[]> {
  const { ports, store } = context
  const checks: DoctorCheck[] = []
  const say = (name: DoctorCheck['name'], state: DoctorCheck['state'], message: string) =>
    checks.push({ name, state, message })

  const faults = store.integrity()
  if (faults.length === 0) say('database', 'ok', 'The database is sound.')
  else
    say(
      'database',
      'problem',
      `The database is damaged: ${faults.slice(0, 3).join(' ')} Close Takeboard and open it again: it puts the newest good backup in place.`,
    )

  const unbalanced = unbalancedProjects(store.read)
  if (unbalanced.length === 0) say('ledger', 'ok', 'Every project total agrees with its ledger.')
  else
    say(
      'ledger',
      'problem',
      `The totals of ${count(unbalanced.length, 'project')} disagree with the ledger. Do not spend until this is cleared up.`,
    )

  const ready = listReadyTakes(store.read).flatMap(({ clip, clipGone }) => (clipGone || clip === null ? [] : [clip]))
  let lost = 0
  // One after the other: a library may hold more clips than a process may have files open.
  for (const clip of ready) if (!(await context.clips.verify(clip).catch(() => false))) lost++
  if (lost === 0) say('clips', 'ok', `${count(ready.length, 'clip')}, all there and unchanged.`)
  else
    say(
      'clips',
      'problem',
      `${count(lost, 'clip')} of ${ready.length} missing or changed. Download them again from the take's menu while the service still has them (about 7 days).`,
    )

  const images = listImages(store.read)
  const kept = await Promise.all(
    images.map(async ({ sha256, mime }) => {
      const bytes = await readFile(context.images.path(sha256, mime)).catch(() => null)
      return bytes !== null && createHash('sha256').update(bytes).digest('hex') === sha256
    }),
  )
  const gone = kept.filter((ok) => !ok).length
  if (gone === 0) say('images', 'ok', `${count(images.length, 'reference image')}, all there and unchanged.`)
  else
    say('images', 'problem', `${count(gone, 'reference image')} missing or changed. Add the files to the cast again.`)

  const key = ports.secrets.status()
  if (key.present)
    say('key', key.caveat === null ? 'ok' : 'warning', `An API key is set (${key.source}). ${key.caveat ?? ''}`.trim())
  else
    say(
      'key',
      'warning',
      'No API key is set, so only rehearsal works. Set WAVESPEED_API_KEY or add the key in Settings.',
    )

  if (key.present) {
    try {
      say(
        'provider',
        'ok',
        `WaveSpeed answers; the account balance is ${formatUsd(await ports.providers.wavespeed.balance())}.`,
      )
    } catch (error) {
      const refused = error instanceof TakeboardError && error.code === 'key-rejected'
      say('provider', refused ? 'problem' : 'warning', wireOf(error).message)
    }
  } else {
    say('provider', 'ok', 'WaveSpeed was not asked, since there is no key. Rehearsal is ready.')
  }

  if (live) checks.push(...(await compareWithService(ports.providers.wavespeed)))

  const free = await context.freeBytes()
  if (free > LOW_DISK_BYTES) say('disk', 'ok', `${gigabytes(free)} are free where the library is.`)
  else say('disk', 'warning', `Only ${gigabytes(free)} are free where the library is; submissions stop below 0.25 GB.`)

  const unconfirmed = listOpenTakes(store.read).filter(({ state }) => state.phase === 'unconfirmed').length
  if (unconfirmed === 0) say('takes', 'ok', 'No take waits for a decision.')
  else
    say(
      'takes',
      'warning',
      `${count(unconfirmed, 'take')} with an unknown submission outcome. See takeboard status, settle with takeboard resolve.`,
    )
  return checks
}
