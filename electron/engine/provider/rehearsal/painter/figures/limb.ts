import type { Pen } from '../stage.ts'

/** Half-widths of a limb at its root, joint, ankle and tip, in units. */
export type Girth = readonly [root: number, joint: number, ankle: number, tip: number]

/** A pose of one limb: degrees clockwise from hanging straight down, and how far the lower half bends on from there. */
export interface LimbPose {
  readonly swing: number
  readonly bend: number
}

export const radians = (degrees: number): number => (degrees * Math.PI) / 180

/** Fills a two-part limb that hangs from (x, y). */
export function limb(pen: Pen, x: number, y: number, length: number, girth: Girth, pose: LimbPose): void {
  const [root, joint, ankle, tip] = girth
  const half = length / 2
  pen.save()
  pen.translate(x, y)
  pen.rotate(radians(pose.swing))
  pen.beginPath()
  pen.moveTo(-root, -6)
  pen.bezierCurveTo(-root - 0.5, half * 0.44, -joint * 1.2, half * 0.8, -joint, half)
  pen.lineTo(joint, half)
  pen.bezierCurveTo(joint * 1.4, half * 0.76, root + 1, half * 0.4, root + 0.8, -6)
  pen.closePath()
  pen.fill()
  pen.translate(0, half)
  pen.beginPath()
  pen.arc(0, 0, joint, 0, Math.PI * 2)
  pen.fill()
  pen.rotate(radians(pose.bend))
  pen.beginPath()
  pen.moveTo(-joint, 0)
  pen.lineTo(-ankle, half * 0.74)
  pen.lineTo(-tip, half * 0.88)
  pen.lineTo(-tip, half)
  pen.lineTo(tip, half)
  pen.lineTo(ankle * 1.15, half * 0.86)
  pen.lineTo(ankle * 0.8, half * 0.72)
  pen.lineTo(joint, 0)
  pen.closePath()
  pen.fill()
  pen.restore()
}

/**
 * One leg in a walk: planted and carried back for `stance` of the cycle, then swung forward with the joint bent.
 * @param phase position in the cycle; whole numbers are the moments the foot lands
 * @param reach degrees to either side @param fold degrees the joint bends in the air
 */
export function stepPose(phase: number, reach: number, fold: number, stance = 0.62): LimbPose {
  const at = phase - Math.floor(phase)
  if (at < stance) return { swing: -reach + (2 * reach * at) / stance, bend: 0 }
  const air = (at - stance) / (1 - stance)
  const eased = air * air * (3 - 2 * air)
  return { swing: reach - 2 * reach * eased, bend: fold * Math.sin(Math.PI * air) }
}
