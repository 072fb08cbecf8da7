import type { BatchId, PredictionId, ProjectId, SceneId, StoryboardId, TakeId } from '../../../shared/ids.ts'
import type { Batch, Judgement, ProviderName, StaleField, Take } from '../../../shared/model.ts'
import { usdMicros } from '../../../shared/money.ts'
import type { TakeState } from '../domain/take-machine.ts'
import type { ReadDb, WriteDb } from './open-store.ts'

/** A take with the state its machine works on. */
export interface StoredTake {
  readonly take: Take
  readonly state: TakeState
}

interface TakeRow {
  ord: number
  id: string
  scene_id: string
  storyboard_id: string
  project_id: string
  batch_id: string
  number: number
  provider: ProviderName
  request: string
  price: number
  live_price: number
  created_at: number
  phase: Take['phase']
  charge: Take['charge']
  billed: number | null
  attempt: number
  prediction_id: string | null
  recovered: number
  submitted_at: number | null
  accepted_at: number | null
  wait_until: number | null
  failures: number
  polls: number
  lookups: number
  outputs: string
  inference_ms: number | null
  clip: string | null
  clip_gone: number
  error: string | null
  refund_due_at: number | null
  finished_at: number | null
  expected_from: number | null
  expected_to: number | null
  stale: string
  on_hold: number
  place: number | null
  rating: number
  rejected: number
  label: Take['label']
}

function toStored(row: TakeRow): StoredTake {
  const state: TakeState = {
    phase: row.phase,
    price: usdMicros(row.price),
    charge: row.charge,
    billed: row.billed === null ? null : usdMicros(row.billed),
    attempt: row.attempt,
    predictionId: row.prediction_id as PredictionId | null,
    recovered: row.recovered === 1,
    submittedAt: row.submitted_at,
    acceptedAt: row.accepted_at,
    waitUntil: row.wait_until,
    failures: row.failures,
    polls: row.polls,
    lookups: row.lookups,
    outputs: JSON.parse(row.outputs) as string[],
    inferenceMs: row.inference_ms,
    clip: row.clip === null ? null : (JSON.parse(row.clip) as TakeState['clip']),
    error: row.error === null ? null : (JSON.parse(row.error) as TakeState['error']),
    refundDueAt: row.refund_due_at,
    finishedAt: row.finished_at,
    onHold: row.on_hold === 1,
  }
  const take: Take = {
    id: row.id as TakeId,
    sceneId: row.scene_id as SceneId,
    storyboardId: row.storyboard_id as StoryboardId,
    projectId: row.project_id as ProjectId,
    batchId: row.batch_id as BatchId,
    number: row.number,
    provider: row.provider,
    phase: state.phase,
    request: JSON.parse(row.request) as Take['request'],
    price: state.price,
    livePrice: usdMicros(row.live_price),
    charge: state.charge,
    billed: state.billed,
    attempt: state.attempt,
    predictionId: state.predictionId,
    recovered: state.recovered,
    createdAt: row.created_at,
    submittedAt: state.submittedAt,
    finishedAt: state.finishedAt,
    waitUntil: state.waitUntil,
    expected:
      row.expected_from === null || row.expected_to === null ? null : { from: row.expected_from, to: row.expected_to },
    inferenceMs: state.inferenceMs,
    clip: state.clip,
    clipGone: row.clip_gone === 1,
    error: state.error,
    stale: JSON.parse(row.stale) as StaleField[],
    onHold: state.onHold,
    place: row.place ?? row.ord,
    rating: row.rating,
    rejected: row.rejected === 1,
    label: row.label,
  }
  return { take, state }
}

const list = (db: ReadDb, where: string, ...params: readonly unknown[]): StoredTake[] =>
  db.all<TakeRow>(`SELECT * FROM takes WHERE ${where} ORDER BY ord`, ...params).map(toStored)

export const listProjectTakes = (db: ReadDb, project: ProjectId): Take[] =>
  list(db, 'project_id = ?', project).map(({ take }) => take)
export const listSceneTakes = (db: ReadDb, scene: SceneId): StoredTake[] => list(db, 'scene_id = ?', scene)
export const listBoardTakes = (db: ReadDb, board: StoryboardId): StoredTake[] => list(db, 'storyboard_id = ?', board)
/** Every take with something left to do, oldest first: the whole work list of the engine. */
export const listOpenTakes = (db: ReadDb): StoredTake[] =>
  list(db, "(phase NOT IN ('ready', 'failed', 'cancelled') OR refund_due_at IS NOT NULL)")
/** Paid takes whose money the service's billing has not confirmed yet: charges unseen, refunds still owed. */
export const listUnbilledTakes = (db: ReadDb, since: number): StoredTake[] =>
  list(db, "(charge = 'charged' AND billed IS NULL OR refund_due_at IS NOT NULL) AND submitted_at > ?", since)
export const listReadyTakes = (db: ReadDb): Take[] => list(db, "phase = 'ready'").map(({ take }) => take)

/** Takes by their place in the table, in no order. */
export const takesAt = (db: ReadDb, ords: readonly number[]): ReadonlyMap<number, Take> =>
  new Map(
    db
      .all<TakeRow>('SELECT * FROM takes WHERE ord IN (SELECT value FROM json_each(?))', JSON.stringify(ords))
      .map((row) => [row.ord, toStored(row).take]),
  )

export const findTake = (db: ReadDb, id: TakeId): StoredTake | null => list(db, 'id = ?', id)[0] ?? null

export const takeNumberAfter = (db: ReadDb, scene: SceneId): number =>
  (db.get<{ n: number | null }>('SELECT max(number) AS n FROM takes WHERE scene_id = ?', scene)?.n ?? 0) + 1

/** The take a prediction already belongs to. */
export const isBound = (db: ReadDb, provider: ProviderName, prediction: PredictionId): boolean =>
  db.get('SELECT 1 AS x FROM takes WHERE provider = ? AND prediction_id = ?', provider, prediction) !== undefined

const stateColumns = (state: TakeState): Record<string, unknown> => ({
  phase: state.phase,
  charge: state.charge,
  billed: state.billed,
  attempt: state.attempt,
  prediction_id: state.predictionId,
  recovered: state.recovered ? 1 : 0,
  submitted_at: state.submittedAt,
  accepted_at: state.acceptedAt,
  wait_until: state.waitUntil === null ? null : Math.round(state.waitUntil),
  failures: state.failures,
  polls: state.polls,
  lookups: state.lookups,
  outputs: JSON.stringify(state.outputs),
  inference_ms: state.inferenceMs === null ? null : Math.round(state.inferenceMs),
  clip: state.clip === null ? null : JSON.stringify(state.clip),
  error: state.error === null ? null : JSON.stringify(state.error),
  refund_due_at: state.refundDueAt,
  finished_at: state.finishedAt,
  on_hold: state.onHold ? 1 : 0,
})

const STATE_COLUMNS = [
  'phase',
  'charge',
  'billed',
  'attempt',
  'prediction_id',
  'recovered',
  'submitted_at',
  'accepted_at',
  'wait_until',
  'failures',
  'polls',
  'lookups',
  'outputs',
  'inference_ms',
  'clip',
  'error',
  'refund_due_at',
  'finished_at',
  'on_hold',
] as const

/** A take before its first event. */
export interface NewTake extends Pick<
  Take,
  | 'id'
  | 'sceneId'
  | 'storyboardId'
  | 'projectId'
  | 'batchId'
  | 'number'
  | 'provider'
  | 'request'
  | 'price'
  | 'livePrice'
  | 'createdAt'
> {
  readonly state: TakeState
}

export function insertTake(db: WriteDb, take: NewTake): void {
  db.run(
    `INSERT INTO takes (id, scene_id, storyboard_id, project_id, batch_id, number, provider, request, price, live_price,
       created_at, stale, rating, rejected, ${STATE_COLUMNS.join(', ')})
     VALUES (@id, @scene, @board, @project, @batch, @number, @provider, @request, @price, @live, @created, '[]', 0, 0,
       ${STATE_COLUMNS.map((name) => `@${name}`).join(', ')})`,
    {
      id: take.id,
      scene: take.sceneId,
      board: take.storyboardId,
      project: take.projectId,
      batch: take.batchId,
      number: take.number,
      provider: take.provider,
      request: JSON.stringify(take.request),
      price: take.price,
      live: take.livePrice,
      created: take.createdAt,
      ...stateColumns(take.state),
    },
  )
}

/** A download that ends well brings back a clip that was in the bin. */
const CLIP_BACK =
  "clip_gone = CASE WHEN phase = 'downloading' AND @phase = 'ready' AND @error IS NULL THEN 0 ELSE clip_gone END"

export function writeTakeState(db: WriteDb, id: TakeId, state: TakeState): void {
  const columns = STATE_COLUMNS.map((name) => `${name} = @${name}`).join(', ')
  db.run(`UPDATE takes SET ${columns}, ${CLIP_BACK} WHERE id = @id`, {
    id,
    ...stateColumns(state),
  })
}

export const writeExpected = (db: WriteDb, id: TakeId, expected: Take['expected']): void => {
  const { from, to } = expected ?? { from: null, to: null }
  db.run('UPDATE takes SET expected_from = ?, expected_to = ? WHERE id = ?', from, to, id)
}

export const writeJudgement = (db: WriteDb, id: TakeId, { rating, rejected, label }: Judgement): void => {
  db.run('UPDATE takes SET rating = ?, rejected = ?, label = ? WHERE id = ?', rating, rejected ? 1 : 0, label, id)
}

export const writeStale = (db: WriteDb, id: TakeId, stale: readonly StaleField[]): void => {
  db.run('UPDATE takes SET stale = ? WHERE id = ?', JSON.stringify(stale), id)
}

/** @param snapshot the board it was made from, as `rememberBoard` names it; null when that is not known */
export const insertBatch = (db: WriteDb, batch: Batch, snapshot: string | null = null): void => {
  db.run(
    `INSERT INTO batches (id, project_id, storyboard_id, provider, created_at, takes, snapshot)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    batch.id,
    batch.projectId,
    batch.storyboardId,
    batch.provider,
    batch.createdAt,
    batch.takes,
    snapshot,
  )
}
