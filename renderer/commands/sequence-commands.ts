import { currentView } from '../state/projection.ts'
import { nextSpeed } from '../state/review.ts'
import { goToCut, playSequence, seekSequence, stepSequence, toggleSequence, useSequence } from '../state/sequence.ts'
import { showView, useUi } from '../state/ui-store.ts'
import type { Command } from './registry.ts'
import { tickedTakes, toggleMute } from './review-actions.ts'
import {
  addToPlaylist,
  entryInSight,
  lists,
  makePlaylist,
  moveEntry,
  openSequence,
  playlistNow,
  removeEntry,
  removePlaylist,
  shownList,
  takeInSight,
} from './sequence-actions.ts'

const inView = (): boolean => useUi.getState().view === 'sequence' && !useUi.getState().startOpen
const hasEntries = (): boolean => inView() && (playlistNow()?.entries.length ?? 0) > 0
const inList = (): boolean => inView() && shownList() !== null
const inLongList = (): boolean => inView() && (shownList()?.now.entries.length ?? 0) > 0

const playing = (
  id: string,
  title: string,
  keys: readonly string[],
  run: () => void,
  rest: Partial<Command> = {},
): Command => ({ id: `sequence.${id}`, title, group: 'Playback', keys, when: hasEntries, run, ...rest })

const step = (id: string, title: string, key: string, frames: number): Command =>
  playing(id, title, [key], () => stepSequence(frames), { family: 'Step', listed: false })

const faster = (direction: -1 | 1) => () => playSequence(nextSpeed(useSequence.getState().speed, direction))

/** The list that a take is added to when none is named: the one shown last, else the newest. */
function usualList() {
  const { source } = useSequence.getState()
  const all = lists()
  return (source?.kind === 'list' && all.find(({ id }) => id === source.playlistId)) || all.at(-1) || null
}

function addTakeInSight(): void {
  const take = takeInSight()
  const list = usualList()
  if (take && list) void addToPlaylist(list.id, [take.takeId])
  else if (take) void makePlaylist([take.takeId])
}

const making = (): readonly Command[] => [
  {
    id: 'sequence.open',
    title: 'Playlists',
    label: () => 'Open the playlists',
    words: 'sequence watch storyboard in order picks export film cut',
    group: 'Everywhere',
    when: () => currentView() !== null && !inView(),
    reason: () => (currentView() === null ? 'Open a project first' : null),
    run: () => openSequence(),
  },
  {
    id: 'sequence.close',
    title: 'Leave the playlists',
    group: 'Review',
    keys: ['Escape'],
    listed: false,
    when: inView,
    run: () => showView('review'),
  },
  {
    id: 'sequence.addTake',
    title: 'Add the take to a playlist',
    label: () => {
      const [take, list] = [takeInSight(), usualList()]
      return take ? `Add ${take.slate} to ${list ? list.title : 'a new playlist'}` : 'Add the take to a playlist'
    },
    words: 'sequence collect',
    group: 'Review',
    keys: ['Shift+p'],
    when: () => takeInSight() !== null,
    run: addTakeInSight,
  },
  {
    id: 'sequence.fromTicked',
    title: 'Make a playlist of the ticked takes',
    words: 'sequence selection compare',
    group: 'Board',
    when: () => tickedTakes().length > 0,
    run: () => void makePlaylist(tickedTakes().map(({ id }) => id)),
  },
  {
    id: 'sequence.new',
    title: 'New playlist',
    words: 'sequence list',
    group: 'Review',
    when: inView,
    run: () => void makePlaylist([]),
  },
  {
    id: 'sequence.copy',
    title: 'Make a playlist of what is shown',
    words: 'copy duplicate',
    group: 'Review',
    when: hasEntries,
    run() {
      const now = playlistNow()
      if (now)
        void makePlaylist(
          now.entries.map(({ take }) => take.id),
          now.title,
        )
    },
  },
  {
    id: 'sequence.remove',
    title: 'Remove the playlist',
    words: 'delete',
    group: 'Review',
    when: inList,
    run() {
      const list = shownList()
      if (list) void removePlaylist(list.id)
    },
  },
  {
    id: 'sequence.export',
    title: 'Export as one MP4',
    words: 'sequence film save video join concatenate render slates',
    group: 'Review',
    keys: ['$mod+e'],
    when: hasEntries,
    run: () => useSequence.setState({ exportOpen: true }),
  },
]

/** Commands on playlists, and on the sequence that plays. */
export const sequenceCommands = (): readonly Command[] => [
  ...making(),
  playing('play', 'Play or stop', ['Space'], toggleSequence, {
    label: () => (useSequence.getState().speed === 0 ? 'Play the sequence' : 'Stop the sequence'),
  }),
  playing('forward', 'Forwards, faster each time', ['l'], faster(1), { family: 'Shuttle' }),
  playing('stop', 'Stop', ['k'], () => playSequence(0), { family: 'Shuttle' }),
  playing('back', 'Backwards, faster each time', ['j'], faster(-1), { family: 'Shuttle' }),
  step('previousFrame', 'Back one frame', 'ArrowLeft', -1),
  step('nextFrame', 'Forward one frame', 'ArrowRight', 1),
  step('back10', 'Back ten frames', 'Shift+ArrowLeft', -10),
  step('forward10', 'Forward ten frames', 'Shift+ArrowRight', 10),
  playing('previousCut', 'Previous cut', ['ArrowUp'], () => goToCut(-1), { family: 'Cut' }),
  playing('nextCut', 'Next cut', ['ArrowDown'], () => goToCut(1), { family: 'Cut' }),
  playing('first', 'First frame', ['Home'], () => seekSequence(0), { family: 'Ends' }),
  playing('last', 'Last frame', ['End'], () => seekSequence(useSequence.getState().frames - 1), { family: 'Ends' }),
  playing('loop', 'Loop on or off', ['Shift+l'], () => useSequence.setState(({ loop }) => ({ loop: !loop }))),
  playing('mute', 'Sound on or off', ['m'], toggleMute),
  playing(
    'earlier',
    'Move the take earlier',
    ['Alt+ArrowUp'],
    () => void moveEntry(entryInSight(), entryInSight() - 1),
    {
      group: 'Review',
      family: 'Order of a playlist',
      when: inLongList,
    },
  ),
  playing('later', 'Move the take later', ['Alt+ArrowDown'], () => void moveEntry(entryInSight(), entryInSight() + 1), {
    group: 'Review',
    family: 'Order of a playlist',
    when: inLongList,
  }),
  playing('takeOut', 'Take it out of the playlist', ['Delete', 'Backspace'], () => void removeEntry(entryInSight()), {
    group: 'Review',
    when: inLongList,
  }),
]
