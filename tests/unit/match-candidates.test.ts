import { describe, expect, it } from 'vitest'
import type { TakeRequest } from '../../shared/model.ts'
import { matchCandidate } from '../../electron/engine/domain/match-candidates.ts'

const request: TakeRequest = {
  model: 'm',
  prompt: 'Rain',
  references: [],
  resolution: '720p',
  aspectRatio: '16:9',
  duration: 5,
  seed: 7,
}
const echo = { prompt: 'Rain', resolution: '720p', aspect_ratio: '16:9', duration: '5', seed: '7' }
const job = (input: Record<string, unknown> | null) => ({ predictionId: 'a', model: 'm', input })

describe('the job of a lost submission', () => {
  it('is the one that echoes all that was sent', () => {
    expect(matchCandidate(request, [job(echo)], 3)).toMatchObject({ kind: 'found' })
    expect(matchCandidate(request, [job({ seed: 7 })], 3)).toMatchObject({ kind: 'found' })
  })

  it('is not the same scene at another resolution or shape, which costs another price', () => {
    for (const other of [{ resolution: '1080p' }, { aspect_ratio: '9:16' }, { duration: 10 }, { prompt: 'Snow' }])
      expect(matchCandidate(request, [job({ ...echo, ...other })], 0)).toEqual({ kind: 'none' })
  })
})
