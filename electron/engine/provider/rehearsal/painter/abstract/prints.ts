import { createCanvas, type Canvas, type Image } from '@napi-rs/canvas'
import type { Rng } from '../random.ts'
import type { Box, Layer, Pen } from '../stage.ts'
import type { Size } from './read-prompt.ts'

/** Share of the picture's height the first print takes. */
const HEIGHT: Readonly<Record<Size, number>> = { close: 0.62, medium: 0.55, wide: 0.44 }

/**
 * The references a prompt speaks of as prints that hang in the scene, the first in front, each with a slow move inside
 * its frame. They keep clear of the burn-in at the top and foot.
 * @param centre where the first one hangs, in units @param side -1 or 1, where the others show
 */
export function printLayers(
  images: readonly Image[],
  random: Rng,
  options: { view: Box; centre: number; side: -1 | 1; size: Size; duration: number },
): Layer[] {
  const { view, side, duration } = options
  const full = view.bottom - view.top
  const height = Math.min(full * HEIGHT[options.size], (view.right - view.left) * 0.6)
  const middle = view.top + full * (view.right - view.left > full ? 0.44 : 0.35)
  return images
    .slice(0, 3)
    .map((image, i): Layer => {
      const tall = height * (1 - i * 0.2)
      const wide = tall * Math.min(1.5, Math.max(0.75, image.width / image.height))
      const x = options.centre + side * i * height * 0.5
      const y = middle + i * height * 0.04 * (i % 2 === 0 ? 1 : -1)
      const tilt = random.between(-0.022, 0.022) + side * i * 0.03
      const picture = smaller(image, Math.round(wide * 4))
      const towards = random.between(-1, 1)
      return {
        depth: 1.05 - i * 0.12,
        live: (pen, t) => {
          pen.translate(x, y + Math.sin(t * 0.8 + i * 2) * 0.8)
          pen.rotate(tilt)
          print(pen, picture, wide, tall, t / duration, towards, i * 0.2)
        },
      }
    })
    .toReversed()
}

/** @param share 0..1 of the clip @param dim darkness laid over prints further back */
function print(
  pen: Pen,
  picture: Canvas,
  width: number,
  height: number,
  share: number,
  towards: number,
  dim: number,
): void {
  const [left, top] = [-width / 2, -height / 2]
  for (const [spread, alpha] of [
    [6, 0.08],
    [3.6, 0.12],
    [1.6, 0.18],
  ] as const) {
    pen.fillStyle = `rgba(0, 0, 0, ${alpha})`
    pen.beginPath()
    pen.roundRect(left - spread * 0.6, top - spread * 0.3, width + spread * 1.2, height + spread * 1.4, 2 + spread)
    pen.fill()
  }
  pen.save()
  pen.beginPath()
  pen.roundRect(left, top, width, height, 2.4)
  pen.clip()
  const scale = Math.max(width / picture.width, height / picture.height) * (1.04 + 0.1 * share)
  const [w, h] = [picture.width * scale, picture.height * scale]
  pen.drawImage(picture, left + (width - w) / 2 + towards * (w - width) * 0.4 * share, top + (height - h) * 0.36, w, h)
  if (dim > 0) {
    pen.fillStyle = `rgba(8, 8, 12, ${dim})`
    pen.fillRect(left, top, width, height)
  }
  pen.restore()
  pen.strokeStyle = 'rgba(255, 255, 255, 0.82)'
  pen.lineWidth = 0.9
  pen.beginPath()
  pen.roundRect(left, top, width, height, 2.4)
  pen.stroke()
}

/** A copy no wider than it will be shown, so that drawing it every frame is cheap. */
function smaller(image: Image, width: number): Canvas {
  const scale = Math.min(1, width / image.width)
  const canvas = createCanvas(
    Math.max(1, Math.round(image.width * scale)),
    Math.max(1, Math.round(image.height * scale)),
  )
  const pen = canvas.getContext('2d')
  pen.imageSmoothingQuality = 'high'
  pen.drawImage(image, 0, 0, canvas.width, canvas.height)
  return canvas
}

/** The hue most of the colour in the images has, in degrees, or null when they are grey. */
export function dominantHue(images: readonly Image[]): number | null {
  let [east, north, weight] = [0, 0, 0]
  for (const image of images) {
    const small = createCanvas(12, 12)
    const pen = small.getContext('2d')
    pen.drawImage(image, 0, 0, 12, 12)
    const { data } = pen.getImageData(0, 0, 12, 12)
    for (let i = 0; i < data.length; i += 4) {
      const [r = 0, g = 0, b = 0] = [data[i], data[i + 1], data[i + 2]]
      const chroma = Math.max(r, g, b) - Math.min(r, g, b)
      const angle = Math.atan2(Math.sqrt(3) * (g - b), 2 * r - g - b)
      east += Math.cos(angle) * chroma
      north += Math.sin(angle) * chroma
      weight += 255
    }
  }
  if (weight === 0 || Math.hypot(east, north) / weight < 0.02) return null
  return (Math.atan2(north, east) * 180) / Math.PI
}
