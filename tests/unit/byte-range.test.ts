import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MAX_RANGE_BYTES, parseRange } from '../../electron/engine/media/byte-range.ts'

describe('parseRange', () => {
  it.each([
    ['bytes=0-', { start: 0, end: 99 }],
    ['bytes=0-0', { start: 0, end: 0 }],
    ['bytes=10-19', { start: 10, end: 19 }],
    ['bytes=90-500', { start: 90, end: 99 }],
    ['bytes=-10', { start: 90, end: 99 }],
    ['bytes=-500', { start: 0, end: 99 }],
    [' bytes=99- ', { start: 99, end: 99 }],
    ['bytes=100-', 'unsatisfiable'],
    ['bytes=100-200', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    [null, 'whole'],
    ['', 'whole'],
    ['bytes=-', 'whole'],
    ['bytes=20-10', 'whole'],
    ['bytes=0-1,5-6', 'whole'],
    ['items=0-1', 'whole'],
    ['bytes=a-b', 'whole'],
    ['bytes=1e1-', 'whole'],
    ['bytes=9999999999999999999-', 'whole'],
  ])('reads %j of 100 bytes', (header, expected) => {
    expect(parseRange(header, 100)).toEqual(expected)
  })

  it('cuts a reply at the limit, from the front', () => {
    expect(parseRange('bytes=0-', 50_000_000)).toEqual({ start: 0, end: MAX_RANGE_BYTES - 1 })
    expect(parseRange('bytes=-20', 100, 8)).toEqual({ start: 80, end: 87 })
    expect(parseRange('bytes=5-90', 100, 8)).toEqual({ start: 5, end: 12 })
  })

  it('finds nothing in an empty file', () => {
    expect(['bytes=0-', 'bytes=-1'].map((header) => parseRange(header, 0))).toEqual(['unsatisfiable', 'unsatisfiable'])
  })

  it('walks any file to its end, asking on from where each reply stopped', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 700 }), (size, limit) => {
        const got: number[] = []
        for (let at = 0; at < size;) {
          const range = parseRange(`bytes=${at}-`, size, limit)
          if (typeof range === 'string') throw new Error(`nothing at ${at}`)
          for (let byte = range.start; byte <= range.end; byte++) got.push(byte)
          at = range.end + 1
        }
        expect(got).toEqual([...Array(size).keys()])
      }),
    )
  })

  it('never leaves the file nor passes the limit, whatever is asked', () => {
    const part = fc.option(fc.nat(2000), { nil: '' })
    fc.assert(
      fc.property(part, part, fc.nat(1000), fc.integer({ min: 1, max: 300 }), (from, to, size, limit) => {
        const range = parseRange(`bytes=${from}-${to}`, size, limit)
        if (typeof range === 'string') return
        expect(range.start).toBeGreaterThanOrEqual(0)
        expect(range.end).toBeGreaterThanOrEqual(range.start)
        expect(range.end).toBeLessThan(size)
        expect(range.end - range.start).toBeLessThan(limit)
      }),
    )
  })
})
