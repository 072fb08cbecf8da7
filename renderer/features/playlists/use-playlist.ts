import { type RefObject, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { playlistNow } from '../../commands/sequence-actions.ts'
import { derived } from '../../media/derive.ts'
import { WISH } from '../../media/derive-queue.ts'
import { factsOf, fetchFacts, useKnownClips } from '../../media/known-clips.ts'
import { frameAfter, type PieceSchedule, pieceSchedule } from '../../media/sequence-schedule.ts'
import { playOn, type StagedSequence } from '../../media/sequence-stage.ts'
import type { PlaylistEntry, PlaylistNow } from '../../state/playlist.ts'
import { useProjection } from '../../state/projection.ts'
import { driveSequence, useSequence } from '../../state/sequence.ts'
import { useUi } from '../../state/ui-store.ts'

/** What is played; null before a project with a storyboard is open. */
export function usePlaylist(): PlaylistNow | null {
  const view = useProjection((projection) => projection.view)
  const source = useSequence((sequence) => sequence.source)
  const storyboardId = useUi((ui) => ui.storyboardId)
  // `playlistNow` reads the same three.
  // oxlint-disable-next-line react/exhaustive-deps
  return useMemo(playlistNow, [view, source, storyboardId])
}

/** Has the clips of a list looked at, one after the other, as long as the list is shown. */
function useFactsOfAll(entries: readonly PlaylistEntry[]): void {
  useEffect(() => {
    let shown = true
    const wishes: (() => void)[] = []
    const ask = async () => {
      for (const { take } of entries) {
        if (!take.clip || take.clipGone) continue
        await fetchFacts(take.clip.sha256)
        if (!shown) return
        if (!useKnownClips.getState().probes.has(take.clip.sha256))
          wishes.push(derived.want(take.clip.sha256, take.id, WISH.playing))
      }
    }
    void ask()
    return () => {
      shown = false
      wishes.forEach((end) => end())
    }
  }, [entries])
}

/** Whether nothing that is played changed, whatever else became known. */
const samePieces = (one: PieceSchedule, other: PieceSchedule): boolean =>
  one.rate.num === other.rate.num &&
  one.rate.den === other.rate.den &&
  one.slots.length === other.slots.length &&
  one.slots.every((slot, at) => {
    const { key, frames, take, scene, entry } = other.slots[at] ?? slot
    return (
      slot.key === key &&
      slot.frames === frames &&
      slot.take === take &&
      slot.scene === scene &&
      slot.entry.slate === entry.slate
    )
  })

/** A list in time. */
export function usePieces(entries: readonly PlaylistEntry[]): PieceSchedule {
  useFactsOfAll(entries)
  const probes = useKnownClips((known) => known.probes)
  const schedule = useMemo(
    () => pieceSchedule(entries, ({ take }) => factsOf(probes, take.clip?.sha256)),
    [entries, probes],
  )
  const [kept, setKept] = useState(schedule)
  const same = kept === schedule || samePieces(kept, schedule)
  if (!same) setKept(schedule)
  return same ? kept : schedule
}

/**
 * Plays a schedule in the two decks of a stage for as long as they are there. The stage says in `data-settled` which frame
 * is in sight, once it is.
 * @param source names what the schedule is of
 */
export function usePlayback(stage: RefObject<HTMLElement | null>, schedule: PieceSchedule, source: string): void {
  const latest = useRef(schedule)
  const playing = useRef<StagedSequence | null>(null)
  const shown = useRef(source)
  /** Counts what was asked for, so that only the latest says that it is in sight. */
  const turn = useRef(0)
  // Before anybody sees the new list: what is in sight is not of it yet.
  useLayoutEffect(() => {
    turn.current += 1
    delete stage.current?.dataset['settled']
  }, [stage, schedule])
  useEffect(() => {
    const before = latest.current
    latest.current = schedule
    useSequence.setState({ frames: schedule.frames, starts: schedule.slots.map(({ start }) => start) })
    const { frame, speed } = useSequence.getState()
    const other = shown.current !== source
    shown.current = source
    // Another list is seen from where it was opened; in the same one, what is in sight stays in sight.
    const moved = other || before === schedule ? frame : frameAfter(before, schedule, frame)
    if (other || (moved !== frame && speed === 0)) playing.current?.seek(moved)
    else playing.current?.refresh()
  }, [schedule, source])
  useEffect(() => {
    const root = stage.current
    const made =
      root &&
      playOn(root, {
        schedule: () => latest.current,
        range: () => null,
        loop: () => useSequence.getState().loop,
        speed: () => useSequence.getState().speed,
        onFrame(frame) {
          useSequence.setState({ frame })
          delete root.dataset['settled']
          const mine = (turn.current += 1)
          // It is asked for just after this.
          void Promise.resolve()
            .then(() => made?.settled())
            .then(() => {
              const now = useSequence.getState()
              if (turn.current === mine && now.speed === 0) root.dataset['settled'] = String(frame)
            })
        },
        onSpeed: (speed) => useSequence.setState({ speed }),
      })
    if (!made) return
    playing.current = made
    const offs = [driveSequence(made), useSequence.subscribe(made.wake)]
    const { frame } = useSequence.getState()
    made.seek(Math.min(frame, Math.max(0, latest.current.frames - 1)))
    return () => {
      offs.forEach((off) => off())
      made.stop()
      playing.current = null
      useSequence.setState({ speed: 0 })
    }
  }, [stage])
  const loop = useSequence((sequence) => sequence.loop)
  useEffect(() => {
    if (useSequence.getState().speed !== 0) playing.current?.refresh()
  }, [loop])
}
