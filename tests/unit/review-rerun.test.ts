import { describe, expect, it } from 'vitest'
import { rerunNote } from '../../renderer/features/generate/rerun-row.tsx'
import { itemsOf } from '../../renderer/features/generate/items.ts'
import { rerunTitle, shortText, withPrompts } from '../../renderer/features/generate/lines.ts'
import { firstChoices, orderOf } from '../../renderer/features/generate/order.ts'
import {
  dropEdit,
  editPrompt,
  FIRST_RERUN,
  hasNote,
  isSameAgain,
  meantScenes,
  promptEdits,
  promptProblem,
  rejectedOf,
  rejectedScenes,
  seedForAll,
  seedForOne,
  withNote,
  withoutNote,
} from '../../renderer/state/rerun.ts'
import type { SceneId } from '../../shared/ids.ts'
import type { Scene, Take } from '../../shared/model.ts'
import { usdMicros } from '../../shared/money.ts'
import type { Preview, PreviewRow } from '../../shared/preview.ts'
import type { Note } from '../../shared/review.ts'
import { makeScene, makeTake, makeView } from './renderer-fixtures.ts'

const sceneOf = (number: number, values: Partial<Record<keyof Scene, unknown>> = {}) =>
  makeScene({ id: `s${number}`, number: String(number), position: number, ...values })
const takeOf = (scene: number, number: number, values: Partial<Record<keyof Take, unknown>> = {}) =>
  makeTake({ id: `t${scene}-${number}`, sceneId: `s${scene}`, number, rejected: true, ...values })
const noteOf = (take: string, from: number, values: Partial<Note> = {}) =>
  ({
    id: `n-${take}-${from}`,
    takeId: take,
    from,
    to: from,
    text: `At ${from}.`,
    resolved: false,
    createdAt: 0,
    ...values,
  }) as unknown as Note

function viewOf(scenes: readonly Scene[], takes: readonly Take[], notes: readonly Note[] = []) {
  const view = makeView({ scenes, takes })
  return { ...view, notes: new Map(notes.map((note) => [note.id, note])) }
}
const ids = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id)

describe('scenes that wait for another try', () => {
  const scenes = [1, 2, 3, 4, 5, 6].map((number) => sceneOf(number, number === 2 ? { pickTakeId: 't2-2' } : {}))
  const takes = [
    takeOf(1, 1),
    takeOf(1, 2),
    takeOf(2, 1),
    takeOf(2, 2, { rejected: false }),
    takeOf(3, 1),
    takeOf(3, 2, { rejected: false }),
    takeOf(4, 1),
    takeOf(4, 2, { phase: 'running', rejected: false }),
    takeOf(5, 1, { provider: 'rehearsal' }),
    takeOf(6, 1, { rejected: false }),
  ]

  it('have a rejected take and no pick; a doubt says why one may not be meant', () => {
    const found = rejectedScenes(viewOf(scenes, takes), scenes)
    expect(found.map(({ scene, rejected }) => [scene.id, rejected.take.id, rejected.doubt])).toEqual([
      ['s1', 't1-2', null],
      ['s3', 't3-1', 'Take 2 is not judged yet'],
      ['s4', 't4-1', 'A take is already in flight'],
      ['s5', 't5-1', 'Only a rehearsal was rejected'],
    ])
    expect(ids(meantScenes(viewOf(scenes, takes), scenes))).toEqual(['s1'])
  })

  it('bring the open notes of their rejected takes, the latest take first', () => {
    const notes = [
      noteOf('t1-1', 3),
      noteOf('t1-2', 9),
      noteOf('t1-2', 4),
      noteOf('t1-2', 5, { resolved: true }),
      noteOf('t1-2', 6, { text: '  ' }),
      noteOf('t2-1', 1),
    ]
    const view = viewOf(scenes, takes, notes)
    const rejected = rejectedOf(view, sceneOf(1))
    expect(rejected?.notes.map(({ note, take }) => [take.number, note.from])).toEqual([
      [2, 4],
      [2, 9],
      [1, 3],
    ])
  })
})

describe('notes in a prompt', () => {
  it('become its last sentence, and go again as they came', () => {
    for (const prompt of ['She waits', 'She waits.', 'Is she there?', '', 'A line.\n'])
      for (const note of ['Scarf stays red.', ' No rain ']) {
        const added = withNote(prompt, note)
        expect(hasNote(added, note)).toBe(true)
        expect(added.endsWith(note.trim())).toBe(true)
        expect(hasNote(withoutNote(added, note), note)).toBe(false)
      }
    expect(withNote('She waits', 'Scarf stays red.')).toBe('She waits. Scarf stays red.')
    expect(withoutNote('She waits. Scarf stays red. At dusk.', 'Scarf stays red.')).toBe('She waits. At dusk.')
    expect(withoutNote('She waits.', 'Nothing of it')).toBe('She waits.')
  })

  it('are edits only where the prompt differs from that of its scene', () => {
    const scenes = [sceneOf(1), sceneOf(2)]
    const [one = sceneOf(1)] = scenes
    expect(promptEdits(FIRST_RERUN, scenes)).toEqual([])
    const edited = editPrompt(FIRST_RERUN, one.id, 'Otherwise.')
    expect(promptEdits(edited, scenes)).toEqual([{ sceneId: 's1', patch: { prompt: 'Otherwise.' } }])
    expect(promptEdits(editPrompt(edited, one.id, one.prompt), scenes)).toEqual([])
    expect(promptEdits(dropEdit(edited, one.id), scenes)).toEqual([])
  })

  it('cannot empty it, nor name somebody who is not in the cast', () => {
    expect(promptProblem(' ', ['Mara'])).toBe('A take needs a prompt.')
    expect(promptProblem('@Mara and @Nobody', ['Mara'])).toBe('@Nobody is nobody in the cast.')
    expect(promptProblem('@Mara', ['Mara'])).toBeNull()
  })
})

describe('the batch of another try', () => {
  const locked = sceneOf(3, { seed: { kind: 'locked', value: 48_213_907 } })
  const scenes = [sceneOf(1), sceneOf(2), locked]
  const takes = [takeOf(1, 1), takeOf(2, 1, { stale: ['prompt'] }), takeOf(3, 1)]
  const view = viewOf(scenes, takes)
  const items = itemsOf(view, scenes, { kind: 'rerun' })
  const choices = firstChoices({ kind: 'rerun' }, items, 'wavespeed', '1', () => false)
  const order = (rerun: typeof FIRST_RERUN) => orderOf('wavespeed', { kind: 'rerun' }, items, { ...choices, rerun })

  it('is one take of each scene at its own resolution, with new seeds at first', () => {
    expect([...choices.ticked]).toEqual(['s1', 's2', 's3'])
    expect(order(FIRST_RERUN)).toEqual({
      kind: 'scenes',
      provider: 'wavespeed',
      sceneIds: ['s1', 's2', 's3'],
      takesPerScene: 1,
      mode: 'add',
      seeds: { kind: 'keep' },
      exceptSeeds: ['s1', 's2', 's3'].map((sceneId) => ({ sceneId, seed: null })),
      resolution: null,
      includeUnconfirmed: false,
    })
    expect(orderOf('wavespeed', { kind: 'rerun' }, [], choices)).toBeNull()
  })

  it('takes the seed of what was rejected, or what the scene says, for all or for one', () => {
    const same = seedForAll(FIRST_RERUN, 'same')
    expect(order(same)).toMatchObject({
      exceptSeeds: ['s1', 's2', 's3'].map((sceneId) => ({ sceneId, seed: 48_213_907 })),
    })
    const mixed = seedForOne(seedForOne(same, 's1' as SceneId, 'new'), 's3' as SceneId, 'scene')
    expect(order(mixed)).toMatchObject({
      exceptSeeds: [
        { sceneId: 's1', seed: null },
        { sceneId: 's2', seed: 48_213_907 },
      ],
    })
    expect(order(seedForAll(mixed, 'scene'))).toMatchObject({ exceptSeeds: [] })
  })

  it('warns before the clip that was rejected is bought once more', () => {
    const [one, two, three] = items
    const again = (scene: Scene, item: typeof one, ...rest: ['same' | 'new' | 'scene', boolean]) =>
      item?.again && isSameAgain(scene, item.again, ...rest)
    expect(again(sceneOf(1), one, 'same', false)).toBe(true)
    expect(again(sceneOf(1), one, 'same', true)).toBe(false)
    expect(again(sceneOf(1), one, 'new', false)).toBe(false)
    expect(again(sceneOf(1), one, 'scene', false)).toBe(false)
    expect(again(sceneOf(2), two, 'same', false)).toBe(false)
    expect(again(locked, three, 'scene', false)).toBe(true)
    expect(three && rerunNote(three, { choices: seedForAll(FIRST_RERUN, 'scene') })).toEqual({
      text: 'Same seed and nothing changed: the same clip again',
      attention: true,
    })
    expect(two && rerunNote(two, { choices: editPrompt(FIRST_RERUN, 's2' as SceneId, 'x') })?.text).toBe(
      'Prompt edited, take 1 rejected',
    )
  })

  it('says what it costs, what is left, and how much is missing', () => {
    const row = (number: number, heldBack: PreviewRow['heldBack']) =>
      ({ sceneId: `s${number}`, heldBack, price: usdMicros(700_000) }) as unknown as PreviewRow
    const priced = (rows: readonly PreviewRow[], left: number) =>
      ({ rows, total: usdMicros(700_000 * rows.length), left: usdMicros(left) }) as unknown as Preview
    const fits = priced([row(1, null), row(2, null)], 7_200_000)
    expect(rerunTitle(2, fits, false)).toBe('Re-run 2 rejected scenes: $1.40')
    expect(rerunTitle(1, null, false)).toBe('Re-run 1 rejected scene')
    expect(rerunTitle(2, fits, true)).toBe('Rehearse 2 rejected scenes again')
    expect(shortText(fits)).toBeNull()
    expect(shortText(priced([row(1, null), row(2, 'cap'), row(3, 'cap')], 900_000))).toBe(
      'Over the cap: 2 scenes, $1.40, stay behind. The cap is $1.20 short.',
    )
    expect(shortText(priced([row(1, null), row(2, 'batch-limit')], 9_000_000))).toBe(
      'Over the limit for one batch: 1 scene, $0.70, stays behind.',
    )
  })

  it('shows the prompt of a scene under it', () => {
    const [item] = items
    if (!item) throw new Error('There are items.')
    const line = { kind: 'item' as const, item, row: null, price: usdMicros(0), admitted: false, covered: false }
    expect(withPrompts([line], new Set())).toEqual([line])
    expect(withPrompts([line], new Set([item.sceneId]))).toEqual([line, { kind: 'prompt', item }])
  })
})
