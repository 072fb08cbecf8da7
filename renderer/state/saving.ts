import { create } from 'zustand'
import { CALLS, type CallName } from '../../shared/contract.ts'
import { type ErrorCode, TakeboardError } from '../../shared/errors.ts'

/** How a text stands: the same as saved, not yet sent, on its way, or refused. */
export type DraftState = 'saved' | 'dirty' | 'saving' | 'failed'

interface OpenDraft {
  readonly state: DraftState
  flush(): void
}

/** What of the artist's work is not yet in the library. */
export interface Saving {
  /** Edits asked of the engine and not answered. */
  readonly pending: number
  /** Texts being written, by a number of their own, while they differ from what is saved. */
  readonly drafts: ReadonlyMap<number, OpenDraft>
  /** The last edit that the library could not take; forgotten once one is taken. */
  readonly failure: { readonly reason: string; again(): void } | null
}

export const useSaving = create<Saving>(() => ({ pending: 0, drafts: new Map(), failure: null }))

export type SaveState =
  | { readonly kind: 'saved' }
  | { readonly kind: 'saving' }
  | { readonly kind: 'failed'; readonly reason: string; again(): void }

/** What the mark in the top bar says. */
export function saveState({ pending, drafts, failure }: Saving): SaveState {
  const failed = [...drafts.values()].filter((draft) => draft.state === 'failed')
  if (failed.length > 0) {
    return {
      kind: 'failed',
      reason: failure?.reason ?? 'the text was refused',
      again: () => failed.forEach((draft) => draft.flush()),
    }
  }
  if (pending > 0 || drafts.size > 0) return { kind: 'saving' }
  return failure ? { kind: 'failed', ...failure } : { kind: 'saved' }
}

const TOPICS = new Set(['project', 'storyboard', 'scene', 'cast', 'reference', 'take', 'seed', 'edit', 'settings'])
/** Commands on takes that ask the service rather than change the artist's work. */
const NOT_EDITS = new Set<CallName>([
  'take.lookFor',
  'take.locate',
  'take.download',
  'take.cancel',
  'project.openSample',
])

/** True of calls that change the artist's work. */
export const isEdit = (name: CallName): boolean =>
  CALLS[name].kind === 'command' && TOPICS.has(name.split('.')[0] ?? '') && !NOT_EDITS.has(name)

/** Refusals that are no fault of the edit: the same one may pass later. */
const REASONS: Readonly<Partial<Record<ErrorCode, string>>> = {
  'disk-full': 'the disk is full',
  'library-unwritable': 'the library folder cannot be written',
  'library-damaged': 'the library is damaged',
  disconnected: 'the studio is not connected',
  internal: 'something went wrong',
}

/** Follows an edit from being asked for to being saved. @param again asks for it once more */
export function followEdit(done: Promise<unknown>, again: () => void): void {
  useSaving.setState(({ pending }) => ({ pending: pending + 1 }))
  done.then(
    () => useSaving.setState(({ pending }) => ({ pending: pending - 1, failure: null })),
    (error: unknown) => {
      const code = error instanceof TakeboardError ? error.code : 'internal'
      const reason = REASONS[code]
      useSaving.setState(({ pending, failure }) => ({
        pending: pending - 1,
        failure: reason === undefined ? failure : { reason, again },
      }))
    },
  )
}

let nextDraft = 1

/** Follows a text being written. @returns says how it stands now */
export function followDraft(flush: () => void): (state: DraftState) => void {
  const id = nextDraft++
  return (state) =>
    useSaving.setState(({ drafts }) => {
      if (state === 'saved' && !drafts.has(id)) return {}
      const next = new Map(drafts)
      if (state === 'saved') next.delete(id)
      else next.set(id, { state, flush })
      return { drafts: next }
    })
}
