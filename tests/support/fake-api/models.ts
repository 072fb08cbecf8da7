import { MODEL } from './jobs.ts'
import { sendData, sendFault, type Exchange } from './reply.ts'
import type { World } from './world.ts'

/** The parameters of the model page; written again here so that they check the client's. */
export const PROPERTIES = {
  prompt: { type: 'string', description: 'Text description of the desired scene.' },
  images: { type: 'array', items: { type: 'string' }, minItems: 1, maxItems: 9 },
  resolution: { type: 'string', enum: ['720p', '1080p'], default: '720p' },
  aspect_ratio: { type: 'string', enum: ['16:9', '9:16', '1:1', '4:3', '3:4'], default: '16:9' },
  duration: { type: 'integer', minimum: 3, maximum: 15, default: 5 },
  seed: { type: 'integer', minimum: 1, maximum: 2_147_483_647 },
}

/** One entry of the list of models. */
export function modelEntry(
  properties: Readonly<Record<string, unknown>> = PROPERTIES,
  { model = MODEL, required = ['prompt', 'images'] }: { model?: string; required?: readonly string[] } = {},
): Record<string, unknown> {
  return {
    model_id: model,
    name: model,
    description: 'A model.',
    type: 'image-to-video',
    base_price: 0.7,
    formula: '{"total_price": base_price*duration/5}',
    sort_order: 1,
    api_schema: {
      api_schemas: [
        {
          type: 'model_run',
          method: 'POST',
          server: 'https://api.wavespeed.ai',
          api_path: `/api/v3/${model}`,
          request_schema: {
            type: 'object',
            properties,
            required,
            'x-order-properties': Object.keys(properties),
          },
        },
      ],
    },
  }
}

/** GET /api/v3/models */
export async function models(world: World, exchange: Exchange): Promise<void> {
  const rows = world.script.models ?? [modelEntry()]
  const fault = world.otherFault('models')
  if (fault) return sendFault(exchange, fault, { models: rows })
  sendData(exchange, rows)
}
