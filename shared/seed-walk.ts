import { SEED } from './models/happyhorse-1.1-r2v.ts'

/** The seed `steps` steps along a walk; past either end of the range it goes on at the other. */
export function walkedSeed({ start, step }: { readonly start: number; readonly step: number }, steps: number): number {
  const offset = (start - SEED.min + step * steps) % SEED.max
  return ((offset + SEED.max) % SEED.max) + SEED.min
}
