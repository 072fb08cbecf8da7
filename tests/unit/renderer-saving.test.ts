import { afterEach, describe, expect, it } from 'vitest'
import { followDraft, followEdit, isEdit, saveState, useSaving } from '../../renderer/state/saving.ts'
import { TakeboardError } from '../../shared/errors.ts'

const state = () => saveState(useSaving.getState())
const START = useSaving.getState()
afterEach(() => useSaving.setState(START, true))

describe('what is saved', () => {
  it('counts calls that change the work, and none about money or the service', () => {
    const edits = [
      'scene.update',
      'scene.moveMany',
      'project.update',
      'cast.create',
      'take.update',
      'edit.undo',
    ] as const
    const others = ['batch.start', 'runner.pause', 'scene.asSent', 'take.lookFor', 'queue.hold', 'key.set'] as const
    expect(edits.map(isEdit)).toEqual(edits.map(() => true))
    expect(others.map(isEdit)).toEqual(others.map(() => false))
  })

  it('is saving while an edit is on its way', async () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    followEdit(promise, () => {})
    expect(state().kind).toBe('saving')
    resolve()
    await promise
    expect(state().kind).toBe('saved')
  })

  it('says why an edit could not be kept until one is, and asks again', async () => {
    let asked = 0
    const refused = Promise.reject(new TakeboardError('disk-full', 'No room.'))
    followEdit(refused, () => (asked += 1))
    await refused.catch(() => {})
    const failed = state()
    expect(failed).toMatchObject({ kind: 'failed', reason: 'the disk is full' })
    if (failed.kind === 'failed') failed.again()
    expect(asked).toBe(1)
    const kept = Promise.resolve()
    followEdit(kept, () => {})
    await kept
    expect(state().kind).toBe('saved')
  })

  it('does not call an edit unsaved that was refused for what it is', async () => {
    const refused = Promise.reject(new TakeboardError('conflict', 'A take is under way.'))
    followEdit(refused, () => {})
    await refused.catch(() => {})
    expect(state().kind).toBe('saved')
  })

  it('knows of texts being written, and sends refused ones again', () => {
    let flushed = 0
    const say = followDraft(() => (flushed += 1))
    say('dirty')
    expect(state().kind).toBe('saving')
    say('failed')
    const failed = state()
    expect(failed.kind).toBe('failed')
    if (failed.kind === 'failed') failed.again()
    expect(flushed).toBe(1)
    say('saved')
    expect(state().kind).toBe('saved')
  })
})
