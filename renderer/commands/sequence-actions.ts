import { announce } from '../common/announcer.ts'
import type { PlaylistId, TakeId } from '../../shared/ids.ts'
import {
  freeTitle,
  movedTo,
  type PlaylistNow,
  type PlaylistSource,
  playlistsOf,
  readPlaylist,
} from '../state/playlist.ts'
import { currentView } from '../state/projection.ts'
import { attempt, call } from '../state/requests.ts'
import { useReview } from '../state/review.ts'
import { takeSlate } from '../state/seed-sources.ts'
import { activeStoryboard, plural } from '../state/selectors.ts'
import { chooseSource, pieceAt, useSequence } from '../state/sequence.ts'
import { showView, useUi } from '../state/ui-store.ts'
import { showToast } from '../ui/toast.tsx'
import { reviewNow } from './review-now.ts'
import { toastWithUndo } from './undo.ts'

/** What is played: what was chosen while it is there, else the storyboard that is open. Null without one. */
export function playlistNow(): PlaylistNow | null {
  const view = currentView()
  if (!view) return null
  const { source } = useSequence.getState()
  const chosen = source && readPlaylist(view, source)
  if (chosen) return chosen
  const storyboard = activeStoryboard(view, useUi.getState().storyboardId)
  return storyboard && readPlaylist(view, { kind: 'board', storyboardId: storyboard.id })
}

/** Opens the view; with a source at its first frame. */
export function openSequence(source?: PlaylistSource): void {
  if (source) chooseSource(source)
  showView('sequence')
}

/** Opens what is exported, or how it goes. */
export function showExport(): void {
  openSequence()
  useSequence.setState({ exportOpen: true })
}

/** The take that is looked at in the review room; null elsewhere. */
export function takeInSight(): { readonly takeId: TakeId; readonly slate: string } | null {
  const { view: screen, startOpen } = useUi.getState()
  const now = screen === 'review' && !startOpen ? reviewNow() : null
  const take = now?.takes[useReview.getState().active] ?? now?.takes[0]
  return now && take ? { takeId: take.id, slate: takeSlate(now.view, take) } : null
}

/** Makes a list and shows it, its name ready to be written. */
export async function makePlaylist(takeIds: readonly TakeId[], title?: string): Promise<void> {
  const view = currentView()
  if (!view) return
  const name = freeTitle(view, title)
  const made = await attempt(() =>
    call('playlist.create', { projectId: view.project.id, title: name, takeIds: [...takeIds] }),
  )
  if (!made) return
  openSequence({ kind: 'list', playlistId: made.playlistId })
  useSequence.setState({ naming: made.playlistId })
  announce(`${name} made with ${plural(takeIds.length, 'take')}`)
}

/** The order that changes under way lead to, so that keys pressed faster than the engine answers add up. */
let coming: {
  readonly id: PlaylistId
  readonly takeIds: readonly TakeId[]
  /** Where the moved one will be. */
  readonly at: number | null
  readonly turn: number
} | null = null
let turns = 0

/** @returns whether it was changed */
async function change(
  id: PlaylistId,
  next: (takeIds: readonly TakeId[]) => readonly TakeId[],
  at: number | null = null,
): Promise<boolean> {
  const list = currentView()?.playlists.get(id)
  if (!list) return false
  const now = coming?.id === id ? coming.takeIds : list.takeIds
  const takeIds = next(now)
  if (takeIds === now) return false
  const turn = ++turns
  coming = { id, takeIds, at, turn }
  const done = await attempt(() => call('playlist.update', { playlistId: id, patch: { takeIds: [...takeIds] } }))
  if (coming?.turn === turn) coming = null
  return done !== null
}

/** Adds takes at the end of a list, and says so where the list is not in sight. */
export async function addToPlaylist(id: PlaylistId, takeIds: readonly TakeId[]): Promise<void> {
  if (!(await change(id, (before) => [...before, ...takeIds]))) return
  const title = currentView()?.playlists.get(id)?.title ?? ''
  const text = `${plural(takeIds.length, 'take')} added to ${title}`
  announce(text)
  if (useUi.getState().view === 'sequence') return
  showToast({
    kind: 'info',
    id: 'edit',
    title: text,
    action: { label: 'Show', run: () => openSequence({ kind: 'list', playlistId: id }) },
  })
}

/** The list put together by hand that is shown; null for others. */
export function shownList(): { readonly id: PlaylistId; readonly now: PlaylistNow } | null {
  const now = playlistNow()
  return now?.source.kind === 'list' ? { id: now.source.playlistId, now } : null
}

/** The entry in sight, or where it will be once what was asked for has happened. */
export const entryInSight = (): number => coming?.at ?? pieceAt(useSequence.getState())

/** Moves an entry of the list that is shown. @param to the place it then has */
export async function moveEntry(from: number, to: number): Promise<void> {
  const list = shownList()
  const entry = list?.now.entries[from]
  if (!list || !entry || to < 0 || to >= list.now.entries.length || to === from) return
  if (await change(list.id, (before) => movedTo(before, from, to), to))
    announce(`${entry.slate} moved to position ${to + 1} of ${list.now.entries.length}`)
}

/** Takes an entry out of the list that is shown. The take itself stays. */
export async function removeEntry(index: number): Promise<void> {
  const list = shownList()
  const entry = list?.now.entries[index]
  if (!list || !entry) return
  if (await change(list.id, (before) => before.toSpliced(index, 1)))
    toastWithUndo(`${entry.slate} taken out of ${list.now.title}`)
}

export async function renamePlaylist(id: PlaylistId, title: string): Promise<void> {
  await attempt(() => call('playlist.update', { playlistId: id, patch: { title } }))
}

/** Takes a list away. Its takes stay. */
export async function removePlaylist(id: PlaylistId): Promise<void> {
  const title = currentView()?.playlists.get(id)?.title
  if (title === undefined) return
  if (await attempt(() => call('playlist.remove', { playlistId: id }))) toastWithUndo(`${title} removed`)
}

/** Lists a take can be added to. */
export const lists = (): ReturnType<typeof playlistsOf> => {
  const view = currentView()
  return view ? playlistsOf(view) : []
}
