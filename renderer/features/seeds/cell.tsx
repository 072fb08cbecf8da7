/* oxlint-disable jsx-a11y/prefer-tag-over-role -- cells that are placed by pixels are no boxes of a table */
import { Check, Clock, Download, Layers, Loader, OctagonX, Plus, Star, TriangleAlert } from 'lucide-react'
import { memo } from 'react'
import type { Scene, Take } from '../../../shared/model.ts'
import { formatUsd, type UsdMicros } from '../../../shared/money.ts'
import { TakePicture, treatmentOf } from '../../common/pictures.tsx'
import { useNow } from '../../state/hooks.ts'
import { doneRange, rangePercent, takeProgress } from '../../state/progress.ts'
import { useProjection } from '../../state/projection.ts'
import { takeStateName } from '../../state/scene-state.ts'
import { padNumber, plural } from '../../state/selectors.ts'
import { STATE_LABELS } from '../../ui/state-badge.tsx'

/** How far an open take is, in the space of a cell. */
function Progress({ take }: { take: Take }) {
  const now = useNow(take.phase === 'running')
  const download = useProjection(({ downloads }) => downloads.get(take.id))
  const range = doneRange(take, now)
  const { value } = takeProgress(take, download, now)
  const name = takeStateName(take)
  const Icon = name === 'downloading' ? Download : name === 'generating' ? Loader : Clock
  const text =
    range !== null
      ? rangePercent(range)
      : name === 'downloading' && value !== null
        ? `${Math.floor(value * 100)}%`
        : null
  return (
    <span className={`cell-line state-${name}`}>
      {text === null ? (
        <Icon size={14} className={name === 'generating' ? 'spin' : undefined} aria-hidden />
      ) : (
        <b className="num">{text}</b>
      )}
    </span>
  )
}

function Meta({ take, picked, count }: { take: Take; picked: boolean; count: number }) {
  const { phase, rating } = take
  return (
    <span className="cell-meta" aria-hidden>
      {picked && (
        <span className="cell-line state-picked">
          <Check size={14} strokeWidth={2.25} aria-hidden />
        </span>
      )}
      {rating > 0 && (
        <span className="cell-line num">
          <Star size={13} aria-hidden />
          {rating}
        </span>
      )}
      {count > 1 && (
        <span className="cell-line num">
          <Layers size={13} aria-hidden />
          {count}
        </span>
      )}
      {phase === 'failed' && (
        <span className="cell-line state-failed">
          <OctagonX size={14} aria-hidden />
        </span>
      )}
      {phase === 'unconfirmed' && (
        <span className="cell-line state-attention">
          <TriangleAlert size={14} aria-hidden />
        </span>
      )}
      {phase !== 'failed' && phase !== 'unconfirmed' && phase !== 'ready' && <Progress take={take} />}
    </span>
  )
}

export interface CellProps {
  readonly scene: Scene
  readonly seed: number
  /** Index of the column, and pixels from the left. */
  readonly column: number
  readonly left: number
  readonly width: number
  /** All takes of the cell, and the one shown. */
  readonly takes: readonly Take[]
  readonly take: Take | null
  readonly paid: boolean
  readonly price: UsdMicros
  readonly chosen: boolean
  /** The one cell Tab leads to. */
  readonly current: boolean
  /** Of the seed the panel shows. */
  readonly inColumn: boolean
}

/** What a screen reader says of a cell. */
function words({ scene, seed, takes, take, paid, price, chosen }: CellProps): string {
  const where = `Scene ${padNumber(scene.number)}, seed ${seed}`
  const run = chosen ? `, chosen to run${paid ? `, ${formatUsd(price)}` : ''}` : ''
  if (!take)
    return takes.length > 0
      ? `${where}, ${plural(takes.length, 'take')}, none picked${run}`
      : `${where}, empty${chosen ? run : paid ? `, ${formatUsd(price)} to run` : ', free to run'}`
  const picked = take.id === scene.pickTakeId
  const rating = take.rating > 0 ? `, ${take.rating} of 5 stars` : ''
  const rehearsal = paid && take.provider === 'rehearsal' ? ', rehearsal' : ''
  return `${where}, take ${take.number}, ${picked ? STATE_LABELS.picked : STATE_LABELS[takeStateName(take)]}${rating}${rehearsal}${run}`
}

function treatment(take: Take, paid: boolean) {
  if (take.phase !== 'ready') return treatmentOf(takeStateName(take), null)
  if (take.rejected) return 'dim'
  return paid && take.provider === 'rehearsal' ? 'sketch' : 'plain'
}

/** One scene under one seed: its take, or the price of making one. */
export const Cell = memo(function Cell(props: CellProps) {
  const { scene, seed, column, left, width, takes, take, paid, price, chosen, current, inColumn } = props
  const picked = take !== null && take.id === scene.pickTakeId
  const cost = paid ? formatUsd(price) : 'free'
  const looks = ['matrix-cell', inColumn && 'in-column', picked && 'picked', chosen && 'chosen']
  return (
    <div
      role="gridcell"
      aria-colindex={column + 2}
      aria-selected={chosen}
      tabIndex={current ? 0 : -1}
      className={looks.filter(Boolean).join(' ')}
      data-scene={scene.id}
      data-seed={seed}
      style={{ left, width }}
    >
      <span className="hidden-text">{words(props)}</span>
      {take ? (
        <>
          <span className="cell-frame" aria-hidden>
            <TakePicture scene={scene} take={take} treatment={treatment(take, paid)}>
              <span className="plate num cell-take">T{take.number}</span>
              {chosen && <span className="plate num cell-again">{cost}</span>}
            </TakePicture>
          </span>
          <Meta take={take} picked={picked} count={takes.length} />
        </>
      ) : (
        <span className="cell-empty num" aria-hidden>
          {takes.length > 0 ? (
            plural(takes.length, 'take')
          ) : (
            <span className="cell-price">
              <Plus size={14} aria-hidden className="cell-plus" />
              {cost}
            </span>
          )}
        </span>
      )}
    </div>
  )
})
