import { z } from 'zod'
import { NoteId, PlaylistId, TakeId } from '../ids.ts'
import { Judgement } from '../model.ts'
import { Note, Playlist } from '../review.ts'
import { UnfitClip } from '../sequence.ts'
import { command, nothing, query } from './define.ts'

/** Notes, playlists and judgement of several takes at once. All of it can be undone. */
export const reviewCalls = {
  'note.add': command(
    Note.pick({ takeId: true, from: true, to: true, text: true, strokes: true }),
    z.strictObject({ noteId: NoteId }),
  ),
  'note.update': command(
    z.strictObject({
      noteId: NoteId,
      patch: Note.pick({ from: true, to: true, text: true, strokes: true, resolved: true }).partial(),
    }),
    nothing,
  ),
  'note.remove': command(z.strictObject({ noteId: NoteId }), nothing),
  /** Judges takes of one project alike: one step of undo. */
  'take.judge': command(
    z.strictObject({ takeIds: z.array(TakeId).min(1).max(5000), patch: Judgement.partial() }),
    nothing,
  ),
  'playlist.create': command(
    Playlist.pick({ projectId: true, title: true, takeIds: true }),
    z.strictObject({ playlistId: PlaylistId }),
  ),
  'playlist.update': command(
    z.strictObject({ playlistId: PlaylistId, patch: Playlist.pick({ title: true, takeIds: true }).partial() }),
    nothing,
  ),
  'playlist.remove': command(z.strictObject({ playlistId: PlaylistId }), nothing),
  /** Reads the clips of takes from end to end, before something is made of them. */
  'sequence.check': query(
    z.strictObject({ takeIds: z.array(TakeId).min(1).max(500) }),
    z.strictObject({ bad: z.array(UnfitClip) }),
  ),
} as const
