import { createCanvas, loadImage } from '@napi-rs/canvas'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Page } from 'playwright'
import type { SampleStudio } from './studio.ts'
import { THEMES } from './axe.ts'

/** The kept pictures. `SCREENS=update` makes them anew; look at each before it is committed. */
const KEPT = resolve(import.meta.dirname, '../screens')
const VIEWS = [
  { width: 1440, height: 900 },
  { width: 1100, height: 700 },
] as const

/** Pictures are kept at half their size and compared by the mean of squares this wide, so that no rasteriser of type matters. */
const SQUARE = 8
/** A square differs when its mean colour is further off than this, of 255. */
const FURTHEST = 20
/** The part of the squares that may differ. */
const SHARE = 0.003
const QUALITY = 80

interface Picture {
  readonly width: number
  readonly height: number
  readonly pixels: Uint8ClampedArray
}

async function readPicture(bytes: Buffer, scale: number): Promise<Picture & { webp(): Promise<Buffer> }> {
  const image = await loadImage(bytes)
  const [width, height] = [Math.round(image.width * scale), Math.round(image.height * scale)]
  const canvas = createCanvas(width, height)
  const brush = canvas.getContext('2d')
  brush.imageSmoothingQuality = 'high'
  brush.drawImage(image, 0, 0, width, height)
  const { data } = brush.getImageData(0, 0, width, height)
  return { width, height, pixels: data, webp: () => canvas.encode('webp', QUALITY) }
}

function meanOf({ width, height, pixels }: Picture, left: number, top: number): readonly [number, number, number] {
  const sum: [number, number, number] = [0, 0, 0]
  let count = 0
  for (let y = top; y < Math.min(top + SQUARE, height); y++)
    for (let x = left; x < Math.min(left + SQUARE, width); x++, count++)
      for (const channel of [0, 1, 2] as const) sum[channel] += pixels[(y * width + x) * 4 + channel] ?? 0
  return [sum[0] / count, sum[1] / count, sum[2] / count]
}

/** The squares in which two pictures of one size differ, as their places, and the part of all that they are. */
function differences(one: Picture, other: Picture): { readonly places: readonly [number, number][]; share: number } {
  if (one.width !== other.width || one.height !== other.height) return { places: [[0, 0]], share: 1 }
  const places: [number, number][] = []
  let all = 0
  for (let top = 0; top < one.height; top += SQUARE)
    for (let left = 0; left < one.width; left += SQUARE, all++) {
      const [a, b] = [meanOf(one, left, top), meanOf(other, left, top)]
      if (a.some((value, channel) => Math.abs(value - (b[channel] ?? 0)) > FURTHEST)) places.push([left, top])
    }
  return { places, share: places.length / all }
}

/** Runs in the page: puts fixed words in the place of those that tell the time of day or how long something took. */
function fixWords(): void {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.nodeValue ?? ''
    const fixed = text
      .replace(/\b1[12]:[05]\d(:\d\d)?\b/g, '12:00')
      .replace(/(just now|(less than )?(\d+|an?) (second|minute|min|s|m)s? ago)/gi, 'just now')
      .replace(node.parentElement?.closest('td') ? /^0:\d\d$/ : /^$/, '0:05')
    if (fixed !== text) node.nodeValue = fixed
  }
}

/** Waits until every picture is there and nothing passes any more. */
async function still(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle')
  await page.evaluate(async () => {
    await document.fonts.ready
    await Promise.all([...document.images].map((image) => image.decode().catch(() => {})))
    const passing = document.getAnimations().filter((each) => Number.isFinite(each.effect?.getComputedTiming().endTime))
    await Promise.all(passing.map((each) => each.finished.catch(() => {})))
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
  })
}

/**
 * Compares what a page shows with the kept pictures of a screen: in both themes, in the widest designed window and in the
 * smallest.
 * @returns what differs, empty when nothing does; pictures of it are in a temporary folder it names
 */
export async function comparedScreens(
  page: Page,
  studio: Pick<SampleStudio, 'engine'>,
  screen: string,
): Promise<readonly string[]> {
  const wrong: string[] = []
  for (const theme of THEMES) {
    await studio.engine.call('settings.update', { patch: { theme } })
    await page.locator(`html[data-theme=${theme}]`).waitFor()
    for (const view of VIEWS) {
      await page.setViewportSize(view)
      await still(page)
      await page.evaluate(fixWords)
      const now = await readPicture(await page.screenshot({ caret: 'hide' }), 0.5)
      const name = `${screen}-${theme}-${view.width}.webp`
      const path = join(KEPT, name)
      if (process.env['SCREENS'] === 'update') {
        mkdirSync(KEPT, { recursive: true })
        writeFileSync(path, await now.webp())
        continue
      }
      if (!existsSync(path)) {
        wrong.push(`${name} is not kept yet`)
        continue
      }
      const kept = await readPicture(readFileSync(path), 1)
      const { places, share } = differences(kept, now)
      if (share <= SHARE) continue
      const dir = mkdtempSync(join(tmpdir(), 'takeboard-screens-'))
      writeFileSync(join(dir, name), await now.webp())
      const first = places.slice(0, 5).map(([x, y]) => `${x * 2},${y * 2}`)
      wrong.push(`${name}: ${(share * 100).toFixed(2)} % differ, first at ${first.join(' ')}; see ${dir}`)
    }
  }
  await page.setViewportSize(VIEWS[0])
  return wrong
}
