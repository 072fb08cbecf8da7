import { z } from 'zod'
import { TakeboardError } from '../../../shared/errors.ts'
import { MODEL_ID } from '../../../shared/models/happyhorse-1.1-r2v.ts'
import type { ModelParameter } from '../../../shared/models/parameter.ts'
import type { Ask } from './accounts.ts'
import { ModelProperty, ModelRow } from './wavespeed-schema.ts'

/** The list names every model of the service with its whole schema, so it is far longer than any other answer. */
const LIST_BYTES = 32 * 1024 * 1024

const unreadable = (what: string) =>
  new TakeboardError(
    'provider-fault',
    `${what} could not be read from the answer. Nothing was charged. Try again later.`,
  )

const Named = z.object({ model_id: z.literal(MODEL_ID) })

/** Reads our model from the service's list of models. @returns null when the list does not name it @throws TakeboardError */
export async function readModel(ask: Ask): Promise<readonly ModelParameter[] | null> {
  const data = await ask(
    { method: 'GET', path: '/api/v3/models', maxBytes: LIST_BYTES },
    { subject: 'Reading the list of models', forbidden: 'request-rejected' },
  )
  const rows = z.array(z.unknown()).safeParse(data)
  if (!rows.success) throw unreadable('The list of models')
  const listed = rows.data.find((row) => Named.safeParse(row).success)
  if (listed === undefined) return null
  const row = ModelRow.safeParse(listed).data
  const schemas = row?.api_schema.api_schemas ?? []
  const schema = (schemas.find(({ type }) => type === 'model_run') ?? schemas[0])?.request_schema
  if (!schema) throw unreadable('The parameters of the model')
  const { properties, required, 'x-order-properties': order } = schema
  const names = [...new Set([...(order ?? []), ...Object.keys(properties)])]
  return names
    .filter((name) => Object.hasOwn(properties, name))
    .map((name) => toParameter(name, properties[name], required ?? []))
}

function toParameter(name: string, property: unknown, required: readonly string[]): ModelParameter {
  const { data } = ModelProperty.safeParse(property)
  return {
    name,
    type: data?.type ?? null,
    required: required.includes(name),
    values: data?.enum ?? null,
    minimum: data?.minimum ?? null,
    maximum: data?.maximum ?? null,
    minItems: data?.minItems ?? null,
    maxItems: data?.maxItems ?? null,
    default: data?.default ?? null,
  }
}
