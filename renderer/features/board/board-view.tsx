import './board.css'
import { Plus } from 'lucide-react'
import { useEffect, useMemo } from 'react'
import { registry } from '../../commands/registry.ts'
import { useBoard } from '../../state/hooks.ts'
import { keepExisting, selectOnly } from '../../state/selection.ts'
import { filtered } from '../../state/selectors.ts'
import { useUi } from '../../state/ui-store.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty.tsx'
import { Kbd } from '../../ui/kbd.tsx'
import { BatchBar } from './batch-bar.tsx'
import { BoardHeader } from './board-header.tsx'
import { RemoveDialog } from './remove-dialog.tsx'
import { SceneGrid } from './scene-grid.tsx'

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

/** The scenes of a storyboard. */
export function BoardView() {
  const board = useBoard()
  const filter = useUi((ui) => ui.filter)
  const selected = useUi((ui) => ui.selected)
  const shown = useMemo(() => (board ? filtered(board.view, board.scenes, filter) : []), [board, filter])

  useEffect(() => {
    const order = shown.map((scene) => scene.id)
    useUi.setState((ui) => {
      const kept = keepExisting(ui, order)
      const first = order[0]
      // A board that was just opened shows its first scene.
      return kept.cursor === null && ui.cursor === null && kept.selected.size === 0 && first ? selectOnly(first) : kept
    })
  }, [shown])

  if (!board) return <section className="panel" />
  const chosen = board.scenes.filter((scene) => selected.has(scene.id))
  return (
    <section className="panel board" aria-label="Board">
      {chosen.length > 1 ? <BatchBar board={board} chosen={chosen} /> : <BoardHeader board={board} />}
      {board.scenes.length === 0 ? (
        <EmptyState
          picture={<DrawnBoard />}
          title="No scenes yet"
          text="Each scene becomes one shot. Write its prompt, set its length, and rehearse it free of charge."
        >
          <Button look="primary" size="large" icon={<Plus size={16} />} onClick={() => registry.run('scene.new')}>
            Add a scene
          </Button>
          <Kbd keys={registry.keysOf('scene.new') ?? ''} />
        </EmptyState>
      ) : shown.length === 0 ? (
        <EmptyState title="No scene is in this state">
          <Button onClick={() => useUi.setState({ filter: 'all' })}>Show all scenes</Button>
        </EmptyState>
      ) : (
        <SceneGrid board={board} shown={shown} />
      )}
      <RemoveDialog board={board} />
    </section>
  )
}
