import { Path2D, type SKRSContext2D } from '@napi-rs/canvas'

type Pen = SKRSContext2D
type Paint = Pen['fillStyle']

// Mara at her window: head and shoulders in profile, facing right, about 62 wide and 122 high, base at y = 4.
const SHOULDERS = new Path2D('M-30 4C-28 -34 -12 -52 8 -58L30 -58C48 -52 60 -36 62 4V60H-30Z')
const SHOULDER_EDGE = new Path2D('M30 -58C48 -52 60 -36 62 4V60')
const WINDOW_SCARF = new Path2D('M8 -64C14 -54 26 -54 32 -64L34 -54C26 -46 12 -46 6 -54Z')
const PROFILE = new Path2D(
  'M2 -86C0 -106 12 -118 26 -117C40 -116 47 -106 45 -94L49 -86L45 -84C46 -74 42 -68 34 -66C30 -60 18 -58 12 -62C4 -66 2 -76 2 -86Z',
)
const PROFILE_EDGE = new Path2D('M45 -94L49 -86L45 -84C46 -76 43 -70 36 -67')
const LONG_HAIR = new Path2D(
  'M-2 -82C-6 -108 10 -124 28 -122C42 -121 50 -112 47 -100C38 -106 30 -102 26 -92C24 -82 20 -74 12 -70C4 -64 2 -50 -8 -34C-18 -24 -14 -44 -10 -54C-6 -64 -1 -70 -2 -82Z',
)
const HAIR_EDGE = new Path2D('M28 -122C42 -121 50 -112 47 -100')
const LASHES = new Path2D('M37 -95.4C39 -97.2 42 -97 43.6 -95')
const BROW_LINE = new Path2D('M35.6 -101C38 -103 41.6 -103.2 44 -101.6')

/** Mara from the side, lit along her face by a window to the right. @param breath -1..1 */
export function maraAtWindow(
  pen: Pen,
  x: number,
  y: number,
  scale: number,
  breath: number,
  coat: Paint,
  edge: string,
): void {
  pen.save()
  pen.translate(x, y)
  pen.scale(scale, scale * (1 + breath * 0.004))
  pen.lineCap = 'round'
  pen.fillStyle = coat
  pen.fill(SHOULDERS)
  line(pen, SHOULDER_EDGE, edge, 1.5)
  pen.fillStyle = '#7c3024'
  pen.fill(WINDOW_SCARF)
  pen.fillStyle = '#6f4a3b'
  pen.fill(PROFILE)
  line(pen, LASHES, '#22130d', 1.1)
  line(pen, BROW_LINE, '#2a1810', 1.3)
  pen.fillStyle = '#1c100b'
  pen.beginPath()
  pen.ellipse(41.4, -94, 1.7, 2, 0, 0, Math.PI * 2)
  pen.fill()
  line(pen, PROFILE_EDGE, '#ffd9a8', 1.6)
  pen.fillStyle = '#1b120d'
  pen.fill(LONG_HAIR)
  line(pen, HAIR_EDGE, '#e9b07a', 1.3)
  pen.restore()
}

// A horse's head and neck in profile, facing right, in a box of about 180 by 230.
const HEAD = new Path2D(
  'M-60 300C-20 200 26 118 66 72C82 54 94 45 106 40L105 15C113 20 120 28 122 39C133 48 141 62 149 84C157 104 167 121 175 136C183 147 183 161 174 167C167 175 153 175 147 169C139 160 130 153 121 148C111 148 104 142 99 133C97 154 102 190 128 300Z',
)
const HEAD_MANE = new Path2D(
  'M-54 300C-10 190 30 116 68 70C82 53 98 42 112 38C120 44 126 56 127 66C120 58 112 56 106 58C86 70 66 98 54 124C52 116 48 122 44 138C36 134 28 150 22 170C14 168 -6 196 -16 240L-26 300Z',
)
const EAR = new Path2D('M92 16L107 39L98 44C92 36 90 26 92 16Z')
const BLAZE = new Path2D(
  'M132 58C140 68 148 92 160 116C166 128 171 134 174 138C170 140 166 138 162 132C151 114 140 86 130 66Z',
)
const STRAPS = new Path2D('M111 56C112 84 118 122 132 152M148 96C140 108 132 122 124 146M112 62C120 56 128 56 136 60')
const HEAD_RIM = new Path2D(
  'M66 72C82 54 94 45 106 40L105 15C113 20 120 28 122 39C133 48 141 62 149 84C157 104 167 121 175 136C182 146 183 158 176 165',
)
const CHEEK = new Path2D('M103 122C98 108 101 94 112 88')
const NOSTRIL = new Path2D('M167 150C171 147 175 149 175.6 153C172 156 168.6 155 167 150Z')
const MOUTH = new Path2D('M150 164C156 162.6 163 163 169 166')
const BROW = new Path2D('M119 71C123 67.6 130 69 133.6 75')

export interface HeadLook {
  readonly coat: Paint
  readonly mane: string
  readonly bridle: string
  readonly rim: string
  readonly blaze: string
}

/** A horse's head, large. @param ear degrees the far ear turns @param blink 0 open .. 1 shut */
export function horseHead(pen: Pen, look: HeadLook, ear: number, blink: number): void {
  pen.save()
  pen.lineCap = 'round'
  pen.lineJoin = 'round'
  pen.fillStyle = look.coat
  pen.fill(HEAD)
  pen.fillStyle = look.mane
  pen.fill(HEAD_MANE)
  pen.save()
  pen.translate(99, 42)
  pen.rotate((ear * Math.PI) / 180)
  pen.translate(-99, -42)
  pen.fill(EAR)
  pen.restore()
  pen.fillStyle = '#050403'
  pen.beginPath()
  pen.ellipse(127, 76, 5.4, 4 * (1 - blink * 0.9), (28 * Math.PI) / 180, 0, Math.PI * 2)
  pen.fill()
  if (blink < 0.5) {
    pen.fillStyle = 'rgba(255, 255, 255, 0.85)'
    pen.beginPath()
    pen.arc(128.8, 74.6, 1.3, 0, Math.PI * 2)
    pen.fill()
  }
  pen.globalAlpha = 0.7
  line(pen, BROW, look.mane, 1.6)
  pen.globalAlpha = 0.28
  line(pen, CHEEK, '#000', 2)
  pen.globalAlpha = 0.6
  line(pen, MOUTH, '#050403', 1.2)
  pen.globalAlpha = 0.85
  pen.fillStyle = '#050403'
  pen.fill(NOSTRIL)
  pen.globalAlpha = 0.75
  pen.fillStyle = look.blaze
  pen.fill(BLAZE)
  pen.globalAlpha = 1
  line(pen, STRAPS, look.bridle, 3.2)
  pen.strokeStyle = '#c8a063'
  pen.lineWidth = 1.8
  pen.beginPath()
  pen.arc(133, 132, 4, 0, Math.PI * 2)
  pen.stroke()
  line(pen, HEAD_RIM, look.rim, 1.8)
  pen.restore()
}

// Mara from the side with an arm outstretched, brushing; about 100 wide and 96 high, base at y = 0.
const TORSO = new Path2D('M-26 60V0C-26 -34 -18 -54 -4 -60L10 -60C22 -55 26 -34 27 0V60Z')
const UPPER_ARM = new Path2D('M6 -56C18 -58 34 -62 52 -66L56 -57C40 -48 26 -40 12 -38Z')
const HAND = new Path2D('M50 -67C56 -70 62 -70 65 -66L63 -58L55 -56Z')
const BRUSH_SCARF = new Path2D('M-7 -66C0 -58 10 -58 15 -66L17 -57C10 -49 -2 -49 -10 -57Z')
const BRUSH_HAIR = new Path2D(
  'M-8 -70C-12 -88 -4 -96 7 -96C18 -96 22 -88 18 -80C12 -86 6 -84 4 -76C2 -66 -4 -62 -9 -54C-16 -46 -18 -30 -24 -22C-28 -34 -20 -48 -14 -56Z',
)
const BRUSH_HAIR_EDGE = new Path2D('M-4 -93C4 -98 16 -96 19 -86')
const SMILE = new Path2D('M13 -69.5C14.6 -68.6 16 -69 17 -70.2')
const SHUT_EYE = new Path2D('M11.6 -78.5C13 -77.4 15 -77.4 16.2 -78.6')

/** Mara brushing to the right. @param stroke degrees the arm swings about the shoulder */
export function maraBrushing(
  pen: Pen,
  x: number,
  y: number,
  scale: number,
  stroke: number,
  coat: Paint,
  sleeve: string,
): void {
  pen.save()
  pen.translate(x, y)
  pen.scale(scale, scale)
  pen.lineCap = 'round'
  pen.fillStyle = coat
  pen.fill(TORSO)
  pen.save()
  pen.translate(8, -50)
  pen.rotate((stroke * Math.PI) / 180)
  pen.translate(-8, 50)
  pen.fillStyle = sleeve
  pen.fill(UPPER_ARM)
  pen.fillStyle = '#b98463'
  pen.fill(HAND)
  brush(pen)
  pen.restore()
  pen.fillStyle = '#b5452f'
  pen.fill(BRUSH_SCARF)
  pen.fillStyle = '#b98463'
  pen.beginPath()
  pen.ellipse(6, -76, 12, 13.4, 0, 0, Math.PI * 2)
  pen.fill()
  line(pen, SHUT_EYE, '#2e1c12', 1.1)
  line(pen, SMILE, '#8d4a3d', 1.1)
  pen.fillStyle = '#2e1c12'
  pen.fill(BRUSH_HAIR)
  pen.globalAlpha = 0.8
  line(pen, BRUSH_HAIR_EDGE, '#ffd091', 1.1)
  pen.restore()
}

function brush(pen: Pen): void {
  pen.save()
  pen.translate(60, -70)
  pen.rotate(0.21)
  pen.translate(-60, 70)
  pen.fillStyle = '#5f3d20'
  pen.beginPath()
  pen.roundRect(58, -72, 20, 8, 3)
  pen.fill()
  pen.fillStyle = '#d7b27d'
  for (let x = 60; x < 77; x += 2) pen.fillRect(x, -64, 1, 3.2)
  pen.restore()
}

function line(pen: Pen, path: Path2D, colour: string, width: number): void {
  pen.strokeStyle = colour
  pen.lineWidth = width
  pen.stroke(path)
}
