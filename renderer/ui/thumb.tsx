import './thumb.css'
import { ImageOff } from 'lucide-react'
import { type ReactNode, useState } from 'react'

export interface FrameProps {
  /** Address of the picture; null draws the empty frame. */
  src: string | null
  alt?: string | undefined
  /** `sketch`: a draft. `wait`: queued. `dim`: stopped. `soft`: being made. */
  treatment?: 'plain' | 'sketch' | 'wait' | 'dim' | 'soft' | undefined
  /** Width to height of the box; the picture fills it without being stretched. */
  ratio?: string | undefined
  /** True to show the whole picture with bars rather than fill the box. */
  contain?: boolean | undefined
  /** `sketch`: the picture is a grey drawing already. */
  picture?: 'sketch' | undefined
  onMissing?: (() => void) | undefined
  children?: ReactNode
}

/** A picture in a fixed box, with the treatments that tell states apart. What it holds lies over the footage. */
export function Frame({
  src,
  alt = '',
  treatment = 'plain',
  ratio,
  contain,
  picture,
  onMissing,
  children,
}: FrameProps) {
  const [missing, setMissing] = useState<string | null>(null)
  return (
    <div
      className={`frame on-frame ${treatment} ${contain ? 'contain' : ''} ${picture ? `of-${picture}` : ''}`}
      style={ratio ? { aspectRatio: ratio } : undefined}
    >
      {src !== null && missing !== src && (
        <img
          src={src}
          alt={alt}
          draggable={false}
          decoding="async"
          onError={() => {
            setMissing(src)
            onMissing?.()
          }}
        />
      )}
      {children}
    </div>
  )
}

/** A small reference image with its position in the request. */
export function Thumb({
  src,
  number,
  label,
  size,
}: {
  src: string | null
  number?: number | undefined
  label: string
  /** Side in pixels of a square one, or `fit` to share a row; without it the box is 3:4 and fills its column. */
  size?: number | 'fit' | undefined
}) {
  const [missing, setMissing] = useState<string | null>(null)
  return (
    <span
      className={size === 'fit' ? 'thumb fit' : 'thumb'}
      style={typeof size === 'number' ? { width: size, height: size, aspectRatio: '1' } : undefined}
    >
      {src !== null && missing !== src ? (
        <img src={src} alt={label} draggable={false} decoding="async" onError={() => setMissing(src)} />
      ) : (
        <span className="thumb-missing">
          <ImageOff size={14} aria-hidden />
          <span className="hidden-text">{label}, picture missing</span>
        </span>
      )}
      {number !== undefined && <span className="thumb-number num">{number}</span>}
    </span>
  )
}
