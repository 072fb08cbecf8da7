import type { Scene, Take } from '../../shared/model.ts'
import type { TakeLabel } from '../../shared/review.ts'
import { useSheet } from '../state/contact-sheet.ts'
import { notesOn } from '../state/notes.ts'
import { run } from '../state/requests.ts'
import { reviewTakes, seekReview, useReview } from '../state/review.ts'
import {
  leftScenes,
  leftTakes,
  narrowings,
  nextToJudge,
  setAdvance,
  showEverything,
  useRoom,
} from '../state/review-filter.ts'
import { framesOf, isDrawing, leaveDrawing, startDrawing, takeAtHand } from './drawing-commands.ts'
import type { Command } from './registry.ts'
import { type ReviewNow, reviewNow } from './review-now.ts'
import { pickTake, rateTake, rejectTake, tellArtist } from './scene-actions.ts'
import { lockSeedOf } from './take-actions.ts'
import { useUi } from '../state/ui-store.ts'

/** Takes and scenes as they were when the artist judged them: one that is still the same has its verdict on the way. */
const given = new WeakSet<Take | Scene>()

/** Remembers that a verdict was given. @returns forgets it, for when the library refuses it */
function give(what: Take | Scene): () => void {
  given.add(what)
  return () => void given.delete(what)
}

/** Shows the take that is judged next, in the place of the one in sight. */
function goOn({ view, scenes, takes: shown, scene }: ReviewNow, judged: Take): void {
  const { filter, sceneOrder, takeOrder } = useRoom.getState()
  const left = leftScenes(view, scenes, filter, sceneOrder)
  const next = nextToJudge(left, (each) => leftTakes(view, each, filter, takeOrder), judged, given)
  if (!next) return tellArtist('Everything here is judged', 'No take without a verdict is left.')
  if (next.scene.id !== scene.id || shown.length < 2) return reviewTakes(next.scene.id, [next.take.id], 'single')
  const ids = shown.map(({ id }) => id)
  const known = ids.indexOf(next.take.id)
  if (known >= 0) return useReview.setState({ active: known })
  useReview.setState(({ active }) => ({ takeIds: ids.with(Math.min(active, ids.length - 1), next.take.id) }))
}

/** A verdict was given; the next take comes if the artist wants that, and the one in sight was meant. */
function gaveVerdict(take: Take): void {
  const at = takeAtHand()
  if (useRoom.getState().advance && at?.take.id === take.id) goOn(at.now, take)
}

/** Keeps the takes in sight there although another take would stand for the scene now. */
function keepInSight(): void {
  const now = reviewNow()
  if (now && now.takes.length > 0 && useReview.getState().takeIds.length === 0)
    useReview.setState({ sceneId: now.scene.id, takeIds: now.takes.map(({ id }) => id) })
}

/** Picks a take for its scene, or takes the pick back. */
export function pickHere(take: Take): void {
  const scene = reviewNow()?.view.scenes.get(take.sceneId)
  keepInSight()
  if (!scene || scene.pickTakeId === take.id) return pickTake(take.sceneId, null)
  pickTake(scene.id, take.id, give(scene))
  gaveVerdict(take)
}

/** Rejects a take, or takes the rejection back. */
export function rejectHere(take: Take): void {
  keepInSight()
  if (take.rejected) return rejectTake(take.id, false)
  rejectTake(take.id, true, give(take))
  gaveVerdict(take)
}

/** @param rating 1 to 5; 0 takes it back */
export function rateHere(take: Take, rating: number): void {
  if (rating === 0) return rateTake(take.id, 0)
  rateTake(take.id, rating, give(take))
  gaveVerdict(take)
}

/** Marks a take with a colour; the same once more takes it away. */
export const labelHere = (take: Take, label: TakeLabel): void =>
  run('take.judge', { takeIds: [take.id], patch: { label: take.label === label ? 'none' : label } })

const judging = (
  id: string,
  title: string,
  keys: readonly string[],
  act: (take: Take, now: ReviewNow) => void,
  rest: Partial<Command> = {},
): Command => ({
  id: `review.${id}`,
  title,
  group: 'Review',
  keys,
  when: () => takeAtHand() !== null && !isDrawing(),
  run() {
    const at = takeAtHand()
    if (at) act(at.take, at.now)
  },
  ...rest,
})

function goToNote(take: Take, now: ReviewNow, by: -1 | 1): void {
  const own = framesOf(now, take)
  const { frame } = useReview.getState()
  const frames = notesOn(now.view, take.id).map(({ from }) => (own ? own.ofA(from) : from))
  const next = by === 1 ? frames.find((from) => from > frame) : frames.findLast((from) => from < frame)
  if (next !== undefined) seekReview(next)
}

function writeNote(): void {
  leaveDrawing(true)
  useReview.setState({ speed: 0 })
}

const LABEL_KEYS: readonly { label: TakeLabel; keys: readonly string[] }[] = [
  { label: 'red', keys: ['6'] },
  { label: 'yellow', keys: ['7'] },
  { label: 'green', keys: ['8'] },
  { label: 'blue', keys: ['9'] },
  { label: 'purple', keys: [] },
]

const inRoom = () => useUi.getState().view === 'review' && reviewNow() !== null

/** What is said of the take in sight: rating, pick, rejection, label, seed and notes; and what of all that is shown. */
export const judgeCommands = (): readonly Command[] => [
  ...[1, 2, 3, 4, 5].map((rating) =>
    judging(`rate${rating}`, `Rate ${rating}`, [String(rating)], (take) => rateHere(take, rating), {
      family: 'Rating',
    }),
  ),
  judging('rate0', 'No rating', ['0'], (take) => rateHere(take, 0), { family: 'Rating' }),
  ...LABEL_KEYS.map(({ label, keys }) =>
    judging(`label-${label}`, `Label the take ${label}`, keys, (take) => labelHere(take, label), {
      family: 'Label',
      words: 'colour mark',
    }),
  ),
  judging('pick', 'Pick or unpick', ['p'], pickHere),
  judging('reject', 'Reject or take it back', ['x'], rejectHere),
  judging('advance', 'Go on after each verdict, or stay', ['Shift+a'], () => setAdvance(!useRoom.getState().advance), {
    label: () => (useRoom.getState().advance ? 'Stay after each verdict' : 'Go on after each verdict'),
    words: 'auto-advance next',
  }),
  judging('reuseSeed', 'Use this seed for the scene', ['Shift+r'], (take) => void lockSeedOf(take, [take.sceneId])),
  judging('note', 'Write a note at this frame', ['n'], writeNote),
  judging('draw', 'Draw on the picture', ['Shift+n'], startDrawing, { words: 'note pen arrow box annotate' }),
  judging('previousNote', 'Previous note', [','], (take, now) => goToNote(take, now, -1), { family: 'Notes' }),
  judging('nextNote', 'Next note', ['.'], (take, now) => goToNote(take, now, 1), { family: 'Notes' }),
  {
    id: 'review.showAll',
    title: 'Show all takes and scenes of the room',
    group: 'Review',
    words: 'clear filter',
    when: () => inRoom() && narrowings(useRoom.getState().filter) > 0,
    run: showEverything,
  },
  {
    id: 'review.sheet',
    title: 'Contact sheet',
    group: 'Review',
    keys: ['c'],
    words: 'print png posters export overview',
    when: () => inRoom() && !isDrawing(),
    run: () => useSheet.setState({ open: true }),
  },
]
