import type { ProjectId, SceneId, StoryboardId, TakeId } from '../../../shared/ids.ts'
import type { Reference, Scene, Take } from '../../../shared/model.ts'
import type { UsdMicros } from '../../../shared/money.ts'
import type { Command } from '../../commands/registry.ts'
import type { ProjectView, StudioView } from '../../state/apply-event.ts'
import { mentionedNames } from '../../state/mentions.ts'
import { castNames, padNumber, plural, scenesOf, storyboardsOf } from '../../state/selectors.ts'

/** What is drawn before an entry. */
export type ItemPicture =
  | { readonly kind: 'command'; readonly id: string }
  | { readonly kind: 'scene'; readonly scene: Scene; readonly take: Take | null }
  | { readonly kind: 'character'; readonly reference: Reference }
  | { readonly kind: 'storyboard' | 'project' | 'seed' }

/** What choosing an entry does. */
export type ItemAction =
  | { readonly kind: 'command'; readonly command: Command }
  | { readonly kind: 'scenes'; readonly storyboardId: StoryboardId; readonly sceneIds: readonly SceneId[] }
  | { readonly kind: 'cast' }
  | { readonly kind: 'storyboard'; readonly storyboardId: StoryboardId }
  | { readonly kind: 'project'; readonly projectId: ProjectId }
  | { readonly kind: 'take'; readonly takeId: TakeId }

/** One line of the palette. */
export interface PaletteItem {
  /** Stable over sessions, so that recent ones can be remembered. */
  readonly key: string
  readonly section: string
  /** True of commands about the chosen scenes, which come first. */
  readonly ofChoice?: boolean
  readonly title: string
  /** Found by, not shown. */
  readonly words: string
  readonly aside?: string
  readonly keys?: string | undefined
  readonly price?: UsdMicros | null
  /** Why it cannot be run now; null when it can. */
  readonly reason: string | null
  readonly picture: ItemPicture
  readonly action: ItemAction
}

/** What the commands of the board are about. */
export interface Choice {
  readonly onBoard: boolean
  readonly selected: readonly Scene[]
}

const GO_TO = /^(view\.|studio\.(settings|shortcuts|keys)$|project\.start$)/

/** `Scene 05, The brush`, or `3 scenes`. */
function choiceTitle(selected: readonly Scene[]): string {
  const [scene, ...others] = selected
  if (!scene) return 'Board'
  if (others.length > 0) return plural(selected.length, 'scene')
  return scene.title ? `Scene ${padNumber(scene.number)}, ${scene.title}` : `Scene ${padNumber(scene.number)}`
}

function sectionOf(command: Command, { selected }: Choice): string {
  if (GO_TO.test(command.id)) return 'Go to'
  if (command.group === 'Board') return choiceTitle(selected)
  return command.group === 'Everywhere' ? 'Studio' : command.group
}

/** Why a command does nothing now, where it says nothing itself: what every command of the board needs. */
function commonReason(command: Command, { onBoard, selected }: Choice): string | null {
  if (command.group !== 'Board') return null
  if (!onBoard) return 'On the board only'
  return selected.length === 0 ? 'Choose a scene first' : 'Not for this choice'
}

/** The commands that can be listed as they stand now. */
export function commandItems(
  commands: readonly Command[],
  keysOf: (id: string) => string | undefined,
  choice: Choice,
): readonly PaletteItem[] {
  return commands.flatMap((command) => {
    if (command.listed === false) return []
    const blocked = command.when?.() === false
    const reason = command.reason?.() ?? (blocked ? commonReason(command, choice) : null)
    if (blocked && reason === null) return []
    return [
      {
        key: `command:${command.id}`,
        section: sectionOf(command, choice),
        ofChoice: command.group === 'Board',
        title: command.label?.() ?? command.title,
        words: `${command.title} ${command.words ?? ''}`,
        keys: keysOf(command.id),
        price: command.price?.() ?? null,
        reason,
        picture: { kind: 'command', id: command.id },
        action: { kind: 'command', command },
      } as const,
    ]
  })
}

const sceneTitle = (scene: Scene) => `${padNumber(scene.number)} ${scene.title || 'Untitled'}`
const latestReady = (takes: readonly Take[]) => takes.findLast((take) => take.phase === 'ready') ?? null
const pictureOf = (view: ProjectView, scene: Scene): ItemPicture => {
  const takes = view.takesByScene.get(scene.id) ?? []
  return {
    kind: 'scene',
    scene,
    take: takes.find((take) => take.id === scene.pickTakeId) ?? latestReady(takes),
  }
}

function* sceneItems(view: ProjectView): Generator<PaletteItem> {
  const boards = storyboardsOf(view)
  for (const board of boards) {
    for (const scene of scenesOf(view, board.id)) {
      yield {
        key: `scene:${scene.id}`,
        section: 'Scenes',
        title: sceneTitle(scene),
        words: `${scene.number} ${scene.prompt}`,
        aside: boards.length > 1 ? board.title : `${scene.duration} s`,
        reason: null,
        picture: pictureOf(view, scene),
        action: { kind: 'scenes', storyboardId: board.id, sceneIds: [scene.id] },
      }
    }
  }
}

function* characterItems(view: ProjectView, shown: StoryboardId | null): Generator<PaletteItem> {
  const board = storyboardsOf(view).find(({ id }) => id === shown) ?? storyboardsOf(view)[0]
  const cast = board && view.casts.get(board.castId)
  if (!board || !cast) return
  const names = castNames(cast)
  const scenes = scenesOf(view, board.id)
  for (const name of names) {
    const reference = cast.references.find((each) => each.name === name)
    if (!reference) continue
    const within = scenes.filter((scene) => mentionedNames(scene.prompt, names).includes(name))
    yield {
      key: `character:${cast.id}:${name}`,
      section: 'Cast',
      title: name,
      words: 'character reference cast',
      aside: within.length === 0 ? 'No scenes' : plural(within.length, 'scene'),
      reason: null,
      picture: { kind: 'character', reference },
      action:
        within.length === 0
          ? { kind: 'cast' }
          : { kind: 'scenes', storyboardId: board.id, sceneIds: within.map((scene) => scene.id) },
    }
  }
}

function* storyboardItems(view: ProjectView): Generator<PaletteItem> {
  for (const board of storyboardsOf(view)) {
    yield {
      key: `storyboard:${board.id}`,
      section: 'Storyboards',
      title: board.title || 'Untitled',
      words: 'storyboard board',
      aside: plural(scenesOf(view, board.id).length, 'scene'),
      reason: null,
      picture: { kind: 'storyboard' },
      action: { kind: 'storyboard', storyboardId: board.id },
    }
  }
}

function* takeItems(view: ProjectView): Generator<PaletteItem> {
  for (const take of view.takes.values()) {
    const scene = view.scenes.get(take.sceneId)
    if (!scene) continue
    yield {
      key: `take:${take.id}`,
      section: 'Takes',
      title: `${padNumber(scene.number)}-${take.number} ${scene.title || 'Untitled'}`,
      words: `${scene.number}-${take.number} take ${take.request.seed}`,
      aside: `seed ${take.request.seed}`,
      reason: null,
      picture: { kind: 'scene', scene, take: take.phase === 'ready' ? take : null },
      action:
        take.phase === 'ready'
          ? { kind: 'take', takeId: take.id }
          : { kind: 'scenes', storyboardId: scene.storyboardId, sceneIds: [scene.id] },
    }
  }
}

function* seedItems(view: ProjectView, shown: StoryboardId | null): Generator<PaletteItem> {
  const users = new Map<number, Set<SceneId>>()
  const note = (seed: number, sceneId: SceneId) => users.set(seed, (users.get(seed) ?? new Set()).add(sceneId))
  for (const scene of view.scenes.values()) if (scene.seed.kind === 'locked') note(scene.seed.value, scene.id)
  for (const take of view.takes.values()) if (view.scenes.has(take.sceneId)) note(take.request.seed, take.sceneId)
  const names = new Map([...view.savedSeeds.values()].map((saved) => [saved.seed, saved.name]))
  for (const [seed, sceneIds] of [...users].toSorted((a, b) => b[1].size - a[1].size)) {
    const here = [...sceneIds].filter((id) => view.scenes.get(id)?.storyboardId === shown)
    const first = view.scenes.get((here[0] ?? [...sceneIds][0]) as SceneId)
    if (!first) continue
    const ids = here.length > 0 ? here : [...sceneIds].filter((id) => sameBoard(view, id, first))
    yield {
      key: `seed:${seed}`,
      section: 'Seeds',
      title: `Seed ${seed}`,
      words: names.get(seed) ?? '',
      aside: plural(sceneIds.size, 'scene'),
      reason: null,
      picture: pictureOf(view, first),
      action: { kind: 'scenes', storyboardId: first.storyboardId, sceneIds: ids },
    }
  }
}

const sameBoard = (view: ProjectView, id: SceneId, scene: Scene) =>
  view.scenes.get(id)?.storyboardId === scene.storyboardId

/** Projects other than the open one, the one opened last first. */
function* projectItems(studio: StudioView, open: ProjectId | null): Generator<PaletteItem> {
  for (const project of [...studio.projects.values()].toSorted((a, b) => b.openedAt - a.openedAt)) {
    if (project.id === open) continue
    yield {
      key: `project:${project.id}`,
      section: 'Projects',
      title: project.title,
      words: 'project film',
      reason: null,
      picture: { kind: 'project' },
      action: { kind: 'project', projectId: project.id },
    }
  }
}

/** Everything in the library that can be gone to. Takes come only once a number is asked for, since there are many. */
export function placeItems(
  studio: StudioView,
  view: ProjectView | null,
  shown: StoryboardId | null,
  query: string,
): readonly PaletteItem[] {
  const projects = [...projectItems(studio, view?.project.id ?? null)]
  if (!view) return projects
  return [
    ...sceneItems(view),
    ...characterItems(view, shown),
    ...seedItems(view, shown),
    ...(/\d/.test(query) ? takeItems(view) : []),
    ...storyboardItems(view),
    ...projects,
  ]
}
