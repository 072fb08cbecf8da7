import { ALL_FORMATS, BufferSource, EncodedPacketSink, Input } from 'mediabunny'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RehearsalServer } from '../../electron/engine/provider/rehearsal/server.ts'
import { MODEL, api, newDir, settled, start, submit, tidy, uploadDirect } from './rehearsal-kit.ts'

afterAll(tidy)

describe('one rehearsed take', () => {
  let server: RehearsalServer
  let clip: string
  let bytes: Buffer
  let id: string
  let created: Awaited<ReturnType<typeof submit>>
  let result: Awaited<ReturnType<typeof settled>>

  beforeAll(async () => {
    server = await start(await newDir())
    const images = [await uploadDirect(server, 'mara-front.png'), await uploadDirect(server, 'juniper-side.png')]
    created = await submit(server, { prompt: 'Mara ([Image 1]) waits.', images, duration: 3, seed: 7 })
    id = created.id
    result = await settled(server, id)
    clip = result.outputs[0] ?? ''
    bytes = Buffer.from(await (await fetch(clip)).arrayBuffer())
  })

  it('is acknowledged at once and completed with its real time', () => {
    expect(created).toMatchObject({ model: MODEL, outputs: [], error: '' })
    expect(created.id).toMatch(/^[0-9a-f]{32}$/)
    expect(result.status).toBe('completed')
    expect(result.timings.inference).toBeGreaterThan(0)
  })

  it('is an H.264 MP4 of the exact length and shape, with key frames to seek to', async () => {
    const input = new Input({ source: new BufferSource(bytes), formats: ALL_FORMATS })
    const track = await input.getPrimaryVideoTrack()
    expect(track?.codec).toBe('avc')
    expect([track?.displayWidth, track?.displayHeight]).toEqual([640, 360])
    expect(await input.computeDuration()).toBe(3)
    if (!track) throw new Error('no track')
    const types: string[] = []
    for await (const packet of new EncodedPacketSink(track).packets()) types.push(packet.type)
    expect(types).toHaveLength(72)
    expect(types.filter((type) => type === 'key')).toHaveLength(3)
  })

  it('is served with its length, type and a strong tag', async () => {
    const response = await fetch(clip, { method: 'HEAD' })
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('video/mp4')
    expect(Number(response.headers.get('content-length'))).toBe(bytes.length)
    expect(response.headers.get('accept-ranges')).toBe('bytes')
    expect(response.headers.get('etag')).toMatch(/^"[0-9a-f]{64}"$/)
  })

  it('answers ranges, resumes with the right tag and starts over with a stale one', async () => {
    const etag = (await fetch(clip, { method: 'HEAD' })).headers.get('etag') ?? ''
    const part = await fetch(clip, { headers: { range: 'bytes=100-199' } })
    expect(part.status).toBe(206)
    expect(part.headers.get('content-range')).toBe(`bytes 100-199/${bytes.length}`)
    expect(Buffer.from(await part.arrayBuffer())).toEqual(bytes.subarray(100, 200))

    const rest = await fetch(clip, { headers: { range: 'bytes=1000-', 'if-range': etag } })
    expect(rest.status).toBe(206)
    expect(Buffer.from(await rest.arrayBuffer())).toEqual(bytes.subarray(1000))

    const tail = await fetch(clip, { headers: { range: 'bytes=-10' } })
    expect(Buffer.from(await tail.arrayBuffer())).toEqual(bytes.subarray(-10))

    const stale = await fetch(clip, { headers: { range: 'bytes=1000-', 'if-range': '"other"' } })
    expect(stale.status).toBe(200)
    expect((await stale.arrayBuffer()).byteLength).toBe(bytes.length)

    const past = await fetch(clip, { headers: { range: `bytes=${bytes.length}-` } })
    expect(past.status).toBe(416)
    expect(past.headers.get('content-range')).toBe(`bytes */${bytes.length}`)
  })

  it('cannot be found without its secret path', async () => {
    expect((await fetch(clip.replace(/clips\/[0-9a-f]{40}/, `clips/${'0'.repeat(40)}`))).status).toBe(404)
  })

  it('echoes the request in history and books nothing', async () => {
    const history = await api(server, 'predictions', { page: 1, page_size: 100, model: MODEL })
    expect(history.data).toMatchObject({
      page: 1,
      total: 1,
      items: [
        {
          id,
          status: 'completed',
          input: { prompt: 'Mara ([Image 1]) waits.', seed: 7, duration: 3, resolution: '720p' },
        },
      ],
    })
    const later = await api(server, 'predictions', { page: 1, page_size: 100, created_after: '2999-01-01T00:00:00Z' })
    expect(later.data).toMatchObject({ items: [] })
    const beyond = await api(server, 'predictions', { page: 2, page_size: 1 })
    expect(beyond.data).toMatchObject({ page: 2, items: [] })
    const billings = await api(server, 'billings/search', { page: 1, page_size: 10, prediction_uuids: [id] })
    expect(billings.data).toMatchObject({
      page: 1,
      total: 1,
      items: [
        {
          billing_type: 'deduct',
          price: 0,
          order: { origin_price: 0.42, state: 'done' },
          prediction: { uuid: id, status: 'completed' },
        },
      ],
    })
    expect((await api(server, 'predictions', { page: 0, page_size: 10 })).status).toBe(400)
    expect((await api(server, 'billings/search', { page: 1, page_size: 101 })).status).toBe(400)
  })

  it('repeats byte for byte with the same seed and label, and not with another seed', async () => {
    const images = [await uploadDirect(server, 'mara-front.png'), await uploadDirect(server, 'juniper-side.png')]
    const again = await settled(
      server,
      (await submit(server, { prompt: 'Mara ([Image 1]) waits.', images, duration: 3, seed: 7 })).id,
    )
    const other = await settled(
      server,
      (await submit(server, { prompt: 'Mara ([Image 1]) waits.', images, duration: 3, seed: 8 })).id,
    )
    const same = Buffer.from(await (await fetch(again.outputs[0] ?? '')).arrayBuffer())
    const different = Buffer.from(await (await fetch(other.outputs[0] ?? '')).arrayBuffer())
    expect(same.equals(bytes)).toBe(true)
    expect(different.equals(bytes)).toBe(false)
  })
})
