import { describe, expect, it } from 'vitest'
import { compareModel } from '../../electron/engine/domain/compare-model.ts'
import { parameter, type ModelParameter } from '../../shared/models/parameter.ts'
import { PARAMETERS } from '../../shared/models/happyhorse-1.1-r2v.ts'

/** The table with one parameter changed. */
const withLive = (name: string, patch: Partial<ModelParameter>) =>
  compareModel(
    PARAMETERS,
    PARAMETERS.map((each) => (each.name === name ? { ...each, ...patch } : each)),
  )

describe('compareModel', () => {
  it('finds nothing between equals, in any order', () => {
    expect(compareModel(PARAMETERS, PARAMETERS.toReversed())).toEqual([])
  })

  it('takes what is not stated for no difference', () => {
    const bare = PARAMETERS.map(({ name, required }) => ({ ...parameter(name, '', { required }), type: null }))
    expect(compareModel(PARAMETERS, bare)).toEqual([])
  })

  it.each<[string, Partial<ModelParameter>, string, boolean]>([
    ['resolution', { values: ['480p', '720p', '1080p'] }, 'resolution: the service also offers 480p.', false],
    ['resolution', { values: ['720p'] }, 'resolution: the service does not offer 1080p; Takeboard does.', true],
    ['resolution', { default: '1080p' }, "resolution: the service's default is 1080p; Takeboard's is 720p.", false],
    ['duration', { minimum: 2, maximum: 20 }, 'duration: the service takes 2 to 20; Takeboard offers 3 to 15.', false],
    ['duration', { maximum: 10 }, 'duration: the service takes 3 to 10; Takeboard offers 3 to 15.', true],
    [
      'duration',
      { values: [3, 4, 5, 6, 7, 8, 9, 10] },
      'duration: the service does not offer 11, 12, 13, 14, 15; Takeboard does.',
      true,
    ],
    ['duration', { type: 'string' }, 'duration: the service wants string; Takeboard sends integer.', true],
    ['seed', { default: -1 }, "seed: the service's default is -1; Takeboard's is none.", false],
    ['seed', { minimum: 0 }, 'seed: the service takes 0 to 2147483647; Takeboard offers 1 to 2147483647.', false],
    ['images', { maxItems: 5 }, 'images: the service takes items 1 to 5; Takeboard offers 1 to 9.', true],
    ['images', { required: false }, 'images: the service does not require it.', false],
    ['seed', { required: true }, 'seed: the service requires it.', false],
  ])('says in one line what differs about %s %j', (name, patch, message, breaks) => {
    expect(withLive(name, patch)).toEqual([{ message, breaks }])
  })

  it('lists integers and numbers as one kind, and a range beside the same values as none', () => {
    expect(withLive('duration', { type: 'number' })).toEqual([])
    const values = Array.from({ length: 13 }, (_, index) => String(index + 3))
    expect(withLive('duration', { values, minimum: null, maximum: null })).toEqual([])
  })

  it('tells what only one side has', () => {
    const fewer = PARAMETERS.filter(({ name }) => name !== 'seed')
    expect(compareModel(PARAMETERS, fewer)).toEqual([
      { message: 'seed: the service does not list it; Takeboard sends it.', breaks: true },
    ])
    const more = [...PARAMETERS, parameter('audio', 'boolean', {}), parameter('style', 'string', { required: true })]
    expect(compareModel(PARAMETERS, more)).toEqual([
      { message: 'audio: the service also takes it; Takeboard does not send it.', breaks: false },
      { message: 'style: the service requires it, and Takeboard does not send it.', breaks: true },
    ])
  })
})
