import { BatchId, ProjectId, PredictionId, SceneId, StoryboardId, TakeId } from '../../shared/ids.ts'
import type { Budget, Scene, Take } from '../../shared/model.ts'
import { usdMicros } from '../../shared/money.ts'
import type { RunState } from '../../electron/hosts/cli/run-state.ts'

const projectId = ProjectId.parse('project')
const storyboardId = StoryboardId.parse('board')

const scene = (number: string, position: number): Scene => ({
  id: SceneId.parse(`scene-${number}`),
  storyboardId,
  position,
  number,
  title: '',
  prompt: 'A field',
  notes: '',
  dialogue: '',
  resolution: '720p',
  aspectRatio: '16:9',
  duration: 5,
  seed: { kind: 'random' },
  references: null,
  section: null,
  pickTakeId: null,
})

export const take = (sceneNumber: string, patch: Partial<Take> = {}): Take => ({
  id: TakeId.parse(`take-${sceneNumber}-${patch.number ?? 1}`),
  sceneId: SceneId.parse(`scene-${sceneNumber}`),
  storyboardId,
  projectId,
  batchId: BatchId.parse('batch'),
  number: 1,
  provider: 'wavespeed',
  phase: 'ready',
  request: {
    model: 'model',
    prompt: 'A field',
    references: [],
    resolution: '720p',
    aspectRatio: '16:9',
    duration: 5,
    seed: 48213907,
  },
  price: usdMicros(700_000),
  livePrice: usdMicros(700_000),
  billed: null,
  charge: 'charged',
  attempt: 1,
  predictionId: PredictionId.parse(`prediction-${sceneNumber}`),
  recovered: false,
  createdAt: 0,
  submittedAt: 0,
  finishedAt: null,
  waitUntil: null,
  expected: null,
  inferenceMs: null,
  clip: null,
  error: null,
  stale: [],
  onHold: false,
  place: 1,
  rating: 0,
  clipGone: false,
  rejected: false,
  label: 'none',
  ...patch,
})

export const budget = (patch: Partial<Budget> = {}): Budget => ({
  projectId,
  cap: usdMicros(20_000_000),
  held: usdMicros(2_100_000),
  refundPending: usdMicros(0),
  spent: usdMicros(3_500_000),
  left: usdMicros(14_400_000),
  ...patch,
})

const SCENES = ['1', '2', '3', '12A'].map(scene)

/** A run that waits for all of these takes. */
export const runState = (takes: readonly Take[], patch: Partial<RunState> = {}): RunState => ({
  provider: 'wavespeed',
  scenes: SCENES,
  numbers: new Map(SCENES.map(({ id, number }) => [id, number])),
  takes: new Map(takes.map((each) => [each.id, each])),
  tracked: new Set(takes.map(({ id }) => id)),
  heldBack: [],
  budget: budget(),
  halted: null,
  downloads: new Map(),
  ...patch,
})

export const heldBack = (number: string, reason: RunState['heldBack'][number]['reason']) => ({
  key: `scene-${number}`,
  sceneId: SceneId.parse(`scene-${number}`),
  number,
  fromTakeId: null,
  reason,
  message: `Scene ${number} cannot go.`,
  price: usdMicros(700_000),
})
