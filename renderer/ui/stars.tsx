import './thumb.css'
import { Star } from 'lucide-react'
import { type PointerEvent, useState } from 'react'

const MOST = 5
const STARS = Array.from({ length: MOST }, (_, index) => index + 1)

/** The rating a click means. @param at 0 to 1 across the stars; a click on the present rating takes it away */
export function ratingAt(at: number, value: number): number {
  const rating = Math.max(1, Math.min(MOST, Math.ceil(at * MOST)))
  return rating === value ? 0 : rating
}

/** A rating from 0 to 5: one control, for arrow keys as for the pointer. */
export function Stars({ value, onChange, label }: { value: number; onChange(value: number): void; label: string }) {
  // What was asked for counts until it has come about, so that quick keys add up.
  const [asked, setAsked] = useState<number | null>(null)
  if (asked === value) setAsked(null)
  const shown = asked ?? value
  const ask = (rating: number) => {
    setAsked(rating)
    onChange(rating)
  }
  const press = (event: PointerEvent<HTMLInputElement>) => {
    // A range would round to the nearest step; a star counts as a whole.
    event.preventDefault()
    event.currentTarget.focus({ preventScroll: true })
    const { left, width } = event.currentTarget.getBoundingClientRect()
    ask(ratingAt((event.clientX - left) / width, shown))
  }
  return (
    <span className="stars">
      {STARS.map((star) => (
        <Star key={star} size={13} className={star <= shown ? 'on' : undefined} aria-hidden />
      ))}
      <input
        type="range"
        min={0}
        max={MOST}
        value={shown}
        aria-label={label}
        aria-valuetext={shown === 0 ? 'Not rated' : `${shown} of ${MOST} stars`}
        onPointerDown={press}
        onMouseDown={(event) => event.preventDefault()}
        onChange={(event) => ask(Number(event.target.value))}
        onBlur={() => setAsked(null)}
      />
    </span>
  )
}
