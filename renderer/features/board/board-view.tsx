import './board.css'
import './list.css'
import { Plus } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { onBoard } from '../../commands/board-keys.ts'
import { registry } from '../../commands/registry.ts'
import { type OpenBoard, useBoard } from '../../state/hooks.ts'
import { sectionsOf } from '../../state/sections.ts'
import { keepExisting, selectOnly } from '../../state/selection.ts'
import { shownScenes } from '../../state/selectors.ts'
import { useUi } from '../../state/ui-store.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty.tsx'
import { Kbd } from '../../ui/kbd.tsx'
import { BatchBar } from './batch-bar.tsx'
import { BoardHeader } from './board-header.tsx'
import { DropMenu } from './drop-menu.tsx'
import { type Point, SceneField } from './scene-field.tsx'
import { SceneMenu } from './scene-menu.tsx'
import { type DroppedImages, useDropIn, usePaste } from './use-drop-in.ts'
import { addScenesFromText } from '../../commands/scene-clipboard.ts'

const DrawnBoard = () => (
  <div className="drawn-board" aria-hidden>
    <div>01</div>
    <div className="next">
      02
      <Plus size={20} strokeWidth={1.5} />
    </div>
    <div>03</div>
    <div>04</div>
  </div>
)

/** A board without scenes: a way to the first one, and a place for text and pictures. */
function EmptyBoard({ onImages }: { onImages(dropped: DroppedImages): void }) {
  const dropIn = useDropIn({
    within: () => false,
    placeAt: () => null,
    onImages,
    onText: (text) => void addScenesFromText(text, null),
  })
  return (
    <div className={dropIn.over ? 'board-field dropping' : 'board-field'} {...dropIn.handlers}>
      <EmptyState
        picture={<DrawnBoard />}
        title="No scenes yet"
        text="Each scene becomes one shot. Write its prompt, or paste a shot list: every paragraph becomes a scene."
      >
        <Button look="primary" size="large" icon={<Plus size={16} />} onClick={() => registry.run('scene.new')}>
          Add a scene
        </Button>
        <Kbd keys={registry.keysOf('scene.new') ?? ''} />
      </EmptyState>
    </div>
  )
}

/** Why nothing is shown, and how to see everything again. */
function NothingFound({ search }: { search: string }) {
  return (
    <EmptyState title={search === '' ? 'No scene is in this state' : `Nothing found for “${search}”`}>
      <Button onClick={() => useUi.setState({ filter: 'all', search: '' })}>Show all scenes</Button>
    </EmptyState>
  )
}

/** Keeps what is chosen within what is shown; a board that was just opened shows its first scene. */
function useShown(board: OpenBoard | null) {
  const filter = useUi((ui) => ui.filter)
  const search = useUi((ui) => ui.search)
  const folded = useUi((ui) => ui.folded)
  const shown = useMemo(
    () => (board ? shownScenes(board.view, board.scenes, filter, search) : []),
    [board, filter, search],
  )
  const sections = useMemo(
    () => (board ? sectionsOf(board.scenes, shown, search === '' ? folded : new Set()) : []),
    [board, shown, search, folded],
  )
  useEffect(() => {
    const order = shown.map((scene) => scene.id)
    useUi.setState((ui) => {
      const kept = keepExisting(ui, order)
      const first = order[0]
      return kept.cursor === null && ui.cursor === null && kept.selected.size === 0 && first ? selectOnly(first) : kept
    })
  }, [shown])
  return { sections, shown, search }
}

/** The scenes of a storyboard. */
export function BoardView() {
  const board = useBoard()
  const selected = useUi((ui) => ui.selected)
  const searchFocus = useUi((ui) => ui.searchFocus)
  const { sections, shown, search } = useShown(board)
  const [menu, setMenu] = useState<Point | null>(null)
  const [dropped, setDropped] = useState<DroppedImages | null>(null)
  const section = useRef<HTMLElement>(null)

  const active = useRef(onBoard)
  const onPasted = useRef((files: readonly File[]) => {
    const box = section.current?.getBoundingClientRect()
    if (box) setDropped({ files, x: box.left + box.width / 2, y: box.top + 120, place: null })
  })
  usePaste(active, onPasted)

  const chosen = useMemo(() => board?.scenes.filter((scene) => selected.has(scene.id)) ?? [], [board, selected])
  // Searching while several are chosen needs the header, until the choice changes.
  const [seen, setSeen] = useState({ searchFocus, selected })
  if (seen.selected !== selected) setSeen({ searchFocus, selected })
  const wantsSearch = seen.searchFocus !== searchFocus

  if (!board) return <section className="panel" />
  return (
    <section className="panel board" aria-label="Board" ref={section}>
      {chosen.length > 1 && !wantsSearch ? (
        <BatchBar board={board} chosen={chosen} />
      ) : (
        <BoardHeader board={board} search={wantsSearch} />
      )}
      {board.scenes.length === 0 ? (
        <EmptyBoard onImages={setDropped} />
      ) : shown.length === 0 ? (
        <NothingFound search={search} />
      ) : (
        <SceneField board={board} sections={sections} onMenu={setMenu} onImages={setDropped} />
      )}
      <SceneMenu board={board} chosen={chosen} point={menu} onClose={() => setMenu(null)} />
      <DropMenu board={board} dropped={dropped} onClose={() => setDropped(null)} />
    </section>
  )
}
