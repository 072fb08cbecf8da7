import type { LookupAddress } from 'node:dns'
import { expect, test } from 'vitest'
import { parseBaseUrl, parseMediaUrl, publicLookup } from '../../electron/engine/provider/addresses.ts'
import { TakeboardError } from '../../shared/errors.ts'

test.each([
  ['https://api.wavespeed.ai', 'https://api.wavespeed.ai/'],
  [' https://api.wavespeed.ai/ ', 'https://api.wavespeed.ai/'],
  ['https://proxy.example/wavespeed/', 'https://proxy.example/wavespeed'],
  ['http://127.0.0.1:4000', 'http://127.0.0.1:4000/'],
  ['http://127.8.8.8:4000', 'http://127.8.8.8:4000/'],
  ['http://localhost:4000', 'http://localhost:4000/'],
  ['http://[::1]:4000', 'http://[::1]:4000/'],
])('%s is a base URL', (text, href) => {
  expect(parseBaseUrl(text).href).toBe(href)
})

test.each([
  '',
  'api.wavespeed.ai',
  'http://api.wavespeed.ai',
  'http://10.0.0.1',
  'http://localhost.example',
  'ftp://127.0.0.1',
  'file:///tmp',
  'https://user:secret@api.wavespeed.ai',
  'https://api.wavespeed.ai?x=1',
  'https://api.wavespeed.ai#x',
])('%j is not a base URL', (text) => {
  expect(() => parseBaseUrl(text)).toThrow(TakeboardError)
  expect(() => parseBaseUrl(text)).toThrow(expect.objectContaining({ code: 'bad-input' }) as Error)
})

const base = new URL('http://127.0.0.1:4000')

test.each([
  'https://cdn.wavespeed.ai/outputs/a.mp4?x=1',
  'https://cdn.wavespeed.ai:443/a',
  'https://8.8.8.8/a',
  'https://[2606:4700::1111]/a',
  'http://127.0.0.1:4000/outputs/a.mp4',
])('%s may hold a clip', (text) => {
  expect(parseMediaUrl(text, base)).toBeInstanceOf(URL)
})

test('an address of endless length is not looked at', () => {
  expect(parseMediaUrl(`https://cdn.example/${'a'.repeat(9000)}`, base)).toBeNull()
})

test('a relative address is taken only where there is something to be relative to', () => {
  expect(parseMediaUrl('/b.mp4', base)).toBeNull()
  expect(parseMediaUrl('/b.mp4', base, new URL('https://cdn.example/a'))?.href).toBe('https://cdn.example/b.mp4')
  expect(parseMediaUrl('//10.0.0.1/b.mp4', base, new URL('https://cdn.example/a'))).toBeNull()
})

test.each([true, false])('a name that leads into this machine is refused at connect (all: %s)', async (all) => {
  const result = await new Promise<{ error: unknown; found: string | LookupAddress[] }>((resolve) => {
    publicLookup('localhost', { all }, (error, found) => resolve({ error, found }))
  })
  expect(result).toMatchObject({ error: { code: 'TAKEBOARD_ADDRESS_REFUSED' }, found: [] })
})
