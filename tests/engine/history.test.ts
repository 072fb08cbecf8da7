import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { present } from '../../shared/assert.ts'
import { HISTORY_KINDS, type HistoryEntry, type HistoryKind } from '../../shared/history.ts'
import { BatchId } from '../../shared/ids.ts'
import { usdMicros } from '../../shared/money.ts'
import { historyRows } from '../../electron/engine/store/history.ts'
import { openStore, type ReadDb } from '../../electron/engine/store/open-store.ts'
import { startRig, type Rig } from '../support/engine-rig.ts'

let rig: Rig
beforeEach(async () => {
  rig = await startRig()
})
afterEach(() => rig.close())

const project = () => rig.engine.call('project.get', { projectId: rig.projectId })
const scenesOf = async () => (await project()).scenes.filter(({ storyboardId }) => storyboardId === rig.storyboardId)
const list = (asked: { kinds?: HistoryKind[]; text?: string; before?: string | null; limit?: number } = {}) =>
  rig.engine.call('history.list', {
    projectId: rig.projectId,
    kinds: asked.kinds ?? null,
    text: asked.text ?? '',
    before: asked.before ?? null,
    limit: asked.limit ?? 200,
  })
const slates = (entries: readonly HistoryEntry[]) =>
  entries.flatMap((entry) => (entry.kind === 'take' ? [entry.slate] : []))

async function rehearse(numbers: readonly string[]) {
  const wanted = (await scenesOf()).filter(({ number }) => numbers.includes(number)).map(({ id }) => id)
  const started = await rig.start({ provider: 'rehearsal', sceneIds: wanted })
  await rig.until(started.takeIds, ({ phase }) => phase === 'ready')
  return present(started.batchId, 'something was started')
}

describe('the history of a project', () => {
  it('tells of caps, edits, batches and takes, newest first, with what was asked for', async () => {
    await rig.setCap(usdMicros(5_000_000))
    await rig.setCap(usdMicros(4_000_000))
    await rig.engine.call('project.update', { projectId: rig.projectId, patch: { cap: usdMicros(4_000_000) } })
    const batchId = await rehearse(['1', '2'])
    const scene = present((await scenesOf())[0], 'twelve')
    await rig.engine.call('scene.update', { sceneId: scene.id, patch: { prompt: 'She waits at the gate.' } })

    const { entries, cursor } = await list()
    expect(cursor).toBeNull()
    expect(entries.map(({ at }) => at)).toEqual(entries.map(({ at }) => at).toSorted((a, b) => b - a))
    expect(entries.map(({ kind }) => kind).filter((kind) => kind !== 'edit')).toEqual([
      'take',
      'take',
      'batch',
      'cap',
      'cap',
    ])
    expect(entries.find(({ kind }) => kind === 'edit')).toMatchObject({ undone: false })
    expect(entries.filter(({ kind }) => kind === 'cap')).toMatchObject([
      { before: 5_000_000, after: 4_000_000 },
      { before: null, after: 5_000_000 },
    ])
    const takes = await rig.takes()
    expect(entries.find(({ kind }) => kind === 'batch')).toEqual({
      kind: 'batch',
      id: `batch ${batchId}`,
      at: takes[0]?.createdAt,
      batch: {
        id: batchId,
        projectId: rig.projectId,
        storyboardId: rig.storyboardId,
        provider: 'rehearsal',
        createdAt: takes[0]?.createdAt,
        takes: 2,
      },
      storyboard: 'The Long Pasture',
      price: takes.reduce((sum, take) => sum + take.livePrice, 0),
      ready: 2,
      failed: 0,
      open: 0,
      hasBoard: true,
    })
    const first = present(takes[0], 'two')
    expect(entries.find((entry) => entry.kind === 'take' && entry.take.id === first.id)).toEqual({
      kind: 'take',
      id: `take ${first.id}`,
      at: first.finishedAt,
      take: first,
      slate: '1-1',
      title: scene.title,
    })
    expect(first.request.prompt).not.toContain('at the gate')
  })

  it('comes in pages that leave nothing out and repeat nothing, whatever happens at one moment', async () => {
    for (const cap of [1, 2, 3]) await rig.setCap(usdMicros(cap))
    await rehearse(['1', '2', '3', '4', '5'])
    await rehearse(['1', '2'])
    const whole = await list()
    expect(whole.entries.length).toBeGreaterThanOrEqual(12)
    for (const limit of [1, 3, whole.entries.length]) {
      const paged: HistoryEntry[] = []
      let before: string | null = null
      do {
        const page = await list({ before, limit })
        expect(page.entries.length).toBeLessThanOrEqual(limit)
        paged.push(...page.entries)
        before = page.cursor
      } while (before !== null)
      expect(paged).toEqual(whole.entries)
    }
    expect((await list({ kinds: ['batch', 'cap'] })).entries).toEqual(
      whole.entries.filter(({ kind }) => kind === 'batch' || kind === 'cap'),
    )
    expect((await list({ kinds: [] })).entries).toEqual([])
    await expect(list({ before: 'yesterday' })).rejects.toMatchObject({ code: 'bad-input' })
  })

  it('is searched by slate, title, prompt, seed and label, without regard to case', async () => {
    const [one, two] = await scenesOf()
    const update = (sceneId: typeof one, patch: object) =>
      rig.engine.call('scene.update', { sceneId: present(sceneId, 'twelve').id, patch })
    await update(one, { title: 'Über dem Moor', prompt: 'Mara walks.', seed: { kind: 'locked', value: 918_273 } })
    await update(two, { prompt: 'A HERON takes off.', seed: { kind: 'locked', value: 5 } })
    await rehearse(['1', '2', '3'])
    const found = async (text: string, limit = 200) => slates((await list({ text, kinds: ['take'], limit })).entries)
    expect(await found('über DEM')).toEqual(['1-1'])
    expect(await found(' heron ')).toEqual(['2-1'])
    expect(await found('91827')).toEqual(['1-1'])
    expect(await found('3-1')).toEqual(['3-1'])
    expect(await found('nobody wrote this')).toEqual([])
    expect((await list({ text: 'long pasture' })).entries.map(({ kind }) => kind)).toEqual(['batch'])
    const page = await list({ text: '-1', kinds: ['take'], limit: 2 })
    const rest = await list({ text: '-1', kinds: ['take'], limit: 2, before: page.cursor })
    expect([...slates(page.entries), ...slates(rest.entries)].toSorted()).toEqual(['1-1', '2-1', '3-1'])
    const labels = (await list({ kinds: ['edit'] })).entries.flatMap((entry) =>
      entry.kind === 'edit' ? [entry.label] : [],
    )
    const label = present(labels[0], 'two edits were made')
    expect((await list({ text: label.toUpperCase(), kinds: ['edit'] })).entries.length).toBeGreaterThan(0)
  })

  it('goes down an index for every kind and sorts nothing but edits, of which few are kept', async () => {
    await rehearse(['1'])
    await rig.engine.close()
    const store = openStore(rig.library)
    let plan: string[] = []
    const explaining = {
      ...store.read,
      all(sql: string, ...params: readonly unknown[]) {
        const steps = store.read.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, ...params)
        plan = steps.map(({ detail }) => detail)
        return store.read.all(sql, ...params)
      },
    } as ReadDb
    const before = { at: Date.now(), kind: 'take', id: 'x' } as const
    const plans = HISTORY_KINDS.map((kind) => {
      historyRows(explaining, rig.projectId, kind, before, 10, true)
      const index = /USING (?:COVERING )?INDEX (\w+) \((.*)\)$/.exec(plan[0] ?? '')
      return [kind, index?.[1], index?.[2], plan.some((step) => step.includes('TEMP B-TREE'))]
    })
    store.close()
    await rig.reopenClosed()
    expect(plans).toEqual([
      ['batch', 'batches_by_project', 'project_id=? AND created_at<?', false],
      ['take', 'takes_by_time', 'project_id=? AND <expr><?', false],
      ['cap', 'cap_changes_by_project', 'project_id=? AND at<?', false],
      ['edit', 'edits_by_project', 'project_id=?', true],
      ['stop', 'queue_stops_by_project', 'project_id=? AND at<?', false],
    ])
  })
})

describe('the board of a batch', () => {
  it('is kept as it was, whatever is edited afterwards', async () => {
    const before = await project()
    const batchId = await rehearse(['1'])
    const [one, two] = await scenesOf()
    await rig.engine.call('scene.update', { sceneId: present(one, 'twelve').id, patch: { prompt: 'Something else.' } })
    await rig.engine.call('scene.remove', { sceneId: present(two, 'twelve').id })
    const kept = await rig.engine.call('history.board', { batchId })
    expect(kept.scenes).toEqual(before.scenes)
    expect(kept.storyboard).toEqual(before.storyboards[0])
    expect(kept.cast).toEqual(before.casts[0])
    await rig.reopen()
    expect(await rig.engine.call('history.board', { batchId })).toEqual(kept)
    for (const name of ['history.board', 'history.restore'] as const)
      await expect(rig.engine.call(name, { batchId: BatchId.parse('unknown') })).rejects.toMatchObject({
        code: 'not-found',
      })
  })

  it('is missing of a batch that was recovered, which is still told of', async () => {
    const batchId = await rehearse(['1'])
    await rig.engine.close()
    const store = openStore(rig.library)
    store.write((db) => db.run('UPDATE batches SET snapshot = NULL'))
    store.close()
    await rig.reopenClosed()
    expect((await list({ kinds: ['batch'] })).entries).toMatchObject([{ hasBoard: false, ready: 1 }])
    await expect(rig.engine.call('history.board', { batchId })).rejects.toMatchObject({ code: 'not-found' })
  })

  it('takes its room once, however many batches were made from it', async () => {
    await rehearse(['1'])
    await rehearse(['2'])
    const [one] = await scenesOf()
    await rig.engine.call('scene.update', { sceneId: present(one, 'twelve').id, patch: { notes: 'Later.' } })
    await rehearse(['1'])
    await rig.engine.close()
    const store = openStore(rig.library)
    const count = store.read.get<{ kept: number; named: number }>(
      'SELECT (SELECT count(*) FROM board_snapshots) AS kept, (SELECT count(snapshot) FROM batches) AS named',
    )
    store.close()
    await rig.reopenClosed()
    expect(count).toEqual({ kept: 2, named: 3 })
  })

  it('is put beside the others with its words, labels and shared seeds, and can be taken back', async () => {
    const [one, two] = await scenesOf()
    const first = present(one, 'twelve')
    await rig.engine.call('scene.update', {
      sceneId: present(two, 'twelve').id,
      patch: { seed: { kind: 'scene', sceneId: first.id } },
    })
    const before = await project()
    const batchId = await rehearse(['1'])
    await rig.engine.call('scene.update', { sceneId: first.id, patch: { prompt: 'Something else.' } })
    const { storyboardId } = await rig.engine.call('history.restore', { batchId })

    const after = await project()
    const board = present(
      after.storyboards.find(({ id }) => id === storyboardId),
      'it was restored',
    )
    const day = new Date((await rig.takes())[0]?.createdAt ?? 0).toISOString().slice(0, 10)
    expect([board.title, board.castId]).toEqual([`The Long Pasture, as of ${day}`, before.casts[0]?.id])
    expect(after.casts).toEqual(before.casts)
    const scenes = after.scenes.filter((scene) => scene.storyboardId === storyboardId)
    const content = (from: typeof scenes) =>
      from.map((scene) => ({ ...scene, id: '', storyboardId: '', seed: scene.seed.kind }))
    expect(content(scenes)).toEqual(content(before.scenes))
    expect(scenes[1]?.seed).toEqual({ kind: 'scene', sceneId: scenes[0]?.id })
    expect(scenes.some(({ id }) => before.scenes.some((scene) => scene.id === id))).toBe(false)

    await rig.engine.call('edit.undo', { projectId: rig.projectId })
    expect((await project()).storyboards.map(({ id }) => id)).toEqual([rig.storyboardId])
    await rig.engine.call('edit.redo', { projectId: rig.projectId })
    expect((await project()).scenes.filter((scene) => scene.storyboardId === storyboardId)).toEqual(scenes)
  })

  it('brings its own cast when that has changed since', async () => {
    const before = present((await project()).casts[0], 'one')
    const mara = present(before.references[0], 'the sample has a cast')
    const [one] = await scenesOf()
    await rig.engine.call('scene.update', {
      sceneId: present(one, 'twelve').id,
      patch: { references: [mara.id] },
    })
    const batchId = await rehearse(['1'])
    await rig.engine.call('reference.remove', { referenceId: mara.id })
    const { storyboardId } = await rig.engine.call('history.restore', { batchId })
    const after = await project()
    const board = after.storyboards.find(({ id }) => id === storyboardId)
    const cast = present(
      after.casts.find(({ id }) => id === board?.castId),
      'it has a cast',
    )
    expect(cast.id).not.toBe(before.id)
    expect(cast.references.map(({ name, image }) => [name, image])).toEqual(
      before.references.map(({ name, image }) => [name, image]),
    )
    expect(cast.references.some(({ id }) => before.references.some((reference) => reference.id === id))).toBe(false)
    const scene = after.scenes.find((candidate) => candidate.storyboardId === storyboardId)
    expect(scene?.references).toEqual([cast.references[0]?.id])
    const again = await rig.start({ provider: 'rehearsal', sceneIds: [present(scene, 'twelve').id] })
    expect(again.heldBack).toMatchObject([])
  })
})
