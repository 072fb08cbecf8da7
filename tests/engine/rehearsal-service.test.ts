import { readFile } from 'node:fs/promises'
import { request as httpRequest } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { RehearsalServer } from '../../electron/engine/provider/rehearsal/server.ts'
import {
  CAST,
  Envelope,
  MODEL,
  Upload,
  api,
  newDir,
  settled,
  start,
  submit,
  tidy,
  uploadDirect,
} from './rehearsal-kit.ts'

afterAll(tidy)

describe('the service around it', () => {
  let server: RehearsalServer
  let image: string
  const body = () => ({ prompt: 'A field.', images: [image], duration: 3, seed: 5 })

  beforeAll(async () => {
    server = await start(await newDir())
    image = await uploadDirect(server, 'mara-full.png')
  })

  it('quotes the real price and charges nothing', async () => {
    const quote = async (inputs: object) => (await api(server, 'model/price', { model_id: MODEL, inputs })).data
    expect(await quote({ resolution: '720p', duration: 5 })).toMatchObject({
      model_id: MODEL,
      price: 0.7,
      currency: 'USD',
    })
    expect(await quote({ resolution: '1080p', duration: 15 })).toMatchObject({ price: 2.835, discounted_price: 2.835 })
    expect(await quote({})).toMatchObject({ price: 0.7 })
    expect((await api(server, 'model/price', { model_id: 'other', inputs: {} })).status).toBe(404)
    expect((await api(server, 'balance')).data).toEqual({ balance: 1000 })
  })

  it('lists its model with the ranges of the model page', async () => {
    const { data } = await api(server, 'models')
    expect(data).toMatchObject([
      {
        model_id: MODEL,
        api_schema: { api_schemas: [{ request_schema: { properties: { duration: { minimum: 3, maximum: 15 } } } }] },
      },
    ])
  })

  it('wants the key on every call, also on addresses that do not exist', async () => {
    for (const headers of [{}, { authorization: 'Bearer wrong' }, { 'x-api-key': server.key }]) {
      const reply = await fetch(`${server.baseUrl}/api/v3/balance`, { headers: headers as Record<string, string> })
      expect(reply.status).toBe(401)
      expect(await reply.json()).toMatchObject({ code: 401 })
    }
    expect((await fetch(`${server.baseUrl}/api/v3/nothing`)).status).toBe(401)
    expect((await api(server, 'nothing')).status).toBe(404)
    expect((await api(server, 'balance', {})).status).toBe(405)
  })

  it('refuses a foreign Host', async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const call = httpRequest(
        `${server.baseUrl}/api/v3/balance`,
        { headers: { host: 'evil.example', authorization: `Bearer ${server.key}` } },
        (response) => {
          response.resume()
          resolve(response.statusCode)
        },
      )
      call.once('error', reject).end()
    })
    expect(status).toBe(403)
  })

  it.each([
    ['no prompt', { prompt: undefined }, 'prompt'],
    ['an empty prompt', { prompt: '  ' }, 'prompt'],
    ['no images', { images: [] }, 'images'],
    ['ten images', { images: Array.from({ length: 10 }, () => 'http://127.0.0.1/x.png') }, 'images'],
    ['a data URL', { images: ['data:image/png;base64,AAAA'] }, 'images.0'],
    ['480p', { resolution: '480p' }, 'resolution'],
    ['an unknown aspect ratio', { aspect_ratio: '21:9' }, 'aspect_ratio'],
    ['2 seconds', { duration: 2 }, 'duration'],
    ['16 seconds', { duration: 16 }, 'duration'],
    ['half a second', { duration: 4.5 }, 'duration'],
    ['seed 0', { seed: 0 }, 'seed'],
    ['seed past the range', { seed: 2_147_483_648 }, 'seed'],
  ])('refuses %s and names the field', async (_, change, field) => {
    const reply = await api(server, MODEL, { ...body(), ...change })
    expect(reply.status).toBe(400)
    expect(reply.envelope).toMatchObject({ code: 400, message: expect.stringContaining(field) as string })
    expect((await api(server, 'predictions', { page: 1, page_size: 10 })).data).toMatchObject({ total: 0 })
  })

  it('refuses what is not JSON and what is too large', async () => {
    const headers = { authorization: `Bearer ${server.key}` }
    const text = await fetch(`${server.baseUrl}/api/v3/${MODEL}`, { method: 'POST', headers, body: 'prompt=x' })
    expect(text.status).toBe(400)
    const large = await api(server, MODEL, { ...body(), prompt: 'x'.repeat(1_100_000) })
    expect(large.status).toBe(413)
    const upload = await api(server, 'media/uploads', { filename: 'x.png', size: 900_000_000 })
    expect(upload.status).toBe(400)
  })

  it('takes a multipart upload and serves it back', async () => {
    const bytes = await readFile(join(CAST, 'juniper-head.png'))
    const form = new FormData()
    form.set('file', new File([bytes], 'juniper head.png', { type: 'image/png' }))
    const reply = await fetch(`${server.baseUrl}/api/v3/media/upload/binary`, {
      method: 'POST',
      headers: { authorization: `Bearer ${server.key}` },
      body: form,
    })
    const { data } = Envelope.parse(await reply.json())
    expect(data).toMatchObject({ type: 'image', filename: 'juniper head.png', size: bytes.length })
    const url = z.object({ download_url: z.string() }).parse(data).download_url
    const back = await fetch(url)
    expect(back.headers.get('content-type')).toBe('image/png')
    expect(Buffer.from(await back.arrayBuffer()).equals(bytes)).toBe(true)
  })

  it('holds an upload to its announced size and takes it once', async () => {
    const opened = await api(server, 'media/uploads', { filename: 'a.png', size: 4, content_type: 'image/png' })
    const { upload, download_url } = Upload.parse(opened.data)
    const put = async (text: string) => (await fetch(upload.url, { method: 'PUT', body: text })).status
    expect((await fetch(download_url)).status).toBe(404)
    expect(await put('12345')).toBe(400)
    expect(await put('1234')).toBe(200)
    expect(await put('9876')).toBe(412)
    expect(await (await fetch(download_url)).text()).toBe('1234')
  })

  it('fails a job whose reference is not here, as the service would', async () => {
    const { id } = await submit(server, { ...body(), images: [image, 'https://example.com/face.png'] })
    const result = await settled(server, id)
    expect(result).toMatchObject({ status: 'failed', outputs: [], error: 'Image 2 could not be read from its URL.' })
  })

  it('does not know predictions of others', async () => {
    expect((await api(server, `predictions/${'0'.repeat(32)}/result`)).status).toBe(404)
  })
})
