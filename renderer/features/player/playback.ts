import type { SceneId, TakeId } from '../../../shared/ids.ts'
import type { Scene, Take } from '../../../shared/model.ts'
import type { ProjectView } from '../../state/apply-event.ts'
import { scenesOf, stateOf, takesOf } from '../../state/selectors.ts'

/** Frames a second; what the model makes. */
export const FPS = 24

/** How many frames a clip of so many seconds has, at least one. */
export const frameCount = (seconds: number): number =>
  Number.isFinite(seconds) ? Math.max(1, Math.round(seconds * FPS)) : 1

/** The frame on screen at a time. @param seconds from the start */
export const frameAt = (seconds: number, frames: number): number =>
  Math.max(0, Math.min(frames - 1, Math.floor(seconds * FPS + 0.01)))

/** Where to seek for a frame: its middle, so that rounding never shows its neighbour. */
export const timeOfFrame = (frame: number): number => (frame + 0.5) / FPS

/** `0:02:11`: minutes, seconds, frames. */
export function timecode(frame: number): string {
  const pad = (part: number) => String(part).padStart(2, '0')
  const seconds = Math.floor(frame / FPS)
  return `${Math.floor(seconds / 60)}:${pad(seconds % 60)}:${pad(frame % FPS)}`
}

/** The takes of a scene that can be played, in order of their number. */
export const playableTakes = (view: ProjectView, sceneId: SceneId): readonly Take[] =>
  takesOf(view, sceneId).filter((take) => take.phase === 'ready')

/** The take before or after one in its scene; null at the ends. */
export function besideTake(view: ProjectView, take: Take, by: -1 | 1): TakeId | null {
  const takes = playableTakes(view, take.sceneId)
  const at = takes.findIndex(({ id }) => id === take.id)
  return takes[at + by]?.id ?? null
}

/** The take that stands for the next scene that has one, in board order; null when there is none. */
export function besideScene(view: ProjectView, scene: Scene, by: -1 | 1): TakeId | null {
  const scenes = scenesOf(view, scene.storyboardId)
  for (let at = scenes.findIndex(({ id }) => id === scene.id) + by; at >= 0 && at < scenes.length; at += by) {
    const next = scenes[at]
    const poster = next ? stateOf(view, next).poster : null
    if (poster) return poster.id
  }
  return null
}

export type PlayerKey =
  | { readonly do: 'toggle' }
  | { readonly do: 'step'; readonly frames: number }
  | { readonly do: 'take'; readonly by: -1 | 1 }
  | { readonly do: 'scene'; readonly by: -1 | 1 }
  | { readonly do: 'pick' | 'reject' | 'loop' | 'mute' }
  | { readonly do: 'rate'; readonly stars: number }

/** What a key means while a take is played; null for keys that are not the player's. */
export function playerKey(event: {
  key: string
  shiftKey: boolean
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
}): PlayerKey | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null
  const stride = event.shiftKey ? 10 : 1
  switch (event.key) {
    case ' ':
      return { do: 'toggle' }
    case 'ArrowLeft':
      return { do: 'step', frames: -stride }
    case 'ArrowRight':
      return { do: 'step', frames: stride }
    case 'ArrowUp':
      return event.shiftKey ? { do: 'scene', by: -1 } : { do: 'take', by: -1 }
    case 'ArrowDown':
      return event.shiftKey ? { do: 'scene', by: 1 } : { do: 'take', by: 1 }
    case 'PageUp':
      return { do: 'scene', by: -1 }
    case 'PageDown':
      return { do: 'scene', by: 1 }
    case 'p':
    case 'P':
      return { do: 'pick' }
    case 'x':
    case 'X':
      return { do: 'reject' }
    case 'l':
    case 'L':
      return { do: 'loop' }
    case 'm':
    case 'M':
      return { do: 'mute' }
    default:
      return /^[1-5]$/.test(event.key) ? { do: 'rate', stars: Number(event.key) } : null
  }
}
