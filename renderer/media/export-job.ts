import { create } from 'zustand'
import { TakeboardError } from '../../shared/errors.ts'
import type { TakeId } from '../../shared/ids.ts'
import type { ClipProblem } from '../../shared/clip-facts.ts'
import type { ClipForm, ExportedFile, SequencePlan, UnfitClip } from '../../shared/sequence.ts'
import { media } from '../state/media.ts'
import { call, errorText } from '../state/requests.ts'
import { ExportFailure, makeFile } from './export-client.ts'
import type { Encoders } from './sequence-encode.ts'

/** A clip on its way into a file. */
export interface ExportClip {
  readonly takeId: TakeId
  /** Such as `12A-3`. */
  readonly slate: string
  readonly url: string
  readonly form: ClipForm
  /** Empty for nothing written into its pictures. */
  readonly texts: readonly string[]
}

/** What is to become a file. */
export interface ExportWish {
  /** Name of the file, without its ending. */
  readonly title: string
  readonly clips: readonly ExportClip[]
  readonly plan: SequencePlan
  readonly encoders: Encoders
  readonly slateFrames: number | null
}

/** Where the one export of this window stands. */
export type ExportJob =
  | { readonly phase: 'none' }
  /** Clips are read from end to end before anything is written. */
  | { readonly phase: 'checking' | 'making'; readonly title: string; readonly done: number; readonly total: number }
  | { readonly phase: 'done'; readonly title: string; readonly file: ExportedFile }
  | { readonly phase: 'failed'; readonly title: string; readonly problem: string; readonly text: string }

export const useExportJob = create<{ readonly job: ExportJob }>(() => ({ job: { phase: 'none' } }))
const put = (job: ExportJob) => useExportJob.setState({ job })

let running: AbortController | null = null

/** Forgets how the last one ended. */
export const forgetExport = (): void => {
  if (!running) put({ phase: 'none' })
}

/** Gives up; nothing is left of the file. */
export const cancelExport = (): void => running?.abort(new Error('The export was cancelled.'))

const WORDS: Readonly<Record<ClipProblem, string>> = {
  missing: 'is missing',
  changed: 'was changed since it was downloaded',
  unreadable: 'cannot be read',
}

/** Names clips that cannot be used: `The clip of 12A-3 is missing.` */
export const problemsText = (bad: readonly { readonly slate: string; readonly problem: ClipProblem }[]): string =>
  [
    ...bad.slice(0, 4).map(({ slate, problem }) => `The clip of ${slate} ${WORDS[problem]}.`),
    ...(bad.length > 4 ? [`So are ${bad.length - 4} more.`] : []),
  ].join(' ')

/** Clips checked with one question. */
const AT_ONCE = 8

/** @throws TakeboardError not-found with the clips that are not as they were downloaded */
async function check({ title, clips }: ExportWish, signal: AbortSignal): Promise<void> {
  const slates = new Map(clips.map(({ takeId, slate }) => [takeId, slate]))
  const takeIds = [...slates.keys()]
  const bad: UnfitClip[] = []
  for (let from = 0; from < takeIds.length; from += AT_ONCE) {
    put({ phase: 'checking', title, done: from, total: takeIds.length })
    bad.push(...(await call('sequence.check', { takeIds: takeIds.slice(from, from + AT_ONCE) })).bad)
    signal.throwIfAborted()
  }
  if (bad.length > 0)
    throw new TakeboardError(
      'not-found',
      `${problemsText(bad.map(({ takeId, problem }) => ({ slate: slates.get(takeId) ?? '?', problem })))} Nothing was written.`,
    )
}

function failureOf(error: unknown): { readonly problem: string; readonly text: string } {
  if (error instanceof ExportFailure)
    return error.kind === 'out-of-reach'
      ? {
          problem: 'A clip could not be read',
          text: 'The studio did not hand out its bytes. Nothing is left of the file.',
        }
      : { problem: 'The file could not be made', text: `${error.message} Nothing is left of the file.` }
  const { title, text } = errorText(error)
  return { problem: title, text }
}

async function make(wish: ExportWish, signal: AbortSignal): Promise<ExportedFile> {
  const { title, clips, plan, encoders, slateFrames } = wish
  await check(wish, signal)
  const total = plan.frames
  put({ phase: 'making', title, done: 0, total })
  const id = await media().beginExport(title)
  const drop = () =>
    void media()
      .dropExport(id)
      .catch(() => {})
  window.addEventListener('pagehide', drop)
  try {
    signal.throwIfAborted()
    const bytes = await makeFile(
      {
        clips: clips.map(({ url, form, texts }) => ({ url, form, slate: texts })),
        plan,
        encoders,
        slateFrames,
      },
      {
        write: (at, piece) => media().writeExport(id, at, piece),
        onFrames: (done) => put({ phase: 'making', title, done, total }),
        signal,
      },
    )
    signal.throwIfAborted()
    return await media().finishExport(id, bytes)
  } catch (error) {
    await media()
      .dropExport(id)
      .catch(() => {
        // The host takes it away by itself, in a while or at its next start.
      })
    throw error
  } finally {
    window.removeEventListener('pagehide', drop)
  }
}

/** Makes a file, unless one is being made. How it goes is told by `useExportJob`. */
export async function startExport(wish: ExportWish): Promise<ExportJob> {
  if (running) return useExportJob.getState().job
  running = new AbortController()
  const { signal } = running
  try {
    put({ phase: 'done', title: wish.title, file: await make(wish, signal) })
  } catch (error) {
    put(signal.aborted ? { phase: 'none' } : { phase: 'failed', title: wish.title, ...failureOf(error) })
  } finally {
    running = null
  }
  return useExportJob.getState().job
}
