import fc from 'fast-check'
import type { ProjectSnapshot } from '../../shared/contract.ts'
import { TakeboardError } from '../../shared/errors.ts'
import type { Engine } from '../../electron/engine/api.ts'
import type { ScenePatch } from '../../shared/calls/boards.ts'
import type { ProjectId } from '../../shared/ids.ts'

/** One random edit: what to do, and numbers that choose among what is there when it is done. */
export interface RandomEdit {
  readonly kind: (typeof KINDS)[number]
  readonly a: number
  readonly b: number
  readonly n: number
}

const KINDS = [
  'prompt',
  'shot',
  'label',
  'heading',
  'seed',
  'choose',
  'many',
  'create',
  'move',
  'duplicate',
  'remove',
  'split',
  'merge',
  'pick',
  'rate',
  'use-seed',
  'style',
  'numbering',
  'renumber',
  'board',
  'move-board',
  'copy-board',
  'drop-board',
  'new-cast',
  'copy-cast',
  'give-cast',
  'drop-cast',
  'add-image',
  'rename',
  'move-image',
  'drop-image',
  'save-seed',
  'change-seed',
  'drop-seed',
  'add-note',
  'change-note',
  'drop-note',
  'make-playlist',
  'change-playlist',
  'drop-playlist',
  'title',
  'undo',
  'redo',
] as const

const number = fc.nat({ max: 997 })
export const randomEdit: fc.Arbitrary<RandomEdit> = fc.record({
  kind: fc.constantFrom(...KINDS),
  a: number,
  b: number,
  n: fc.integer({ min: 1, max: 4 }),
})

/** What the artist may refuse to hear, but never `internal`. */
const EXPECTED = ['conflict', 'bad-input', 'seed-unresolved']

/** Does it, and says whether the engine agreed. */
export async function doEdit(engine: Engine, projectId: ProjectId, edit: RandomEdit): Promise<boolean> {
  try {
    const call = callFor(await engine.call('project.get', { projectId }), edit)
    if (call === null) return false
    await call(engine)
    return true
  } catch (error) {
    if (error instanceof TakeboardError && EXPECTED.includes(error.code)) return false
    throw error
  }
}

type Call = (engine: Engine) => Promise<unknown>

function callFor(project: ProjectSnapshot, { kind, a, b, n }: RandomEdit): Call | null {
  const at = <T>(list: readonly T[], index: number): T | undefined => list[index % list.length]
  const projectId = project.project.id
  const board = at(project.storyboards, a >> 4)
  if (board === undefined) return null
  const storyboardId = board.id
  const scenes = project.scenes.filter((each) => each.storyboardId === storyboardId)
  const scene = at(scenes, a)
  const other = at(scenes, b)
  const some = [...new Set(Array.from({ length: n }, (_, step) => at(scenes, a + step * b)?.id))].flatMap(
    (id) => id ?? [],
  )
  const cast = at(project.casts, b)
  const reference = cast && at(cast.references, a)
  const image = at(
    project.casts.flatMap(({ references }) => references),
    b,
  )?.image
  const ready = project.takes.filter(({ phase }) => phase === 'ready')
  const take = at(ready, b)
  const saved = at(project.savedSeeds, a)
  const note = at(project.notes, a)
  const playlist = at(project.playlists, b)
  const patch = (change: ScenePatch): Call | null =>
    scene ? (engine) => engine.call('scene.update', { sceneId: scene.id, patch: change }) : null

  switch (kind) {
    case 'prompt':
      return patch({ prompt: `@Mara does ${a} things, then ${b}.`, notes: n === 4 ? 'Look again.' : '' })
    case 'shot':
      return patch({ duration: 3 + (a % 13), resolution: n > 2 ? '1080p' : '720p' })
    case 'label':
      return patch({ number: String(b % 40) })
    case 'heading':
      return patch({ section: n === 1 ? null : `Part ${b % 5}` })
    case 'seed':
      return patch({ seed: other && n > 2 ? { kind: 'scene', sceneId: other.id } : { kind: 'locked', value: b + 1 } })
    case 'choose':
      return patch({ references: reference && n > 1 ? [reference.id] : null })
    case 'many':
      if (some.length === 0) return null
      return (engine) =>
        engine.call('scene.updateMany', {
          edits: some.map((sceneId) => ({ sceneId, patch: { duration: 3 + (b % 5) } })),
        })
    case 'create':
      return (engine) =>
        engine.call('scene.createMany', {
          storyboardId,
          before: n > 2 ? null : (scene?.id ?? null),
          scenes: Array.from({ length: n }, () => ({ prompt: `New ${a}` })),
        })
    case 'move':
      if (some.length === 0) return null
      return (engine) => engine.call('scene.moveMany', { sceneIds: some, before: n > 3 ? null : (other?.id ?? null) })
    case 'duplicate':
      return some.length === 0 ? null : (engine) => engine.call('scene.duplicateMany', { sceneIds: some })
    case 'remove':
      return some.length === 0 ? null : (engine) => engine.call('scene.removeMany', { sceneIds: some })
    case 'split':
      return scene ? (engine) => engine.call('scene.split', { sceneId: scene.id, at: b % 40 }) : null
    case 'merge': {
      const ids = scenes.slice(a % (scenes.length || 1)).slice(0, n + 1)
      if (ids.length < 2) return null
      return (engine) => engine.call('scene.merge', { sceneIds: ids.map(({ id }) => id) })
    }
    case 'pick': {
      const own =
        scene &&
        at(
          ready.filter(({ sceneId }) => sceneId === scene.id),
          b,
        )
      return scene
        ? (engine) => engine.call('scene.pick', { sceneId: scene.id, takeId: n > 1 ? (own?.id ?? null) : null })
        : null
    }
    case 'rate':
      return take
        ? (engine) =>
            engine.call('take.update', {
              takeId: take.id,
              patch: { rating: a % 6, rejected: n > 2, label: n > 3 ? 'red' : 'none' },
            })
        : null
    case 'use-seed':
      if (!take || some.length === 0) return null
      return (engine) => engine.call('take.useSeed', { takeId: take.id, sceneIds: some })
    case 'style':
      return (engine) => engine.call('storyboard.update', { storyboardId, patch: { style: `Style ${b % 9}` } })
    case 'numbering':
      return (engine) =>
        engine.call('storyboard.update', { storyboardId, patch: { numbering: n > 2 ? 'renumber' : 'keep' } })
    case 'renumber':
      return (engine) => engine.call('storyboard.renumber', { storyboardId })
    case 'board':
      return (engine) => engine.call('storyboard.create', { projectId, title: `Board ${b}` })
    case 'move-board':
      return (engine) => engine.call('storyboard.move', { storyboardId, before: null })
    case 'copy-board':
      return (engine) => engine.call('storyboard.duplicate', { storyboardId })
    case 'drop-board':
      return (engine) => engine.call('storyboard.remove', { storyboardId })
    case 'new-cast':
      return (engine) => engine.call('cast.create', { projectId, title: `Cast ${b}` })
    case 'copy-cast':
      return cast ? (engine) => engine.call('cast.duplicate', { castId: cast.id }) : null
    case 'give-cast':
      return cast ? (engine) => engine.call('storyboard.update', { storyboardId, patch: { castId: cast.id } }) : null
    case 'drop-cast':
      return cast ? (engine) => engine.call('cast.remove', { castId: cast.id }) : null
    case 'add-image':
      if (!cast || !image) return null
      return (engine) => engine.call('reference.add', { castId: cast.id, name: `Name ${a}`, sha256: image.sha256 })
    case 'rename':
      if (!reference || !image) return null
      return (engine) =>
        engine.call('reference.update', {
          referenceId: reference.id,
          patch: n > 2 ? { name: `Name ${a}` } : { sha256: image.sha256 },
        })
    case 'move-image':
      return reference ? (engine) => engine.call('reference.move', { referenceId: reference.id, to: a % 9 }) : null
    case 'drop-image':
      return reference ? (engine) => engine.call('reference.remove', { referenceId: reference.id }) : null
    case 'save-seed': {
      const seed = { projectId, seed: a + 1, name: '', character: null, stars: 0, note: '', takeId: take?.id ?? null }
      return (engine) => engine.call('seed.save', seed)
    }
    case 'change-seed':
      return saved ? (engine) => engine.call('seed.update', { savedSeedId: saved.id, patch: { stars: b % 6 } }) : null
    case 'drop-seed':
      return saved ? (engine) => engine.call('seed.remove', { savedSeedId: saved.id }) : null
    case 'add-note': {
      if (!take) return null
      const note = { takeId: take.id, from: a, to: a + n, text: `Note ${b}`, strokes: [] }
      return (engine) => engine.call('note.add', note)
    }
    case 'change-note':
      return note ? (engine) => engine.call('note.update', { noteId: note.id, patch: { resolved: n > 2 } }) : null
    case 'drop-note':
      return note ? (engine) => engine.call('note.remove', { noteId: note.id }) : null
    case 'make-playlist': {
      const list = { projectId, title: `List ${b}`, takeIds: take ? [take.id] : [] }
      return (engine) => engine.call('playlist.create', list)
    }
    case 'change-playlist': {
      const takeIds = ready.slice(0, n).map(({ id }) => id)
      return playlist
        ? (engine) => engine.call('playlist.update', { playlistId: playlist.id, patch: { takeIds } })
        : null
    }
    case 'drop-playlist':
      return playlist ? (engine) => engine.call('playlist.remove', { playlistId: playlist.id }) : null
    case 'title':
      return (engine) => engine.call('project.update', { projectId, patch: { title: `Project ${b}` } })
    case 'undo':
    case 'redo':
      return (engine) => engine.call(`edit.${kind}`, { projectId })
  }
}
