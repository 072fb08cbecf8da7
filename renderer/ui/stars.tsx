import './thumb.css'
import { Star } from 'lucide-react'

const STARS = [1, 2, 3, 4, 5] as const

/** A rating from 0 to 5; a click on the present one takes it away. */
export function Stars({ value, onChange, label }: { value: number; onChange(value: number): void; label: string }) {
  return (
    <fieldset className="stars" aria-label={label}>
      {STARS.map((star) => (
        <button
          key={star}
          type="button"
          aria-pressed={star <= value}
          aria-label={star === 1 ? '1 star' : `${star} stars`}
          className={star <= value ? 'on' : undefined}
          onClick={(event) => {
            event.stopPropagation()
            onChange(value === star ? 0 : star)
          }}
        >
          <Star size={13} />
        </button>
      ))}
    </fieldset>
  )
}
