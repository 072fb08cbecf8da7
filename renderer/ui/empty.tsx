import './empty.css'
import { Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'

/** One sentence, one action, and a drawing of what will be there. */
export function EmptyState({
  picture,
  title,
  text,
  children,
}: {
  picture?: ReactNode
  title: string
  text?: ReactNode
  /** The action. */
  children?: ReactNode
}) {
  return (
    <div className="empty-state">
      {picture}
      <h2>{title}</h2>
      {text && <p>{text}</p>}
      {children && <div className="row">{children}</div>}
    </div>
  )
}

/** Something to know, in place: why money stands still, what changed, what failed. */
export function Notice({
  tone = 'info',
  title,
  children,
  action,
}: {
  tone?: 'info' | 'attention' | 'error' | undefined
  title?: ReactNode
  children?: ReactNode
  action?: ReactNode
}) {
  const Icon = tone === 'info' ? Info : TriangleAlert
  return (
    <div className={`notice ${tone}`} role={tone === 'error' ? 'alert' : undefined}>
      <Icon size={14} className="notice-icon" aria-hidden />
      <div className="notice-text">
        {title && <strong>{title}</strong>}
        {children}
        {action && <div className="notice-action">{action}</div>}
      </div>
    </div>
  )
}

/** A grey stand-in while something loads; appears after 300 ms so that quick loads do not flash. */
export const Skeleton = ({ width, height }: { width?: number | string; height: number | string }) => (
  <span className="skeleton" aria-hidden style={{ width: width ?? '100%', height }} />
)

/** A bar along the upper edge of its box while something loads; appears after 300 ms. The box is positioned. */
export const LoadingBar = ({ label }: { label: string }) => (
  <output className="loading-bar">
    <span className="hidden-text">{label}</span>
    <i />
  </output>
)

const DRAWN = { faces: 4, rows: 4, cells: 12, bars: 6 } as const

/**
 * What an empty screen will hold, drawn: `faces` a cast, `rows` a queue or a history, `cells` a matrix of seeds, `bars`
 * spending by day.
 */
export const Drawn = ({ kind }: { kind: keyof typeof DRAWN }) => (
  <div className={`drawn ${kind}`} aria-hidden>
    {Array.from({ length: DRAWN[kind] }, (_, index) => (
      <span key={index} className={index === 1 ? 'next' : undefined} />
    ))}
  </div>
)
