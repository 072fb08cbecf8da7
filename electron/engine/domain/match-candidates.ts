import type { TakeRequest } from '../../../shared/model.ts'

/** What the service's history says of a job that belongs to no take. */
export interface Candidate<Id extends string = string> {
  readonly predictionId: Id
  readonly model: string
  /** The request, where the service echoes it. */
  readonly input: Readonly<Record<string, unknown>> | null
}

export type Match<C> =
  | { readonly kind: 'found'; readonly candidate: C }
  | { readonly kind: 'several'; readonly candidates: readonly C[] }
  | { readonly kind: 'none' }

/** Whether an echoed field, where there is one, is what was sent. Numbers may come back as text. */
const agrees = (echo: unknown, sent: string | number): boolean =>
  echo === undefined || (typeof sent === 'number' ? Number(echo) === sent : echo === sent)

const echoes = (request: TakeRequest, input: Readonly<Record<string, unknown>>): boolean =>
  Number(input['seed']) === request.seed &&
  agrees(input['prompt'], request.prompt) &&
  agrees(input['duration'], request.duration) &&
  agrees(input['resolution'], request.resolution) &&
  agrees(input['aspect_ratio'], request.aspectRatio)

/**
 * Finds the job of a submission that went unanswered. The seed was drawn before sending, so an echoed one is proof;
 * without an echo only a lone job facing a lone unanswered submission is taken.
 * @param rivals other takes of the model whose submissions are unanswered too
 */
export function matchCandidate<C extends Candidate>(
  request: TakeRequest,
  candidates: readonly C[],
  rivals: number,
): Match<C> {
  const ofModel = candidates.filter(({ model }) => model === '' || model === request.model)
  const exact = ofModel.filter(({ input }) => input !== null && echoes(request, input))
  const [first] = exact
  if (first && exact.length === 1) return { kind: 'found', candidate: first }
  if (exact.length > 1) return { kind: 'several', candidates: exact }
  const silent = ofModel.filter(({ input }) => input === null || input['seed'] === undefined)
  const [only] = silent
  if (!only) return { kind: 'none' }
  return silent.length === 1 && rivals === 0
    ? { kind: 'found', candidate: only }
    : { kind: 'several', candidates: silent }
}
