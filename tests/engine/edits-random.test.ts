import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EngineEvent, ProjectSnapshot } from '../../shared/contract.ts'
import { usdMicros } from '../../shared/money.ts'
import { doEdit, randomEdit } from '../support/random-edits.ts'
import { startRig, type Rig } from '../support/engine-rig.ts'

let rig: Rig
/** The sample with ready takes of three scenes, so that edits have something to make stale. */
beforeAll(async () => {
  rig = await startRig()
  await rig.setCap(usdMicros(30_000_000))
  const { scenes } = await project()
  const { takeIds } = await rig.start({ sceneIds: scenes.slice(0, 3).map(({ id }) => id), takesPerScene: 2 })
  await rig.until(takeIds, ({ phase }) => phase === 'ready')
})
afterAll(() => rig.close())

const project = () => rig.engine.call('project.get', { projectId: rig.projectId })
const undo = async () => (await rig.engine.call('edit.undo', { projectId: rig.projectId })).label
const redo = async () => (await rig.engine.call('edit.redo', { projectId: rig.projectId })).label

/** Everything an artist sees of a project, but when it was looked at and what could be undone. */
async function seen() {
  const { seq: _seq, edits: _edits, project: row, ...rest } = await project()
  return { ...rest, project: { ...row, openedAt: 0 } }
}

/** Does what is left to do, noting what there is before each step; the last is what there is afterwards. */
async function walk(step: () => Promise<string | null>) {
  const states = [await seen()]
  while ((await step()) !== null) states.push(await seen())
  return states
}

/** What a client knows that was told every change of one snapshot. */
function follow(start: ProjectSnapshot) {
  const kinds = ['storyboard', 'cast', 'scene', 'take', 'seed', 'note', 'playlist'] as const
  const rows = {
    storyboard: start.storyboards,
    cast: start.casts,
    scene: start.scenes,
    take: start.takes,
    seed: start.savedSeeds,
    note: start.notes,
    playlist: start.playlists,
  }
  const known = Object.fromEntries(
    kinds.map((kind) => [kind, new Map<string, unknown>(rows[kind].map((row) => [row.id, row]))]),
  )
  let title = start.project.title
  const gone = {
    storyboardId: 'storyboard',
    castId: 'cast',
    sceneId: 'scene',
    savedSeedId: 'seed',
    noteId: 'note',
    playlistId: 'playlist',
  }
  const hear = ({ name, payload }: EngineEvent) => {
    const [kind = '', what] = name.split('.')
    if (name === 'project.put') title = payload.title
    else if (what === 'put' && 'id' in payload) known[kind]?.set(payload.id, payload)
    else if (what === 'removed')
      for (const [key, of] of Object.entries(gone))
        if (of === kind) known[kind]?.delete(String(payload[key as keyof typeof payload]))
  }
  /** Scenes leave with their storyboard without being told of one by one. */
  const state = (snapshot: ProjectSnapshot) => ({
    title,
    storyboards: rowsOf('storyboard', snapshot),
    casts: rowsOf('cast', snapshot),
    scenes: rowsOf('scene', snapshot),
    takes: rowsOf('take', snapshot),
    seeds: rowsOf('seed', snapshot),
    notes: rowsOf('note', snapshot),
    playlists: rowsOf('playlist', snapshot),
  })
  const rowsOf = (kind: string, { storyboards }: ProjectSnapshot) =>
    Object.fromEntries(
      [...(known[kind] ?? [])].filter(
        ([, row]) =>
          kind !== 'scene' || storyboards.some(({ id }) => id === (row as { storyboardId: string }).storyboardId),
      ),
    )
  return { hear, state }
}

const asKnown = (snapshot: ProjectSnapshot) => {
  const rows = <T extends { readonly id: string }>(list: readonly T[]) =>
    Object.fromEntries(list.map((row) => [row.id, row]))
  return {
    title: snapshot.project.title,
    storyboards: rows(snapshot.storyboards),
    casts: rows(snapshot.casts),
    scenes: rows(snapshot.scenes),
    takes: rows(snapshot.takes),
    seeds: rows(snapshot.savedSeeds),
    notes: rows(snapshot.notes),
    playlists: rows(snapshot.playlists),
  }
}

describe('any sequence of edits', () => {
  it('can be taken back to the beginning and made again to the end, over a restart, and every client hears of it', async () => {
    const money = await rig.budget()
    const ledger = () => rig.engine.call('ledger.list', { projectId: rig.projectId, before: null, limit: 500 })
    const paid = await ledger()
    await fc.assert(
      fc.asyncProperty(
        fc.array(randomEdit, { minLength: 4, maxLength: 24, size: 'max' }),
        fc.boolean(),
        async (edits, restart) => {
          const first = await seen()
          const client = follow(await project())
          const off = rig.engine.onEvent(client.hear)
          for (const edit of edits) await doEdit(rig.engine, rig.projectId, edit)
          await walk(redo)
          const back = await walk(undo)
          const snapshot = await project()
          expect(client.state(snapshot)).toEqual(asKnown(snapshot))
          off()
          expect(back.at(-1)).toEqual(first)
          if (restart) await rig.reopen()
          const forth = await walk(redo)
          expect(forth).toEqual(back.toReversed())
          await walk(undo)
          expect(await seen()).toEqual(first)
        },
      ),
      { seed: 20_260_301, numRuns: 30, endOnFailure: true },
    )
    expect(await rig.budget()).toEqual(money)
    expect(await ledger()).toEqual(paid)
  }, 240_000)
})
