import fc from 'fast-check'
import type { TakeId } from '../../../shared/ids.ts'
import type { TakeRequest } from '../../../shared/model.ts'
import type { BatchOrder } from '../../../shared/preview.ts'
import { listTakes } from './checks.ts'
import type { World } from './world.ts'

const sceneWish = fc.record({
  kind: fc.constant('scenes' as const),
  scenes: fc.subarray([0, 1, 2, 3], { minLength: 1 }),
  takesPerScene: fc.constantFrom(1, 1, 2, 3),
  mode: fc.constantFrom('add', 'up-to'),
  seeds: fc.constantFrom({ kind: 'keep' } as const, { kind: 'random' } as const, { kind: 'one', value: 7 } as const),
  includeUnconfirmed: fc.boolean(),
})

const overrides = {
  resolution: fc.constantFrom(null, null, '1080p' as const),
  duration: fc.constantFrom(null, null, 3),
  includeUnconfirmed: fc.boolean(),
}
const cellWish = fc.record({
  kind: fc.constant('cells' as const),
  cells: fc.array(fc.record({ scene: fc.nat(3), seed: fc.constantFrom(null, 7, 42) }), { minLength: 1, maxLength: 4 }),
  ...overrides,
})
/** Takes by where they stand among all there are when it is asked for. */
const takeWish = fc.record({
  kind: fc.constant('takes' as const),
  takes: fc.array(fc.nat(11), { minLength: 1, maxLength: 3 }),
  seeds: fc.constantFrom('same' as const, 'new' as const),
  ...overrides,
})

/** What an artist may ask for; scenes come more often, since everything else starts from them. */
export const wish = fc.oneof(sceneWish, sceneWish, cellWish, takeWish)
type Wish = typeof wish extends fc.Arbitrary<infer T> ? T : never

/** The wish as an order on the board as it is now; null while there is no take to make again. */
export function orderOf(world: World, wished: Wish): BatchOrder | null {
  switch (wished.kind) {
    case 'scenes': {
      const { scenes, ...rest } = wished
      const sceneIds = scenes.flatMap((index) => world.sceneIds[index] ?? [])
      return { ...rest, provider: 'wavespeed', sceneIds, resolution: null }
    }
    case 'cells': {
      const { cells, ...rest } = wished
      const named = cells.flatMap(({ scene, seed }) => {
        const sceneId = world.sceneIds[scene]
        return sceneId === undefined ? [] : [{ sceneId, seed }]
      })
      return { ...rest, provider: 'wavespeed', cells: named }
    }
    case 'takes': {
      const { takes, ...rest } = wished
      const known = listTakes(world)
      const takeIds = takes.flatMap((n) => (known[n % Math.max(1, known.length)]?.id ?? []) as TakeId)
      return takeIds.length === 0 ? null : { ...rest, provider: 'wavespeed', takeIds }
    }
  }
}

/** I11: new takes are what was ordered: cells under their seeds, takes with the prompt and references they had. */
export function checkOrdered(world: World, order: BatchOrder, made: readonly string[]): void {
  if (order.kind === 'scenes') return
  const requests = new Map(listTakes(world).map(({ id, request }) => [id, JSON.parse(request) as TakeRequest]))
  const sources = order.kind === 'takes' ? order.takeIds.map((id) => requests.get(id)) : []
  for (const id of made) {
    const request = requests.get(id)
    const overridden =
      (order.resolution === null || request?.resolution === order.resolution) &&
      (order.duration === null || request?.duration === order.duration)
    const asked =
      order.kind === 'cells'
        ? order.cells.some(({ seed }) => seed === null || seed === request?.seed)
        : sources.some(
            (source) =>
              source?.prompt === request?.prompt &&
              JSON.stringify(source?.references) === JSON.stringify(request?.references) &&
              (order.seeds === 'new' || source?.seed === request?.seed),
          )
    if (!asked || !overridden) throw new Error(`I11: ${id} was made as ${JSON.stringify(request)}`)
  }
}
