import { present } from '../../shared/assert.ts'

/** The middle one of figures, of an even number the upper. @throws Error for none */
export const median = (values: readonly number[]): number =>
  present(values.toSorted((a, b) => a - b)[values.length >> 1], 'not empty')
