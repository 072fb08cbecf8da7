import type { ProjectSnapshot, StudioSnapshot } from '../../shared/contract.ts'
import type { Project, Scene, Take } from '../../shared/model.ts'
import { ZERO_USD } from '../../shared/money.ts'
import { viewFromSnapshot } from '../../renderer/state/apply-event.ts'

type Plain<T> = { -readonly [K in keyof T]?: unknown }

const project = {
  id: 'p1',
  title: 'The Long Pasture',
  cap: 30_000_000,
  batchLimit: null,
  provider: 'wavespeed',
  createdAt: 0,
  openedAt: 0,
} as unknown as Project

/** A scene with ordinary values, and those given. */
export const makeScene = (values: Plain<Scene> = {}): Scene =>
  ({
    id: 's1',
    storyboardId: 'b1',
    position: 0,
    number: '1',
    title: 'First mist',
    prompt: '@Mara leads @Juniper.',
    notes: '',
    dialogue: '',
    resolution: '720p',
    aspectRatio: '16:9',
    duration: 5,
    seed: { kind: 'random' },
    references: null,
    section: null,
    pickTakeId: null,
    ...values,
  }) as Scene

/** A ready, paid take, with the values given. */
export const makeTake = (values: Plain<Take> = {}): Take =>
  ({
    id: 't1',
    sceneId: 's1',
    storyboardId: 'b1',
    projectId: 'p1',
    batchId: 'x1',
    number: 1,
    provider: 'wavespeed',
    phase: 'ready',
    request: {
      model: 'm',
      prompt: '',
      references: [],
      resolution: '720p',
      aspectRatio: '16:9',
      duration: 5,
      seed: 48213907,
    },
    price: 700_000,
    livePrice: 700_000,
    charge: 'charged',
    attempt: 1,
    predictionId: null,
    recovered: false,
    createdAt: 0,
    submittedAt: null,
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
    ...values,
  }) as unknown as Take

export const makeStudioSnapshot = (seq: number, projects: readonly Project[] = [project]): StudioSnapshot =>
  ({
    seq,
    version: '0.1.0',
    libraryPath: '/library',
    projects,
    settings: { theme: 'dark', level: 'bronze', concurrency: 4, perMinute: null, imagePlaceholder: '[Image {n}]' },
    key: { present: false, source: null, caveat: null },
    runner: { paused: false, halted: null, concurrency: 4, inFlight: 0, waiting: 0 },
    money: { cap: null, held: ZERO_USD, spent: ZERO_USD },
  }) as unknown as StudioSnapshot

export const makeProjectSnapshot = (
  seq: number,
  { scenes = [], takes = [] }: { scenes?: readonly Scene[]; takes?: readonly Take[] } = {},
): ProjectSnapshot =>
  ({
    seq,
    project,
    storyboards: [{ id: 'b1', projectId: 'p1', castId: 'c1', title: 'Main cut', style: '', defaults: {}, position: 0 }],
    casts: [
      {
        id: 'c1',
        projectId: 'p1',
        title: 'Cast',
        references: ['Mara', 'Mara', 'Juniper'].map((name, index) => ({ id: `r${index + 1}`, name, image: {} })),
      },
    ],
    scenes,
    removedScenes: [],
    takes,
    budget: { projectId: 'p1', cap: 30_000_000, held: 0, refundPending: 0, spent: 0, left: 30_000_000 },
    savedSeeds: [],
    notes: [],
    playlists: [],
    edits: { projectId: 'p1', undo: null, redo: null },
  }) as unknown as ProjectSnapshot

export const makeView = (rows: { scenes?: readonly Scene[]; takes?: readonly Take[] } = {}) =>
  viewFromSnapshot(makeProjectSnapshot(1, rows))
