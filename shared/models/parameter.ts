/** One value a parameter may have or starts with. */
export type Scalar = string | number | boolean

/**
 * One parameter of a video model, as the service's own list of models puts it (JSON Schema). What is null is not stated.
 */
export interface ModelParameter {
  readonly name: string
  readonly type: string | null
  readonly required: boolean
  /** The values offered, where they are listed. */
  readonly values: readonly Scalar[] | null
  /** Ends of a range of numbers, both included. */
  readonly minimum: number | null
  readonly maximum: number | null
  /** How many items a list may have. */
  readonly minItems: number | null
  readonly maxItems: number | null
  readonly default: Scalar | null
}

/** A parameter of which only what is given is known. */
export const parameter = (
  name: string,
  type: string,
  known: Partial<Omit<ModelParameter, 'name' | 'type'>>,
): ModelParameter => ({
  name,
  type,
  required: false,
  values: null,
  minimum: null,
  maximum: null,
  minItems: null,
  maxItems: null,
  default: null,
  ...known,
})
