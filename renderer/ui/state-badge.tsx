import './chip.css'
import { Check, CircleDashed, CircleX, CirclePause, Clock, Download, Eye, Loader, TriangleAlert } from 'lucide-react'

/** The states of a scene or a take, as a screen tells them apart. */
export type StateName = 'draft' | 'queued' | 'generating' | 'downloading' | 'ready' | 'picked' | 'failed' | 'attention'

export const STATE_LABELS: Readonly<Record<StateName, string>> = {
  draft: 'Draft',
  queued: 'Queued',
  generating: 'Generating',
  downloading: 'Downloading',
  ready: 'Ready',
  picked: 'Picked',
  failed: 'Failed',
  attention: 'Needs attention',
}

const ICONS = {
  draft: CircleDashed,
  queued: Clock,
  generating: Loader,
  downloading: Download,
  ready: Eye,
  picked: Check,
  failed: CircleX,
  attention: TriangleAlert,
}

/** Icon, word and colour of a state; never colour alone. */
export function StateBadge({
  state,
  label,
  held,
}: {
  state: StateName
  label?: string | undefined
  /** True of something queued that the artist keeps back. */
  held?: boolean | undefined
}) {
  const Icon = held ? CirclePause : ICONS[state]
  return (
    <span className={`state state-${state}`}>
      <Icon size={12} strokeWidth={2} className={state === 'generating' ? 'spin' : undefined} aria-hidden />
      <span className="state-word">{label ?? (held ? 'On hold' : STATE_LABELS[state])}</span>
    </span>
  )
}
