import type { SceneId } from '../../shared/ids.ts'
import { extendTo, NO_SELECTION, selectAll, selectOnly, type Step, stepFrom, toggleScene } from '../state/selection.ts'
import { totalPrice } from '../state/selectors.ts'
import { editPrompt, openGenerate, useUi } from '../state/ui-store.ts'
import type { Command } from './registry.ts'
import {
  addScene,
  boardNow,
  duplicateScenes,
  moveScene,
  rehearse,
  rollSceneSeed,
  toggleSeedLock,
} from './scene-actions.ts'

/** How many cards are in a row; the board says so whenever it is laid out. */
let columns = 1
export const setBoardColumns = (count: number): void => {
  columns = Math.max(1, count)
}

/** Puts the keyboard focus on a card; the board provides it. */
let focusCard: (id: SceneId) => void = () => {}
export const focusCardsThrough = (focus: typeof focusCard): void => {
  focusCard = focus
}

const onBoard = () => useUi.getState().view === 'board' && boardNow() !== null
/** Arrow keys belong to whatever has the focus, so the board takes them only when a card has it, or nothing has. */
const boardHasKeys = () => {
  const active = document.activeElement
  return onBoard() && (!active || active === document.body || active.closest('[data-board]') !== null)
}
const someSelected = () => onBoard() && (boardNow()?.selected.length ?? 0) > 0
const oneSelected = () => onBoard() && boardNow()?.selected.length === 1

function step(direction: Step, extend: boolean): void {
  const board = boardNow()
  if (!board) return
  const order = board.shown.map((scene) => scene.id)
  const ui = useUi.getState()
  const next = stepFrom(ui.cursor, direction, order, columns)
  if (next === null) return
  useUi.setState(extend ? extendTo(ui, next, order) : selectOnly(next))
  focusCard(next)
}

const ARROWS = [
  ['left', 'ArrowLeft'],
  ['right', 'ArrowRight'],
  ['up', 'ArrowUp'],
  ['down', 'ArrowDown'],
  ['first', 'Home'],
  ['last', 'End'],
] as const

function move(by: number): void {
  const scene = boardNow()?.selected[0]
  if (!scene) return
  moveScene(scene.id, by)
  focusCard(scene.id)
}

/** `Unlock seed 48213907` while one scene with a locked seed is chosen. */
function seedLockLabel(): string {
  const [scene, ...others] = boardNow()?.selected ?? []
  if (!scene || others.length > 0) return 'Lock or unlock seed'
  return scene.seed.kind === 'locked' ? `Unlock seed ${scene.seed.value}` : 'Lock the seed'
}

/** Commands on the scenes of the board. */
export const boardCommands = (): readonly Command[] => [
  ...ARROWS.flatMap(([direction, key]): Command[] => [
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
  ]),
  {
    id: 'scene.earlier',
    title: 'Move scene earlier',
    group: 'Board',
    keys: ['Alt+ArrowLeft', 'Alt+ArrowUp'],
    when: () => boardHasKeys() && oneSelected(),
    run: () => move(-1),
  },
  {
    id: 'scene.later',
    title: 'Move scene later',
    group: 'Board',
    keys: ['Alt+ArrowRight', 'Alt+ArrowDown'],
    when: () => boardHasKeys() && oneSelected(),
    run: () => move(1),
  },
  {
    id: 'scene.new',
    title: 'New scene',
    group: 'Board',
    keys: ['$mod+Shift+n', 'n'],
    when: onBoard,
    run: () => void addScene(),
  },
  {
    id: 'scene.duplicate',
    title: 'Duplicate scene',
    group: 'Board',
    keys: ['$mod+d'],
    when: someSelected,
    run: () => void duplicateScenes(boardNow()?.selected ?? []),
  },
  {
    id: 'scene.remove',
    title: 'Delete scene',
    group: 'Board',
    keys: ['Delete', 'Backspace'],
    when: someSelected,
    run: () => useUi.setState({ removeOpen: true }),
  },
  {
    id: 'scene.select-all',
    title: 'Select all scenes',
    group: 'Board',
    keys: ['$mod+a'],
    when: onBoard,
    run: () => useUi.setState(selectAll((boardNow()?.shown ?? []).map((scene) => scene.id))),
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
    keys: ['Shift+Space'],
    when: () => boardHasKeys() && useUi.getState().cursor !== null,
    run: () => useUi.setState((ui) => (ui.cursor === null ? ui : toggleScene(ui, ui.cursor))),
  },
  {
    id: 'scene.edit-prompt',
    title: 'Edit prompt',
    group: 'Board',
    keys: ['Enter'],
    when: () => boardHasKeys() && oneSelected(),
    run: editPrompt,
  },
  {
    id: 'scene.rehearse',
    title: 'Rehearse',
    words: 'free placeholder animatic',
    group: 'Board',
    keys: ['r'],
    when: someSelected,
    run: () => void rehearse((boardNow()?.selected ?? []).map((scene) => scene.id)),
  },
  {
    id: 'scene.generate',
    title: 'Generate scene',
    group: 'Board',
    keys: ['g'],
    when: someSelected,
    price: () => totalPrice(boardNow()?.selected ?? []),
    run: () => openGenerate((boardNow()?.selected ?? []).map((scene) => scene.id)),
  },
  {
    id: 'seed.lock',
    title: 'Lock or unlock seed',
    label: seedLockLabel,
    group: 'Board',
    keys: ['Shift+l'],
    when: oneSelected,
    run: () => boardNow()?.selected.slice(0, 1).forEach(toggleSeedLock),
  },
  {
    id: 'seed.roll',
    title: 'Roll a new seed',
    group: 'Board',
    keys: ['Shift+d'],
    when: oneSelected,
    run: () => boardNow()?.selected.slice(0, 1).forEach(rollSceneSeed),
  },
]
