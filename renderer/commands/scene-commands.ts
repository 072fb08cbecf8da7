import type { Scene } from '../../shared/model.ts'
import { useSaving } from '../state/saving.ts'
import { headOf } from '../state/sections.ts'
import { stateOf, totalPrice } from '../state/selectors.ts'
import { editPrompt, openGenerate, playTake, useUi } from '../state/ui-store.ts'
import { boardHasKeys, onBoard, oneSelected, someSelected } from './board-keys.ts'
import { boardNow } from './board-now.ts'
import type { Command } from './registry.ts'
import {
  addScene,
  addSceneBefore,
  beginSection,
  duplicateScenes,
  focusScene,
  mergeScenes,
  rehearse,
  removeScenes,
  rollSceneSeed,
  setSection,
  splitScene,
  toggleSeedLock,
} from './scene-actions.ts'
import { copySelection, pasteScenes } from './scene-clipboard.ts'
import { moveScenes } from './scene-moves.ts'

const selected = (): readonly Scene[] => boardNow()?.selected ?? []
const selectedIds = () => selected().map((scene) => scene.id)
const firstSelected = (): Scene | undefined => selected()[0]

/** The chosen scenes when they are neighbours, or one with the next; empty when nothing can be merged. */
export function mergeable(): readonly Scene[] {
  const board = boardNow()
  const [first] = board?.selected ?? []
  if (!board || !first) return []
  const at = board.scenes.indexOf(first)
  const count = Math.max(2, board.selected.length)
  const run = board.scenes.slice(at, at + count)
  return run.length === count && board.selected.every((scene) => run.includes(scene)) ? run : []
}

/** Where the prompt of the chosen scene would be cut: inside it, at the caret. */
function splitPlace(): { scene: Scene; at: number } | null {
  const [scene, ...others] = selected()
  const caret = useUi.getState().promptCaret
  if (!scene || others.length > 0 || caret?.sceneId !== scene.id) return null
  // While it is typed, how long the prompt is now is for the engine to say.
  const typing = useSaving.getState().drafts.size > 0
  return caret.at > 0 && (typing || caret.at < scene.prompt.length) ? { scene, at: caret.at } : null
}

/** The heading the chosen scene stands under. */
function currentHead(): Scene | null {
  const board = boardNow()
  const scene = firstSelected()
  return board && scene ? headOf(board.scenes, scene.id) : null
}

/** The take a card shows: what Space plays. */
function takeToPlay() {
  const board = boardNow()
  const { cursor } = useUi.getState()
  const scene = (cursor && board?.view.scenes.get(cursor)) ?? firstSelected()
  return board && scene ? stateOf(board.view, scene).poster : null
}

/** `Unlock seed 48213907` while one scene with a locked seed is chosen. */
function seedLockLabel(): string {
  const [scene, ...others] = selected()
  if (!scene || others.length > 0) return 'Lock or unlock seed'
  return scene.seed.kind === 'locked' ? `Unlock seed ${scene.seed.value}` : 'Lock the seed'
}

const MOVES = [
  ['scene.earlier', 'Move scene earlier', -1, ['Alt+ArrowLeft']],
  ['scene.later', 'Move scene later', 1, ['Alt+ArrowRight']],
  ['scene.to-start', 'Move scene to the start', -Infinity, ['Alt+Home']],
  ['scene.to-end', 'Move scene to the end', Infinity, ['Alt+End']],
] as const

/** Moves the chosen scenes, the keyboard staying on the one it is on. */
export function moveSelected(by: number): void {
  const ids = selectedIds()
  const focus = useUi.getState().cursor ?? ids[0]
  moveScenes(ids, by)
  if (focus) focusScene(focus)
}

const moves = (): readonly Command[] =>
  MOVES.map(([id, title, by, keys]) => ({
    id,
    title,
    group: 'Board',
    family: 'Move scenes',
    words: 'reorder order',
    keys,
    when: someSelected,
    run: () => moveSelected(by),
  }))

const edits = (): readonly Command[] => [
  {
    id: 'scene.new',
    title: 'New scene',
    words: 'insert add after',
    group: 'Board',
    keys: ['$mod+Shift+n', 'n'],
    when: onBoard,
    run: () => void addScene(),
  },
  {
    id: 'scene.new-before',
    title: 'New scene before this one',
    words: 'insert add',
    group: 'Board',
    keys: ['Shift+n'],
    when: someSelected,
    run: () => void addSceneBefore(),
  },
  {
    id: 'scene.duplicate',
    title: 'Duplicate scene',
    group: 'Board',
    keys: ['$mod+d'],
    when: someSelected,
    run: () => void duplicateScenes(selected()),
  },
  {
    id: 'scene.remove',
    title: 'Delete scene',
    group: 'Board',
    keys: ['Delete', 'Backspace'],
    when: someSelected,
    run: () => void removeScenes(selected()),
  },
  {
    id: 'scene.split',
    title: 'Split scene at the cursor',
    words: 'cut prompt in two',
    group: 'Board',
    keys: ['$mod+Shift+Enter'],
    inText: true,
    when: () => onBoard() && splitPlace() !== null,
    reason: () => (splitPlace() ? null : 'Put the cursor into a prompt, where it shall be cut.'),
    run() {
      const place = splitPlace()
      if (place) void splitScene(place.scene.id, place.at)
    },
  },
  {
    id: 'scene.merge',
    title: 'Merge scenes',
    words: 'join combine',
    group: 'Board',
    keys: ['$mod+j'],
    when: () => someSelected() && mergeable().length > 1,
    reason: () => (mergeable().length > 1 ? null : 'Choose scenes that stand beside each other.'),
    run: () => void mergeScenes(mergeable()),
  },
  {
    id: 'scene.copy',
    title: 'Copy scenes',
    group: 'Board',
    keys: ['$mod+c'],
    when: () => someSelected() && (getSelection()?.toString() ?? '') === '',
    run: () => void copySelection(),
  },
  { id: 'scene.paste', title: 'Paste scenes', group: 'Board', when: onBoard, run: () => void pasteScenes() },
]

const sections = (): readonly Command[] => [
  {
    id: 'section.begin',
    title: 'Add section here',
    words: 'heading act',
    group: 'Board',
    when: () => oneSelected() && firstSelected()?.section === null,
    run: () =>
      selected()
        .slice(0, 1)
        .forEach((scene) => void beginSection(scene)),
  },
  {
    id: 'section.rename',
    title: 'Rename section',
    words: 'heading',
    group: 'Board',
    when: () => onBoard() && currentHead() !== null,
    run: () => useUi.setState({ namingSection: currentHead()?.id ?? null }),
  },
  {
    id: 'section.remove',
    title: 'Remove heading',
    words: 'section',
    group: 'Board',
    when: () => onBoard() && currentHead() !== null,
    run() {
      const head = currentHead()
      if (head) setSection(head.id, null)
    },
  },
]

const work = (): readonly Command[] => [
  {
    id: 'scene.play',
    title: 'Play the take on the card',
    group: 'Board',
    keys: ['Space'],
    when: () => boardHasKeys() && takeToPlay() !== null,
    run() {
      const take = takeToPlay()
      if (take) playTake(take.id)
    },
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
    run: () => void rehearse(selectedIds()),
  },
  {
    id: 'scene.generate',
    title: 'Generate scene',
    group: 'Board',
    keys: ['g'],
    when: someSelected,
    price: () => totalPrice(selected()),
    run: () => openGenerate(selectedIds()),
  },
  {
    id: 'seed.lock',
    title: 'Lock or unlock seed',
    label: seedLockLabel,
    group: 'Board',
    keys: ['Shift+l'],
    when: oneSelected,
    run: () => selected().slice(0, 1).forEach(toggleSeedLock),
  },
  {
    id: 'seed.roll',
    title: 'Roll a new seed',
    group: 'Board',
    keys: ['Shift+d'],
    when: oneSelected,
    run: () => selected().slice(0, 1).forEach(rollSceneSeed),
  },
]

/** What can be done with the chosen scenes. */
export const sceneCommands = (): readonly Command[] => [...moves(), ...edits(), ...sections(), ...work()]
