import {
  type CompareMode,
  markRange,
  playedRange,
  playReview,
  seekReview,
  stepReview,
  swapTakes,
  toggleReview,
  useReview,
} from '../state/review.ts'
import { currentView } from '../state/projection.ts'
import { useUi } from '../state/ui-store.ts'
import type { Command } from './registry.ts'
import {
  besideScene,
  besideTake,
  changePace,
  compareTicked,
  faster,
  fitPicture,
  goBesideScene,
  goBesideTake,
  leaveReview,
  lookAs,
  moveBlend,
  nextMask,
  panBy,
  openReview,
  tickedTakes,
  toggleAB,
  toggleMute,
  toggleRequests,
  toggleZoom,
  zoomBy,
} from './review-actions.ts'
import { reviewNow } from './review-now.ts'

const inReview = (): boolean => useUi.getState().view === 'review' && !useUi.getState().startOpen
const hasTake = (): boolean => inReview() && (reviewNow()?.takes.length ?? 0) > 0
const hasTwo = (): boolean => inReview() && (reviewNow()?.takes.length ?? 0) > 1
const zoomed = (): boolean => hasTake() && useReview.getState().zoom !== 'fit'
const blends = (): boolean => hasTwo() && ['wipe', 'overlay'].includes(useReview.getState().mode)

type Rest = Omit<Command, 'id' | 'title' | 'group' | 'run'>
const made =
  (group: Command['group'], usual: Rest) =>
  (id: string, title: string, keys: readonly string[], run: () => void, rest: Rest = {}): Command => ({
    id: `review.${id}`,
    title,
    group,
    keys,
    run,
    ...usual,
    ...rest,
  })
const looking = made('Review', { when: hasTake })

const play = (): readonly Command[] => [
  looking('play', 'Play or stop', ['Space'], toggleReview, {
    label: () => (useReview.getState().speed === 0 ? 'Play the take' : 'Stop the take'),
  }),
  looking('forward', 'Forwards, faster each time', ['l'], () => faster(1), { family: 'Shuttle' }),
  looking('stop', 'Stop', ['k'], () => playReview(0), { family: 'Shuttle' }),
  looking('back', 'Backwards, faster each time', ['j'], () => faster(-1), { family: 'Shuttle' }),
  looking('previousFrame', 'Back one frame', ['ArrowLeft'], () => stepReview(-1), { family: 'Step', listed: false }),
  looking('nextFrame', 'Forward one frame', ['ArrowRight'], () => stepReview(1), { family: 'Step', listed: false }),
  looking('back10', 'Back ten frames', ['Shift+ArrowLeft'], () => stepReview(-10), { family: 'Step', listed: false }),
  looking('forward10', 'Forward ten frames', ['Shift+ArrowRight'], () => stepReview(10), {
    family: 'Step',
    listed: false,
  }),
  looking('first', 'First frame', ['Home'], () => seekReview(0), { family: 'Ends' }),
  looking('last', 'Last frame', ['End'], () => seekReview((useReview.getState().told?.frames ?? 1) - 1), {
    family: 'Ends',
  }),
  looking('in', 'Begin the range here', ['i'], () => markRange('in'), { family: 'Range' }),
  looking('out', 'End the range here', ['o'], () => markRange('out'), { family: 'Range' }),
  looking('clearRange', 'Clear the range', ['Shift+x'], () => useReview.setState({ range: null }), { family: 'Range' }),
  looking('goIn', 'Go to the beginning of the range', ['Shift+i'], () =>
    seekReview(playedRange(useReview.getState()).from),
  ),
  looking('goOut', 'Go to the end of the range', ['Shift+o'], () => seekReview(playedRange(useReview.getState()).to)),
  looking('loop', 'Loop on or off', ['Shift+l'], () => useReview.setState(({ loop }) => ({ loop: !loop }))),
  looking('slower', 'Play slower', ['Shift+Comma'], () => changePace(-1), { family: 'Playback rate' }),
  looking('quicker', 'Play faster', ['Shift+Period'], () => changePace(1), { family: 'Playback rate' }),
  looking('mute', 'Sound on or off', ['m'], toggleMute),
]

const MODES: readonly { mode: CompareMode; title: string; key: string }[] = [
  { mode: 'single', title: 'Look at one take', key: 'q' },
  { mode: 'side', title: 'Side by side', key: 's' },
  { mode: 'wipe', title: 'Wipe', key: 'w' },
  { mode: 'difference', title: 'Difference', key: 'd' },
  { mode: 'overlay', title: 'Overlay', key: 'v' },
]

const compare = (): readonly Command[] => [
  ...MODES.map(({ mode, title, key }) =>
    looking(mode, title, [key], () => lookAs(mode), { family: 'Compare', words: 'compare takes mode' }),
  ),
  looking('swap', 'Swap A and B', ['a'], swapTakes, { when: hasTwo }),
  looking('other', 'Show the other of A and B', ['b'], toggleAB, { words: 'toggle compare' }),
  looking('requests', 'What differs in the requests', ['Shift+d'], toggleRequests, {
    label: () =>
      useReview.getState().requests && hasTwo() ? 'Back to takes and notes' : 'What differs in the requests',
    words: 'difference compare prompt references seed parameters price',
  }),
  looking('link', 'Link or free the takes', ['y'], () => useReview.setState(({ linked }) => ({ linked: !linked })), {
    when: hasTwo,
    words: 'sync together frames',
  }),
  looking('align', 'Take the takes back to the same frame', [], () => useReview.setState({ shifts: {} }), {
    when: () => hasTwo() && Object.values(useReview.getState().shifts).some((shift) => shift !== 0),
    words: 'sync reset shift',
  }),
  looking('blendLess', 'Move the wipe left, or show less of B', ['['], () => moveBlend(-0.05), {
    when: blends,
    family: 'Blend',
  }),
  looking('blendMore', 'Move the wipe right, or show more of B', [']'], () => moveBlend(0.05), {
    when: blends,
    family: 'Blend',
  }),
]

const go = (): readonly Command[] => {
  const canTake = (by: -1 | 1) => () => {
    const now = inReview() ? reviewNow() : null
    return now !== null && besideTake(now, by) !== null
  }
  const canScene = (by: -1 | 1) => () => {
    const now = inReview() ? reviewNow() : null
    return now !== null && besideScene(now, by) !== null
  }
  return [
    looking('previousTake', 'Previous take', ['ArrowUp'], () => goBesideTake(-1), {
      family: 'Other take',
      when: canTake(-1),
    }),
    looking('nextTake', 'Next take', ['ArrowDown'], () => goBesideTake(1), { family: 'Other take', when: canTake(1) }),
    looking('previousScene', 'Previous scene', ['PageUp'], () => goBesideScene(-1), {
      family: 'Other scene',
      when: canScene(-1),
    }),
    looking('nextScene', 'Next scene', ['PageDown'], () => goBesideScene(1), {
      family: 'Other scene',
      when: canScene(1),
    }),
  ]
}

const PAN = 60
const PANS = [
  { id: 'panLeft', title: 'Look further left', key: 'ArrowLeft', x: PAN, y: 0 },
  { id: 'panRight', title: 'Look further right', key: 'ArrowRight', x: -PAN, y: 0 },
  { id: 'panUp', title: 'Look further up', key: 'ArrowUp', x: 0, y: PAN },
  { id: 'panDown', title: 'Look further down', key: 'ArrowDown', x: 0, y: -PAN },
] as const

const picture = (): readonly Command[] => [
  looking('zoom', 'Whole picture or every pixel', ['z'], toggleZoom, { words: 'fit 100 % actual size' }),
  // Spelt as on the board: of two spellings of one key only the first is heard.
  looking('zoomIn', 'Closer', ['Equal', 'Shift+Equal', 'NumpadAdd'], () => zoomBy(1.25), { family: 'Zoom' }),
  looking('zoomOut', 'Farther', ['Minus', 'NumpadSubtract'], () => zoomBy(0.8), { family: 'Zoom' }),
  looking('fit', 'Fit the picture', ['Shift+z'], fitPicture, { family: 'Zoom' }),
  ...PANS.map(({ id, title, key, x, y }) =>
    looking(id, title, [`Alt+${key}`], () => panBy(x, y), { family: 'Move the picture', when: zoomed, listed: false }),
  ),
  looking(
    'safeAreas',
    'Safe areas on or off',
    ['g'],
    () => useReview.setState(({ safeAreas }) => ({ safeAreas: !safeAreas })),
    {
      words: 'guides title action',
    },
  ),
  looking('mask', 'Next aspect mask', ['Shift+g'], nextMask, { words: 'letterbox crop format' }),
  looking('fullScreen', 'Full screen', ['f'], () =>
    useReview.setState(({ fullScreen }) => ({ fullScreen: !fullScreen })),
  ),
]

/** Commands of the review room. */
export const reviewCommands = (): readonly Command[] => [
  {
    id: 'review.open',
    title: 'Review the takes',
    words: 'player watch compare',
    group: 'Everywhere',
    when: () => currentView() !== null && !inReview(),
    reason: () => (currentView() === null ? 'Open a project first' : null),
    run: openReview,
  },
  {
    id: 'review.compare',
    title: 'Compare the ticked takes',
    group: 'Board',
    when: () => tickedTakes().length > 1,
    run: compareTicked,
  },
  {
    id: 'review.close',
    title: 'Leave the review room',
    group: 'Review',
    keys: ['Escape'],
    listed: false,
    when: inReview,
    run: leaveReview,
  },
  ...play(),
  ...compare(),
  ...go(),
  ...picture(),
]
