import { createCanvas, loadImage, type SKRSContext2D } from '@napi-rs/canvas'
import { readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  factsOf,
  hammingDistance,
  hintsFor,
  looksAlike,
  type Neighbour,
  type PictureFacts,
  SAMPLE,
} from '../../renderer/features/cast/quality.ts'
import type { ImageFile } from '../../shared/model.ts'

const castDir = resolve(import.meta.dirname, '../../resources/sample/cast')

/** Facts of what is drawn at sample size. */
function drawn(draw: (brush: SKRSContext2D) => void): PictureFacts {
  const canvas = createCanvas(SAMPLE.width, SAMPLE.height)
  const brush = canvas.getContext('2d')
  brush.imageSmoothingQuality = 'high'
  draw(brush)
  return factsOf(brush.getImageData(0, 0, SAMPLE.width, SAMPLE.height).data)
}

const plain = (colour: string) =>
  drawn((brush) => {
    brush.fillStyle = colour
    brush.fillRect(0, 0, SAMPLE.width, SAMPLE.height)
  })

type Picture = Awaited<ReturnType<typeof loadImage>>

/** @param crop share cut off every side */
const factsOfPicture = (picture: Picture, crop = 0) =>
  drawn((brush) =>
    brush.drawImage(
      picture,
      picture.width * crop,
      picture.height * crop,
      picture.width * (1 - 2 * crop),
      picture.height * (1 - 2 * crop),
      0,
      0,
      SAMPLE.width,
      SAMPLE.height,
    ),
  )

function savedAgain(picture: Picture, scale: number): Promise<Picture> {
  const canvas = createCanvas(Math.round(picture.width * scale), Math.round(picture.height * scale))
  canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height)
  return loadImage(canvas.toBuffer('image/jpeg', 50))
}

const neighbour = (values: Partial<ImageFile> = {}, facts: PictureFacts | null = null, number = 1): Neighbour => ({
  number,
  image: { sha256: `s${number}`, mime: 'image/png', width: 1536, height: 2048, bytes: 1, ...values } as ImageFile,
  facts,
})
const texts = (picture: Neighbour, before: readonly Neighbour[] = []) =>
  hintsFor(picture, before).map(({ text }) => text)

describe('the perceptual hash', () => {
  it('has a bit for every step to the right that is lighter', () => {
    const rising = drawn((brush) => {
      for (let x = 0; x < SAMPLE.width; x++) {
        brush.fillStyle = `rgb(${x * 3} ${x * 3} ${x * 3})`
        brush.fillRect(x, 0, 1, SAMPLE.height)
      }
    })
    expect(rising.hash).toBe(2n ** 64n - 1n)
    expect(plain('#808080').hash).toBe(0n)
    expect(hammingDistance(rising.hash, plain('#808080').hash)).toBe(64)
    expect(hammingDistance(0b1011n, 0b1101n)).toBe(2)
    expect(rising.low).toBeLessThan(rising.high)
  })

  it('finds a picture that was saved again or trimmed, and no other of the sample', async () => {
    const pictures = await Promise.all(
      readdirSync(castDir)
        .filter((name) => name.endsWith('.png'))
        .map((name) => loadImage(join(castDir, name))),
    )
    const facts = pictures.map((picture) => factsOfPicture(picture))
    expect(facts.length).toBe(7)
    for (const [index, own] of facts.entries()) {
      const picture = pictures[index]
      if (!picture) continue
      expect(looksAlike(own, factsOfPicture(await savedAgain(picture, 0.4)))).toBe(true)
      expect(looksAlike(own, factsOfPicture(picture, 0.01))).toBe(true)
      for (const other of facts.slice(index + 1)) expect(looksAlike(own, other)).toBe(false)
    }
  })

  it('tells plain pictures apart by their tone', () => {
    expect(looksAlike(plain('#202020'), plain('#242424'))).toBe(true)
    expect(looksAlike(plain('#202020'), plain('#a0a0a0'))).toBe(false)
  })
})

describe('the hints of a picture', () => {
  it('say what to do about its size', () => {
    expect(texts(neighbour({ width: 640, height: 900 }))).toEqual(['640 px wide. Use 720 px or more.'])
    expect(texts(neighbour({ width: 900, height: 500 }))).toEqual(['500 px high. Use 720 px or more.'])
    expect(texts(neighbour({ width: 720, height: 720 }))).toEqual([])
    expect(texts(neighbour({ width: 4096, height: 4096 }))).toEqual([])
    expect(texts(neighbour({ width: 4000, height: 5000 }))).toEqual([
      '5000 px high. A copy of 4096 px or less uploads faster.',
    ])
  })

  it('say what to do about a strip', () => {
    expect(texts(neighbour({ width: 2000, height: 800 }))).toEqual([])
    expect(texts(neighbour({ width: 2001, height: 800 }))).toEqual(['Very wide. Crop it around the character.'])
    expect(texts(neighbour({ width: 720, height: 2400 }))).toEqual(['Very tall. Crop it around the character.'])
  })

  it('say when nearly all of it is dark or washed out, and leave a plain backdrop alone', () => {
    expect(texts(neighbour({}, plain('#0a0a0a')))).toEqual(['Very dark. Use a brighter picture.'])
    expect(texts(neighbour({}, plain('#fafafa')))).toEqual(['Washed out. Use a picture with less light.'])
    const figure = (backdrop: string, tone: string) =>
      drawn((brush) => {
        brush.fillStyle = backdrop
        brush.fillRect(0, 0, SAMPLE.width, SAMPLE.height)
        brush.fillStyle = tone
        brush.fillRect(24, 8, 24, 56)
      })
    expect(texts(neighbour({}, figure('#ffffff', '#7a5a3c')))).toEqual([])
    expect(texts(neighbour({}, figure('#000000', '#c0a080')))).toEqual([])
  })

  it('name the picture it is a copy of, the earlier one', () => {
    const first = neighbour({}, plain('#808080'), 1)
    const again = neighbour({ sha256: first.image.sha256 }, plain('#808080'), 2)
    expect(texts(again, [first])).toEqual(['The same as image 1. Remove one.'])
    expect(texts(neighbour({}, plain('#828282'), 2), [first])).toEqual([
      'Nearly the same as image 1. Another view helps more.',
    ])
    expect(texts(neighbour({}, null, 2), [first])).toEqual([])
    expect(texts(neighbour({ width: 500, height: 2000 }, plain('#000000'), 2), [first])).toEqual([
      '500 px wide. Use 720 px or more.',
      'Very tall. Crop it around the character.',
      'Very dark. Use a brighter picture.',
    ])
  })
})
