import { Path2D } from '@napi-rs/canvas'
import type { Pen } from '../stage.ts'
import { limb, radians, stepPose, type LimbPose } from './limb.ts'

/** Legs in the order near fore, far fore, near hind, far hind; the body's bob in units and pitch in degrees. */
export interface HorsePose {
  readonly legs: readonly [LimbPose, LimbPose, LimbPose, LimbPose]
  readonly bob: number
  readonly pitch: number
}

export interface HorseLook {
  readonly coat: Pen['fillStyle']
  /** Coat of the legs on the far side; the same as `coat` when left out. */
  readonly far?: Pen['fillStyle']
  readonly mane: string
  /** Light along the back and neck, if any, and its width in units. */
  readonly rim?: string
  readonly rimWidth?: number
  readonly bridle?: string
}

/** Where the hooves stand (stage units), the size (1 is 100 units from hoof to ear) and how the head is held. */
export interface HorsePlace {
  readonly x: number
  readonly y: number
  readonly scale: number
  /** Degrees the neck is lowered; negative looks up. */
  readonly head: number
  /** Degrees the tail swings. */
  readonly tail?: number
}

// A horse in profile, 110 by 100 units, hooves at y = 100, facing right.
const BODY = new Path2D(
  'M84 47C84 54 81 61 77 65C70 69 60 68 52 69C44 69 37 66 34 64C28 67 22 62 21 54C20 45 23 38 31 36C41 33.5 51 40 62 36.5C68 34 73 33 77 33C84 36 85 42 84 47Z',
)
const NECK = new Path2D(
  'M66 36C74 31 81 20 87 13.5C88 12 89.5 11.3 91.2 11L91.6 5.2C93.6 6.6 95 8.6 95.2 11.6C98.6 14 101.6 20.6 106.4 29.4C109 32.6 109.3 37 106 38.6C103 40.4 99.6 38.2 97.4 35C95 31.8 92.6 31 90.4 30.4C88.6 37 87 44 83.6 51C80 56 72 50 66 36Z',
)
const MANE = new Path2D(
  'M66 35.6C72 30 79 20 85.5 12.6C88 9.6 91.4 9 93 12.6C90.6 13.4 89.4 15.6 88 19C85.4 24.4 82.4 30.6 77.4 37.4C77 33.4 75.6 34.4 74.6 38C73.2 35.6 70.6 36 66 35.6Z',
)
const TAIL = new Path2D(
  'M24 40C15 42.6 13.4 54 14.4 64C14.8 70 13.6 75 11.6 79C17.6 76.6 21.4 69 22 61C22.4 55.6 23.6 51 25.6 47Z',
)
const RIM_BACK = new Path2D('M24 40C27 36.6 30 35.4 35 35.2C44 35.4 53 39.6 62 36.5')
const RIM_NECK = new Path2D('M66 36C74 31 81 20 87 13.5M92 10.6C96 12 100 17 106.4 29.4')
const BRIDLE = new Path2D('M92 15.5C93.4 20.6 95.4 26 98.6 32.6M101.4 20.6C99.4 25.4 97 28.4 93.4 30.8')

/** Draws a horse that faces right. */
export function horse(pen: Pen, place: HorsePlace, look: HorseLook, pose: HorsePose = STANDING): void {
  pen.save()
  pen.translate(place.x, place.y + pose.bob * place.scale)
  pen.scale(place.scale, place.scale)
  pen.rotate(radians(pose.pitch))
  pen.translate(-54, -100)
  const [nearFore, farFore, nearHind, farHind] = pose.legs
  pen.fillStyle = look.far ?? look.coat
  limb(pen, 67, 61, 39, [4.6, 2.4, 1.9, 2.9], farFore)
  limb(pen, 34, 60, 40, [5.6, 2.8, 2.3, 3.2], farHind)
  turned(pen, 25, 43, place.tail ?? 0, () => {
    pen.fillStyle = look.mane
    pen.fill(TAIL)
  })
  pen.fillStyle = look.coat
  pen.fill(BODY)
  limb(pen, 74, 60, 40, [5.2, 2.6, 2.1, 3.1], nearFore)
  limb(pen, 29, 59, 41, [6.6, 3.1, 2.5, 3.4], nearHind)
  if (look.rim) rimLine(pen, RIM_BACK, look.rim, look.rimWidth)
  turned(pen, 76, 44, place.head, () => {
    pen.fillStyle = look.coat
    pen.fill(NECK)
    pen.fillStyle = look.mane
    pen.fill(MANE)
    if (look.bridle) rimLine(pen, BRIDLE, look.bridle, 1)
    if (look.rim) rimLine(pen, RIM_NECK, look.rim, look.rimWidth)
  })
  pen.restore()
}

/** Where the halter of a horse so placed is, for a lead rope. */
export function muzzleOf({ x, y, scale, head }: HorsePlace): { x: number; y: number } {
  const angle = radians(head)
  const [dx, dy] = [102 - 76, 34 - 44]
  return {
    x: x + scale * (76 - 54 + dx * Math.cos(angle) - dy * Math.sin(angle)),
    y: y + scale * (44 - 100 + dx * Math.sin(angle) + dy * Math.cos(angle)),
  }
}

function turned(pen: Pen, x: number, y: number, degrees: number, draw: () => void): void {
  pen.save()
  pen.translate(x, y)
  pen.rotate(radians(degrees))
  pen.translate(-x, -y)
  draw()
  pen.restore()
}

function rimLine(pen: Pen, path: Path2D, colour: string, width = 1.1): void {
  pen.strokeStyle = colour
  pen.lineWidth = width
  pen.lineCap = 'round'
  pen.stroke(path)
}

const still = (swing: number): LimbPose => ({ swing, bend: 0 })
export const STANDING: HorsePose = { legs: [still(2), still(-4), still(3), still(-6)], bob: 0, pitch: 0 }

/** Four-beat walk. @param cycles strides since the start */
export function walking(cycles: number): HorsePose {
  const leg = (offset: number, reach: number) => stepPose(cycles + offset, reach, 34)
  return {
    legs: [leg(0.25, 17), leg(0.75, 17), leg(0, 18), leg(0.5, 18)],
    bob: -0.7 * Math.abs(Math.sin(cycles * Math.PI * 2)),
    pitch: 0.5 * Math.sin(cycles * Math.PI * 2),
  }
}

/** Gallop: the pairs gather and reach nearly together, and the body leaves the ground. */
export function galloping(cycles: number): HorsePose {
  const turn = cycles * Math.PI * 2
  const leg = (phase: number, centre: number, reach: number): LimbPose => ({
    swing: centre + reach * Math.sin(turn + phase),
    bend: 12 + 46 * Math.max(0, Math.cos(turn + phase)),
  })
  return {
    legs: [leg(0, 2, 44), leg(0.55, 0, 42), leg(2.5, 2, 42), leg(3, 0, 40)],
    bob: -4 + 4 * Math.sin(turn * 1 + 0.6),
    pitch: 4.5 * Math.sin(turn + 1.2) - 1,
  }
}

/** Units a walking horse of a scale covers in one cycle without its hooves sliding. */
export const strideOf = (scale: number): number => (2 * 40 * Math.sin(radians(17)) * scale) / 0.62
