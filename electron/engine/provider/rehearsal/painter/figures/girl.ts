import { Path2D } from '@napi-rs/canvas'
import type { Pen } from '../stage.ts'
import { limb, radians, stepPose, type LimbPose } from './limb.ts'

export interface GirlPose {
  readonly near: LimbPose
  readonly far: LimbPose
  /** Degrees the near arm is raised forward. */
  readonly arm: number
  readonly bob: number
}

export interface GirlLook {
  readonly coat: Pen['fillStyle']
  readonly scarf: string
  readonly skin: string
  readonly hair: string
  readonly leg: string
  readonly rim?: string
}

/** Where her feet stand, her size (1 is 100 units tall), how far she leans forward in degrees, and the wind's moment. */
export interface GirlPlace {
  readonly x: number
  readonly y: number
  readonly scale: number
  readonly lean?: number
  /** Faces left. */
  readonly flip?: boolean
  /** Seconds; drives scarf and hair. */
  readonly t?: number
  /** 0 still .. 1 a storm. */
  readonly wind?: number
}

// A girl in a coat, 40 by 100 units, feet at y = 100, facing right.
const COAT = new Path2D('M13.6 27C16 23 25 23 27 27L29.6 46L33 71C26 74 15 74 8.6 71L12 47Z')
const SLEEVE = new Path2D('M18.6 28C21 26 25 27 25.6 30L25 54C24 56.4 20.6 56.4 20 54Z')
const SCARF = new Path2D('M15 22C18 24.6 24 24.6 27 21.6L27.6 27C24 29.6 16.4 29.6 13.4 27Z')
const SCARF_END = new Path2D('M15 24L8 32L6 44L11 43L13 34L18 28Z')
const HAIR = new Path2D(
  'M13.6 16C11.6 8 15.6 3 21.6 3C27 3 30 6.4 29.4 10C26.6 8.8 22.6 9 20.4 12C19.6 17 19 20 16.6 22C13 24 12.6 27 11.4 29C9.4 26.6 10.8 22.6 12.2 20.6Z',
)
const BRAID = new Path2D('M11.6 20C9.4 24 7.4 30.6 9.4 35C12.6 31 14.4 26 16.6 22Z')
const RIM = new Path2D('M29.4 10C29.8 14 29 18 26 21M27 27L29.6 46L33 71')

/** Draws the girl. */
export function girl(pen: Pen, place: GirlPlace, look: GirlLook, pose: GirlPose = WAITING): void {
  const wind = place.wind ?? 0.2
  const flutter = Math.sin((place.t ?? 0) * (2 + wind * 5)) * (3 + wind * 9)
  pen.save()
  pen.translate(place.x, place.y + pose.bob * place.scale)
  pen.scale(place.flip ? -place.scale : place.scale, place.scale)
  pen.rotate(radians(place.lean ?? 0))
  pen.translate(-20, -100)
  pen.fillStyle = look.leg
  limb(pen, 22.6, 64, 36, [3.4, 2.5, 2.1, 2.6], pose.far)
  limb(pen, 18.6, 64, 36, [3.6, 2.6, 2.2, 2.7], pose.near)
  shoe(pen, 18.6, pose.near)
  shoe(pen, 22.6, pose.far)
  pen.fillStyle = look.coat
  pen.fill(COAT)
  about(pen, 15, 25, 14 * wind + flutter, () => {
    pen.fillStyle = look.scarf
    pen.fill(SCARF_END)
  })
  about(pen, 22, 30, -pose.arm, () => {
    pen.fillStyle = look.coat
    pen.fill(SLEEVE)
    pen.fillStyle = look.skin
    pen.beginPath()
    pen.arc(22.4, 56.6, 2.7, 0, Math.PI * 2)
    pen.fill()
  })
  pen.fillStyle = look.scarf
  pen.fill(SCARF)
  pen.fillStyle = look.skin
  pen.beginPath()
  pen.ellipse(22, 13.6, 7, 8, 0, 0, Math.PI * 2)
  pen.fill()
  pen.fillStyle = look.hair
  about(pen, 14, 20, 10 * wind + flutter * 0.7, () => pen.fill(BRAID))
  pen.fill(HAIR)
  if (look.rim) {
    pen.strokeStyle = look.rim
    pen.lineWidth = 1.2
    pen.lineCap = 'round'
    pen.stroke(RIM)
  }
  pen.restore()
}

/** Where the near hand is, for a rope. */
export function handOf({ x, y, scale, flip }: GirlPlace, pose: GirlPose): { x: number; y: number } {
  const angle = radians(-pose.arm)
  const dx = 22 + (-26.6 * Math.sin(angle) + 0.4 * Math.cos(angle)) - 20
  const dy = 30 + 26.6 * Math.cos(angle) - 100
  return { x: x + (flip ? -dx : dx) * scale, y: y + dy * scale }
}

function about(pen: Pen, x: number, y: number, degrees: number, draw: () => void): void {
  pen.save()
  pen.translate(x, y)
  pen.rotate(radians(degrees))
  pen.translate(-x, -y)
  draw()
  pen.restore()
}

/** The toe of a boot, at the end of a leg. */
function shoe(pen: Pen, hipX: number, pose: LimbPose): void {
  const [upper, lower] = [radians(pose.swing), radians(pose.swing + pose.bend)]
  const x = hipX - Math.sin(upper) * 18 - Math.sin(lower) * 17
  const y = 64 + Math.cos(upper) * 18 + Math.cos(lower) * 17
  pen.save()
  pen.translate(x, y)
  pen.rotate(lower * 0.5)
  pen.beginPath()
  pen.ellipse(1.8, -0.4, 4, 1.8, 0, 0, Math.PI * 2)
  pen.fill()
  pen.restore()
}

const straight = (swing: number): LimbPose => ({ swing, bend: 0 })
export const WAITING: GirlPose = { near: straight(3), far: straight(-3), arm: 8, bob: 0 }

/** Walk. @param cycles strides since the start @param arm degrees the near arm is held forward, swinging when null */
export function strolling(cycles: number, arm: number | null = null, reach = 20): GirlPose {
  return {
    near: stepPose(cycles, reach, 30, 0.56),
    far: stepPose(cycles + 0.5, reach, 30, 0.56),
    arm: arm ?? 4 + 16 * Math.sin(cycles * Math.PI * 2),
    bob: 0.8 * Math.cos(cycles * Math.PI * 4),
  }
}

/** Run. */
export function running(cycles: number): GirlPose {
  return {
    near: stepPose(cycles, 38, 78, 0.45),
    far: stepPose(cycles + 0.5, 38, 78, 0.45),
    arm: 30 + 44 * Math.sin(cycles * Math.PI * 2),
    bob: -2.4 + 2.4 * Math.cos(cycles * Math.PI * 4),
  }
}
