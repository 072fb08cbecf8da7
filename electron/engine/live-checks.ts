import { listPrice, MODEL_ID, PARAMETERS, RESOLUTIONS } from '../../shared/models/happyhorse-1.1-r2v.ts'
import { formatUsdExact } from '../../shared/money.ts'
import type { DoctorCheck } from './api.ts'
import { compareModel } from './domain/compare-model.ts'
import { wireOf } from './jobs/job.ts'
import type { VideoProvider } from './ports.ts'

const DURATIONS = [3, 5, 10, 15] as const

async function compareParameters(provider: VideoProvider): Promise<readonly DoctorCheck[]> {
  const name = 'model'
  const live = await provider.describeModel()
  if (live === null)
    return [{ name, state: 'problem', message: `The service does not list ${MODEL_ID}. Paid takes may be refused.` }]
  const differences = compareModel(PARAMETERS, live)
  if (differences.length === 0)
    return [{ name, state: 'ok', message: 'The service describes the model exactly as this version does.' }]
  return differences.map(({ message, breaks }) => ({ name, state: breaks ? 'problem' : 'warning', message }))
}

async function comparePrices(provider: VideoProvider): Promise<readonly DoctorCheck[]> {
  const checks: DoctorCheck[] = []
  for (const resolution of RESOLUTIONS)
    for (const duration of DURATIONS) {
      const { price } = await provider.quote({ resolution, duration })
      const listed = listPrice(resolution, duration)
      if (price !== listed)
        checks.push({
          name: 'price',
          state: 'warning',
          message: `${duration} s at ${resolution}: the service quotes ${formatUsdExact(price)}; the table says ${formatUsdExact(listed)}. The higher is reserved.`,
        })
    }
  const all = `${DURATIONS.join(', ')} s at ${RESOLUTIONS.join(' and ')}`
  return checks.length > 0
    ? checks
    : [{ name: 'price', state: 'ok', message: `The service quotes the prices of the table for ${all}.` }]
}

/** Compares the table of the model and its prices with what the service says of them. Asks only; spends nothing. */
export async function compareWithService(provider: VideoProvider): Promise<readonly DoctorCheck[]> {
  if (!provider.ready())
    return [
      { name: 'model', state: 'problem', message: 'The model and its prices were not compared: no API key is set.' },
    ]
  const attempt = (name: DoctorCheck['name'], work: Promise<readonly DoctorCheck[]>) =>
    work.catch((error: unknown): readonly DoctorCheck[] => [{ name, state: 'problem', message: wireOf(error).message }])
  return [
    ...(await attempt('model', compareParameters(provider))),
    ...(await attempt('price', comparePrices(provider))),
  ]
}
