import { createCanvas, type Canvas, type Image } from '@napi-rs/canvas'
import { FRAME_RATE, type ClipJob } from '../jobs.ts'
import { hsl } from './colour.ts'
import { vignette } from './light.ts'
import { createRng, times } from './random.ts'
import type { Pen } from './stage.ts'
import { fillTabular, setType, wrapText } from './type.ts'

const PLATE = 'rgba(11, 11, 12, 0.68)'
const TEXT = '#f4f4f4'
const QUIET = '#b4b4b4'
const ACCENT = '#ffab5e'

/** `HH:MM:SS:FF` of a frame counted from 0. */
export function timecode(frame: number): string {
  const seconds = Math.floor(frame / FRAME_RATE)
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60, frame % FRAME_RATE]
  return parts.map((part) => String(part).padStart(2, '0')).join(':')
}

/**
 * The burn-in of a rehearsal clip: slate, seed, references and prompt on plates that are painted once, and the running
 * timecode painted per frame.
 * @param references the images in the order sent; null for one that could not be read
 */
export function createBurnIn(job: ClipJob, references: readonly (Image | null)[]): (pen: Pen, frame: number) => void {
  const { width, height } = job
  const unit = Math.min(width, height) / 360
  const plates = createCanvas(width, height)
  const ink = plates.getContext('2d')
  vignette(ink, width, height, 0.3)
  paintSlate(ink, job.label, unit)
  const clock = clockPlate(ink, width, unit)
  paintFoot(ink, job, references, unit)
  const frames = job.duration * FRAME_RATE
  return (pen, frame) => {
    pen.drawImage(plates, 0, 0)
    setType(pen, 12.5 * unit, 560)
    pen.fillStyle = TEXT
    fillTabular(pen, timecode(frame), clock.x, clock.y)
    pen.fillStyle = 'rgba(255, 255, 255, 0.16)'
    pen.fillRect(0, height - 2 * unit, width, 2 * unit)
    pen.fillStyle = ACCENT
    pen.fillRect(0, height - 2 * unit, (width * (frame + 1)) / frames, 2 * unit)
  }
}

function plate(pen: Pen, x: number, y: number, width: number, height: number, radius: number): void {
  pen.fillStyle = PLATE
  pen.beginPath()
  pen.roundRect(x, y, width, height, radius)
  pen.fill()
}

function paintSlate(pen: Pen, label: string, unit: number): void {
  const [x, y, height] = [12 * unit, 12 * unit, 26 * unit]
  setType(pen, 15 * unit, 680)
  const slateWidth = label === '' ? 0 : pen.measureText(label).width + 11 * unit
  setType(pen, 8.6 * unit, 620, 1.1 * unit)
  const wordWidth = pen.measureText('REHEARSAL').width
  plate(pen, x, y, slateWidth + wordWidth + 20 * unit, height, 5 * unit)
  pen.fillStyle = ACCENT
  pen.fillText('REHEARSAL', x + 10 * unit + slateWidth, y + 16.4 * unit)
  if (label === '') return
  setType(pen, 15 * unit, 680)
  pen.fillStyle = TEXT
  pen.fillText(label, x + 10 * unit, y + 18.4 * unit)
}

function clockPlate(pen: Pen, width: number, unit: number): { x: number; y: number } {
  setType(pen, 12.5 * unit, 560)
  const column = pen.measureText('0').width
  const textWidth = column * 8 + column * 0.5 * 3
  const x = width - 12 * unit - textWidth - 20 * unit
  plate(pen, x, 12 * unit, textWidth + 20 * unit, 26 * unit, 5 * unit)
  return { x: x + 10 * unit, y: 29.6 * unit }
}

function paintFoot(pen: Pen, job: ClipJob, references: readonly (Image | null)[], unit: number): void {
  const { width, height } = job
  const edge = 12 * unit
  const tile = { width: 24 * unit, height: 31 * unit, gap: 4 * unit }
  const stripWidth = references.length * (tile.width + tile.gap) - tile.gap
  const beside = width / height > 1.2 && stripWidth < width * 0.42
  const textLeft = beside ? edge + stripWidth + 12 * unit : edge
  const leading = 13.4 * unit
  setType(pen, 10.4 * unit, 440)
  const lines = wrapText(pen, job.prompt, width - edge - textLeft, beside ? 4 : 7)
  const textHeight = 15 * unit + lines.length * leading
  const stripHeight = beside ? 0 : tile.height + 8 * unit
  const inner = beside ? Math.max(textHeight, tile.height) : textHeight + stripHeight
  const top = height - inner - 21 * unit
  pen.fillStyle = PLATE
  pen.fillRect(0, top, width, height - top)
  pen.fillStyle = 'rgba(255, 255, 255, 0.09)'
  pen.fillRect(0, top, width, Math.max(1, unit))

  references.forEach((image, i) => {
    paintTile(pen, image, i + 1, edge + i * (tile.width + tile.gap), top + 11 * unit, tile, unit)
  })
  const textTop = top + 11 * unit + stripHeight
  paintFacts(pen, job, textLeft, textTop + 8.4 * unit, unit)
  setType(pen, 10.4 * unit, 440)
  lines.forEach((line, i) => paintLine(pen, line, textLeft, textTop + 15 * unit + (i + 0.78) * leading))
}

function paintFacts(pen: Pen, job: ClipJob, x: number, y: number, unit: number): void {
  const random = createRng(job.seed)
  const hue = random() * 360
  times(5, (i) => {
    pen.fillStyle = hsl(hue + i * random.between(20, 60), random.between(45, 80), random.between(48, 72))
    pen.fillRect(x + i * 5 * unit, y - 7 * unit, 5 * unit, 8 * unit)
  })
  setType(pen, 9.4 * unit, 600, 0.15 * unit)
  pen.fillStyle = TEXT
  const seed = `Seed ${job.seed}`
  pen.fillText(seed, x + 31 * unit, y)
  const after = x + 31 * unit + pen.measureText(seed).width + 9 * unit
  setType(pen, 9.4 * unit, 440, 0.15 * unit)
  pen.fillStyle = QUIET
  pen.fillText([job.resolution, job.aspectRatio, `${job.duration} s`].join('  ·  '), after, y)
}

/** References stand out of the prompt in the colour of their numbers. */
function paintLine(pen: Pen, line: string, x: number, y: number): void {
  let at = x
  for (const piece of line.split(/(\[Image\u00a0\d\])/)) {
    pen.fillStyle = piece.startsWith('[Image') ? ACCENT : '#e2e2e2'
    pen.fillText(piece, at, y)
    at += pen.measureText(piece).width
  }
}

function paintTile(
  pen: Pen,
  image: Image | null,
  number: number,
  x: number,
  y: number,
  tile: { width: number; height: number },
  unit: number,
): void {
  pen.save()
  pen.beginPath()
  pen.roundRect(x, y, tile.width, tile.height, 3 * unit)
  pen.clip()
  pen.fillStyle = '#2a2a2a'
  pen.fillRect(x, y, tile.width, tile.height)
  if (image) drawCover(pen, image, x, y, tile.width, tile.height)
  pen.fillStyle = 'rgba(10, 10, 11, 0.78)'
  pen.beginPath()
  pen.roundRect(x, y, 10.4 * unit, 10.8 * unit, [0, 0, 3 * unit, 0])
  pen.fill()
  setType(pen, 7.8 * unit, 680)
  pen.fillStyle = ACCENT
  pen.fillText(String(number), x + 3 * unit, y + 8.2 * unit)
  pen.restore()
  pen.strokeStyle = 'rgba(255, 255, 255, 0.22)'
  pen.lineWidth = Math.max(0.75, unit * 0.75)
  pen.beginPath()
  pen.roundRect(x, y, tile.width, tile.height, 3 * unit)
  pen.stroke()
}

/** Fills a rectangle with the upper middle of an image, where faces are. */
export function drawCover(pen: Pen, image: Image | Canvas, x: number, y: number, width: number, height: number): void {
  const scale = Math.max(width / image.width, height / image.height)
  const [sw, sh] = [width / scale, height / scale]
  pen.drawImage(image, (image.width - sw) / 2, (image.height - sh) * 0.3, sw, sh, x, y, width, height)
}
