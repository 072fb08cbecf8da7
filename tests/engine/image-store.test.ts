import { createCanvas } from '@napi-rs/canvas'
import { createHash } from 'node:crypto'
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { TakeboardError } from '../../shared/errors.ts'
import { Sha256 } from '../../shared/ids.ts'
import { createImageStore } from '../../electron/engine/media/image-store.ts'

const dir = mkdtempSync(join(tmpdir(), 'takeboard-media-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

const sha = (bytes: Uint8Array) => Sha256.parse(createHash('sha256').update(bytes).digest('hex'))
const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => expect.fail('should have been refused'),
    (error: unknown) =>
      error instanceof TakeboardError ? `${error.code}: ${error.message}` : expect.fail(String(error)),
  )

const picture = (width: number, height: number) => {
  const canvas = createCanvas(width, height)
  canvas.getContext('2d').fillRect(0, 0, width / 2, height / 2)
  return canvas
}

describe('image store', () => {
  const images = join(dir, 'images')
  const store = createImageStore({ dir: images })
  const files = () => (existsSync(images) ? readdirSync(images, { recursive: true, encoding: 'utf8' }) : [])

  it('stores each picture once under its hash', async () => {
    const png = picture(500, 400).toBuffer('image/png')
    const [first, ...others] = await Promise.all([store.add(png), store.add(png), store.add(Buffer.from(png))])
    const again = await store.add(png)
    expect(first).toEqual({ sha256: sha(png), mime: 'image/png', width: 500, height: 400, bytes: png.length })
    expect([...others, again]).toEqual([first, first, first])
    const path = store.path(sha(png), 'image/png')
    expect(path).toBe(join(images, sha(png).slice(0, 2), `${sha(png)}.png`))
    expect(readFileSync(path).equals(png)).toBe(true)
    expect(files().filter((file) => file.includes('.'))).toEqual([join(sha(png).slice(0, 2), `${sha(png)}.png`)])
  })

  it('writes again what was cut short on disk', async () => {
    const webp = await picture(640, 480).encode('webp')
    const { sha256 } = await store.add(webp)
    const path = store.path(sha256, 'image/webp')
    writeFileSync(path, webp.subarray(0, 10))
    await store.add(webp)
    expect(readFileSync(path).equals(webp)).toBe(true)
  })

  it('says what is wrong with a picture, what was found and what is allowed', async () => {
    const before = files()
    const small = join(dir, 'mara-small.png')
    writeFileSync(small, picture(900, 399).toBuffer('image/png'))
    const gif = join(dir, 'mara.gif')
    writeFileSync(gif, 'GIF89a')
    const cut = join(dir, 'mara-cut.jpg')
    writeFileSync(cut, picture(500, 500).toBuffer('image/jpeg').subarray(0, 900))
    const large = join(dir, 'mara-large.png')
    writeFileSync(large, Buffer.alloc(10 * 1024 * 1024 + 1))
    expect(await codeOf(store.addFile(small))).toBe(
      'image-too-small: mara-small.png is 900 x 399 pixels; the short side must be 400 or more.',
    )
    expect(await codeOf(store.addFile(gif))).toBe('image-type: mara.gif is not a JPEG, PNG or WebP picture.')
    expect(await codeOf(store.addFile(cut))).toBe(
      'image-unreadable: mara-cut.jpg is damaged or cut short and cannot be read.',
    )
    expect(await codeOf(store.addFile(large))).toBe(
      'image-too-large: mara-large.png is 10.1 MB; a reference may be 10 MB at most.',
    )
    expect(await codeOf(store.addFile(join(dir, 'gone.png')))).toBe(
      `image-unreadable: There is no file ${join(dir, 'gone.png')}.`,
    )
    expect(await codeOf(store.addFile(dir))).toMatch(/^image-unreadable: /)
    expect(files()).toEqual(before)
  })

  it('takes a picture of exactly 400 pixels', async () => {
    expect(await store.add(picture(400, 400).toBuffer('image/png'))).toMatchObject({ width: 400, height: 400 })
  })

  it.skipIf(process.getuid?.() === 0)('says when the library cannot be written', async () => {
    const locked = join(dir, 'locked')
    const own = createImageStore({ dir: locked })
    await own.add(picture(400, 400).toBuffer('image/png'))
    chmodSync(locked, 0o500)
    expect(await codeOf(own.add(picture(401, 400).toBuffer('image/png')))).toMatch(/^library-unwritable: /)
    chmodSync(locked, 0o700)
  })
})
