import type { SceneId } from '../../../shared/ids.ts'
import type { FitPlan } from '../../../shared/fit-plan.ts'
import { DURATION, RESOLUTIONS, type Resolution } from '../../../shared/models/happyhorse-1.1-r2v.ts'
import { formatUsdExact, subtractUsd, sumUsd, ZERO_USD, type UsdMicros } from '../../../shared/money.ts'
import { explainFit } from './explain-fit.ts'

/** One scene of a board that is to fit an amount, as it stands. */
export interface FitScene {
  readonly sceneId: SceneId
  readonly number: string
  readonly title: string
  readonly resolution: Resolution
  readonly duration: number
  /**
   * `done`: has a take that is as the scene would be sent. `covered`: has one, made from another request. `missing`: has
   * none. Anything else is the reason why the scene cannot be sent, as a sentence.
   */
  readonly state: 'done' | 'covered' | 'missing' | { readonly cannot: string }
}

export interface FitInput {
  /** In board order. */
  readonly scenes: readonly FitScene[]
  readonly amount: UsdMicros
  /** Seconds no scene is shortened below; one that is shorter already stays as it is. */
  readonly shortest: number
  /** A resolution that is not among these is lowered from the start where a lower one is. Nothing is ever raised. */
  readonly resolutions: readonly Resolution[]
  readonly price: (resolution: Resolution, duration: number) => UsdMicros
}

type FitRow = FitPlan['rows'][number]

/** A scene as planned so far. */
interface Part {
  readonly scene: FitScene
  /** The least it may be made at. */
  readonly lowest: Resolution
  readonly floor: number
  resolution: Resolution
  duration: number
}

/** The resolutions a scene may be made at, highest first: those allowed up to its own, else its own. */
function allowedFor(own: Resolution, allowed: readonly Resolution[]): { first: Resolution; lowest: Resolution } {
  const upTo = RESOLUTIONS.slice(0, RESOLUTIONS.indexOf(own) + 1).filter((each) => allowed.includes(each))
  return { first: upTo.at(-1) ?? own, lowest: upTo[0] ?? own }
}

/** Takes whole seconds off the longest scenes, later ones first, until it fits or nothing is left to take. */
function shorten(parts: readonly Part[], input: FitInput, before: UsdMicros): void {
  let total: number = before
  const longest = Math.max(DURATION.min, ...parts.map(({ duration }) => duration))
  for (let seconds = longest; seconds > DURATION.min; seconds--) {
    for (const part of parts.toReversed()) {
      if (total <= input.amount) return
      if (part.duration !== seconds || part.duration <= part.floor) continue
      total += input.price(part.resolution, seconds - 1) - input.price(part.resolution, seconds)
      part.duration = seconds - 1
    }
  }
}

/**
 * The longest beginning of `wanted` that the amount covers with every scene at its lowest. The first that does not fit
 * stops those after it, as the cap does, so that more money never buys fewer scenes.
 */
function affordable(wanted: readonly Part[], input: FitInput): ReadonlySet<Part> {
  let total = 0
  const kept = new Set<Part>()
  for (const part of wanted) {
    total += input.price(part.lowest, part.floor)
    if (total > input.amount) break
    kept.add(part)
  }
  return kept
}

/** Makes what is kept fit: as it stands, else at the lowest resolution, else with the longest scenes shortened. */
function settle(parts: readonly Part[], input: FitInput): void {
  const total = () => sumUsd(parts.map(({ resolution, duration }) => input.price(resolution, duration)))
  if (total() <= input.amount) return
  for (const part of parts) part.resolution = part.lowest
  if (total() <= input.amount) return
  shorten(parts, input, total())
}

function whyKept({ scene, resolution, duration }: Part, saved: UsdMicros): string {
  const changes = [
    duration === scene.duration ? null : `${duration} s instead of ${scene.duration} s`,
    resolution === scene.resolution ? null : `${resolution} instead of ${scene.resolution}`,
  ].filter((change) => change !== null)
  if (changes.length === 0) return 'Fits as it stands.'
  return `${changes.join(' and ')} saves ${formatUsdExact(saved)}.`
}

function rowOf(scene: FitScene, part: Part | undefined, kept: boolean, input: FitInput): FitRow {
  const { sceneId, number, title, resolution, duration } = scene
  const row = { sceneId, number, title, resolution, duration, before: ZERO_USD, price: ZERO_USD }
  if (part === undefined) {
    const why =
      typeof scene.state === 'object'
        ? scene.state.cannot
        : 'Has a take that is as the scene would be sent, so it costs nothing.'
    return { ...row, action: typeof scene.state === 'object' ? 'cannot' : 'done', why }
  }
  const before = input.price(resolution, duration)
  if (!kept) {
    const why =
      scene.state === 'covered'
        ? 'Left out: it has an earlier take already, and scenes without one come first.'
        : 'Left out: the amount does not reach this far, even with every scene at its shortest.'
    return { ...row, before, action: 'leave-out', why }
  }
  const price = input.price(part.resolution, part.duration)
  const lower = part.resolution === resolution ? 'as-is' : 'lower-resolution'
  return {
    ...row,
    resolution: part.resolution,
    duration: part.duration,
    before,
    price,
    action: part.duration === duration ? lower : 'shorter',
    why: whyKept(part, subtractUsd(before, price)),
  }
}

/**
 * Plans what of a board fits an amount. Scenes that are done cost nothing. Scenes that cannot fit even with everything at
 * its lowest are left out, from the end of the board, those that have an earlier take first. What is kept stays as it is
 * if it fits; else all of it goes to the lowest resolution allowed; else the longest scenes lose seconds, one at a time.
 */
export function fitBudget(input: FitInput): FitPlan {
  const floorOf = (duration: number) => Math.min(duration, Math.max(DURATION.min, input.shortest))
  const parts = new Map<SceneId, Part>()
  for (const scene of input.scenes) {
    if (scene.state !== 'missing' && scene.state !== 'covered') continue
    const { duration } = scene
    const { first, lowest } = allowedFor(scene.resolution, input.resolutions)
    parts.set(scene.sceneId, { scene, lowest, floor: floorOf(duration), resolution: first, duration })
  }
  const all = [...parts.values()]
  const inState = (state: FitScene['state']) => all.filter(({ scene }) => scene.state === state)
  const kept = affordable([...inState('missing'), ...inState('covered')], input)
  settle(
    all.filter((part) => kept.has(part)),
    input,
  )
  const rows = input.scenes.map((scene) => {
    const part = parts.get(scene.sceneId)
    return rowOf(scene, part, part !== undefined && kept.has(part), input)
  })
  const before = sumUsd(rows.map((row) => row.before))
  const total = sumUsd(rows.map(({ price }) => price))
  const lowered = all.filter((part) => kept.has(part) && part.resolution !== part.scene.resolution).length
  const { amount } = input
  return { rows, amount, before, total, explanation: explainFit(rows, { amount, before, total, lowered }) }
}
