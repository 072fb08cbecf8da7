import { describe, expect, it } from 'vitest'
import { canDownloadAgain, clipAtService } from '../../renderer/state/take-clip.ts'
import { makeTake } from './renderer-fixtures.ts'

const DAY = 24 * 60 * 60 * 1000
const take = (values: Parameters<typeof makeTake>[0] = {}) =>
  makeTake({ predictionId: 'job', submittedAt: 10 * DAY, finishedAt: 10 * DAY + 90_000, ...values })

describe('a clip that may be at the service', () => {
  it('counts its days from when it was asked for, whenever it was downloaded last', () => {
    const again = take({ finishedAt: 16 * DAY })
    expect([10, 16.5, 17].map((day) => canDownloadAgain(again, day * DAY))).toEqual([true, true, false])
    expect(clipAtService(take(), 10 * DAY).text).toBe(
      'The service keeps clips for about 7 days; this one is from today, so 7 days are left. Downloading it again costs nothing.',
    )
    expect(clipAtService(take(), 11.5 * DAY).text).toContain('this one is 1 day old, so 6 days are left.')
    expect(clipAtService(take(), 16.5 * DAY).text).toContain('this one is 6 days old, so less than a day is left.')
  })

  it('is said to be gone when it is too old, was deleted, or never had a job', () => {
    expect(clipAtService(take(), 22 * DAY)).toEqual({
      can: false,
      text: 'The service keeps clips for about 7 days, and this one is 12 days old. Without a copy of the file it cannot be had again for nothing.',
    })
    const deleted = take({ error: { code: 'prediction-deleted', message: 'Gone.' } })
    expect(clipAtService(deleted, 10 * DAY)).toMatchObject({ can: false })
    expect(clipAtService(deleted, 10 * DAY).text).toContain('the job of this one was deleted there')
    expect(clipAtService(take({ predictionId: null }), 10 * DAY)).toMatchObject({ can: false })
    expect(clipAtService(take({ provider: 'rehearsal' }), 90 * DAY)).toMatchObject({ can: true })
  })
})
