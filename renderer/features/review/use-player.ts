import { useEffect, useMemo, useRef } from 'react'
import type { Take } from '../../../shared/model.ts'
import { driveReview, playedRange, useReview } from '../../state/review.ts'
import { createPlayer } from './player.ts'
import type { Player } from './player-terms.ts'
import type { SyncCount } from './sync-count.ts'

/** Written on the stage, where benchmarks read it. */
function writeCount(stage: HTMLElement | null, { compared, apart, worst, dropped }: SyncCount): void {
  if (!stage) return
  Object.assign(stage.dataset, { compared, apart: apart.join(' '), worst, dropped })
}

/**
 * One player for as long as the room is open.
 * @param takes A to D
 * @param stage `data-settled` of it is the frame that all takes show, and nothing while they are on their way
 */
export function usePlayer(takes: readonly Take[], stage: { readonly current: HTMLElement | null }): Player {
  const order = useMemo(() => takes.map(({ id }) => id), [takes])
  const orderNow = useRef(order)
  const player = useRef<Player | null>(null)
  player.current ??= createPlayer({
    terms() {
      const { active, linked, shifts, loop, pace, frame, ...rest } = useReview.getState()
      const ids = orderNow.current
      return {
        order: ids,
        active: Math.min(active, Math.max(0, ids.length - 1)),
        linked: linked || ids.length < 2,
        shifts,
        part: playedRange(rest),
        loop,
        pace,
        frame,
      }
    },
    frame: (frame) => useReview.setState({ frame }),
    speed: (speed) => useReview.setState({ speed }),
    settled(frame) {
      if (!stage.current) return
      if (frame === null) delete stage.current.dataset['settled']
      else stage.current.dataset['settled'] = String(frame)
    },
    shift: (takeId, frames) => useReview.setState(({ shifts }) => ({ shifts: { ...shifts, [takeId]: frames } })),
    counted: (count) => writeCount(stage.current, count),
  })
  const made = player.current

  useEffect(() => {
    const off = driveReview(made)
    return () => {
      off()
      made.close()
      useReview.setState({ speed: 0 })
    }
  }, [made])

  const key = order.join(' ')
  useEffect(() => {
    orderNow.current = order
    made.refresh()
    // The same takes in another list are no news.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [made, key])

  // What was chosen elsewhere than in the player.
  const shifts = useReview((review) => review.shifts)
  const pace = useReview((review) => review.pace)
  const linked = useReview((review) => review.linked)
  useEffect(() => {
    if (Object.keys(shifts).length === 0 || useReview.getState().linked) made.refresh()
  }, [made, shifts, pace, linked])
  return made
}
