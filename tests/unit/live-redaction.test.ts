import { describe, expect, it } from 'vitest'
import { leaksIn } from '../live/fixtures.ts'
import { createRedactor } from '../live/redact.ts'
import { CANARY } from '../support/canary.ts'

describe('redaction', () => {
  const secrets = [CANARY]
  it('keeps the shape and the words, and none of who, where and which', () => {
    const redact = createRedactor(secrets)
    const body = {
      code: 401,
      message: `key ${CANARY} of ann@example.com (0123456789abcdef0123) may not, see https://api.example.com/help/9 from 10.0.0.1`,
      data: {
        id: 'pred_abc',
        organization_id: 77,
        again: [{ prediction_uuid: 'pred_abc' }],
        created_at: '2026-08-21T10:00:00.123456789Z',
        outputs: ['https://d11ewybssaphwx.cloudfront.net/output/abc-u1_def.mp4?Expires=1&Signature=xyz'],
        owner: 'Ann',
        balance: 12.34,
        price: 0.42,
        empty: '',
        none: null,
      },
    }
    expect(redact.json(body)).toEqual({
      code: 401,
      message: 'key <key> of <e-mail> (<id 1>) may not, see https://*.example.com/<path> from <ip>',
      data: {
        id: '<id 2>',
        organization_id: 0,
        again: [{ prediction_uuid: '<id 2>' }],
        created_at: '0000-00-00T00:00:00.000000000Z',
        outputs: ['https://*.cloudfront.net/<path>.mp4?Expires=<>&Signature=<>'],
        owner: '<text>',
        balance: 0,
        price: 0.42,
        empty: '',
        none: null,
      },
    })
  })

  it('tells of headers which there are, and only what is no secret in them', () => {
    const redact = createRedactor(secrets)
    expect(
      redact.headers({
        'content-type': 'video/mp4',
        'content-length': '123456',
        etag: 'W/"abc"',
        'set-cookie': 'session=abc',
        'x-amz-cf-id': 'abc',
        'access-control-allow-origin': '*',
      }),
    ).toEqual({
      'access-control-allow-origin': '*',
      'content-length': '<number>',
      'content-type': 'video/mp4',
      etag: 'W/"<weak>"',
      'set-cookie': '<value>',
      'x-amz-cf-id': '<value>',
    })
  })

  it.each([
    `"${CANARY}"`,
    encodeURIComponent(CANARY),
    '"known-id"',
    '"0123456789abcdef01234567"',
    '"https://cdn.example/outputs/x.mp4"',
    '"10.0.0.1"',
    '"ann@example.com"',
  ])('is checked once more before it is written: %s is found', (text) => {
    expect(leaksIn(text, secrets, ['known-id'])).not.toEqual([])
    expect(leaksIn('"https://*.cloudfront.net/<path>.mp4"', secrets, ['known-id'])).toEqual([])
  })
})
