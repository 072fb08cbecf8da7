import type { PlaylistId, SceneId, StoryboardId, TakeId } from '../../shared/ids.ts'
import type { Scene, Take } from '../../shared/model.ts'
import type { Playlist } from '../../shared/review.ts'
import type { ProjectView } from './apply-event.ts'
import { takeSlate } from './seed-sources.ts'
import { padNumber, scenesOf, stateOf, takesOf } from './selectors.ts'

/** What is played one after the other. */
export type PlaylistSource =
  /** The scenes of a storyboard in their order, each by its pick, else by its latest take that is ready. */
  | { readonly kind: 'board'; readonly storyboardId: StoryboardId }
  | { readonly kind: 'scene'; readonly sceneId: SceneId }
  /** Put together by hand. */
  | { readonly kind: 'list'; readonly playlistId: PlaylistId }

export interface PlaylistEntry {
  /** From 0. */
  readonly index: number
  /** Stays with the entry while others move; a take that is in a list twice has two. */
  readonly key: string
  readonly take: Take
  /** Null when it was taken off its board. */
  readonly scene: Scene | null
  /** Such as `12A-3`. */
  readonly slate: string
}

export interface PlaylistNow {
  readonly source: PlaylistSource
  readonly title: string
  readonly entries: readonly PlaylistEntry[]
  /** What is not in it although one might expect it, as a sentence; null when nothing is missing. */
  readonly missing: string | null
}

export const sameSource = (one: PlaylistSource, other: PlaylistSource): boolean =>
  JSON.stringify(one) === JSON.stringify(other)

/** Lists put together by hand, the oldest first. */
export const playlistsOf = (view: ProjectView): readonly Playlist[] =>
  [...view.playlists.values()].sort((a, b) => a.createdAt - b.createdAt || a.id.localeCompare(b.id))

/** Whether a take has a clip that was downloaded, wherever it is now. */
const hasClip = (take: Take | null | undefined): take is Take => take?.phase === 'ready' && take.clip !== null

/** The pick of a scene, else its latest take that is ready; rejected ones only where there is no other. */
export function takeForScene(view: ProjectView, scene: Scene): Take | null {
  const { poster } = stateOf(view, scene)
  if (hasClip(poster)) return poster
  const ready = takesOf(view, scene.id).filter(hasClip)
  return ready.findLast((take) => !take.rejected) ?? ready.at(-1) ?? null
}

function entriesOf(view: ProjectView, takes: readonly Take[]): readonly PlaylistEntry[] {
  const seen = new Map<TakeId, number>()
  return takes.map((take, index) => {
    const turn = (seen.get(take.id) ?? 0) + 1
    seen.set(take.id, turn)
    return {
      index,
      key: turn === 1 ? take.id : `${take.id} ${turn}`,
      take,
      scene: view.scenes.get(take.sceneId) ?? null,
      slate: takeSlate(view, take),
    }
  })
}

const scenesWord = (count: number): string => (count === 1 ? '1 scene has' : `${count} scenes have`)

/** What a source plays now. @returns null when it is no longer there */
export function readPlaylist(view: ProjectView, source: PlaylistSource): PlaylistNow | null {
  switch (source.kind) {
    case 'board': {
      const storyboard = view.storyboards.get(source.storyboardId)
      if (!storyboard) return null
      const scenes = scenesOf(view, storyboard.id)
      const takes = scenes.flatMap((scene) => takeForScene(view, scene) ?? [])
      const without = scenes.length - takes.length
      return {
        source,
        title: storyboard.title,
        entries: entriesOf(view, takes),
        missing: without === 0 ? null : `${scenesWord(without)} no take yet.`,
      }
    }
    case 'scene': {
      const scene = view.scenes.get(source.sceneId)
      if (!scene) return null
      const takes = takesOf(view, scene.id).filter(hasClip)
      return {
        source,
        title: `Takes of scene ${padNumber(scene.number)}`,
        entries: entriesOf(view, takes),
        missing: null,
      }
    }
    case 'list': {
      const list = view.playlists.get(source.playlistId)
      if (!list) return null
      const takes = list.takeIds.map((id) => view.takes.get(id)).filter(hasClip)
      const without = list.takeIds.length - takes.length
      return {
        source,
        title: list.title,
        entries: entriesOf(view, takes),
        missing: without === 0 ? null : `${without === 1 ? '1 take has' : `${without} takes have`} no clip any more.`,
      }
    }
  }
}

/** A title that no list has: `Playlist 3`. */
export function freeTitle(view: ProjectView, wish = 'Playlist'): string {
  const taken = new Set(playlistsOf(view).map(({ title }) => title))
  if (wish !== 'Playlist' && !taken.has(wish)) return wish
  for (let turn = wish === 'Playlist' ? 1 : 2; ; turn++) {
    const title = `${wish} ${turn}`
    if (!taken.has(title)) return title
  }
}

/** An order with the one at a place moved to another, both counted before the move and after it. */
export function movedTo<T>(list: readonly T[], from: number, to: number): readonly T[] {
  const item = list[from]
  if (item === undefined) return list
  const left = list.toSpliced(from, 1)
  return left.toSpliced(Math.max(0, Math.min(left.length, to)), 0, item)
}
