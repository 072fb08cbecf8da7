import type { TakeId } from '../../../shared/ids.ts'
import { perSecond } from '../../../shared/frame-rate.ts'
import {
  createSeeker,
  type FrameClock,
  frameAtSeconds,
  frameBeside,
  type Seeker,
  timeOfFrame,
  withinClip,
} from './frame-clock.ts'
import type { Player, PlayerTold, Terms } from './player-terms.ts'
import { createSyncCounter } from './sync-count.ts'
import { atEnd, backFrame, catchUp, startOf } from './shuttle.ts'

/** A clip that is loaded and whose file has told its frames. */
interface Deck {
  readonly takeId: TakeId
  readonly video: HTMLVideoElement
  readonly clock: FrameClock
  readonly seeker: Seeker
  /** The picture on screen. */
  shown: number
}

/** Plays two to four takes as one: A leads, the others follow the frame it presents. */
export function createPlayer(told: PlayerTold): Player {
  const decks = new Map<TakeId, Deck>()
  let frame = 0
  let speed = 0
  let turn = 0
  let ticking: number | null = null
  let back: { readonly from: number; readonly at: number } | null = null
  let jump = 0
  const counter = createSyncCounter(told.counted)

  const leadId = ({ order, active, linked }: Terms) => order[linked ? 0 : active]
  const leader = (terms: Terms): Deck | null => decks.get(leadId(terms) ?? ('' as TakeId)) ?? null
  const inOrder = ({ order }: Terms) => order.flatMap((id) => decks.get(id) ?? [])
  const moving = (terms: Terms) => {
    const lead = leader(terms)
    return terms.linked ? inOrder(terms) : lead ? [lead] : []
  }
  const clockA = (terms: Terms) => decks.get(terms.order[0] ?? ('' as TakeId))?.clock ?? null

  /** The frame of a deck that belongs to a frame of A. */
  function target(terms: Terms, deck: Deck, of: number): number {
    const a = clockA(terms)
    const beside = a ? frameBeside(a, of, deck.clock) : of
    return withinClip(deck.clock, beside + (terms.shifts[deck.takeId] ?? 0))
  }

  const goto = (deck: Deck, to: number) =>
    deck.seeker.to(timeOfFrame(deck.clock, to)).then((came) => came && ((deck.shown = to), true))

  async function settle(): Promise<boolean> {
    const mine = ++turn
    told.settled(null)
    const terms = told.terms()
    const came = await Promise.all(inOrder(terms).map((deck) => goto(deck, target(terms, deck, frame))))
    if (mine !== turn) return false
    if (came.length > 0 && came.length === terms.order.length && came.every(Boolean)) told.settled(frame)
    return true
  }

  function halt(): void {
    for (const { video } of decks.values()) video.pause()
    back = null
    if (ticking !== null) cancelAnimationFrame(ticking)
    ticking = null
  }

  function setSpeed(next: number): void {
    if (speed === next) return
    speed = next
    told.speed(next)
  }

  function setFrame(next: number): void {
    if (frame === next) return
    frame = next
    told.frame(next)
  }

  /** Which frame of A the leading take stands for. */
  function leadFrame(terms: Terms, lead: Deck): number {
    const a = clockA(terms)
    if (terms.linked || !a) return withinClip(lead.clock, lead.shown - (terms.shifts[lead.takeId] ?? 0))
    return lead.shown
  }

  function measure(terms: Terms, lead: Deck): void {
    counter.presented(lead.shown)
    const at = leadFrame(terms, lead)
    const others = moving(terms).filter((deck) => deck !== lead)
    counter.compare(others.map((deck) => Math.abs(target(terms, deck, at) - deck.shown)))
  }

  function follow(terms: Terms, lead: Deck): void {
    const a = clockA(terms)
    for (const deck of moving(terms)) {
      if (deck === lead || !a) continue
      const shift = (terms.shifts[deck.takeId] ?? 0) / perSecond(deck.clock.rate)
      const want = lead.video.currentTime - lead.clock.start + deck.clock.start + shift
      const last = timeOfFrame(deck.clock, deck.clock.frames - 1)
      const base = Math.abs(speed) * terms.pace
      if (want >= last) {
        deck.video.pause()
        if (deck.shown !== deck.clock.frames - 1 && !deck.seeker.busy) void goto(deck, deck.clock.frames - 1)
        continue
      }
      if (deck.video.paused && !deck.seeker.busy) deck.video.play().catch(() => {})
      const how = catchUp(want - deck.video.currentTime, 1 / perSecond(deck.clock.rate))
      if (how === 'jump') {
        if (!deck.seeker.busy) void deck.seeker.to(Math.max(deck.clock.start, want))
      } else deck.video.playbackRate = base * (1 + how)
    }
  }

  async function jumpTo(to: number): Promise<void> {
    const mine = ++jump
    halt()
    setFrame(to)
    const arrived = await settle()
    if (mine === jump && arrived && speed !== 0) run()
  }

  function ended(terms: Terms, at: number): boolean {
    const end = atEnd(at, terms.part, speed, terms.loop)
    if (!end) return false
    if ('go' in end && terms.part.from !== terms.part.to) void jumpTo(end.go)
    else {
      setSpeed(0)
      halt()
      setFrame('go' in end ? end.go : end.stop)
      void settle()
    }
    return true
  }

  function tick(): void {
    ticking = null
    const terms = told.terms()
    const lead = leader(terms)
    if (!lead || speed === 0) return
    if (speed > 0) {
      const at = leadFrame(terms, lead)
      if (terms.linked || terms.active === 0) setFrame(at)
      measure(terms, lead)
      if (
        terms.linked || terms.active === 0
          ? ended(terms, lead.video.ended ? terms.part.to : at)
          : lead.video.ended && ended({ ...terms, loop: false }, terms.part.to)
      )
        return
      follow(terms, lead)
    } else if (back) {
      const due = Math.max(
        terms.part.from,
        backFrame(back.from, performance.now() - back.at, speed * terms.pace, lead.clock.rate),
      )
      if (!moving(terms).some(({ seeker }) => seeker.busy)) {
        if (frame !== due) {
          setFrame(due)
          void Promise.all(moving(terms).map((deck) => goto(deck, target(terms, deck, due)))).then(() => {
            if (speed < 0 && frame === due) ended(told.terms(), due)
          })
        }
      }
    }
    ticking ??= requestAnimationFrame(tick)
  }

  function run(): void {
    const terms = told.terms()
    const lead = leader(terms)
    if (!lead) return
    told.settled(null)
    turn++
    counter.begin()
    if (speed > 0)
      for (const { video } of moving(terms)) {
        video.playbackRate = speed * terms.pace
        const mine = turn
        video.play().catch(() => {
          // Paused again before it began, unless nothing else was asked for: then the browser keeps it still.
          if (mine !== turn || video !== lead.video) return
          setSpeed(0)
          halt()
        })
      }
    else back = { from: frame, at: performance.now() }
    ticking ??= requestAnimationFrame(tick)
  }

  /** Writes down where a take that moved alone has come to. */
  function keepShift(terms: Terms): void {
    const a = clockA(terms)
    const lead = leader(terms)
    if (!a || !lead || terms.linked || terms.active === 0) return
    told.shift(lead.takeId, lead.shown - frameBeside(a, frame, lead.clock))
  }

  return {
    add(takeId, video, clock) {
      const seeker = createSeeker(video, clock, (shown) => {
        deck.shown = shown
      })
      const deck: Deck = { takeId, video, clock, seeker, shown: frameAtSeconds(clock, video.currentTime) }
      decks.set(takeId, deck)
      return () => {
        seeker.close()
        if (decks.get(takeId) === deck) decks.delete(takeId)
      }
    },
    async cue(takeId) {
      const deck = decks.get(takeId)
      if (!deck) return false
      const terms = told.terms()
      if (speed === 0) frame = terms.frame
      if (terms.order[0] === takeId) setFrame(withinClip(deck.clock, frame))
      const came = await goto(deck, target(terms, deck, frame))
      // The others may have gone on meanwhile, or may have waited for this one.
      void jumpTo(frame)
      return came
    },
    seek(to) {
      const terms = told.terms()
      setSpeed(0)
      halt()
      const alone = leader(terms)
      const a = clockA(terms)
      if (!terms.linked && terms.active > 0 && alone && a) {
        const shown = withinClip(alone.clock, alone.shown + to - frame)
        alone.shown = shown
        told.shift(alone.takeId, shown - frameBeside(a, frame, alone.clock))
        void settle()
        return
      }
      setFrame(to)
      if (!terms.linked && a) {
        // The others stay where they are while A moves.
        for (const deck of inOrder(terms).slice(1)) told.shift(deck.takeId, deck.shown - frameBeside(a, to, deck.clock))
      }
      void settle()
    },
    play(next) {
      if (next === 0) {
        if (speed === 0) return
        const terms = told.terms()
        keepShift(terms)
        setSpeed(0)
        halt()
        void settle()
        return
      }
      const terms = told.terms()
      const lead = leader(terms)
      if (!lead) return
      const goesOn = ticking !== null && next * speed > 0
      setSpeed(next)
      if (!goesOn) void jumpTo(terms.linked || terms.active === 0 ? startOf(frame, terms.part, next) : frame)
      else if (next > 0) lead.video.playbackRate = next * terms.pace
      else back = { from: frame, at: performance.now() }
    },
    refresh() {
      frame = told.terms().frame
      void jumpTo(frame)
    },
    close() {
      speed = 0
      turn++
      halt()
      for (const { seeker } of decks.values()) seeker.close()
      decks.clear()
    },
  }
}
