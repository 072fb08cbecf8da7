import { Eraser, MoveUpRight, Pencil, Redo2, Square, Undo2 } from 'lucide-react'
import { registry } from '../../commands/registry.ts'
import type { ReviewNow } from '../../commands/review-now.ts'
import { draftOn, useDrawing } from '../../state/drawing.ts'
import { INKS, TOOLS, WIDTHS } from '../../state/strokes.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Tip } from '../../ui/tooltip.tsx'
import { useActiveTake } from './review-state.ts'

const TOOL_WORDS = { pen: 'Pen', arrow: 'Arrow', box: 'Box' } as const
const TOOL_ICONS = { pen: Pencil, arrow: MoveUpRight, box: Square } as const
const INK_WORDS = { white: 'White', red: 'Red', yellow: 'Yellow', green: 'Green', blue: 'Blue' } as const
const WIDTH_WORDS = ['Thin', 'Middle', 'Thick'] as const

/** Tools, colours and widths while the picture is drawn on. */
export function DrawingBar({ now }: { now: ReviewNow }) {
  const take = useActiveTake(now)
  const state = useDrawing()
  if (!take || state.on !== take.id) return null
  const { strokes, undone } = draftOn(state, take.id)
  return (
    // Clicked buttons leave the focus where it is: Enter and Space go on meaning what they mean while drawing.
    <div
      className="drawing-bar on-frame"
      role="toolbar"
      aria-label="Drawing"
      tabIndex={-1}
      onMouseDown={(event) => event.preventDefault()}
    >
      {TOOLS.map((tool) => {
        const Icon = TOOL_ICONS[tool]
        return (
          <IconButton
            key={tool}
            label={TOOL_WORDS[tool]}
            keys={registry.keysOf(`drawing.${tool}`)}
            on={state.tool === tool}
            aria-pressed={state.tool === tool}
            icon={<Icon size={16} />}
            onClick={() => useDrawing.setState({ tool })}
          />
        )
      })}
      <i className="drawing-gap" />
      {INKS.map((colour) => (
        <Tip key={colour} text={INK_WORDS[colour]} keys={registry.keysOf(`drawing.${colour}`)} side="top">
          <button
            type="button"
            className={`drawing-choice ink ink-${colour}`}
            aria-label={INK_WORDS[colour]}
            aria-pressed={state.colour === colour}
            onClick={() => useDrawing.setState({ colour })}
          >
            <i className="drawing-swatch" />
          </button>
        </Tip>
      ))}
      <i className="drawing-gap" />
      {WIDTHS.map((width, index) => (
        <Tip key={width} text={WIDTH_WORDS[index]} side="top">
          <button
            type="button"
            className="drawing-choice"
            aria-label={WIDTH_WORDS[index]}
            aria-pressed={state.width === width}
            onClick={() => useDrawing.setState({ width })}
          >
            <i className="drawing-width" style={{ height: 2 + 2 * index }} />
          </button>
        </Tip>
      ))}
      <i className="drawing-gap" />
      <IconButton
        label="Take the last stroke back"
        keys={registry.keysOf('drawing.undo')}
        disabled={strokes.length === 0}
        icon={<Undo2 size={16} />}
        onClick={() => registry.run('drawing.undo')}
      />
      <IconButton
        label="Draw the stroke again"
        keys={registry.keysOf('drawing.redo')}
        disabled={undone.length === 0}
        icon={<Redo2 size={16} />}
        onClick={() => registry.run('drawing.redo')}
      />
      <IconButton
        label="Clear the drawing"
        keys={registry.keysOf('drawing.clear')}
        disabled={strokes.length === 0}
        icon={<Eraser size={16} />}
        onClick={() => registry.run('drawing.clear')}
      />
      <i className="drawing-gap" />
      <Button size="small" look="ghost" onClick={() => registry.run('drawing.done')}>
        Done
      </Button>
    </div>
  )
}
