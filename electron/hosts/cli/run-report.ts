import { ERRORS, type WireError } from '../../../shared/errors.ts'
import type { Clip, Take } from '../../../shared/model.ts'
import { usdDecimal } from '../../../shared/money.ts'
import { slateOf, type RunState } from './run-state.ts'

const errorDocument = (error: WireError | null) =>
  error === null ? null : { code: error.code, message: error.message, remedy: ERRORS[error.code].remedy }

/** One take as scripts read it: money as decimal strings, the clip as an absolute path. */
export function takeDocument(take: Take, slate: string, clipPath: (clip: Clip) => string) {
  const { request, clip } = take
  return {
    slate,
    state: take.phase,
    seed: request.seed,
    resolution: request.resolution,
    aspect_ratio: request.aspectRatio,
    duration: request.duration,
    price_usd: usdDecimal(take.price),
    prediction_id: take.predictionId,
    clip: clip && clipPath(clip),
    sha256: clip && clip.sha256,
    bytes: clip && clip.bytes,
    error: errorDocument(take.error),
  }
}

/** What `run --json` prints. */
export function runDocument(
  state: RunState,
  names: { board: string; project: string; library: string },
  clipPath: (clip: Clip) => string,
) {
  const { budget } = state
  const takes = Map.groupBy(state.takes.values(), ({ sceneId }) => sceneId)
  return {
    board: names.board,
    project: names.project,
    provider: state.provider,
    library: names.library,
    cap_usd: budget.cap === null ? null : usdDecimal(budget.cap),
    held_usd: usdDecimal(budget.held),
    spent_usd: usdDecimal(budget.spent),
    scenes: state.scenes.map((scene) => ({
      number: scene.number,
      takes: (takes.get(scene.id) ?? [])
        .toSorted((a, b) => a.number - b.number)
        .map((take) => takeDocument(take, slateOf(state, take), clipPath)),
    })),
    held_back: state.heldBack.map(({ number, reason, price }) => ({ number, reason, price_usd: usdDecimal(price) })),
  }
}
