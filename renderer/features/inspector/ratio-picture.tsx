import type { AspectRatio } from '../../../shared/models/happyhorse-1.1-r2v.ts'

/** A ratio drawn to scale. */
export function RatioPicture({ ratio }: { ratio: AspectRatio }) {
  const [w = 1, h = 1] = ratio.split(':').map(Number)
  const scale = 13 / Math.max(w, h)
  const width = Math.round(w * scale)
  const height = Math.round(h * scale)
  return (
    <svg width={width + 2} height={height + 2} aria-hidden>
      <rect
        x="1.7"
        y="1.7"
        width={width - 1.4}
        height={height - 1.4}
        rx="1.5"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.4"
      />
    </svg>
  )
}
