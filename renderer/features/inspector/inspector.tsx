import './inspector.css'
import { useBoard } from '../../state/hooks.ts'
import { useUi } from '../../state/ui-store.ts'
import { SceneInspector } from './scene-inspector.tsx'
import { SelectionPanel } from './selection-panel.tsx'
import { StoryboardPanel } from './storyboard-panel.tsx'

/** What is chosen on the board, with everything that can be set on it. */
export function Inspector() {
  const board = useBoard()
  const selected = useUi((ui) => ui.selected)
  if (!board) return <aside className="panel" aria-label="Inspector" />
  const chosen = board.scenes.filter((scene) => selected.has(scene.id))
  const [scene] = chosen
  return (
    <aside className="panel inspector" aria-label="Inspector">
      {chosen.length > 1 ? (
        <SelectionPanel board={board} chosen={chosen} />
      ) : scene ? (
        <SceneInspector key={scene.id} board={board} scene={scene} />
      ) : (
        <StoryboardPanel key={board.storyboard.id} board={board} />
      )}
    </aside>
  )
}
