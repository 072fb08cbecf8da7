import { frameAtTime, secondsAt } from '../../shared/frame-rate.ts'
import {
  clampFrame,
  following,
  playRange,
  type Range,
  type Schedule,
  type Segment,
  segmentFrom,
  type Slot,
  slotAt,
} from './sequence-slots.ts'

/** One of two places a picture is shown in. The one in front hides the other altogether. */
export interface Deck {
  /** Of the slot it shows or makes ready; null when empty. */
  readonly key: string | null
  /**
   * Stands still at a frame of a slot.
   * @param frame within the slot, of the schedule's rate
   * @returns true once the picture is there, false when something else was asked for meanwhile
   */
  show(slot: Slot, frame: number, schedule: Schedule): Promise<boolean>
  /** Seconds since the start of the slot. */
  position(): number
  play(speed: number): void
  pause(): void
  /** Brings it before the other. */
  raise(): void
}

export interface SequenceOptions {
  readonly decks: readonly [Deck, Deck]
  schedule(): Schedule
  /** The chosen range; null for everything. */
  range(): Range | null
  loop(): boolean
  /** Milliseconds that only grow. */
  now(): number
  /** Told of the frame in sight. */
  onFrame(frame: number): void
  /** Told of the speed: 0 stands, below 0 goes back. */
  onSpeed(speed: number): void
}

/** Plays slots one after the other so that a cut is a cut: the next one stands ready behind the one in sight. */
export interface Sequence {
  /** Stops, and shows a frame as soon as its picture is there. */
  seek(frame: number): void
  /** @param speed 1, 2, 4 or below 0; 0 stops */
  play(speed: number): void
  /** To be called for every picture of the screen while it plays. */
  tick(): void
  /** The schedule changed under it. */
  refresh(): void
  /** Resolves when what was asked for is in sight. */
  settled(): Promise<void>
  stop(): void
}

/** Half a picture of the screen: a cut is as often early as late, by less than an eye sees. */
const EARLY_S = 0.008

export function createSequence(options: SequenceOptions): Sequence {
  const { decks, schedule, onFrame, onSpeed } = options
  let front: 0 | 1 = 0
  let frame = 0
  let speed = 0
  /** The frame still to be shown. Every wish is one of its own: after a change of schedule the same frame is another. */
  let wanted: { readonly frame: number } | null = null
  let settling: Promise<void> | null = null
  let playing: Segment | null = null
  let prepared: { readonly segment: Segment; ready: boolean } | null = null
  /** When going back was last moved on. */
  let moved = 0
  let ended = false

  const [inFront, behind] = [() => decks[front], () => decks[front === 0 ? 1 : 0]]
  const range = () => playRange(schedule(), options.range())

  function setSpeed(next: number): void {
    if (speed === next) return
    speed = next
    onSpeed(next)
  }
  function swap(): void {
    behind().raise()
    front = front === 0 ? 1 : 0
  }

  async function settle(): Promise<void> {
    await Promise.resolve()
    while (wanted !== null && !ended) {
      const target = wanted
      const slot = slotAt(schedule(), target.frame)
      if (!slot) break
      const deck = inFront().key === slot.key ? inFront() : behind()
      const shown = await deck.show(slot, target.frame - slot.start, schedule())
      if (shown && deck !== inFront()) swap()
      if (wanted === target) wanted = null
    }
    wanted = null
    settling = null
  }

  /** Only the latest place is gone to; those asked for meanwhile are passed over. */
  function go(to: number): Promise<void> {
    frame = clampFrame(schedule(), to)
    wanted = { frame }
    onFrame(frame)
    return (settling ??= settle())
  }

  function halt(): void {
    playing = null
    prepared = null
    decks.forEach((deck) => deck.pause())
  }

  function prepare(): void {
    const next = playing && following(schedule(), range(), playing, options.loop())
    if (!next) return void (prepared = null)
    const coming = { segment: next, ready: false }
    prepared = coming
    void behind()
      .show(next.slot, next.from - next.slot.start, schedule())
      .then((shown) => {
        coming.ready = shown
      })
  }

  function begin(segment: Segment): void {
    playing = segment
    inFront().play(speed)
    prepare()
  }

  function cut(segment: Segment): void {
    // Without a next picture the last one stays rather than none.
    if (prepared && !prepared.ready) return inFront().pause()
    const next = prepared?.segment
    if (!next) {
      halt()
      frame = segment.to - 1
      onFrame(frame)
      return setSpeed(0)
    }
    swap()
    begin(next)
    behindRests()
    frame = next.from
    onFrame(frame)
  }
  /** The deck that was in front is already getting ready for what comes after; it only must not go on by itself. */
  function behindRests(): void {
    if (!prepared) behind().pause()
  }

  function forward(segment: Segment): void {
    const { rate } = schedule()
    const { slot } = segment
    const seconds = inFront().position()
    if (seconds + EARLY_S * speed >= secondsAt(segment.to - slot.start, rate)) return cut(segment)
    const now = Math.min(segment.to - 1, slot.start + frameAtTime(seconds, rate))
    if (now === frame) return
    frame = now
    onFrame(now)
  }

  function backward(): void {
    const { rate } = schedule()
    const { from, to } = range()
    const perMs = (-speed * rate.num) / rate.den / 1000
    const frames = Math.floor((options.now() - moved) * perMs)
    if (frames < 1) return
    moved += frames / perMs
    const next = frame - frames
    if (next >= from) return void go(next)
    if (options.loop()) return void go(to - 1)
    void go(from)
    setSpeed(0)
  }

  async function start(next: number): Promise<void> {
    const { from, to } = range()
    const atEnd = frame >= to - 1 && next > 0
    halt()
    setSpeed(next)
    moved = options.now()
    await go(atEnd || frame < from ? from : frame)
    // Somebody may have stopped it while the picture was fetched.
    if (speed !== next || playing || ended) return
    const segment = next > 0 ? segmentFrom(schedule(), range(), frame) : null
    if (segment) begin(segment)
  }

  return {
    seek(to) {
      halt()
      setSpeed(0)
      void go(to)
    },
    play(next) {
      if (next === 0) {
        halt()
        setSpeed(0)
        void go(frame)
      } else if (next > 0 && playing && speed > 0) {
        setSpeed(next)
        inFront().play(next)
      } else void start(next)
    },
    tick() {
      if (speed > 0 && playing) forward(playing)
      else if (speed < 0) backward()
    },
    refresh() {
      // What is about to begin will find the schedule as it is then.
      if (!playing && speed !== 0) return
      const same = playing && schedule().slots[playing.slot.index]
      if (
        playing &&
        same?.key === playing.slot.key &&
        same.start === playing.slot.start &&
        same.frames === playing.slot.frames
      )
        return prepare()
      halt()
      setSpeed(0)
      void go(frame)
    },
    settled: () => settling ?? Promise.resolve(),
    stop() {
      ended = true
      halt()
    },
  }
}
