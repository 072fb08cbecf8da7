import { type ProviderName, type Scene, type Take, isOpen, needsDecision } from '../../shared/model.ts'

export type SceneStateName =
  | 'draft'
  | 'queued'
  | 'generating'
  | 'downloading'
  | 'ready'
  | 'picked'
  | 'failed'
  | 'attention'

export interface SceneState {
  readonly name: SceneStateName
  /** The take the state speaks of, if any. */
  readonly take: Take | null
  /** The take whose picture stands for the scene; null shows the sketch. */
  readonly poster: Take | null
  readonly takeCount: number
}

const last = <T>(list: readonly T[], test: (item: T) => boolean): T | null => list.findLast(test) ?? null

/** The pick, else the newest paid take, else the newest rehearsal; rejected ones only when there is nothing else. */
function posterTake(takes: readonly Take[], pick: Take | null): Take | null {
  const shown = (take: Take) => take.phase === 'ready' && !take.rejected
  return (
    (pick?.phase === 'ready' ? pick : null) ??
    last(takes, (take) => shown(take) && take.provider === 'wavespeed') ??
    last(takes, shown) ??
    last(takes, (take) => take.phase === 'ready')
  )
}

const openState = (take: Take): SceneStateName =>
  take.phase === 'downloading' ? 'downloading' : take.phase === 'running' ? 'generating' : 'queued'

/**
 * What a scene's card says.
 * A take whose submission went unanswered comes before everything. Then what is going on; then a newer failure, until its
 * take is rejected; then the pick and the ready takes. While the project pays for takes, a rehearsal leaves a draft.
 * @param takes of the scene, in order of their number
 * @param provider what Generate uses in this project
 */
export function sceneState(scene: Scene, takes: readonly Take[], provider: ProviderName): SceneState {
  const pick = takes.find((take) => take.id === scene.pickTakeId) ?? null
  const poster = posterTake(takes, pick)
  const state = (name: SceneStateName, take: Take | null): SceneState => ({
    name,
    take,
    poster,
    takeCount: takes.filter((each) => each.phase === 'ready').length,
  })

  const unconfirmed = last(takes, needsDecision)
  if (unconfirmed) return state('attention', unconfirmed)

  const open = takes.filter((take) => isOpen(take.phase))
  const forward =
    last(open, (take) => take.phase === 'downloading') ?? last(open, (take) => take.phase === 'running') ?? open[0]
  if (forward) return state(openState(forward), forward)

  const counts = (take: Take) => take.provider === provider || take.provider === 'wavespeed'
  const newest = last(takes, (take) => take.phase !== 'cancelled')
  if (newest?.phase === 'failed' && !newest.rejected && newest.number > (pick?.number ?? 0))
    return state('failed', newest)
  if (pick?.phase === 'ready' && counts(pick)) return state('picked', pick)
  const ready = last(takes, (take) => take.phase === 'ready' && !take.rejected && counts(take))
  return ready ? state('ready', ready) : state('draft', null)
}

export const FILTERS = ['all', 'draft', 'progress', 'ready', 'picked', 'blocked'] as const
export type Filter = (typeof FILTERS)[number]

const FILTER_OF: Readonly<Record<SceneStateName, Filter>> = {
  draft: 'draft',
  queued: 'progress',
  generating: 'progress',
  downloading: 'progress',
  ready: 'ready',
  picked: 'picked',
  failed: 'blocked',
  attention: 'blocked',
}

/** Which filter of the board a state falls under, besides `all`. */
export const filterOf = (state: SceneStateName): Filter => FILTER_OF[state]

const STALE_WORDS = {
  prompt: 'prompt',
  references: 'references',
  resolution: 'resolution',
  aspect_ratio: 'aspect',
  duration: 'duration',
  seed: 'seed',
} as const

/** `changed since take 2: prompt, duration`; null when the take is still what the scene would send. */
export function staleText(take: Take | null): string | null {
  if (!take || take.stale.length === 0) return null
  return `changed since take ${take.number}: ${take.stale.map((field) => STALE_WORDS[field]).join(', ')}`
}

/** Why the take ended or stands still, and where its money went, in the space of a card. */
export function troubleText(take: Take): string {
  if (needsDecision(take)) {
    return take.phase === 'unconfirmed'
      ? 'Submission outcome unknown. It may have been charged.'
      : 'The service does not know this job. It may have been charged.'
  }
  const reason = take.error?.message ?? 'The take failed.'
  switch (take.charge) {
    case 'charged':
      return `${reason} Charged.`
    case 'refund-pending':
      return `${reason} The refund is still to come.`
    case 'held':
      return `${reason} The amount stays reserved.`
    case 'released':
      return `${reason} Not charged.`
    case 'none':
      return reason
  }
}

/** What the row of one take says. Cancelled ones read as drafts: nothing came of them. */
export function takeStateName(take: Take): SceneStateName {
  switch (take.phase) {
    case 'planned':
    case 'reserved':
    case 'submitting':
      return 'queued'
    case 'running':
      return 'generating'
    case 'downloading':
      return 'downloading'
    case 'unconfirmed':
      return 'attention'
    case 'ready':
      return 'ready'
    case 'failed':
      return 'failed'
    case 'cancelled':
      return 'draft'
  }
}
