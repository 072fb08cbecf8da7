import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createOutbox, type Outbox } from '../../electron/engine/outbox.ts'
import { openStore, type Store } from '../../electron/engine/store/open-store.ts'

const logged: string[] = []
const line = (message: string) => void logged.push(message)
const settings = { theme: 'dark', level: 'custom', concurrency: 4, imagePlaceholder: '{n}' } as never

let dir: string
let store: Store
let outbox: Outbox
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'takeboard-outbox-'))
  store = openStore(dir)
  logged.length = 0
  outbox = createOutbox(store, { info: line, warn: line, error: line })
})
afterEach(() => {
  store.close()
  rmSync(dir, { recursive: true, force: true })
})

const tell = (events: number) =>
  outbox.write((_, emit) => {
    for (let n = 0; n < events; n++) emit('settings.put', settings)
  })

describe('the outbox', () => {
  it('does not grow without end while the engine runs', () => {
    for (let round = 0; round < 10; round++) tell(900)
    const kept = store.read.get<{ n: number }>('SELECT count(*) AS n FROM outbox')?.n
    expect(kept).toBeLessThan(7_000)
    expect(outbox.seq()).toBe(9_000)
    expect(outbox.replay(8_990)).toHaveLength(10)
    expect(outbox.replay(1)).toBe('gap')
  })

  it('tells sums once for a transaction, after what they are made of', () => {
    const heard: string[] = []
    outbox.subscribe(({ name }) => heard.push(name))
    let sums = 0
    outbox.write((_, emit) => {
      for (let n = 0; n < 3; n++) {
        emit('settings.put', settings)
        emit.last('library.budget', '', () => ({ cap: null, held: ++sums, spent: 0 }) as never)
      }
    })
    expect([heard, sums]).toEqual([['settings.put', 'settings.put', 'settings.put', 'library.budget'], 1])
  })

  it('tells every listener, whatever another one does', () => {
    const heard: string[] = []
    outbox.subscribe(() => {
      throw new Error('gone')
    })
    outbox.subscribe(({ name }) => heard.push(name))
    tell(2)
    expect(heard).toEqual(['settings.put', 'settings.put'])
    expect(logged).toHaveLength(2)
  })
})
