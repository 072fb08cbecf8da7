import { describe, expect, it } from 'vitest'
import { sceneState, staleText, troubleText } from '../../renderer/state/scene-state.ts'
import {
  castNames,
  castOf,
  filterCounts,
  filtered,
  mentionCounts,
  padNumber,
  runningTime,
  scenesOf,
  sentReferences,
  storyboardsOf,
  totalPrice,
} from '../../renderer/state/selectors.ts'
import type { Take } from '../../shared/model.ts'
import { makeScene, makeTake, makeView } from './renderer-fixtures.ts'

const stateWith = (
  takes: readonly Take[],
  pick: string | null = null,
  provider: 'wavespeed' | 'rehearsal' = 'wavespeed',
) => sceneState(makeScene({ pickTakeId: pick }), takes, provider)

describe('sceneState', () => {
  it('is a draft without takes, and with cancelled ones only', () => {
    expect(stateWith([]).name).toBe('draft')
    expect(stateWith([makeTake({ phase: 'cancelled' })]).name).toBe('draft')
  })

  it('puts an unanswered submission before everything', () => {
    const takes = [makeTake({ phase: 'unconfirmed' }), makeTake({ id: 't2', number: 2, phase: 'running' })]
    expect(stateWith(takes)).toMatchObject({ name: 'attention', take: { id: 't1' } })
  })

  it('says what goes on before what is there, the furthest first', () => {
    const takes = [
      makeTake(),
      makeTake({ id: 't2', number: 2, phase: 'reserved' }),
      makeTake({ id: 't3', number: 3, phase: 'downloading' }),
      makeTake({ id: 't4', number: 4, phase: 'running' }),
    ]
    expect(stateWith(takes, 't1')).toMatchObject({ name: 'downloading', poster: { id: 't1' }, takeCount: 1 })
    expect(stateWith(takes.slice(0, 2)).name).toBe('queued')
  })

  it('shows a failure until a newer pick or until its take is rejected', () => {
    const failed = makeTake({ id: 't2', number: 2, phase: 'failed' })
    expect(stateWith([makeTake(), failed], 't1').name).toBe('failed')
    expect(stateWith([makeTake(), { ...failed, rejected: true }], 't1').name).toBe('picked')
    expect(stateWith([failed, makeTake({ id: 't3', number: 3 })], 't3').name).toBe('picked')
  })

  it('counts a rehearsal only while the project rehearses', () => {
    const rehearsal = makeTake({ provider: 'rehearsal' })
    expect(stateWith([rehearsal], null, 'rehearsal').name).toBe('ready')
    expect(stateWith([rehearsal], 't1', 'rehearsal').name).toBe('picked')
    expect(stateWith([rehearsal], 't1')).toMatchObject({ name: 'draft', poster: { id: 't1' } })
  })

  it('shows a paid take before a newer rehearsal, and rejected ones last', () => {
    const rehearsal = makeTake({ id: 't2', number: 2, provider: 'rehearsal' })
    expect(stateWith([makeTake(), rehearsal]).poster?.id).toBe('t1')
    expect(stateWith([makeTake({ rejected: true }), rehearsal]).poster?.id).toBe('t2')
    expect(stateWith([makeTake({ rejected: true })])).toMatchObject({ name: 'draft', poster: { id: 't1' } })
  })
})

describe('what a card says', () => {
  it('names what changed since a take', () => {
    expect(staleText(makeTake({ number: 2, stale: ['prompt', 'duration'] }))).toBe(
      'changed since take 2: prompt, duration',
    )
    expect(staleText(makeTake())).toBeNull()
  })

  it('says where the money of a trouble went', () => {
    const error = { code: 'image-unreadable', message: 'Reference 7 could not be read.' }
    expect(troubleText(makeTake({ phase: 'failed', charge: 'released', error }))).toBe(
      'Reference 7 could not be read. Not charged.',
    )
    expect(troubleText(makeTake({ phase: 'unconfirmed' }))).toContain('may have been charged')
  })
})

describe('selectors', () => {
  const scenes = [
    makeScene({ id: 's2', number: '2', position: 1, prompt: 'Rain.', duration: 6, resolution: '1080p' }),
    makeScene({ prompt: '@mara waits' }),
  ]
  const view = makeView({ scenes, takes: [makeTake()] })
  const board = storyboardsOf(view)[0] ?? null
  const cast = castOf(view, board)

  it('gives scenes in board order, the same list until rows change', () => {
    expect(scenesOf(view, board?.id ?? null).map(({ id }) => id)).toEqual(['s1', 's2'])
    expect(scenesOf(view, board?.id ?? null)).toBe(scenesOf(view, board?.id ?? null))
  })

  it('counts and filters by state', () => {
    expect(filterCounts(view, scenes)).toEqual({ all: 2, draft: 1, progress: 0, ready: 1, picked: 0, blocked: 0 })
    expect(filtered(view, scenes, 'ready').map(({ id }) => id)).toEqual(['s1'])
  })

  it('sends what is mentioned, else the whole cast, else a choice of its own, in cast order', () => {
    const ids = (scene: ReturnType<typeof makeScene>) => sentReferences(scene, cast).map(({ id }) => id)
    expect(ids(makeScene({ prompt: '@Mara waits' }))).toEqual(['r1', 'r2'])
    expect(ids(makeScene({ prompt: 'Nobody' }))).toEqual(['r1', 'r2', 'r3'])
    expect(ids(makeScene({ references: ['r3', 'r1'] }))).toEqual(['r1', 'r3'])
  })

  it('counts mentions and adds up time and money', () => {
    expect(castNames(cast)).toEqual(['Mara', 'Juniper'])
    expect([...mentionCounts(scenes, cast)]).toEqual([
      ['Mara', 1],
      ['Juniper', 0],
    ])
    expect(runningTime(scenes)).toBe('0:11')
    expect(totalPrice(scenes)).toBe(5 * 140_000 + 6 * 189_000)
    expect(['5', '12', '5A', '12A'].map(padNumber)).toEqual(['05', '12', '05A', '12A'])
  })
})
