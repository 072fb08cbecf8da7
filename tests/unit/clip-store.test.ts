import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { TakeId } from '../../shared/ids.ts'
import { createClipStore } from '../../electron/engine/media/clip-store.ts'
import type { ClipResponse } from '../../electron/engine/ports.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'takeboard-clips-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const bytes = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypisom'), Buffer.alloc(500, 7)])
async function* upTo(start: number, end: number) {
  yield bytes.subarray(start, end)
}
const response = (start: number, end: number, etag: string | null): ClipResponse => ({
  status: start === 0 ? 200 : 206,
  start,
  total: bytes.length,
  etag,
  contentType: 'video/mp4',
  body: upTo(start, end),
})

it('starts again after a service that continued without saying what', async () => {
  const store = createClipStore(dir)
  const receive = (open: (from: number) => ClipResponse) =>
    store.receive(
      'take' as TakeId,
      (from) => Promise.resolve(open(from)),
      () => {},
    )
  await expect(receive(() => response(0, 200, '"a"'))).rejects.toMatchObject({ code: 'download-failed' })
  const untagged = (from: number) => response(from, bytes.length, from === 0 ? '"a"' : null)
  await expect(receive(untagged)).rejects.toMatchObject({ code: 'download-failed' })
  expect(await receive(untagged)).toMatchObject({ bytes: bytes.length })
})
