import type { ClipProbe } from '../../shared/clip-facts.ts'
import { type FrameRate, middleOf, secondsAt } from '../../shared/frame-rate.ts'
import type { Take } from '../../shared/model.ts'
import { fetchFacts, useKnownClips } from './known-clips.ts'
import { clipUrl, posterUrl, sketchUrl } from '../state/media.ts'
import { createPictureSeeker } from './seek.ts'
import type { Schedule, Slot } from './sequence-slots.ts'
import type { Deck } from './sequence-player.ts'

/** The elements a deck works with. `data-shows` of the root says which of them is seen. */
export interface DeckElements {
  readonly root: HTMLElement
  readonly video: HTMLVideoElement
  readonly still: HTMLImageElement
}

/** A clip that shows nothing for so long is passed over, so that the rest still plays (milliseconds). */
const PATIENCE_MS = 10_000

/** Resolves with whether the clip could be opened. */
function loaded(video: HTMLVideoElement, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const ended = new AbortController()
    const end = (came: boolean) => () => {
      ended.abort()
      resolve(came)
    }
    video.addEventListener('loadedmetadata', end(true), { signal: ended.signal })
    video.addEventListener('error', end(false), { signal: ended.signal })
    signal.addEventListener('abort', end(false), { signal: ended.signal })
  })
}

const hasClip = (take: Take | null): take is Take => take?.phase === 'ready' && take.clip !== null

/** @returns null while nothing is known of the clip */
async function probeOf(take: Take): Promise<ClipProbe | null> {
  const clip = take.clip?.sha256
  if (clip === undefined) return null
  if (!useKnownClips.getState().probes.has(clip)) await fetchFacts(clip)
  return useKnownClips.getState().probes.get(clip) ?? null
}

/** A picture that can be drawn at once; false when there is none. */
async function loadStill(still: HTMLImageElement, urls: readonly (string | null)[]): Promise<boolean> {
  for (const url of urls) {
    if (url === null) continue
    still.src = url
    const there = await still.decode().then(
      () => true,
      () => false,
    )
    if (there) return true
  }
  still.removeAttribute('src')
  return false
}

/** A deck over a video and an image. @param now milliseconds that only grow */
export function createDeck({ root, video, still }: DeckElements, now: () => number, raise: () => void): Deck {
  const pictures = createPictureSeeker(video)
  let key: string | null = null
  let asked = new AbortController()
  /** Seconds of the slot at which the clip's first frame, or the still, is shown, and since when. */
  let origin = 0
  /** Time goes by the clock where no video moves: stills, and clips shorter than their scene. */
  let clock: { readonly at: number; readonly from: number; readonly speed: number } | null = null
  let rest = 0

  const shows = () => root.dataset['shows']
  const byClock = () => (clock ? clock.from + ((now() - clock.at) / 1000) * clock.speed : rest)

  /** @returns null when something else was asked for meanwhile, false when the clip cannot be shown */
  async function showClip(take: Take, seconds: number, rate: FrameRate, signal: AbortSignal): Promise<boolean | null> {
    const url = clipUrl(take.id)
    const probe = await probeOf(take)
    if (signal.aborted) return null
    if (probe && !(probe.ok && probe.decodable)) return false
    const facts = probe?.ok ? probe : null
    const patience = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)])
    if (video.getAttribute('src') !== url || video.error) {
      video.src = url
      const opened = await loaded(video, patience)
      if (signal.aborted) return null
      if (!opened) return false
    }
    origin = facts?.start ?? 0
    const last = facts
      ? facts.seconds - 0.5 / (facts.rate.num / facts.rate.den)
      : Math.max(0, (Number.isFinite(video.duration) ? video.duration : 0) - 0.01)
    const frameSeconds = secondsAt(1, facts?.rate ?? rate)
    const came = await pictures.to(origin + Math.min(seconds, last), frameSeconds, patience)
    if (signal.aborted) return null
    if (!came) return false
    rest = seconds
    root.dataset['shows'] = 'video'
    return true
  }

  async function showStill(slot: Slot, seconds: number, signal: AbortSignal): Promise<boolean> {
    const made = slot.take?.clip ? (useKnownClips.getState().made.get(slot.take.clip.sha256) ?? 0) : 0
    await loadStill(still, [slot.take ? posterUrl(slot.take, made) : null, slot.scene && sketchUrl(slot.scene)])
    if (signal.aborted) return false
    video.pause()
    rest = seconds
    root.dataset['shows'] = 'still'
    return true
  }

  return {
    get key() {
      return key
    },
    async show(slot: Slot, frame: number, schedule: Schedule) {
      asked.abort()
      asked = new AbortController()
      const { signal } = asked
      key = slot.key
      clock = null
      // The end of what it showed before says nothing of this.
      video.onended = null
      video.pause()
      root.dataset['scene'] = slot.scene?.number ?? ''
      const seconds = middleOf(frame, schedule.rate)
      const shown = hasClip(slot.take) ? await showClip(slot.take, seconds, schedule.rate, signal) : false
      if (shown === null) return false
      return shown || (await showStill(slot, seconds, signal))
    },
    position() {
      if (shows() !== 'video' || video.paused || video.ended) return byClock()
      rest = video.currentTime - origin
      return rest
    },
    play(speed) {
      const from = this.position()
      clock = { at: now(), from, speed }
      if (shows() !== 'video' || video.ended || from > video.duration - origin) return
      video.playbackRate = speed
      // From here its own time counts, until it ends before its scene does.
      video.onended = () => {
        clock = { at: now(), from: video.duration - origin, speed }
      }
      video.play().catch(() => {
        // Paused again before it began, or broken: the clock goes on.
      })
    },
    pause() {
      rest = this.position()
      clock = null
      video.pause()
    },
    raise,
  }
}
