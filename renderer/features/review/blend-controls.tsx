import { ChevronsLeftRight } from 'lucide-react'
import type { KeyboardEvent, PointerEvent } from 'react'
import { useReview } from '../../state/review.ts'

const within = (share: number) => Math.max(0, Math.min(1, share))

/** The line of a wipe, dragged or moved by arrow keys. @param scale how much larger than fitting the picture is */
export function WipeHandle({ scale }: { scale: number }) {
  const wipe = useReview((review) => review.wipe)
  const pan = useReview((review) => review.pan.x)
  const set = (share: number) => useReview.setState({ wipe: within(share) })

  const drag = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.parentElement?.getBoundingClientRect()
    if (!box || !event.currentTarget.hasPointerCapture(event.pointerId)) return
    set(0.5 + (event.clientX - pan - box.left - box.width / 2) / (box.width * scale))
  }
  const keys = (event: KeyboardEvent) => {
    const stride = event.shiftKey ? 0.1 : 0.01
    if (event.key === 'ArrowLeft' || event.key === 'ArrowDown') set(wipe - stride)
    else if (event.key === 'ArrowRight' || event.key === 'ArrowUp') set(wipe + stride)
    else if (event.key === 'Home') set(0)
    else if (event.key === 'End') set(1)
    else return
    event.preventDefault()
  }
  return (
    <div
      className="wipe-handle"
      // A native range has a track of its own and cannot be a line as high as the picture.
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
      role="slider"
      tabIndex={0}
      aria-label="Wipe"
      aria-orientation="horizontal"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(wipe * 100)}
      aria-valuetext={`${Math.round(wipe * 100)} % of the width shows A`}
      style={{ left: `calc(50% + ${(wipe - 0.5) * scale * 100}% + ${scale === 1 ? 0 : pan}px)` }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        event.stopPropagation()
      }}
      onPointerMove={drag}
      onClick={(event) => event.stopPropagation()}
      onKeyDown={keys}
    >
      <b>
        <ChevronsLeftRight size={16} aria-hidden />
      </b>
    </div>
  )
}

/** How far the wipe is, or how much of B lies over A, as a number to type. */
export function BlendField() {
  const mode = useReview((review) => review.mode)
  const share = useReview((review) => (review.mode === 'wipe' ? review.wipe : review.opacity))
  if (mode !== 'wipe' && mode !== 'overlay') return null
  const name = mode === 'wipe' ? 'Wipe' : 'Opacity of B'
  return (
    <label className="blend-field plate">
      {name}
      <input
        type="number"
        className="num"
        min={0}
        max={100}
        value={Math.round(share * 100)}
        onChange={(event) => {
          const next = within(Number(event.target.value) / 100)
          useReview.setState(mode === 'wipe' ? { wipe: next } : { opacity: next })
        }}
      />
      %
    </label>
  )
}
