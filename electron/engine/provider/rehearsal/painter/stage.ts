import { createCanvas, type Canvas, type SKRSContext2D } from '@napi-rs/canvas'
import { clamp, mix } from './colour.ts'

export type Pen = SKRSContext2D

/** A rectangle in stage units: a 16:9 picture is 320 wide and 180 high, with x to the right and y down. */
export interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** The part of the world a picture shows. Narrower pictures see less width and more height of the same scene. */
export interface Stage {
  readonly view: Box
  /** `view` with a margin for camera moves; still layers must fill it. */
  readonly area: Box
  /** What the camera pushes in on. */
  readonly pivot: { readonly x: number; readonly y: number }
}

/**
 * One depth of a picture. A still layer is painted once per clip and then only moved; a live one is drawn every frame.
 * Depth is how much of a camera move the layer follows: 0 is the sky, 1 the subject, more is the foreground.
 */
export type Layer =
  | {
      readonly depth: number
      readonly paint: (pen: Pen) => void
      readonly box?: Box
      readonly move?: (t: number) => Move
    }
  | { readonly depth: number; readonly live: (pen: Pen, t: number) => void }

/** Where a still layer stands at a moment. */
export interface Move {
  readonly x?: number
  readonly y?: number
  readonly alpha?: number
}

/** Where the camera stands at a moment: stage units off its start, and magnification. */
export interface CameraAt {
  readonly x: number
  readonly y: number
  readonly zoom: number
}

/** A scene ready to be shot. */
export interface Shot {
  readonly stage: Stage
  readonly layers: readonly Layer[]
  /** @param t seconds from the start of the clip */
  readonly camera: (t: number) => CameraAt
  /** Turns the picture left to right. */
  readonly mirror: boolean
}

/** Width over height of a ratio written as `16:9`. */
export const aspectOf = (ratio: string): number => {
  const [w = 16, h = 9] = ratio.split(':').map(Number)
  return w / h
}

/**
 * @param aspect width over height
 * @param focus what a narrower picture keeps in its middle
 * @param overscan units painted beyond each edge of the view
 */
export function openStage(aspect: number, focus: { x: number; y: number }, overscan = 34): Stage {
  const height = 180 * Math.pow(16 / 9 / aspect, 0.36)
  const width = height * aspect
  const middle = mix(160, focus.x, clamp((320 - width) / 90, 0, 1))
  const top = (180 - height) * 0.52
  const view = { left: middle - width / 2, top, right: middle + width / 2, bottom: top + height }
  return { view, area: grow(view, overscan, overscan * 0.6), pivot: focus }
}

export const grow = (box: Box, x: number, y: number): Box => ({
  left: box.left - x,
  top: box.top - y,
  right: box.right + x,
  bottom: box.bottom + y,
})

/** Paints one moment of a shot. @param t seconds */
export type FramePainter = (pen: Pen, t: number) => void

/**
 * Paints the still layers of a shot for a picture `width` pixels wide and returns the function that draws frames.
 * @param lift units the world is raised, to keep its ground clear of the burn-in
 */
export function prepare(shot: Shot, width: number, lift = 0): FramePainter {
  const { view, area, pivot } = shot.stage
  const scale = width / (view.right - view.left)
  const layers = shot.layers.map((layer) => {
    if ('live' in layer) return layer
    return { ...layer, ...bake(layer.paint, layer.box ?? area, scale) }
  })
  return (pen, t) => {
    const camera = shot.camera(t)
    for (const layer of layers) {
      const zoom = 1 + (camera.zoom - 1) * mix(0.35, 1, Math.min(layer.depth, 1.6))
      const size = scale * zoom
      const x = scale * (pivot.x - view.left) - size * (pivot.x + camera.x * layer.depth)
      const y = scale * (pivot.y - view.top - lift) - size * (pivot.y + camera.y * layer.depth)
      pen.save()
      if (shot.mirror) pen.setTransform(-size, 0, 0, size, width - x, y)
      else pen.setTransform(size, 0, 0, size, x, y)
      if ('live' in layer) layer.live(pen, t)
      else drawBaked(pen, layer.picture, layer.box, layer.move?.(t))
      pen.restore()
    }
  }
}

function drawBaked(pen: Pen, picture: Canvas, box: Box, move: Move = {}): void {
  if (move.alpha !== undefined) pen.globalAlpha = clamp(move.alpha, 0, 1)
  const left = box.left + (move.x ?? 0)
  const top = box.top + (move.y ?? 0)
  pen.drawImage(picture, left, top, box.right - box.left, box.bottom - box.top)
}

interface Baked {
  readonly picture: Canvas
  /** The part of the layer's box the picture covers. */
  readonly box: Box
}

/** Paints a layer once and cuts away the empty rows above and below, which would cost as much per frame as full ones. */
function bake(paint: (pen: Pen) => void, box: Box, scale: number): Baked {
  const width = Math.ceil((box.right - box.left) * scale)
  const height = Math.ceil((box.bottom - box.top) * scale)
  const canvas = createCanvas(width, height)
  const pen = canvas.getContext('2d')
  pen.setTransform(scale, 0, 0, scale, -box.left * scale, -box.top * scale)
  paint(pen)
  const bytes = canvas.data()
  const pixels = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4)
  let [from, to] = [0, height]
  while (from < to && isClear(pixels, from, width)) from++
  while (to > from && isClear(pixels, to - 1, width)) to--
  if (to - from > height * 0.85)
    return { picture: canvas, box: { ...box, right: box.left + width / scale, bottom: box.top + height / scale } }
  const picture = createCanvas(width, Math.max(1, to - from))
  picture.getContext('2d').drawImage(canvas, 0, -from)
  return {
    picture,
    box: {
      left: box.left,
      right: box.left + width / scale,
      top: box.top + from / scale,
      bottom: box.top + Math.max(from + 1, to) / scale,
    },
  }
}

const isClear = (pixels: Uint32Array, row: number, width: number): boolean =>
  pixels.subarray(row * width, (row + 1) * width).every((pixel) => pixel === 0)
