import './changed-text.css'
import type { DiffPart } from '../state/word-diff.ts'

const TAGS = { same: 'span', removed: 'del', added: 'ins' } as const

/** A text with what went, struck out, and what came, underlined. */
export function ChangedText({ parts, className = '' }: { parts: readonly DiffPart[]; className?: string }) {
  return (
    <p className={`changed-text ${className}`}>
      {parts.map(({ kind, text }, index) => {
        const Tag = TAGS[kind]
        // The parts have no identity but their place.
        // oxlint-disable-next-line react/no-array-index-key
        return <Tag key={index}>{text}</Tag>
      })}
    </p>
  )
}
