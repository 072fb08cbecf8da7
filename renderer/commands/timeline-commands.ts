import { closeAnimatic, openAnimatic, toggleAnimatic, unfoldTimeline, useAnimatic } from '../state/animatic.ts'
import { onBoard } from './board-keys.ts'
import { boardNow } from './board-now.ts'
import type { Command } from './registry.ts'

const hasScenes = () => onBoard() && (boardNow()?.scenes.length ?? 0) > 0

/** Commands on the storyboard in time. */
export const timelineCommands = (): readonly Command[] => [
  {
    id: 'animatic.play',
    title: 'Play the animatic',
    label: () => (useAnimatic.getState().speed === 0 ? 'Play the animatic' : 'Stop the animatic'),
    words: 'timeline watch storyboard pause',
    group: 'Playback',
    keys: ['k'],
    when: hasScenes,
    reason: () => 'No scenes yet',
    run: toggleAnimatic,
  },
  {
    id: 'animatic.open',
    title: 'Show or close the picture of the animatic',
    words: 'timeline viewer',
    group: 'Playback',
    when: hasScenes,
    run: () => (useAnimatic.getState().open ? closeAnimatic() : openAnimatic()),
  },
  {
    id: 'timeline.fold',
    title: 'Fold or show the timeline',
    words: 'dock strip',
    group: 'Board',
    keys: ['t'],
    when: hasScenes,
    run: () => unfoldTimeline(!useAnimatic.getState().unfolded),
  },
]
