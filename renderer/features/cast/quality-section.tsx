import { Check as CheckMark, CircleX, TriangleAlert } from 'lucide-react'
import type { ImageFile } from '../../../shared/model.ts'
import { plural } from '../../state/selectors.ts'
import { UNREADABLE } from './cards.tsx'
import { sizeText } from './logic.ts'
import { type Check, CHECKS, type Hint } from './quality.ts'

const WORDS: Readonly<Record<Check, string>> = {
  size: 'Size',
  shape: 'Shape',
  light: 'Light',
  likeness: 'Copies',
}

const SHAPES = ['16:9', '4:3', '1:1', '3:4', '9:16', '3:2', '2:3', '4:5', '5:4'] as const

/** `3:4` for a picture of about that shape, else `0.64:1`. */
function shapeText({ width, height }: Pick<ImageFile, 'width' | 'height'>): string {
  const ratio = width / height
  const known = SHAPES.find((shape) => {
    const [w = 1, h = 1] = shape.split(':').map(Number)
    return Math.abs(ratio / (w / h) - 1) < 0.01
  })
  return known ?? `${ratio.toFixed(2)}:1`
}

/** What was checked of a picture, with what to do about it. */
export function QualitySection({
  image,
  hints,
  known,
  unreadable,
}: {
  image: ImageFile
  hints: readonly Hint[]
  /** False until its pixels have been looked at. */
  known: boolean
  unreadable: boolean
}) {
  const values: Readonly<Record<Check, string>> = {
    size: `${image.width} × ${image.height}`,
    shape: shapeText(image),
    light: known ? 'Good' : 'Looking',
    likeness: known ? 'None' : 'Looking',
  }
  const verdict = unreadable ? 'Unreadable' : hints.length === 0 ? 'Good' : plural(hints.length, 'hint')
  return (
    <section className="section" aria-label="Quality">
      <div className="section-label">
        <span>Quality</span>
        <span className={`verdict ${unreadable ? 'error' : hints.length > 0 ? 'attention' : 'good'}`}>{verdict}</span>
      </div>
      {unreadable ? (
        <p className="ref-hint error">
          <CircleX size={12} aria-hidden />
          <span>{UNREADABLE}</span>
        </p>
      ) : (
        <ul className="checks">
          {CHECKS.map((check) => {
            const hint = hints.find((each) => each.check === check)
            return (
              <li key={check} className={hint ? 'attention' : undefined}>
                {hint ? <TriangleAlert size={14} aria-hidden /> : <CheckMark size={14} aria-hidden />}
                <span>{WORDS[check]}</span>
                <span className="t2 num">{hint && check !== 'size' && check !== 'shape' ? '' : values[check]}</span>
                {hint && <span className="check-advice num">{hint.text}</span>}
              </li>
            )
          })}
          <li>
            <CheckMark size={14} aria-hidden />
            <span>File</span>
            <span className="t2 num">
              {image.mime.replace('image/', '').toUpperCase()}, {sizeText(image.bytes)}
            </span>
          </li>
        </ul>
      )}
    </section>
  )
}
