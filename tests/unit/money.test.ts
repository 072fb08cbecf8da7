import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { listPrice } from '../../shared/models/happyhorse-1.1-r2v.ts'
import {
  addUsd,
  formatUsd,
  formatUsdExact,
  parseUsd,
  usdDecimal,
  usdMicros,
  usdMicrosFromApi,
} from '../../shared/money.ts'

describe('money', () => {
  it('prices the examples of the model page to the tenth of a cent', () => {
    const table = [3, 5, 10, 15].map((duration) => [
      usdDecimal(listPrice('720p', duration)),
      usdDecimal(listPrice('1080p', duration)),
    ])
    expect(table).toEqual([
      ['0.42', '0.567'],
      ['0.70', '0.945'],
      ['1.40', '1.89'],
      ['2.10', '2.835'],
    ])
  })

  it('reads what people type and refuses what is not an amount', () => {
    expect(['5', '5.00', '$12.5', ' 0.945 ', '0'].map(parseUsd)).toEqual([5_000_000, 5_000_000, 12_500_000, 945_000, 0])
    expect(['', '-1', '1e3', '1,50', 'five', '1.2345678', '99999999', 'NaN'].map(parseUsd)).toEqual(Array(8).fill(null))
  })

  it('reads back every decimal it writes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000_000_000 }), (micros) => {
        expect(parseUsd(usdDecimal(usdMicros(micros)))).toBe(micros)
      }),
    )
  })

  it('takes the floats of the service exactly, and rounds real fractions up', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000_000 }), (micros) => {
        expect(usdMicrosFromApi(micros / 1_000_000)).toBe(micros)
      }),
    )
    expect(usdMicrosFromApi(0.1 + 0.2)).toBe(300_000)
    expect(usdMicrosFromApi(0.123_456_78)).toBe(123_457)
  })

  it('shows takes exactly and totals to the cent', () => {
    expect([945_000, 700_000, 2_835_000].map((m) => formatUsdExact(usdMicros(m)))).toEqual([
      '$0.945',
      '$0.70',
      '$2.835',
    ])
    expect([9_261_000, 9_265_000, 0].map((m) => formatUsd(usdMicros(m)))).toEqual(['$9.26', '$9.27', '$0.00'])
    expect(formatUsd(usdMicros(-1_500_000))).toBe('-$1.50')
  })

  it('refuses anything but whole micro-dollars', () => {
    expect(() => usdMicros(0.5)).toThrow(RangeError)
    expect(() => addUsd(usdMicros(Number.MAX_SAFE_INTEGER), usdMicros(1))).toThrow(RangeError)
  })
})
