import './note-ink.css'
import { memo } from 'react'
import type { Stroke } from '../../../shared/review.ts'
import { shapeOf } from '../../state/strokes.ts'

/** Strokes over a picture, inside an SVG that is `UNITS` wide. @param ratio width to height of the picture */
export const Ink = memo(function Ink({ strokes, ratio }: { strokes: readonly Stroke[]; ratio: number }) {
  return strokes.map((stroke, index) => {
    const { line, head, width } = shapeOf(stroke, ratio)
    return (
      // Strokes are only ever added and taken away at the end.
      // oxlint-disable-next-line react/no-array-index-key
      <g key={index} className={`ink ink-${stroke.colour}`} data-tool={stroke.tool}>
        {/* The dark edge keeps every colour apart from a picture of the same colour. */}
        <path className="ink-edge" d={line} strokeWidth={width + 3} />
        {head && <path className="ink-edge" d={head} strokeWidth={3} />}
        <path d={line} strokeWidth={width} />
        {head && <path className="ink-head" d={head} />}
      </g>
    )
  })
})
