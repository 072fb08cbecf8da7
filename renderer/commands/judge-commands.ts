import type { Take } from '../../shared/model.ts'
import { notesOn } from '../state/notes.ts'
import { seekReview, useReview } from '../state/review.ts'
import { useUi } from '../state/ui-store.ts'
import type { Command } from './registry.ts'
import { reviewNow } from './review-now.ts'
import { pickTake, rateTake, rejectTake } from './scene-actions.ts'
import { lockSeedOf } from './take-actions.ts'

/** The take that is looked at in the review room; null elsewhere. */
function judged(): { readonly take: Take; readonly now: NonNullable<ReturnType<typeof reviewNow>> } | null {
  const { view, startOpen } = useUi.getState()
  const now = view === 'review' && !startOpen ? reviewNow() : null
  const take = now?.takes[useReview.getState().active] ?? now?.takes[0]
  return now && take ? { take, now } : null
}

const judging = (
  id: string,
  title: string,
  keys: readonly string[],
  act: (take: Take, now: NonNullable<ReturnType<typeof reviewNow>>) => void,
  rest: Partial<Command> = {},
): Command => ({
  id: `review.${id}`,
  title,
  group: 'Review',
  keys,
  when: () => judged() !== null,
  run() {
    const at = judged()
    if (at) act(at.take, at.now)
  },
  ...rest,
})

function goToNote(take: Take, now: NonNullable<ReturnType<typeof reviewNow>>, by: -1 | 1): void {
  const { frame } = useReview.getState()
  const frames = notesOn(now.view, take.id).map(({ from }) => from)
  const next = by === 1 ? frames.find((from) => from > frame) : frames.findLast((from) => from < frame)
  if (next !== undefined) seekReview(next)
}

/** What is said of the take in sight: rating, pick, rejection, seed and notes. */
export const judgeCommands = (): readonly Command[] => [
  ...[1, 2, 3, 4, 5].map((rating) =>
    judging(`rate${rating}`, `Rate ${rating}`, [String(rating)], (take) => rateTake(take.id, rating), {
      family: 'Rating',
    }),
  ),
  judging('rate0', 'No rating', ['0'], (take) => rateTake(take.id, 0), { family: 'Rating' }),
  judging('pick', 'Pick or unpick', ['p'], (take, { scene }) =>
    pickTake(take.sceneId, scene.pickTakeId === take.id ? null : take.id),
  ),
  judging('reject', 'Reject or take it back', ['x'], (take) => rejectTake(take.id, !take.rejected)),
  judging('reuseSeed', 'Use this seed for the scene', ['Shift+r'], (take) => void lockSeedOf(take, [take.sceneId])),
  judging('note', 'Write a note at this frame', ['n'], () =>
    useReview.setState(({ noteFocus }) => ({ noteFocus: noteFocus + 1, speed: 0 })),
  ),
  judging('previousNote', 'Previous note', [','], (take, now) => goToNote(take, now, -1), { family: 'Notes' }),
  judging('nextNote', 'Next note', ['.'], (take, now) => goToNote(take, now, 1), { family: 'Notes' }),
]
