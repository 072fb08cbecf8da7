import { describe, expect, it } from 'vitest'
import { createDeriveQueue, WISH } from '../../renderer/media/derive-queue.ts'
import type { Sha256, TakeId } from '../../shared/ids.ts'

const clip = (name: string) => name as Sha256
const take = 't' as TakeId
const calm = async () => {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve()
}

function rig() {
  const began: string[] = []
  const stopped: string[] = []
  const ends = new Map<string, { done(): void; failed(): void }>()
  const queue = createDeriveQueue((name, _take, signal) => {
    began.push(name)
    return new Promise((resolve, reject) => {
      ends.set(name, { done: resolve, failed: () => reject(new Error('broken')) })
      signal.addEventListener('abort', () => {
        stopped.push(name)
        reject(new Error('stopped'))
      })
    })
  })
  return { queue, began, stopped, end: (name: string) => ends.get(name) }
}

describe('the queue of clips to look at', () => {
  it('does one at a time, what is played before what is only seen', async () => {
    const { queue, began, end } = rig()
    for (const name of ['a', 'b', 'c']) queue.want(clip(name), take, WISH.seen)
    queue.want(clip('d'), take, WISH.playing)
    queue.want(clip('c'), take, WISH.playing)
    await calm()
    expect(began).toEqual(['a'])
    for (const name of ['a', 'c', 'd', 'b']) {
      end(name)?.done()
      await calm()
    }
    expect(began).toEqual(['a', 'c', 'd', 'b'])
  })

  it('leaves what nobody wants any more, and stops what it is at', async () => {
    const { queue, began, stopped, end } = rig()
    const first = queue.want(clip('a'), take, WISH.seen)
    const second = queue.want(clip('b'), take, WISH.seen)
    queue.want(clip('c'), take, WISH.seen)
    second()
    first()
    await calm()
    expect(stopped).toEqual(['a'])
    expect(began).toEqual(['a', 'c'])
    end('c')?.done()
    await calm()
    queue.want(clip('a'), take, WISH.seen)
    await calm()
    expect(began).toEqual(['a', 'c', 'a'])
  })

  it('goes on while somebody still wants it', async () => {
    const { queue, stopped } = rig()
    const one = queue.want(clip('a'), take, WISH.seen)
    queue.want(clip('a'), take, WISH.seen)
    one()
    await calm()
    expect(stopped).toEqual([])
  })

  it('begins again what was wanted again while it was being stopped', async () => {
    const { queue, began } = rig()
    queue.want(clip('a'), take, WISH.seen)()
    queue.want(clip('a'), take, WISH.seen)
    await calm()
    expect(began).toEqual(['a', 'a'])
  })

  it('never tries again what it did or failed at', async () => {
    const { queue, began, end } = rig()
    queue.want(clip('a'), take, WISH.seen)
    queue.want(clip('b'), take, WISH.seen)
    end('a')?.failed()
    await calm()
    end('b')?.done()
    await calm()
    queue.want(clip('a'), take, WISH.seen)
    queue.want(clip('b'), take, WISH.seen)
    await calm()
    expect(began).toEqual(['a', 'b'])
  })

  it('looks again at a clip whose file is another now, also while the old one is read', async () => {
    const { queue, began, stopped, end } = rig()
    queue.want(clip('a'), take, WISH.playing)
    await calm()
    end('a')?.failed()
    await calm()
    queue.want(clip('a'), take, WISH.playing)
    await calm()
    expect(began).toEqual(['a'])
    queue.forget(clip('a'))
    queue.want(clip('a'), take, WISH.playing)
    await calm()
    expect(began).toEqual(['a', 'a'])
    queue.forget(clip('a'))
    await calm()
    expect([stopped, began]).toEqual([['a'], ['a', 'a', 'a']])
  })
})
