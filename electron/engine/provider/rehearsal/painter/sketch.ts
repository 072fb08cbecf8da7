import type { Pen } from './stage.ts'

/**
 * Turns a finished colour picture into a neutral pencil version in place: grey of low contrast, contours where tones
 * meet, and diagonal hatching that thickens in the shadows.
 */
export function sketch(pen: Pen, width: number, height: number): void {
  const image = pen.getImageData(0, 0, width, height)
  const pixels = image.data
  const grey = new Float32Array(width * height)
  for (let i = 0; i < grey.length; i++) {
    const p = i * 4
    grey[i] = 0.299 * (pixels[p] ?? 0) + 0.587 * (pixels[p + 1] ?? 0) + 0.114 * (pixels[p + 2] ?? 0)
  }
  const pitch = Math.max(3, Math.round(width / 110))
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x
      const tone = grey[i] ?? 0
      const contour = edge(grey, width, height, x, y)
      const stripe = (x + Math.round(y * 0.53)) % pitch === 0 ? hatch(tone) : 0
      const value = 34 + tone * 0.64 - contour * 0.55 + stripe
      const p = i * 4
      pixels[p] = pixels[p + 1] = pixels[p + 2] = value
    }
  }
  pen.putImageData(image, 0, 0)
}

/** Strength of the tone step around a pixel: Sobel, scaled to 0..90. */
function edge(grey: Float32Array, width: number, height: number, x: number, y: number): number {
  if (x === 0 || y === 0 || x === width - 1 || y === height - 1) return 0
  const at = (dx: number, dy: number) => grey[(y + dy) * width + x + dx] ?? 0
  const gx = at(1, -1) + 2 * at(1, 0) + at(1, 1) - at(-1, -1) - 2 * at(-1, 0) - at(-1, 1)
  const gy = at(-1, 1) + 2 * at(0, 1) + at(1, 1) - at(-1, -1) - 2 * at(0, -1) - at(1, -1)
  return Math.min(90, Math.hypot(gx, gy) * 0.28)
}

const hatch = (tone: number): number => (tone < 70 ? 15 : tone < 140 ? 11 : -7)
