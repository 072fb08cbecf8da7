import { formatUsdExact } from '../../../shared/money.ts'
import { useKnownClips } from '../../media/known-clips.ts'
import {
  fitted,
  SHEET,
  type SheetCell,
  type SheetEntry,
  type SheetLayout,
  type SheetPage,
} from '../../state/contact-sheet.ts'
import { posterUrl } from '../../state/media.ts'
import { padNumber } from '../../state/selectors.ts'
import { LABEL_WORDS } from '../../ui/take-label.tsx'

/** Pictures fetched at once. */
const AT_ONCE = 6
const FONT = 'Inter, system-ui, sans-serif'
const LABEL_INKS = { red: '#d9534f', yellow: '#d9b13b', green: '#4fae5c', blue: '#4a8fd9', purple: '#9a6bd1' } as const

/** What stands under a picture. */
export interface Caption {
  readonly slate: string
  readonly title: string
  readonly verdict: 'Picked' | 'Rejected' | null
  readonly seed: string
  readonly price: string
}

export function captionOf({ scene, take }: SheetEntry): Caption {
  return {
    slate: `${padNumber(scene.number)}-${take.number}`,
    title: scene.title || 'Untitled',
    verdict: scene.pickTakeId === take.id ? 'Picked' : take.rejected ? 'Rejected' : null,
    seed: String(take.request.seed),
    price: take.provider === 'rehearsal' ? 'Free' : formatUsdExact(take.price),
  }
}

/** The still of a take, or null while there is none. */
async function still(entry: SheetEntry | undefined): Promise<ImageBitmap | null> {
  if (!entry) return null
  const { take } = entry
  const made = take.clip ? (useKnownClips.getState().made.get(take.clip.sha256) ?? 0) : 0
  const url = posterUrl(take, made)
  if (url === null) return null
  try {
    const reply = await fetch(url)
    return reply.ok ? await createImageBitmap(await reply.blob()) : null
  } catch {
    return null
  }
}

type Brush = CanvasRenderingContext2D
interface Inks {
  readonly paper: string
  readonly well: string
  readonly text: string
  readonly quiet: string
  readonly picked: string
  readonly rejected: string
}

/** The colours of what is on screen, so that the saved sheet looks the same. */
export function inksOf(element: Element): Inks {
  const style = getComputedStyle(element)
  const ink = (name: string) => style.getPropertyValue(name).trim()
  return {
    paper: ink('--bg-1'),
    well: ink('--bg-0'),
    text: ink('--text-1'),
    quiet: ink('--text-3'),
    picked: ink('--st-picked'),
    rejected: ink('--st-failed'),
  }
}

/** Writes one line, shortened to a width. @returns where it ends */
function write(brush: Brush, text: string, x: number, y: number, room: number): number {
  let shown = text
  while (shown.length > 1 && brush.measureText(shown).width > room) shown = `${shown.slice(0, -2).trimEnd()}…`
  brush.fillText(shown, x, y)
  return x + brush.measureText(shown).width
}

function star(brush: Brush, x: number, y: number, size: number): void {
  brush.beginPath()
  for (let corner = 0; corner < 10; corner++) {
    const far = (corner % 2 === 0 ? 0.5 : 0.22) * size
    const angle = (Math.PI / 5) * corner - Math.PI / 2
    brush.lineTo(x + size / 2 + Math.cos(angle) * far, y + Math.sin(angle) * far)
  }
  brush.closePath()
  brush.fill()
}

function caption(brush: Brush, inks: Inks, entry: SheetEntry, { x, y }: SheetCell, width: number): void {
  const { slate, title, verdict, seed, price } = captionOf(entry)
  const { rating, label } = entry.take
  const font = (weight: number) => (brush.font = `${weight} 21px ${FONT}`)
  brush.textBaseline = 'alphabetic'
  font(700)
  brush.fillStyle = inks.text
  let at = write(brush, slate, x, y + 32, width) + 14
  font(600)
  if (verdict) {
    brush.fillStyle = verdict === 'Picked' ? inks.picked : inks.rejected
    at = write(brush, verdict, at, y + 32, x + width - at) + 14
  }
  if (label !== 'none' && at < x + width - 16) {
    brush.fillStyle = LABEL_INKS[label]
    brush.beginPath()
    brush.arc(at + 7, y + 25, 7, 0, 2 * Math.PI)
    brush.fill()
    font(400)
    brush.fillStyle = inks.quiet
    write(brush, LABEL_WORDS[label], at + 22, y + 32, Math.max(0, x + width - at - 22))
  }
  font(400)
  brush.fillStyle = inks.text
  write(brush, title, x, y + 60, width)
  brush.fillStyle = inks.text
  for (let index = 0; index < rating; index++) star(brush, x + index * 20, y + 80, 18)
  brush.fillStyle = inks.quiet
  const from = x + (rating > 0 ? rating * 20 + 12 : 0)
  write(brush, `${seed} · ${price}`, from, y + 88, x + width - from)
}

function picture(
  brush: Brush,
  inks: Inks,
  image: ImageBitmap | null,
  cell: SheetCell,
  box: SheetLayout['picture'],
): void {
  brush.fillStyle = inks.well
  brush.fillRect(cell.x, cell.y, box.width, box.height)
  if (image) {
    const { x, y, width, height } = fitted(image.width / image.height, box)
    brush.drawImage(image, cell.x + x, cell.y + y, width, height)
    return
  }
  brush.fillStyle = inks.quiet
  brush.font = `400 21px ${FONT}`
  brush.textAlign = 'center'
  brush.fillText('No picture yet', cell.x + box.width / 2, cell.y + box.height / 2)
  brush.textAlign = 'left'
}

export interface SheetWords {
  readonly title: string
  readonly line: string
}

/** Paints one page of a contact sheet. @returns it as a PNG */
export async function paintPage(
  entries: readonly SheetEntry[],
  page: SheetPage,
  box: SheetLayout['picture'],
  { title, line }: SheetWords,
  inks: Inks,
): Promise<Blob> {
  const canvas = document.createElement('canvas')
  canvas.width = page.width
  canvas.height = page.height
  const brush = canvas.getContext('2d', { alpha: false })
  if (!brush) throw new Error('This window cannot draw pictures.')
  await document.fonts.ready
  brush.imageSmoothingQuality = 'high'
  brush.fillStyle = inks.paper
  brush.fillRect(0, 0, page.width, page.height)
  const room = page.width - 2 * SHEET.margin
  brush.fillStyle = inks.text
  brush.font = `600 44px ${FONT}`
  write(brush, title, SHEET.margin, SHEET.margin + 40, room)
  brush.fillStyle = inks.quiet
  brush.font = `400 24px ${FONT}`
  write(brush, line, SHEET.margin, SHEET.margin + 80, room)
  for (let from = 0; from < page.cells.length; from += AT_ONCE) {
    const cells = page.cells.slice(from, from + AT_ONCE)
    const images = await Promise.all(cells.map(({ index }) => still(entries[index])))
    for (const [at, cell] of cells.entries()) {
      const entry = entries[cell.index]
      if (!entry) continue
      picture(brush, inks, images[at] ?? null, cell, box)
      images[at]?.close()
      caption(brush, inks, entry, { ...cell, y: cell.y + box.height }, box.width)
    }
  }
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The contact sheet is too large.'))), 'image/png'),
  )
}
