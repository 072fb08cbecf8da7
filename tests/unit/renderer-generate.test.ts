import { describe, expect, it } from 'vitest'
import {
  commonSeed,
  coverText,
  firstChoices,
  heldText,
  linesOf,
  orderedScenes,
  orderOf,
  rateText,
  seedChip,
  seedsOf,
  submitText,
  tick,
} from '../../renderer/features/generate/order.ts'
import { nothingText, startedText } from '../../renderer/features/generate/use-start.ts'
import type { SceneId } from '../../shared/ids.ts'
import { usdMicros } from '../../shared/money.ts'
import type { Preview, PreviewRow } from '../../shared/preview.ts'
import { makeScene, makeTake, makeView } from './renderer-fixtures.ts'

const scenes = ['1', '2', '3'].map((number, position) => makeScene({ id: `s${number}`, number, position }))
const [one = makeScene(), two = makeScene(), three = makeScene()] = scenes

const row = (scene: { id: SceneId; number: string }, values: Partial<PreviewRow> = {}): PreviewRow => ({
  key: scene.id,
  sceneId: scene.id,
  number: scene.number,
  fromTakeId: null,
  seed: { kind: 'random' },
  seedValue: null,
  resolution: '720p',
  duration: 5,
  takes: 1,
  price: usdMicros(700_000),
  heldBack: null,
  reason: null,
  note: null,
  ...values,
})
const preview = (rows: readonly PreviewRow[]) =>
  ({ rows, cap: usdMicros(1_000_000), reserves: usdMicros(1_400_000) }) as unknown as Preview

const view = makeView({ scenes, takes: [makeTake({ sceneId: 's2', phase: 'unconfirmed' })] })
const unsettled = (id: SceneId) => id === two.id

describe('what a batch is asked for', () => {
  it('starts without scenes whose outcome is unknown, and takes them only on purpose', () => {
    const first = firstChoices(view, scenes, '7')
    expect([...first.ticked]).toEqual([one.id, three.id])
    const all = tick(first, [one.id, two.id, three.id], true, unsettled)
    expect(orderedScenes(scenes, all, unsettled)).toEqual(scenes)
    expect(orderOf('wavespeed', scenes, all, { kind: 'keep' }).includeUnconfirmed).toBe(true)
    const none = tick(all, [two.id], false, unsettled)
    expect(orderOf('wavespeed', [one, three], none, { kind: 'keep' }).includeUnconfirmed).toBe(false)
  })

  it('leaves out a ticked scene that became unsettled meanwhile', () => {
    const before = tick(firstChoices(makeView({ scenes }), scenes, '7'), [], true, () => false)
    expect(orderedScenes(scenes, before, unsettled)).toEqual([one, three])
  })

  it('asks a rehearsal for everything', () => {
    const choices = firstChoices(view, scenes, '7')
    const order = orderOf('rehearsal', scenes, { ...choices, pass: '1080p', takes: 3 }, { kind: 'random' })
    expect(order).toMatchObject({ resolution: '1080p', takesPerScene: 3, mode: 'add', includeUnconfirmed: true })
    expect(orderOf('rehearsal', scenes, choices, { kind: 'keep' }).resolution).toBeNull()
  })

  it('reads one seed for all, and refuses what is none', () => {
    const choices = { ...firstChoices(view, scenes, '48213907'), seeds: 'one' as const }
    expect(seedsOf(choices)).toEqual({ ok: true, seeds: { kind: 'one', value: 48_213_907 } })
    expect(seedsOf({ ...choices, seedText: '0' }).ok).toBe(false)
    expect(seedsOf({ ...choices, seeds: 'pick', seedText: 'x' })).toEqual({ ok: true, seeds: { kind: 'pick' } })
  })

  it('offers the locked seed most scenes share', () => {
    const locked = (value: number) => makeScene({ seed: { kind: 'locked', value } })
    expect(commonSeed([locked(3), locked(9), locked(9), makeScene()])).toBe(9)
    expect(commonSeed(scenes)).toBeNull()
  })
})

describe('the list of a batch', () => {
  const choices = firstChoices(makeView({ scenes }), scenes, '7')
  const all = new Set(scenes.map(({ id }) => id))

  it('draws the line before the first scene a limit holds back', () => {
    const lines = linesOf(
      scenes,
      preview([row(one), row(two, { heldBack: 'cap' }), row(three, { heldBack: 'cap' })]),
      choices,
      all,
    )
    expect(lines.map((line) => line.kind)).toEqual(['scene', 'cap', 'scene', 'scene'])
    expect(lines[1]).toEqual({ kind: 'cap', limit: 'cap', scenes: 2, price: 1_400_000 })
    expect(lines.map((line) => line.kind === 'scene' && line.admitted)).toEqual([true, false, false, false])
  })

  it('has no line for scenes that stay behind for other reasons', () => {
    const rows = [row(one, { heldBack: 'mention', price: usdMicros(0) }), row(two)]
    const lines = linesOf([one, two], preview(rows), choices, all)
    expect(lines.map((line) => line.kind)).toEqual(['scene', 'scene'])
    expect(lines[0]).toMatchObject({ admitted: false, price: 700_000 })
    expect(heldText(preview(rows))).toBe('1 scene cannot be sent yet: see the list.')
    expect(heldText(preview([row(one, { heldBack: 'batch-limit' })]))).toBeNull()
  })

  it('prices a scene that is not ticked by the table', () => {
    const order = { pass: '1080p' as const, takes: 2 }
    expect(linesOf([one], preview([row(one)]), order, new Set())[0]).toMatchObject({ row: null, price: 1_890_000 })
  })
})

describe('what the pre-flight says', () => {
  it('gives the rate behind a price', () => {
    expect(rateText(6, 1, usdMicros(1_134_000))).toBe('6 s × $0.189')
    expect(rateText(5, 2, usdMicros(1_400_000))).toBe('2 × 5 s × $0.14')
  })

  it('says what a limit covers', () => {
    const over = (limit: 'cap' | 'library-cap' | 'batch-limit') =>
      coverText(preview([row(one), row(two, { heldBack: limit })]))
    expect(over('cap')).toBe('The cap covers 1 of 2 scenes.')
    expect(over('library-cap')).toBe("The library's cap covers 1 of 2 scenes.")
    expect(over('batch-limit')).toBe('The limit for one batch covers 1 of 2 scenes.')
    expect(coverText(preview([row(one, { heldBack: 'cap' })]))).toBe('The cap covers none of it.')
    expect(coverText(preview([row(one), row(two, { heldBack: 'mention' }), row(three, { heldBack: 'cap' })]))).toBe(
      'The cap covers 1 of 2 scenes.',
    )
    expect(coverText(preview([row(one, { heldBack: 'empty-prompt' })]))).toBe('No scene can be sent yet.')
    expect(coverText(preview([row(one)]))).toBe('Fits the cap.')
    expect(coverText({ ...preview([row(one)]), cap: null })).toBe('Needs a spending cap.')
    expect(coverText(preview([]))).toBe('No scene is ticked.')
  })

  it('states exactly what leaves', () => {
    expect(submitText(preview([row(one), row(two)]), false)).toBe('Submit 2 scenes · $1.40')
    expect(submitText(preview([row(one, { takes: 3 })]), false)).toBe('Submit 3 takes of 1 scene · $1.40')
    expect(submitText(preview([row(one)]), true)).toBe('Rehearse 1 scene')
    expect(submitText(preview([row(one, { heldBack: 'cap' })]), false)).toBe('Nothing to submit')
  })

  it('shows where a seed comes from', () => {
    const linked = makeScene({ seed: { kind: 'scene', sceneId: 's1' } })
    expect(seedChip(row(one, { seedValue: 5 }), one, 'one')).toEqual({ kind: 'locked', text: '5' })
    expect(seedChip(row(linked, { seedValue: 5 }), linked, 'keep')).toEqual({ kind: 'scene', text: '5' })
    expect(seedChip(row(one), one, 'keep')).toEqual({ kind: 'random', text: 'Random' })
    expect(seedChip(null, linked, 'keep')).toEqual({ kind: 'scene', text: 'Linked' })
  })

  it('tells what was started, and why nothing was', () => {
    const held = [{ sceneId: 's1', number: '1', reason: 'cap', message: 'No room.', price: 1 }]
    const started = (takeIds: readonly string[], heldBack: unknown) =>
      ({ batchId: null, takeIds, heldBack }) as unknown as Parameters<typeof nothingText>[0]
    expect(startedText(started(['a', 'b'], held), 'wavespeed')).toEqual({
      title: '2 takes started',
      text: '1 scene was held back.',
    })
    expect(startedText(started(['a'], []), 'rehearsal')).toEqual({ title: 'Rehearsing 1 take', text: undefined })
    expect(nothingText(started([], held))).toBe('No room.')
    expect(nothingText(started([], []))).toBe('No scene had a take to make.')
  })
})
