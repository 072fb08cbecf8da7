import type { Stroke } from '../../shared/review.ts'

/** A place on the picture, in parts of its width and height, 0 to 1. */
export type Point = Stroke['points'][number]

export const TOOLS = ['pen', 'arrow', 'box'] as const satisfies readonly Stroke['tool'][]
export const INKS = ['white', 'red', 'yellow', 'green', 'blue'] as const satisfies readonly Stroke['colour'][]
/** From thin to thick, in parts of the width of the picture. */
export const WIDTHS = [0.003, 0.006, 0.012] as const

export const MAX_STROKES = 200
const MAX_POINTS = 2000
/** Closer than this, in parts of the width, two points of a line are one. */
const NEAR = 0.0015

const within = (part: number) => Math.max(0, Math.min(1, Math.round(part * 10_000) / 10_000))
export const pointAt = (x: number, y: number): Point => [within(x), within(y)]

/** How far two places are apart, in widths of the picture. @param ratio width to height of the picture */
const apart = ([x, y]: Point, [u, v]: Point, ratio: number) => Math.hypot(u - x, (v - y) / ratio)

/**
 * The end of an arrow at a whole eighth of a turn, or of a box with equal sides, as on the screen.
 * @param ratio width to height of the picture
 */
function constrained(tool: Stroke['tool'], [x, y]: Point, [u, v]: Point, ratio: number): Point {
  const [dx, dy] = [u - x, (v - y) / ratio]
  if (tool === 'box') {
    const side = Math.max(Math.abs(dx), Math.abs(dy))
    return pointAt(x + Math.sign(dx) * side, y + Math.sign(dy) * side * ratio)
  }
  const eighth = Math.PI / 4
  const angle = Math.round(Math.atan2(dy, dx) / eighth) * eighth
  const length = Math.hypot(dx, dy)
  return pointAt(x + Math.cos(angle) * length, y + Math.sin(angle) * length * ratio)
}

/**
 * A stroke with one more place: the pen goes on, arrow and box end there. The same stroke when nothing changes.
 * @param ratio width to height of the picture
 * @param straight true keeps arrows to eighths of a turn, boxes to equal sides and the pen to a straight line
 */
export function drawnTo(stroke: Stroke, to: Point, ratio: number, straight = false): Stroke {
  const [first] = stroke.points
  const last = stroke.points.at(-1)
  if (!first || !last) return { ...stroke, points: [to] }
  if (stroke.tool !== 'pen')
    return { ...stroke, points: [first, straight ? constrained(stroke.tool, first, to, ratio) : to] }
  if (straight) return { ...stroke, points: [first, to] }
  if (apart(last, to, ratio) < NEAR || stroke.points.length >= MAX_POINTS) return stroke
  return { ...stroke, points: [...stroke.points, to] }
}

/** Distance of a place from the line between two others. */
function offLine(at: Point, from: Point, to: Point, ratio: number): number {
  const [dx, dy] = [to[0] - from[0], (to[1] - from[1]) / ratio]
  const length = dx * dx + dy * dy
  const [px, py] = [at[0] - from[0], (at[1] - from[1]) / ratio]
  const share = length === 0 ? 0 : Math.max(0, Math.min(1, (px * dx + py * dy) / length))
  return Math.hypot(px - share * dx, py - share * dy)
}

/** The places that a line cannot do without: none of the others is further off it than `slack`. */
function thinned(points: readonly Point[], ratio: number, slack: number): Point[] {
  const kept = new Set([0, points.length - 1])
  const spans: [number, number][] = [[0, points.length - 1]]
  for (let span = spans.pop(); span; span = spans.pop()) {
    const [from, to] = [points[span[0]], points[span[1]]]
    let [far, at] = [slack, -1]
    for (let index = span[0] + 1; index < span[1] && from && to; index++) {
      const point = points[index]
      const off = point ? offLine(point, from, to, ratio) : 0
      if (off > far) [far, at] = [off, index]
    }
    if (at < 0) continue
    kept.add(at)
    spans.push([span[0], at], [at, span[1]])
  }
  return points.filter((_, index) => kept.has(index))
}

/** A stroke as it is kept: without the places nobody would see. Null for one that came to nothing. */
export function finished(stroke: Stroke, ratio: number): Stroke | null {
  const [first] = stroke.points
  const last = stroke.points.at(-1)
  if (!first || !last) return null
  if (stroke.tool === 'pen') return { ...stroke, points: thinned(stroke.points, ratio, 0.0006) }
  return apart(first, last, ratio) < 0.005 ? null : stroke
}

/** Units of the width of the picture in the paths below. */
export const UNITS = 1000
const unit = (value: number) => Math.round(value * 10) / 10

/** What is drawn of a stroke: lines, and for an arrow a head that is filled. */
export interface StrokeShape {
  readonly line: string
  readonly head: string | null
  /** Of the line, in the same units. */
  readonly width: number
}

function penLine(places: readonly Point[]): string {
  const [first, ...rest] = places
  if (!first) return ''
  // A line without length has round ends: a dot.
  if (rest.length === 0) return `M${first[0]} ${first[1]}h0`
  const curve = rest.slice(0, -1).map(([x, y], index) => {
    const [u, v] = rest[index + 1] ?? [x, y]
    return `Q${x} ${y} ${unit((x + u) / 2)} ${unit((y + v) / 2)}`
  })
  const last = rest.at(-1) ?? first
  return `M${first[0]} ${first[1]}${curve.join('')}L${last[0]} ${last[1]}`
}

function arrow([x, y]: Point, [u, v]: Point, width: number): Omit<StrokeShape, 'width'> {
  const length = Math.hypot(u - x, v - y)
  const head = Math.min(length, Math.max(width * 4.5, 22))
  const [dx, dy] = length === 0 ? [1, 0] : [(u - x) / length, (v - y) / length]
  const side = head * 0.42
  const [bx, by] = [u - dx * head, v - dy * head]
  const corner = (sign: 1 | -1) => `${unit(bx - sign * dy * side)} ${unit(by + sign * dx * side)}`
  // The line ends within the head, so that its round end is not seen beyond the point.
  return {
    line: `M${x} ${y}L${unit(u - dx * head * 0.8)} ${unit(v - dy * head * 0.8)}`,
    head: `M${u} ${v}L${corner(1)}L${corner(-1)}Z`,
  }
}

/** How a stroke is drawn over a picture that is `UNITS` wide. @param ratio width to height of the picture */
export function shapeOf(stroke: Stroke, ratio: number): StrokeShape {
  const places = stroke.points.map(([x, y]): Point => [unit(x * UNITS), unit((y * UNITS) / ratio)])
  const width = stroke.width * UNITS
  const [first] = places
  const last = places.at(-1)
  if (!first || !last) return { line: '', head: null, width }
  if (stroke.tool === 'pen') return { line: penLine(places), head: null, width }
  if (stroke.tool === 'arrow') return { ...arrow(first, last, width), width }
  const [[x, y], [u, v]] = [first, last]
  return { line: `M${x} ${y}H${u}V${v}H${x}Z`, head: null, width }
}
