import type { ProviderName, Take } from '../../../shared/model.ts'
import { RequestId } from '../../../shared/ids.ts'
import { sceneOf } from './pages.ts'
import { type SampleStudio, until } from './studio.ts'

/** Makes one take of each numbered scene under a seed, and waits until all are ready. @returns them in that order */
export async function makeCells(
  studio: SampleStudio,
  cells: readonly (readonly [number: string, seed: number])[],
  provider: ProviderName = 'rehearsal',
): Promise<readonly Take[]> {
  const wanted = await Promise.all(
    cells.map(async ([number, seed]) => ({ sceneId: (await sceneOf(studio, number)).id, seed })),
  )
  const { takeIds } = await studio.engine.call('batch.start', {
    requestId: RequestId.parse(crypto.randomUUID()),
    storyboardId: studio.storyboardId,
    order: {
      kind: 'cells',
      provider,
      cells: wanted,
      resolution: null,
      duration: null,
      includeUnconfirmed: false,
    },
  })
  const made = new Set(takeIds)
  const { takes } = await until(studio, (project) =>
    project.takes.filter(({ id }) => made.has(id)).every(({ phase }) => phase === 'ready'),
  )
  return wanted.map(({ sceneId, seed }) => {
    const take = takes.find((each) => made.has(each.id) && each.sceneId === sceneId && each.request.seed === seed)
    if (!take) throw new Error(`There is no take of seed ${seed}.`)
    return take
  })
}
