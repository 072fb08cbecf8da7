import { expect, test } from 'vitest'
import { retryAfterMs } from '../../electron/engine/provider/classify.ts'
import { redactor, serverText, speaksOfBalance, tidy } from '../../electron/engine/provider/words.ts'

const plain = redactor(null)
const NOW = Date.parse('2026-08-21T10:00:00Z')

test.each([
  ['0', 1_000],
  ['1', 1_000],
  ['1.2', 1_200],
  ['90', 90_000],
  ['601', 600_000],
  ['99999999999', 600_000],
  ['Fri, 21 Aug 2026 10:01:30 GMT', 90_000],
  ['Fri, 21 Aug 2026 09:00:00 GMT', 1_000],
  ['Fri, 21 Aug 2026 12:00:00 GMT', 600_000],
  ['', null],
  ['soon', null],
])('Retry-After %j is %j ms', (text, ms) => {
  expect(retryAfterMs({ 'retry-after': text }, NOW)).toBe(ms)
})

test('no Retry-After is no wait', () => {
  expect(retryAfterMs({}, NOW)).toBeNull()
})

test.each([
  [{ code: 400, message: 'bad seed' }, 'bad seed'],
  [{ message: 'bad seed', error_code: 'E1' }, 'bad seed [E1]'],
  [{ error: 'no base64' }, 'no base64'],
  [{ error: { message: 'nested' } }, 'nested'],
  [{ detail: 'why' }, 'why'],
  [{ detail: [{ msg: 'one' }, { msg: 'two' }] }, 'one; two'],
  [{ errors: ['one', { message: 'two' }] }, 'one; two'],
  [{ message: 'success', data: { error: 'inner' } }, 'inner'],
  [{ message: '  ', error: 'second' }, 'second'],
  [{ message: 7 }, null],
  [{}, null],
  [null, null],
  ['text', null],
  [['list'], null],
])('the words in %j', (json, text) => {
  expect(serverText(json, plain)).toBe(text)
})

test('text is one line of bearable length', () => {
  expect(tidy(' a\n\tb\u0007c\u001b ', plain)).toBe('a b c')
  expect(tidy('x'.repeat(9_000), plain).length).toBe(501)
})

test('neither the key nor what signs an address is passed on, even at the edge of the text', () => {
  const redact = redactor('wsk_secret')
  expect(redact('key wsk_secret and wsk_secret')).toBe('key (key) and (key)')
  expect(redact('see https://x.example/a?token=1&b=2, then go')).toBe('see https://x.example/a then go')
  expect(tidy(`${'x'.repeat(495)}wsk_secret`, redact)).not.toContain('wsk_s')
})

test.each([
  'Insufficient balance',
  'insufficient account balance, please recharge',
  'Your credits are not enough',
  'Not enough credits',
  'Balance too low',
  'Please top up your account',
  'credit balance exhausted',
])('%j is about money', (text) => {
  expect(speaksOfBalance(text)).toBe(true)
})

test.each(['bad seed', 'the prompt mentions a balance beam', 'image credits: unknown'])('%j is not', (text) => {
  expect(speaksOfBalance(text)).toBe(false)
})

test('a key is kept out of what is said in every notation of it', () => {
  const key = 'wsk_a+b/c?d=é'
  const redact = redactor(key)
  const base64 = Buffer.from(key).toString('base64')
  for (const text of [
    key,
    encodeURIComponent(key),
    base64,
    base64.replace(/=+$/, ''),
    Buffer.from(key).toString('base64url'),
  ])
    expect(redact(`before ${text} after`)).toMatch(/^before \(key\)=* after$/)
})
