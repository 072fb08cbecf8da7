import './chip.css'
import { Dice5, Footprints, Link2, Lock, LockOpen } from 'lucide-react'
import type { ReactNode } from 'react'

/** A rounded label, such as a tag on a reference. */
export const Tag = ({ children }: { children: ReactNode }) => <span className="tag">{children}</span>

export interface SeedChipProps {
  /** `locked`: fixed by the artist. `drawn`: drawn by chance for a take. `random`: will be drawn. `walk`: the next step. `scene`: another scene's. */
  kind: 'locked' | 'drawn' | 'random' | 'walk' | 'scene'
  /** The number, or the words that stand for it. */
  text: string
}

const SEED_ICONS = { locked: Lock, drawn: LockOpen, random: Dice5, walk: Footprints, scene: Link2 }

/** A seed, with how it came about. */
export function SeedChip({ kind, text }: SeedChipProps) {
  const Icon = SEED_ICONS[kind]
  return (
    <span className={`chip num seed-chip ${kind === 'drawn' ? 'by-chance' : kind}`}>
      <Icon size={12} aria-hidden />
      {text}
    </span>
  )
}
