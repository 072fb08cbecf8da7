import { TakeboardError } from '../../../shared/errors.ts'
import { NoteId, PlaylistId, type ProjectId, type TakeId } from '../../../shared/ids.ts'
import type { Note, Playlist } from '../../../shared/review.ts'
import { slate } from '../domain/slate.ts'
import type { Handlers } from '../router.ts'
import { findScene } from '../store/boards.ts'
import type { ReadDb } from '../store/open-store.ts'
import { findNote, findPlaylist, putNote, putPlaylist, removeNote, removePlaylist } from '../store/review.ts'
import { the, type HandlerContext } from './context.ts'
import { patched } from './patched.ts'

type ReviewCalls = Pick<
  Handlers,
  'note.add' | 'note.update' | 'note.remove' | 'playlist.create' | 'playlist.update' | 'playlist.remove'
>

function theNote(db: ReadDb, id: NoteId): Note {
  const note = findNote(db, id)
  if (note === null) throw new TakeboardError('not-found', 'That note is no longer in the library.')
  return note
}

function thePlaylist(db: ReadDb, id: PlaylistId): Playlist {
  const playlist = findPlaylist(db, id)
  if (playlist === null) throw new TakeboardError('not-found', 'That playlist is no longer in the library.')
  return playlist
}

function mustBeInOrder({ from, to }: Pick<Note, 'from' | 'to'>): void {
  if (to < from) throw new TakeboardError('bad-input', 'The range of a note ends before it begins.')
}

/** Notes and playlists. Every change is an edit that can be undone; none touches a clip. */
export function reviewHandlers({ ports, store, history }: HandlerContext): ReviewCalls {
  const slateOf = (takeId: TakeId) => {
    const { take } = the.take(store.read, takeId)
    return slate(findScene(store.read, take.sceneId)?.number ?? '?', take.number)
  }

  function mustBeOf(projectId: ProjectId, takeIds: readonly TakeId[]): void {
    if (takeIds.some((id) => the.take(store.read, id).take.projectId !== projectId))
      throw new TakeboardError('bad-input', 'A playlist holds takes of its own project.')
  }

  return {
    'note.add': (given) => {
      mustBeInOrder(given)
      const { projectId } = the.take(store.read, given.takeId).take
      const note: Note = {
        ...given,
        id: NoteId.parse(ports.ids.next()),
        projectId,
        resolved: false,
        createdAt: ports.clock.now(),
      }
      return history.edit({ projectId, label: `add a note to take ${slateOf(given.takeId)}` }, (db, emit) => {
        putNote(db, note)
        emit('note.put', note)
        return { noteId: note.id }
      })
    },

    'note.update': ({ noteId, patch }) => {
      const { projectId, takeId } = theNote(store.read, noteId)
      const label = `change a note on take ${slateOf(takeId)}`
      return history.edit({ projectId, label, mergeKey: `note ${noteId}` }, (db, emit) => {
        const note = patched<Note>(theNote(db, noteId), patch)
        mustBeInOrder(note)
        putNote(db, note)
        emit('note.put', note)
        return {}
      })
    },

    'note.remove': ({ noteId }) => {
      const { projectId, takeId } = theNote(store.read, noteId)
      return history.edit({ projectId, label: `remove a note from take ${slateOf(takeId)}` }, (db, emit) => {
        removeNote(db, noteId)
        emit('note.removed', { projectId, noteId })
        return {}
      })
    },

    'playlist.create': (given) => {
      the.project(store.read, given.projectId)
      mustBeOf(given.projectId, given.takeIds)
      const playlist: Playlist = {
        ...given,
        id: PlaylistId.parse(ports.ids.next()),
        createdAt: ports.clock.now(),
      }
      return history.edit({ projectId: given.projectId, label: `make playlist ${given.title}` }, (db, emit) => {
        putPlaylist(db, playlist)
        emit('playlist.put', playlist)
        return { playlistId: playlist.id }
      })
    },

    'playlist.update': ({ playlistId, patch }) => {
      const { projectId, title } = thePlaylist(store.read, playlistId)
      mustBeOf(projectId, patch.takeIds ?? [])
      return history.edit({ projectId, label: `change playlist ${title}` }, (db, emit) => {
        const playlist = patched<Playlist>(thePlaylist(db, playlistId), patch)
        putPlaylist(db, playlist)
        emit('playlist.put', playlist)
        return {}
      })
    },

    'playlist.remove': ({ playlistId }) => {
      const { projectId, title } = thePlaylist(store.read, playlistId)
      return history.edit({ projectId, label: `remove playlist ${title}` }, (db, emit) => {
        removePlaylist(db, playlistId)
        emit('playlist.removed', { projectId, playlistId })
        return {}
      })
    },
  }
}
