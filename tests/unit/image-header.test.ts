import { createCanvas } from '@napi-rs/canvas'
import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { readImageHeader } from '../../electron/engine/media/image-header.ts'

const SAMPLE = readFileSync(new URL('../../resources/sample/cast/mara-front.png', import.meta.url))

/** A picture with enough detail that its compressed data holds many FF bytes. */
function draw(width: number, height: number) {
  const canvas = createCanvas(width, height)
  const context = canvas.getContext('2d')
  for (let y = 0; y < height; y += 4)
    for (let x = 0; x < width; x += 4) {
      context.fillStyle = `rgb(${(x * 7) % 256},${(y * 13) % 256},${(x * y) % 256})`
      context.fillRect(x, y, 4, 4)
    }
  return canvas
}

/** An extended WebP: a VP8X chunk with the size of the canvas, then the picture's own chunk. */
function extended(webp: Buffer, width: number, height: number): Buffer {
  const chunk = Buffer.alloc(18)
  chunk.write('VP8X', 'latin1')
  chunk.writeUInt32LE(10, 4)
  chunk.writeUIntLE(width - 1, 12, 3)
  chunk.writeUIntLE(height - 1, 15, 3)
  const whole = Buffer.concat([webp.subarray(0, 12), chunk, webp.subarray(12)])
  whole.writeUInt32LE(whole.length - 8, 4)
  return whole
}

describe('readImageHeader', () => {
  const pictures: Record<string, Buffer> = {}
  beforeAll(async () => {
    const canvas = draw(640, 420)
    pictures['png'] = await canvas.encode('png')
    pictures['jpeg'] = await canvas.encode('jpeg', 85)
    pictures['webp'] = await canvas.encode('webp', 80)
    pictures['lossless'] = canvas.toBuffer('image/webp', 100)
    pictures['extended'] = extended(pictures['webp'], 640, 420)
  })

  it.each([
    ['png', 'image/png'],
    ['jpeg', 'image/jpeg'],
    ['webp', 'image/webp'],
    ['lossless', 'image/webp'],
    ['extended', 'image/webp'],
  ])('reads the size of %s', (kind, mime) => {
    expect(readImageHeader(pictures[kind] ?? Buffer.alloc(0))).toEqual({ mime, width: 640, height: 420 })
  })

  it('reads the sample cast', () => {
    const read = readImageHeader(SAMPLE)
    expect(read).toMatchObject({ mime: 'image/png' })
  })

  it('reads a JPEG with application segments, fill bytes and a trailer', () => {
    const jpeg = pictures['jpeg'] ?? Buffer.alloc(0)
    // An APP1 segment that holds a small picture's own end marker, as EXIF thumbnails do.
    const app1 = Buffer.from([0xff, 0xff, 0xe1, 0x00, 0x08, 0xff, 0xd9, 0xff, 0xc0, 0x00, 0x01])
    const dressed = Buffer.concat([jpeg.subarray(0, 2), app1, jpeg.subarray(2), Buffer.from('trailing maker data')])
    expect(readImageHeader(dressed)).toEqual({ mime: 'image/jpeg', width: 640, height: 420 })
  })

  it.each(['png', 'jpeg', 'webp', 'lossless', 'extended'])('finds %s cut short at any point', (kind) => {
    const whole = pictures[kind] ?? Buffer.alloc(0)
    const step = Math.max(1, Math.floor(whole.length / 400))
    const cuts = [...Array(400).keys()].map((count) => count * step).filter((cut) => cut < whole.length)
    expect(cuts.length).toBeGreaterThan(100)
    for (const cut of [...cuts, whole.length - 1])
      expect(readImageHeader(whole.subarray(0, cut)), `cut at ${cut} of ${whole.length}`).toBeTypeOf('string')
  })

  it('finds a PNG with a changed byte', () => {
    const whole = Buffer.from(pictures['png'] ?? [])
    const middle = whole.length >> 1
    whole[middle] = (whole[middle] ?? 0) ^ 1
    expect(readImageHeader(whole)).toBe('damaged')
  })

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['text', Buffer.from('<!doctype html><p>Not a picture</p>')],
    ['a GIF', Buffer.from('GIF89a\x01\x00\x01\x00\x00\x00\x00;', 'latin1')],
    ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="500" height="500"/>')],
    ['a WAV', Buffer.from('RIFF\x04\x00\x00\x00WAVE', 'latin1')],
  ])('does not know %s', (_name, bytes) => {
    expect(readImageHeader(bytes)).toBe('unknown')
  })

  it('takes a picture without pixels or without area for damaged', () => {
    const png = pictures['png'] ?? Buffer.alloc(0)
    const iend = Buffer.from([0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82])
    expect(readImageHeader(Buffer.concat([png.subarray(0, 33), iend]))).toBe('damaged')
    expect(readImageHeader(Buffer.from([0xff, 0xd8, 0xff, 0xd9]))).toBe('damaged')
    expect(readImageHeader(Buffer.from('RIFF\x04\x00\x00\x00WEBP', 'latin1'))).toBe('damaged')
  })
})
