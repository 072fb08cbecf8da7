import { describe, expect, it } from 'vitest'
import { nothingText, startedText } from '../../renderer/common/use-start.ts'
import { itemsOf, rowsByItem } from '../../renderer/features/generate/items.ts'
import { coverText, heldText, linesOf, rateText, seedChip, submitText } from '../../renderer/features/generate/lines.ts'
import {
  commonSeed,
  firstChoices,
  type NeedsPurpose,
  orderedItems,
  orderOf,
  seedsOf,
  tick,
} from '../../renderer/features/generate/order.ts'
import { draftPass, finalCost, finalPass } from '../../renderer/state/passes.ts'
import type { GenerateWish } from '../../renderer/state/generate-wish.ts'
import type { SceneId, TakeId } from '../../shared/ids.ts'
import type { Scene } from '../../shared/model.ts'
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
const all: GenerateWish = { kind: 'scenes', sceneIds: null }
const items = itemsOf(view, scenes, all)
const [itemOne, itemTwo, itemThree] = items
const unsettled: NeedsPurpose = (item) => item.sceneId === two.id
const settled: NeedsPurpose = () => false
const first = firstChoices(all, items, 'wavespeed', '7', unsettled)
const itemOf = (scene: Scene) => itemsOf(makeView({ scenes: [scene] }), [scene], all).slice(0, 1)

describe('what a batch is asked for', () => {
  it('starts without scenes whose outcome is unknown, and takes them only on purpose', () => {
    expect([...first.ticked]).toEqual([one.id, three.id])
    const every = tick(first, items, true, unsettled)
    expect(orderedItems(items, every, unsettled)).toEqual(items)
    expect(orderOf('wavespeed', all, items, every)?.includeUnconfirmed).toBe(true)
    const none = tick(every, items.slice(1, 2), false, unsettled)
    const ordered = orderedItems(items, none, unsettled)
    expect(ordered).toEqual([itemOne, itemThree])
    expect(orderOf('wavespeed', all, ordered, none)?.includeUnconfirmed).toBe(false)
  })

  it('leaves out a ticked scene that became unsettled meanwhile', () => {
    const before = firstChoices(all, items, 'wavespeed', '7', settled)
    expect(before.ticked.has(itemTwo?.key ?? '')).toBe(true)
    expect(orderedItems(items, before, unsettled)).toEqual([itemOne, itemThree])
  })

  it('asks a rehearsal for everything', () => {
    const order = orderOf('rehearsal', all, items, { ...first, pass: '1080p', takes: 3, seeds: 'random' })
    expect(order).toMatchObject({ resolution: '1080p', takesPerScene: 3, mode: 'add', includeUnconfirmed: true })
    expect(orderOf('rehearsal', all, items, first)?.resolution).toBeNull()
  })

  it('reads one seed for all, and refuses what is none', () => {
    const choices = { ...first, seedText: '48213907', seeds: 'one' as const }
    expect(seedsOf(choices)).toEqual({ ok: true, seeds: { kind: 'one', value: 48_213_907 } })
    expect(seedsOf({ ...choices, seedText: '0' }).ok).toBe(false)
    expect(orderOf('wavespeed', all, items, { ...choices, seedText: '0' })).toBeNull()
    expect(seedsOf({ ...choices, seeds: 'pick', seedText: 'x' })).toEqual({ ok: true, seeds: { kind: 'pick' } })
  })

  it('offers the locked seed most scenes share', () => {
    const locked = (value: number) => makeScene({ seed: { kind: 'locked', value } })
    expect(commonSeed([locked(3), locked(9), locked(9), makeScene()])).toBe(9)
    expect(commonSeed(scenes)).toBeNull()
  })

  it('keeps a draft pass to 720p and to what is missing', () => {
    const wish: GenerateWish = { kind: 'scenes', sceneIds: null, draft: true }
    const choices = firstChoices(wish, items, 'wavespeed', '7', settled)
    expect(orderOf('wavespeed', wish, items, choices)).toMatchObject({ resolution: '720p', mode: 'up-to' })
  })

  it('asks for cells and for takes made again, and for neither when none is left', () => {
    const cells: GenerateWish = {
      kind: 'cells',
      cells: [
        { sceneId: three.id, seed: null },
        { sceneId: one.id, seed: 5 },
        { sceneId: one.id, seed: 5 },
        { sceneId: three.id, seed: null },
      ],
      resolution: '720p',
      duration: 3,
    }
    const listed = itemsOf(view, scenes, cells)
    expect(listed.map(({ key }) => key)).toEqual(['s1 5', 's3 drawn', 's3 drawn 2'])
    const choices = firstChoices(cells, listed, 'wavespeed', '7', settled)
    expect(orderOf('wavespeed', cells, listed, choices)).toMatchObject({
      kind: 'cells',
      resolution: '720p',
      duration: 3,
      cells: [
        { sceneId: 's1', seed: 5 },
        { sceneId: 's3', seed: null },
        { sceneId: 's3', seed: null },
      ],
    })
    expect(orderOf('wavespeed', cells, [], choices)).toBeNull()

    const takes: GenerateWish = { kind: 'takes', takeIds: ['t1' as TakeId, 'gone' as TakeId], seeds: 'new' }
    const again = itemsOf(view, scenes, takes)
    expect(again.map(({ key }) => key)).toEqual(['t1'])
    expect(orderOf('wavespeed', takes, again, firstChoices(takes, again, 'wavespeed', '7', settled))).toMatchObject({
      kind: 'takes',
      takeIds: ['t1'],
      seeds: 'new',
      resolution: null,
    })
  })

  it('finds the rows of cells that are alike in the order they are asked for', () => {
    const wish: GenerateWish = {
      kind: 'cells',
      cells: Array.from({ length: 3 }, () => ({ sceneId: one.id, seed: null })),
    }
    const listed = itemsOf(view, scenes, wish)
    const rows = [row(one, { key: 's1 drawn' }), row(one, { key: 's1 drawn 2' })]
    const found = rowsByItem(listed.slice(1), preview(rows))
    expect(listed.map(({ key }) => found.get(key)?.key)).toEqual([undefined, 's1 drawn', 's1 drawn 2'])
  })
})

describe('the passes', () => {
  const request = makeTake().request
  const take = (values: Parameters<typeof makeTake>[0]) => makeTake({ sceneId: 's1', ...values })
  const picked: Scene = { ...one, pickTakeId: 't1' as TakeId }
  const stateOfPass = (takes: readonly ReturnType<typeof makeTake>[], scene = picked) =>
    finalPass(makeView({ scenes: [scene], takes }), [scene])[0]?.state

  it('makes a pick final once, and says what is left out', () => {
    const draft = take({ id: 't1' })
    const final = (values: Parameters<typeof makeTake>[0] = {}) =>
      take({ id: 't2', number: 2, request: { ...request, resolution: '1080p' }, ...values })
    expect(stateOfPass([draft], one)).toBe('no-pick')
    expect(stateOfPass([draft])).toBe('make')
    expect(stateOfPass([draft, final()])).toBe('done')
    expect(stateOfPass([draft, final({ phase: 'running' })])).toBe('under-way')
    expect(stateOfPass([draft, final({ phase: 'failed' })])).toBe('make')
    expect(stateOfPass([draft, final({ rejected: true })])).toBe('make')
    expect(stateOfPass([draft, final({ request: { ...request, resolution: '1080p', seed: 9 } })])).toBe('make')
    expect(stateOfPass([final({ id: 't1' })])).toBe('done')
    expect(stateOfPass([take({ id: 't1', provider: 'rehearsal' })])).toBe('unseen')
  })

  it('lists those that are left out without asking for them', () => {
    const scene = [picked, two]
    const now = makeView({ scenes: scene, takes: [take({ id: 't1' })] })
    const wish: GenerateWish = { kind: 'final' }
    const listed = itemsOf(now, scene, wish)
    expect(listed.map(({ leftOut }) => leftOut)).toEqual([null, 'Pick a take first'])
    const choices = firstChoices(wish, listed, 'wavespeed', '7', settled)
    const ordered = orderedItems(listed, tick(choices, listed, true, settled), settled)
    expect(orderOf('wavespeed', wish, ordered, choices)).toEqual({
      kind: 'takes',
      provider: 'wavespeed',
      takeIds: ['t1'],
      seeds: 'same',
      resolution: '1080p',
      duration: null,
      includeUnconfirmed: false,
    })
    expect(finalCost(now, scene)).toEqual({ scenes: 1, price: 945_000 })
  })

  it('drafts what has no draft that is still as the scene', () => {
    const wanted = (values: Parameters<typeof makeTake>[0]) =>
      draftPass(makeView({ scenes: [one], takes: [take(values)] }), [one]).length
    expect(wanted({})).toBe(0)
    expect(wanted({ stale: ['seed'] })).toBe(0)
    expect(wanted({ stale: ['prompt'] })).toBe(1)
    expect(wanted({ phase: 'failed' })).toBe(1)
    expect(wanted({ provider: 'rehearsal' })).toBe(1)
    expect(wanted({ request: { ...request, resolution: '1080p' } })).toBe(1)
  })
})

describe('the list of a batch', () => {
  const choices = firstChoices(all, items, 'wavespeed', '7', settled)

  it('draws the line before the first scene a limit holds back', () => {
    const lines = linesOf(
      items,
      preview([row(one), row(two, { heldBack: 'cap' }), row(three, { heldBack: 'cap' })]),
      choices,
      items,
    )
    expect(lines.map((line) => line.kind)).toEqual(['item', 'cap', 'item', 'item'])
    expect(lines[1]).toEqual({ kind: 'cap', limit: 'cap', scenes: 2, price: 1_400_000 })
    expect(lines.map((line) => line.kind === 'item' && line.admitted)).toEqual([true, false, false, false])
  })

  it('has no line for scenes that stay behind for other reasons', () => {
    const rows = [row(one, { heldBack: 'mention', price: usdMicros(0) }), row(two)]
    const lines = linesOf(items.slice(0, 2), preview(rows), choices, items)
    expect(lines.map((line) => line.kind)).toEqual(['item', 'item'])
    expect(lines[0]).toMatchObject({ admitted: false, price: 700_000 })
    expect(heldText(preview(rows))).toBe('1 scene cannot be sent yet: see the list.')
    expect(heldText(preview([row(one, { heldBack: 'batch-limit' })]))).toBeNull()
  })

  it('prices a scene that is not ticked by the table', () => {
    const order = { pass: '1080p' as const, takes: 2, missingOnly: false }
    const [line] = linesOf(items, preview([row(one)]), order, [])
    expect(line).toMatchObject({ row: null, price: 1_890_000, covered: false })
  })

  it('marks what is there already when only the rest is asked for', () => {
    const [line] = linesOf(items, preview([row(two)]), { ...choices, missingOnly: true }, items)
    expect(line).toMatchObject({ covered: true, admitted: false })
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
    const walking = makeScene({ seed: { kind: 'walk', start: 7, step: 1 } })
    const chip = (scene: Scene, seeds: 'keep' | 'one', value: number | null) =>
      itemOf(scene).map((item) => seedChip(value === null ? null : row(scene, { seedValue: value }), item, seeds))[0]
    expect(chip(one, 'one', 5)).toEqual({ kind: 'locked', text: '5' })
    expect(chip(linked, 'keep', 5)).toEqual({ kind: 'scene', text: '5' })
    expect(chip(walking, 'keep', 8)).toEqual({ kind: 'walk', text: '8' })
    expect(chip(one, 'keep', null)).toEqual({ kind: 'random', text: 'Random' })
    expect(chip(linked, 'keep', null)).toEqual({ kind: 'scene', text: 'Linked' })
  })

  it('tells what was started, and why nothing was', () => {
    const held = [{ sceneId: 's1', number: '1', reason: 'cap', message: 'No room.', price: 1 }]
    const started = (takeIds: readonly string[], heldBack: unknown) =>
      ({ batchId: null, takeIds, heldBack }) as unknown as Parameters<typeof nothingText>[0]
    expect(startedText(started(['a', 'b'], held), 'wavespeed')).toEqual({
      title: '2 takes started',
      text: '1 scene was held back: over the cap.',
    })
    expect(startedText(started(['a'], []), 'wavespeed', usdMicros(700_000)).text).toBe('$0.70 reserved.')
    expect(startedText(started(['a'], []), 'rehearsal')).toEqual({ title: 'Rehearsing 1 take', text: undefined })
    expect(nothingText(started([], held))).toBe('No room.')
    expect(nothingText(started([], []))).toBe('No scene had a take to make.')
  })
})
