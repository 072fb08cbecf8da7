import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { PARAMETERS } from '../../shared/models/happyhorse-1.1-r2v.ts'
import { startFakeApi, type FakeApi } from '../support/fake-api/client.ts'
import { modelEntry, PROPERTIES } from '../support/fake-api/models.ts'
import { startProviderRig, type ProviderRig } from '../support/fake-api/rig.ts'
import { cliKit } from './cli-kit.ts'
import { newDir, start, tidy } from './rehearsal-kit.ts'

interface Check {
  readonly name: string
  readonly state: string
  readonly message: string
}

describe('the model as the service describes it', () => {
  let rig: ProviderRig
  beforeAll(async () => {
    rig = await startProviderRig()
  })
  afterEach(() => rig.api.clearScript())
  afterAll(async () => {
    await rig.stop()
    await tidy()
  })

  it('is the table', async () => {
    expect(await rig.provider.describeModel()).toEqual(PARAMETERS)
  })

  it('is the table at the rehearsal service, too', async () => {
    const server = await start(await newDir())
    const provider = rig.with({ baseUrl: server.baseUrl, key: () => server.key })
    const found = (await provider.describeModel()) ?? []
    expect(found.toSorted(byName)).toEqual(PARAMETERS.toSorted(byName))
  })

  it('is found in a list of a thousand models, larger than any other answer may be', async () => {
    const padding = { prompt: { type: 'string', description: 'x'.repeat(4_000) } }
    const others = Array.from({ length: 1_000 }, (_, n) => modelEntry(padding, { model: `other/model-${n}` }))
    await rig.api.script({ models: [null, 7, { model_id: 3 }, ...others, modelEntry()] })
    expect(await rig.provider.describeModel()).toEqual(PARAMETERS)
  })

  it('is null when it is not listed', async () => {
    await rig.api.script({ models: [modelEntry(PROPERTIES, { model: 'alibaba/happyhorse-1.0/reference-to-video' })] })
    expect(await rig.provider.describeModel()).toBeNull()
  })

  it('is read leniently: odd spellings of numbers and types, unknown parts, another order', async () => {
    const properties = {
      duration: { type: ['integer', 'null'], minimum: '3', maximum: '15', default: '5', ui: { slider: true } },
      odd: 7,
      seed: { type: 'integer', minimum: 'none', enum: [null, 1, {}, 'x'] },
    }
    await rig.api.script({ models: [modelEntry(properties, { required: [] })] })
    const found = await rig.provider.describeModel()
    expect(
      found?.map(({ name, type, minimum, maximum, values, default: first }) => [
        name,
        type,
        minimum,
        maximum,
        values,
        first,
      ]),
    ).toEqual([
      ['duration', 'integer', 3, 15, null, '5'],
      ['odd', null, null, null, null, null],
      ['seed', 'integer', null, null, [1, 'x'], null],
    ])
  })

  it.each([
    {},
    { api_schema: {} },
    { api_schema: { api_schemas: [] } },
    { api_schema: { api_schemas: [{ type: 'model_run' }] } },
  ])('is an error when the entry says %j', async (patch) => {
    await rig.api.script({ models: [{ model_id: modelEntry()['model_id'], ...patch }] })
    await expect(rig.provider.describeModel()).rejects.toMatchObject({ code: 'provider-fault' })
  })
})

const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name)

describe('takeboard doctor --live', () => {
  let kit: ReturnType<typeof cliKit>
  let api: FakeApi
  beforeEach(async () => {
    kit = cliKit()
    api = await startFakeApi()
  })
  afterEach(async () => {
    await kit.close()
    await api.stop()
  })
  const env = (key = api.key) => ({ WAVESPEED_API_KEY: key, WAVESPEED_BASE_URL: api.baseUrl })
  const doctor = async (more: readonly string[] = [], environment: NodeJS.ProcessEnv = env()) => {
    const done = await kit.run(['doctor', '--live', '--library', kit.library, ...more], environment)
    const checks = () => (JSON.parse(done.stdout) as { checks: Check[] }).checks
    const live = () => checks().filter(({ name }) => name === 'model' || name === 'price')
    return { ...done, live }
  }

  it('finds nothing wrong with a service that is as the table says, and spends nothing', async () => {
    const { code, stdout } = await doctor()
    expect(code).toBe(0)
    expect(stdout).toMatch(/^ok +provider +WaveSpeed answers; the account balance is \$1000\.00\.$/m)
    expect(stdout).toMatch(/^ok +model +The service describes the model exactly as this version does\.$/m)
    expect(stdout).toMatch(
      /^ok +price +The service quotes the prices of the table for 3, 5, 10, 15 s at 720p and 1080p\.$/m,
    )
    expect(await api.requests()).toMatchObject({ submit: 0, models: 1, price: 8 })
    expect(api.ledger().entries).toEqual([])
  })

  it('says each difference in a line of its own, as text and as JSON', async () => {
    const properties = {
      ...PROPERTIES,
      resolution: { type: 'string', enum: ['480p', '720p', '1080p'], default: '1080p' },
      enable_audio: { type: 'boolean' },
    }
    await api.script({ models: [modelEntry(properties)] })
    const { code, live } = await doctor(['--json'])
    expect(code).toBe(0)
    expect(live().map(({ state, message }) => `${state}: ${message}`)).toEqual([
      "warning: resolution: the service's default is 1080p; Takeboard's is 720p.",
      'warning: resolution: the service also offers 480p.',
      'warning: enable_audio: the service also takes it; Takeboard does not send it.',
      'ok: The service quotes the prices of the table for 3, 5, 10, 15 s at 720p and 1080p.',
    ])
    const { stdout } = await doctor(['--quiet'])
    expect(stdout).toContain('warning  model  resolution: the service also offers 480p.\n')
    expect(stdout).not.toContain('ok ')
  })

  it('ends with 1 when something Takeboard offers would be refused', async () => {
    await api.script({
      models: [modelEntry({ ...PROPERTIES, duration: { type: 'integer', minimum: 3, maximum: 10 } })],
    })
    const { code, live } = await doctor(['--json'])
    expect(code).toBe(1)
    expect(live()[0]).toEqual({
      name: 'model',
      state: 'problem',
      message: 'duration: the service takes 3 to 10; Takeboard offers 3 to 15.',
    })
  })

  it('says each price that is another', async () => {
    await api.script({ price: { price: 0.7 } })
    const { code, live } = await doctor(['--json'])
    expect(code).toBe(0)
    expect(
      live()
        .map(({ message }) => message)
        .slice(1, 3),
    ).toEqual([
      '3 s at 720p: the service quotes $0.70; the table says $0.42. The higher is reserved.',
      '10 s at 720p: the service quotes $0.70; the table says $1.40. The higher is reserved.',
    ])
    expect(live()).toHaveLength(8)
  })

  it('is a problem without a key, with a wrong one, and without the model', async () => {
    const keyless = await doctor(['--json'], { WAVESPEED_BASE_URL: api.baseUrl })
    expect(keyless.code).toBe(1)
    expect(keyless.live()).toMatchObject([{ state: 'problem', message: expect.stringContaining('no API key is set') }])
    expect(await api.seen()).toEqual([])
    const wrong = await doctor(['--json'], env('wsk_wrong_key'))
    expect(wrong.code).toBe(1)
    expect(wrong.live().map(({ state }) => state)).toEqual(['problem', 'problem'])
    expect(wrong.stdout + wrong.stderr).not.toContain('wsk_wrong_key')
    await api.script({ models: [] })
    const unlisted = await doctor(['--json'])
    expect(unlisted.code).toBe(1)
    expect(unlisted.live()[0]?.message).toContain('does not list alibaba/happyhorse-1.1/reference-to-video')
  })
})
