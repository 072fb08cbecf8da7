import { rowsOf } from '../state/sections.ts'
import {
  extendTo,
  NO_SELECTION,
  selectAll,
  selectOnly,
  type Step,
  stepThrough,
  toggleScene,
} from '../state/selection.ts'
import { chooseLook, chooseZoom, focusSearch, useUi, ZOOM } from '../state/ui-store.ts'
import { boardHasKeys, onBoard, someSelected } from './board-keys.ts'
import { boardNow } from './board-now.ts'
import type { Command } from './registry.ts'
import { focusScene } from './scene-actions.ts'
import { moveSelected, sceneCommands } from './scene-commands.ts'

/** How many cards are in a row; the board says so whenever it is laid out. */
let columns = 1
export const setBoardColumns = (count: number): void => {
  columns = Math.max(1, count)
}

function step(direction: Step, extend: boolean): void {
  const board = boardNow()
  if (!board) return
  const ui = useUi.getState()
  const next = stepThrough(ui.cursor, direction, rowsOf(board.sections, columns))
  if (next === null) return
  const order = board.open.map((scene) => scene.id)
  useUi.setState(extend ? extendTo(ui, next, order) : selectOnly(next))
  focusScene(next)
}

const ARROWS = [
  ['left', 'ArrowLeft'],
  ['right', 'ArrowRight'],
  ['up', 'ArrowUp'],
  ['down', 'ArrowDown'],
  ['first', 'Home'],
  ['last', 'End'],
] as const

const walking = (): readonly Command[] =>
  ARROWS.flatMap(([direction, key]): Command[] => [
    {
      id: `board.${direction}`,
      title: `Move ${direction}`,
      group: 'Board',
      family: 'Move',
      listed: false,
      keys: [key],
      when: boardHasKeys,
      run: () => step(direction, false),
    },
    {
      id: `board.extend-${direction}`,
      title: `Extend selection ${direction}`,
      group: 'Board',
      family: 'Extend selection',
      listed: false,
      keys: [`Shift+${key}`],
      when: boardHasKeys,
      run: () => step(direction, true),
    },
  ])

/** A row of cards at once. */
const rowMoves = (): readonly Command[] =>
  (
    [
      ['scene.row-up', 'Move scene a row up', 'Alt+ArrowUp', -1],
      ['scene.row-down', 'Move scene a row down', 'Alt+ArrowDown', 1],
    ] as const
  ).map(([id, title, key, by]) => ({
    id,
    title,
    group: 'Board',
    family: 'Move scenes',
    listed: false,
    keys: [key],
    when: () => boardHasKeys() && someSelected(),
    run: () => moveSelected(by * columns),
  }))

const choosing = (): readonly Command[] => [
  {
    id: 'scene.select-all',
    title: 'Select all scenes',
    group: 'Board',
    keys: ['$mod+a'],
    when: onBoard,
    run: () => useUi.setState(selectAll((boardNow()?.shown ?? []).map((scene) => scene.id))),
  },
  {
    id: 'board.clear-search',
    title: 'Clear the search',
    group: 'Board',
    listed: false,
    keys: ['Escape'],
    when: () => onBoard() && useUi.getState().search !== '' && (boardNow()?.selected.length ?? 0) < 2,
    run: () => useUi.setState({ search: '' }),
  },
  {
    id: 'scene.deselect',
    title: 'Clear selection',
    group: 'Board',
    keys: ['Escape'],
    when: someSelected,
    run: () => useUi.setState((ui) => ({ ...NO_SELECTION, cursor: ui.cursor })),
  },
  {
    id: 'scene.toggle',
    title: 'Add to or leave out of the selection',
    group: 'Board',
    keys: ['Shift+Space', '$mod+Space'],
    when: () => boardHasKeys() && useUi.getState().cursor !== null,
    run: () => useUi.setState((ui) => (ui.cursor === null ? ui : toggleScene(ui, ui.cursor))),
  },
]

const looking = (): readonly Command[] => [
  {
    id: 'board.search',
    title: 'Search scenes',
    words: 'find filter',
    group: 'Board',
    keys: ['$mod+f', '/'],
    when: onBoard,
    run: focusSearch,
  },
  {
    id: 'board.look',
    title: 'Switch between cards and list',
    label: () => (useUi.getState().look === 'grid' ? 'Show the board as a list' : 'Show the board as cards'),
    words: 'grid rows view',
    group: 'Board',
    keys: ['v'],
    when: onBoard,
    run: () => chooseLook(useUi.getState().look === 'grid' ? 'list' : 'grid'),
  },
  {
    id: 'board.zoom-in',
    title: 'Larger cards',
    words: 'zoom',
    group: 'Board',
    family: 'Card size',
    keys: ['Equal', 'Shift+Equal', 'NumpadAdd'],
    when: () => onBoard() && useUi.getState().zoom < ZOOM.max,
    run: () => chooseZoom(useUi.getState().zoom + 1),
  },
  {
    id: 'board.zoom-out',
    title: 'Smaller cards',
    words: 'zoom',
    group: 'Board',
    family: 'Card size',
    keys: ['Minus', 'NumpadSubtract'],
    when: () => onBoard() && useUi.getState().zoom > ZOOM.min,
    run: () => chooseZoom(useUi.getState().zoom - 1),
  },
]

/** Commands on the board and its scenes. */
export const boardCommands = (): readonly Command[] => [
  ...walking(),
  ...rowMoves(),
  ...choosing(),
  ...looking(),
  ...sceneCommands(),
]
