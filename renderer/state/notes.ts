import type { TakeId } from '../../shared/ids.ts'
import type { Note } from '../../shared/review.ts'
import type { ProjectView } from './apply-event.ts'

/** The notes on a take, in the order of their frames. */
export const notesOn = (view: Pick<ProjectView, 'notes'>, takeId: TakeId): readonly Note[] =>
  [...view.notes.values()]
    .filter((note) => note.takeId === takeId)
    .sort((a, b) => a.from - b.from || a.createdAt - b.createdAt)
