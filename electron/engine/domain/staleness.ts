import type { SeedPolicy, StaleField, TakeRequest } from '../../../shared/model.ts'
import type { SeedlessRequest } from './compose-request.ts'

/**
 * What changed between a take's frozen request and what its scene would send now.
 * @param policy a locked seed that differs counts; a random one never does
 */
export function staleFields(taken: TakeRequest, now: SeedlessRequest, policy: SeedPolicy): StaleField[] {
  const fields: StaleField[] = []
  if (taken.prompt !== now.prompt) fields.push('prompt')
  const images = (request: SeedlessRequest) => request.references.map(({ sha256 }) => sha256).join(' ')
  if (images(taken) !== images(now)) fields.push('references')
  if (taken.resolution !== now.resolution) fields.push('resolution')
  if (taken.aspectRatio !== now.aspectRatio) fields.push('aspect_ratio')
  if (taken.duration !== now.duration) fields.push('duration')
  if (policy.kind === 'locked' && policy.value !== taken.seed) fields.push('seed')
  return fields
}
