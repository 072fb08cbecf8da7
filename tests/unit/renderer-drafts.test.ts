import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createDraft, type DraftState } from '../../renderer/state/drafts.ts'

/** A save the test answers itself. */
function harness() {
  const states: DraftState[] = []
  const saves: { text: string; done(): void; refuse(): void }[] = []
  const draft = createDraft({
    delay: 500,
    onState: (state) => states.push(state),
    save: (text) =>
      new Promise<void>((resolve, reject) => {
        saves.push({ text, done: resolve, refuse: () => reject(new Error('refused')) })
      }),
  })
  return { draft, states, saves, texts: () => saves.map(({ text }) => text) }
}

describe('createDraft', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('saves once after a pause in typing', async () => {
    const { draft, texts, saves, states } = harness()
    draft.edit('a')
    await vi.advanceTimersByTimeAsync(400)
    draft.edit('ab')
    await vi.advanceTimersByTimeAsync(400)
    expect(texts()).toEqual([])
    await vi.advanceTimersByTimeAsync(100)
    saves[0]?.done()
    await vi.advanceTimersByTimeAsync(0)
    expect(texts()).toEqual(['ab'])
    expect(states.at(-1)).toBe('saved')
  })

  it('saves at once on flush, and nothing when nothing changed', async () => {
    const { draft, texts } = harness()
    draft.flush()
    draft.edit('a')
    draft.flush()
    await vi.advanceTimersByTimeAsync(1000)
    expect(texts()).toEqual(['a'])
  })

  it('never has two saves under way, and sends the newest last', async () => {
    const { draft, texts, saves, states } = harness()
    draft.edit('a')
    draft.flush()
    draft.edit('b')
    draft.edit('c')
    draft.flush()
    expect(texts()).toEqual(['a'])
    saves[0]?.done()
    await vi.advanceTimersByTimeAsync(0)
    expect(texts()).toEqual(['a', 'c'])
    expect(states).not.toContain('saved')
    saves[1]?.done()
    await vi.advanceTimersByTimeAsync(0)
    expect(states.at(-1)).toBe('saved')
  })

  it('keeps a refused text and tries it again on flush', async () => {
    const { draft, texts, saves, states } = harness()
    draft.edit('a')
    draft.flush()
    saves[0]?.refuse()
    await vi.advanceTimersByTimeAsync(0)
    expect(states.at(-1)).toBe('failed')
    draft.flush()
    expect(texts()).toEqual(['a', 'a'])
  })
})
