import { describe, expect, it } from 'vitest'
import {
  applyEvents,
  type Entities,
  knownSeq,
  studioFromSnapshot,
  viewFromSnapshot,
} from '../../renderer/state/apply-event.ts'
import type { EngineEvent } from '../../shared/contract.ts'
import { makeProjectSnapshot, makeScene, makeStudioSnapshot, makeTake } from './renderer-fixtures.ts'

const applyEvent = (entities: Entities, one: EngineEvent) => applyEvents(entities, [one])

const start = (scenes = [makeScene()], takes = [makeTake()]): Entities => ({
  studio: studioFromSnapshot(makeStudioSnapshot(10)),
  view: viewFromSnapshot(makeProjectSnapshot(12, { scenes, takes })),
  downloads: new Map(),
})

const event = (seq: number | null, name: string, payload: unknown) => ({ seq, name, payload }) as EngineEvent

describe('applyEvents', () => {
  it('puts a scene and leaves what it started from as it was', () => {
    const before = start()
    const after = applyEvent(before, event(13, 'scene.put', makeScene({ title: 'Mist' })))
    expect(after.view?.scenes.get(makeScene().id)?.title).toBe('Mist')
    expect(before.view?.scenes.get(makeScene().id)?.title).toBe('First mist')
    expect(after.view?.takes).toBe(before.view?.takes)
  })

  it('applies a burst as one by one, and leaves what it started from as it was', () => {
    const before = start()
    const burst = [
      event(13, 'take.put', makeTake({ id: 't2', number: 2 })),
      event(14, 'scene.put', makeScene({ id: 's2', number: '2' })),
      event(15, 'take.put', makeTake({ id: 't2', number: 2, rating: 3 })),
      event(16, 'scene.removed', { storyboardId: 'b1', sceneId: 's1' }),
    ]
    expect(applyEvents(before, burst)).toEqual(burst.reduce(applyEvent, before))
    expect([before.view?.takes.size, before.view?.scenes.size, before.view?.seq]).toEqual([1, 1, 12])
  })

  it('ignores what a snapshot already contains, part by part', () => {
    const old = event(11, 'project.put', { ...start().view?.project, title: 'Old' })
    const after = applyEvent(start(), old)
    expect(after.view?.project.title).toBe('The Long Pasture')
    expect([...(after.studio?.projects.values() ?? [])][0]?.title).toBe('Old')
    expect(knownSeq(after)).toBe(11)
  })

  it('keeps the takes of a scene in order of their number, and replaces one in place', () => {
    let entities = start([makeScene()], [makeTake({ id: 't3', number: 3 }), makeTake()])
    entities = applyEvent(entities, event(13, 'take.put', makeTake({ id: 't2', number: 2 })))
    entities = applyEvent(entities, event(14, 'take.put', makeTake({ rating: 4 })))
    const takes = entities.view?.takesByScene.get(makeScene().id) ?? []
    expect(takes.map((take) => [take.number, take.rating])).toEqual([
      [1, 4],
      [2, 0],
      [3, 0],
    ])
  })

  it('leaves rows of other projects and storyboards out', () => {
    let entities = applyEvent(start(), event(13, 'scene.put', makeScene({ id: 'sx', storyboardId: 'elsewhere' })))
    entities = applyEvent(entities, event(14, 'take.put', makeTake({ id: 'tx', projectId: 'p2' })))
    entities = applyEvent(entities, event(15, 'budget.put', { ...start().view?.budget, projectId: 'p2', spent: 1 }))
    expect(entities.view?.scenes.size).toBe(1)
    expect(entities.view?.takes.size).toBe(1)
    expect(entities.view?.budget.spent).toBe(0)
  })

  it('removes scenes and storyboards', () => {
    let entities = applyEvent(start(), event(13, 'scene.removed', { storyboardId: 'b1', sceneId: 's1' }))
    entities = applyEvent(entities, event(14, 'storyboard.removed', { projectId: 'p1', storyboardId: 'b1' }))
    expect(entities.view?.scenes.size).toBe(0)
    expect(entities.view?.storyboards.size).toBe(0)
  })

  it('follows a download until its take is done, whatever number came before', () => {
    const progress = event(null, 'take.progress', { takeId: 't1', received: 5, total: 10 })
    const during = applyEvent(start(), progress)
    expect(during.downloads.get(makeTake().id)).toEqual({ received: 5, total: 10 })
    expect(knownSeq(during)).toBe(10)
    expect(applyEvent(during, event(13, 'take.put', makeTake())).downloads.size).toBe(0)
  })
})
