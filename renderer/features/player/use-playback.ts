import { type RefObject, type SyntheticEvent, useEffect, useRef, useState } from 'react'
import type { TakeId } from '../../../shared/ids.ts'
import { FPS, frameAt, frameCount, timeOfFrame } from './playback.ts'

/** Kept from one clip to the next while the window is open. */
const habits = { muted: false, loop: true }

export interface Playback {
  readonly playing: boolean
  readonly ready: boolean
  readonly broken: boolean
  readonly frame: number
  readonly frames: number
  readonly muted: boolean
  readonly loop: boolean
  toggle(): void
  /** Stops and shows a frame. */
  seek(frame: number): void
  step(frames: number): void
  setMuted(muted: boolean): void
  setLoop(loop: boolean): void
  retry(): void
  /** Put on the element. */
  readonly listeners: Readonly<
    Record<
      'onLoadedMetadata' | 'onPlay' | 'onPause' | 'onSeeked' | 'onTimeUpdate' | 'onError',
      (event: SyntheticEvent<HTMLVideoElement>) => void
    >
  >
}

/**
 * Follows and drives a video element, on which the returned ref is put.
 * @param seconds how long the clip was asked to be, until it says so itself
 */
export function usePlayback(takeId: TakeId, seconds: number): readonly [RefObject<HTMLVideoElement | null>, Playback] {
  const video = useRef<HTMLVideoElement>(null)
  const [playing, setPlaying] = useState(false)
  const [loaded, setLoaded] = useState<{ takeId: TakeId; seconds: number } | null>(null)
  const [brokenId, setBroken] = useState<TakeId | null>(null)
  const [time, setTime] = useState(0)
  const [muted, setMuted] = useState(habits.muted)
  const [loop, setLoop] = useState(habits.loop)
  const ready = loaded?.takeId === takeId
  const frames = frameCount(ready ? loaded.seconds : seconds)

  // `timeupdate` comes four times a second; the picture is followed by the screen's own rhythm.
  useEffect(() => {
    if (!playing) return
    let request = requestAnimationFrame(function follow() {
      if (video.current) setTime(video.current.currentTime)
      request = requestAnimationFrame(follow)
    })
    return () => cancelAnimationFrame(request)
  }, [playing])

  const seek = (frame: number) => {
    const element = video.current
    if (!element) return
    element.pause()
    const to = Math.max(0, Math.min(frames - 1, frame))
    element.currentTime = timeOfFrame(to)
    setTime(timeOfFrame(to))
  }

  const playback: Playback = {
    playing,
    ready,
    broken: brokenId === takeId,
    frame: frameAt(time, frames),
    frames,
    muted,
    loop,
    toggle() {
      const element = video.current
      if (!element) return
      if (!element.paused) return element.pause()
      if (element.currentTime >= element.duration - 1 / FPS) element.currentTime = 0
      element.play().catch(() => setPlaying(false))
    },
    seek,
    step(by) {
      if (video.current) seek(frameAt(video.current.currentTime, frames) + by)
    },
    setMuted(next) {
      habits.muted = next
      setMuted(next)
    },
    setLoop(next) {
      habits.loop = next
      setLoop(next)
    },
    listeners: {
      onLoadedMetadata: ({ currentTarget }) => setLoaded({ takeId, seconds: currentTarget.duration }),
      onPlay: () => setPlaying(true),
      onPause: () => setPlaying(false),
      onSeeked: ({ currentTarget }) => setTime(currentTarget.currentTime),
      onTimeUpdate: ({ currentTarget }) => setTime(currentTarget.currentTime),
      onError: () => setBroken(takeId),
    },
    retry() {
      setBroken(null)
      video.current?.load()
    },
  }
  return [video, playback]
}
