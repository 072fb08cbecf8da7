import type { SceneId } from '../../shared/ids.ts'
import { isOpen, type ProviderName, type Scene, type Take } from '../../shared/model.ts'
import type { SceneOrder } from '../../shared/preview.ts'
import type { Note } from '../../shared/review.ts'
import type { ProjectView } from './apply-event.ts'
import { unknownMentions } from './mentions.ts'
import { notesOn } from './notes.ts'

/** Where the seed of another try comes from: the rejected take, chance, or what the scene says. */
export const RERUN_SEEDS = ['new', 'same', 'scene'] as const
export type RerunSeed = (typeof RERUN_SEEDS)[number]

/** A scene whose takes were rejected and that has no pick. */
export interface Rejected {
  /** The latest rejected take, of the paid service where there is one. */
  readonly take: Take
  /** What is still open on rejected takes: the latest take first, then by frame. */
  readonly notes: readonly { readonly note: Note; readonly take: Take }[]
  /** Why another try may not be wanted yet, as a sentence without its end; null when it is. */
  readonly doubt: string | null
}

function doubtOf(takes: readonly Take[], take: Take, provider: ProviderName): string | null {
  if (takes.some((each) => each.provider === provider && isOpen(each.phase))) return 'A take is already in flight'
  const unjudged = takes.findLast((each) => each.phase === 'ready' && !each.rejected && each.provider === provider)
  if (unjudged) return `Take ${unjudged.number} is not judged yet`
  return take.provider === provider || provider === 'rehearsal' ? null : 'Only a rehearsal was rejected'
}

/** What was rejected of a scene; null while it has a pick, or nothing was. */
export function rejectedOf(
  view: Pick<ProjectView, 'takesByScene' | 'notes' | 'project'>,
  scene: Scene,
): Rejected | null {
  if (scene.pickTakeId !== null) return null
  const takes = view.takesByScene.get(scene.id) ?? []
  const rejected = takes.filter((take) => take.rejected && take.phase === 'ready').toReversed()
  const { provider } = view.project
  const take = rejected.find((each) => each.provider === provider) ?? rejected[0]
  if (!take) return null
  const notes = rejected.flatMap((each) =>
    notesOn(view, each.id).flatMap((note) => (note.resolved || note.text.trim() === '' ? [] : [{ note, take: each }])),
  )
  return { take, notes, doubt: doubtOf(takes, take, provider) }
}

/** The scenes another try is offered for, in board order. Those without a doubt are meant at first. */
export const rejectedScenes = (
  view: Pick<ProjectView, 'takesByScene' | 'notes' | 'project'>,
  scenes: readonly Scene[],
): readonly { readonly scene: Scene; readonly rejected: Rejected }[] =>
  scenes.flatMap((scene) => {
    const rejected = rejectedOf(view, scene)
    return rejected ? [{ scene, rejected }] : []
  })

/** Those among them that nothing speaks against: what is ticked at first. */
export const meantScenes = (
  view: Pick<ProjectView, 'takesByScene' | 'notes' | 'project'>,
  scenes: readonly Scene[],
): readonly Scene[] =>
  rejectedScenes(view, scenes).flatMap(({ scene, rejected }) => (rejected.doubt === null ? [scene] : []))

/** What is chosen for another try, beside which scenes. */
export interface RerunChoices {
  /** For every scene that has none of its own in `seedOf`. */
  readonly seeds: RerunSeed
  readonly seedOf: ReadonlyMap<SceneId, RerunSeed>
  /** Prompts as edited, whether or not they differ from the scene's. */
  readonly prompts: ReadonlyMap<SceneId, string>
  /** Scenes whose prompt is in sight. */
  readonly unfolded: ReadonlySet<SceneId>
}

export const FIRST_RERUN: RerunChoices = {
  seeds: 'new',
  seedOf: new Map(),
  prompts: new Map(),
  unfolded: new Set(),
}

export const seedOf = (choices: RerunChoices, sceneId: SceneId): RerunSeed =>
  choices.seedOf.get(sceneId) ?? choices.seeds

/** One seed for every scene; what was chosen for single ones is forgotten. */
export const seedForAll = (choices: RerunChoices, seeds: RerunSeed): RerunChoices => ({
  ...choices,
  seeds,
  seedOf: new Map(),
})

export const seedForOne = (choices: RerunChoices, sceneId: SceneId, seed: RerunSeed): RerunChoices => ({
  ...choices,
  seedOf: new Map(choices.seedOf).set(sceneId, seed),
})

export const editPrompt = (choices: RerunChoices, sceneId: SceneId, prompt: string): RerunChoices => ({
  ...choices,
  prompts: new Map(choices.prompts).set(sceneId, prompt),
})

/** Leaves the prompt of a scene as it is. */
export function dropEdit(choices: RerunChoices, sceneId: SceneId): RerunChoices {
  const prompts = new Map(choices.prompts)
  prompts.delete(sceneId)
  return { ...choices, prompts }
}

export function toggleUnfolded(choices: RerunChoices, sceneId: SceneId): RerunChoices {
  const unfolded = new Set(choices.unfolded)
  if (!unfolded.delete(sceneId)) unfolded.add(sceneId)
  return { ...choices, unfolded }
}

/** The prompt of a scene as it stands in the dialog. */
export const promptIn = (choices: RerunChoices, scene: Pick<Scene, 'id' | 'prompt'>): string =>
  choices.prompts.get(scene.id) ?? scene.prompt

/** The prompts that are not what their scenes say, for one edit of the board. */
export const promptEdits = (
  choices: RerunChoices,
  scenes: readonly Pick<Scene, 'id' | 'prompt'>[],
): readonly { readonly sceneId: SceneId; readonly patch: { readonly prompt: string } }[] =>
  scenes
    .map((scene) => ({ sceneId: scene.id, before: scene.prompt, prompt: promptIn(choices, scene) }))
    .filter(({ before, prompt }) => prompt !== before)
    .map(({ sceneId, prompt }) => ({ sceneId, patch: { prompt } }))

/** Why a prompt cannot be sent, as a sentence; null when it can. @param names that can be mentioned */
export function promptProblem(prompt: string, names: readonly string[]): string | null {
  if (prompt.trim() === '') return 'A take needs a prompt.'
  const [unknown] = unknownMentions(prompt, names)
  return unknown ? `@${unknown.word} is nobody in the cast.` : null
}

const sentenceEnd = /[.!?…"”')\]]$/u

/** True when a note stands in a prompt word for word. */
export const hasNote = (prompt: string, note: string): boolean => prompt.includes(note.trim())

/** A prompt with a note as its last sentence. */
export function withNote(prompt: string, note: string): string {
  const before = prompt.trimEnd()
  if (before === '') return note.trim()
  return `${before}${sentenceEnd.test(before) ? '' : '.'} ${note.trim()}`
}

/** A prompt without a note that stands in it word for word. */
export function withoutNote(prompt: string, note: string): string {
  const text = note.trim()
  const at = prompt.lastIndexOf(text)
  if (at < 0) return prompt
  return `${prompt.slice(0, at).trimEnd()}${prompt.slice(at + text.length)}`
}

/**
 * True when another try would send the very request that was rejected, which makes the same clip once more.
 * @param edited whether the prompt of the scene is edited in the dialog
 */
export const isSameAgain = (scene: Scene, { take }: Rejected, seed: RerunSeed, edited: boolean): boolean =>
  !edited &&
  take.stale.every((field) => field === 'seed') &&
  (seed === 'same' || (seed === 'scene' && scene.seed.kind === 'locked' && scene.seed.value === take.request.seed))

/** The seeds of an order for scenes that were rejected. */
export function rerunSeeds(
  choices: RerunChoices,
  scenes: readonly { readonly sceneId: SceneId; readonly take: Take }[],
): Pick<SceneOrder, 'seeds' | 'exceptSeeds'> {
  const exceptSeeds = scenes.flatMap(({ sceneId, take }) => {
    const seed = seedOf(choices, sceneId)
    return seed === 'scene' ? [] : [{ sceneId, seed: seed === 'same' ? take.request.seed : null }]
  })
  return { seeds: { kind: 'keep' }, exceptSeeds }
}
