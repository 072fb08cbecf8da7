import { createCanvas, loadImage } from '@napi-rs/canvas'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { StillJob } from '../../electron/engine/provider/rehearsal/jobs.ts'
import { openClip, paintStill } from '../../electron/engine/provider/rehearsal/painter/picture.ts'
import { ASPECT_RATIOS } from '../../shared/models/happyhorse-1.1-r2v.ts'

const SAMPLE = join(import.meta.dirname, '../../resources/sample')
const Board = z.object({ scenes: z.array(z.object({ prompt: z.string() })) })
const prompts = Board.parse(JSON.parse(readFileSync(join(SAMPLE, 'the-long-pasture.board.json'), 'utf8'))).scenes.map(
  ({ prompt }) => prompt,
)
const OTHERS = [
  'A detective waits in a neon alley at night, rain.',
  'A quiet kitchen in the morning.',
  'Something unsaid.',
]

const job = (change: Partial<StillJob>): StillJob => ({
  kind: 'still',
  number: '1',
  title: '',
  prompt: 'Something unsaid.',
  seed: 48213907,
  aspectRatio: '16:9',
  images: [],
  look: 'colour',
  width: 160,
  ...change,
})

async function pixelsOf(still: Uint8Array) {
  const image = await loadImage(Buffer.from(still))
  const canvas = createCanvas(image.width, image.height)
  const pen = canvas.getContext('2d')
  pen.drawImage(image, 0, 0)
  return { width: image.width, height: image.height, data: pen.getImageData(0, 0, image.width, image.height).data }
}

/** Mean difference of the colour channels, 0..255. */
function difference(a: Uint8ClampedArray, b: Uint8ClampedArray): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += Math.abs((a[i] ?? 0) - (b[i] ?? 0))
  return sum / ((a.length * 3) / 4)
}

describe('a still', () => {
  it.each([...prompts, ...OTHERS])('repeats with its seed and changes with another: %s', async (prompt) => {
    const first = await paintStill(job({ prompt }))
    expect(Buffer.from(await paintStill(job({ prompt }))).equals(first)).toBe(true)
    const other = await pixelsOf(await paintStill(job({ prompt, seed: 33190426 })))
    expect(difference((await pixelsOf(first)).data, other.data)).toBeGreaterThan(4)
  })

  it.each(ASPECT_RATIOS)('has the shape of %s', async (aspectRatio) => {
    const [w = 1, h = 1] = aspectRatio.split(':').map(Number)
    const { width, height } = await pixelsOf(await paintStill(job({ aspectRatio })))
    expect(width).toBe(160)
    expect(Math.abs(width / height - w / h)).toBeLessThan(0.02)
  })

  it('is neutral grey as a sketch', async () => {
    const { data } = await pixelsOf(await paintStill(job({ prompt: prompts[11] ?? '', look: 'sketch' })))
    for (let i = 0; i < data.length; i += 4) {
      if (data[i] !== data[i + 1] || data[i] !== data[i + 2]) throw new Error(`Pixel ${i / 4} has a colour`)
    }
    expect(new Set(data).size).toBeGreaterThan(40)
  })

  it('shows the references of a board of its own', async () => {
    const without = await pixelsOf(await paintStill(job({ prompt: OTHERS[0] ?? '' })))
    const image = join(SAMPLE, 'cast/mara-front.png')
    const shown = await pixelsOf(await paintStill(job({ prompt: OTHERS[0] ?? '', images: [image] })))
    expect(difference(without.data, shown.data)).toBeGreaterThan(4)
  })

  it('is drawn without a reference that cannot be read', async () => {
    const still = await paintStill(job({ images: ['/nowhere/face.png'] }))
    expect((await pixelsOf(still)).width).toBe(160)
  })
})

describe('a clip', () => {
  it('moves, and carries its burn-in on every frame', async () => {
    const frame = await openClip({
      kind: 'clip',
      prompt: `${prompts[0] ?? ''}\n\n${'A very long style note. '.repeat(60)}`,
      seed: 5,
      aspectRatio: '9:16',
      images: [join(SAMPLE, 'cast/mara-front.png'), '/nowhere/face.png'],
      label: '12A-3',
      resolution: '720p',
      width: 180,
      height: 320,
      duration: 3,
      outFile: '',
    })
    const first = Uint8ClampedArray.from(frame(0))
    const last = Uint8ClampedArray.from(frame(71))
    expect(first).toHaveLength(180 * 320 * 4)
    expect(difference(first, last)).toBeGreaterThan(1)
    expect(difference(first, Uint8ClampedArray.from(frame(0)))).toBe(0)
  })
})
