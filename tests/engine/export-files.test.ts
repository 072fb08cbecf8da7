import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createExportFiles, exportName } from '../../electron/engine/media/export-files.ts'
import { thrownReply } from '../../electron/engine/media/replies.ts'
import { createExportHandler } from '../../electron/engine/media/serve-exports.ts'
import { mountSmallDisk } from '../support/small-disk.ts'
import { memoryLogger } from '../support/stub-engine.ts'
import { createTestClock } from '../support/test-clock.ts'

const dirs: string[] = []
afterEach(() => dirs.splice(0).forEach((dir) => rmSync(dir, { recursive: true, force: true })))

function exportsIn(dir: string, hurry = false) {
  let count = 0
  const files = createExportFiles(dir, {
    clock: createTestClock({ hurry }),
    ids: { next: () => `e${++count}` },
    logger: memoryLogger(),
  })
  const handle = createExportHandler(files)
  const ask = (method: string, id: string | null, of: string | null, body?: BodyInit) =>
    handle(
      new Request('http://studio/media/exports', { method, ...(body === undefined ? {} : { body }) }),
      id,
      of,
    ).catch((error: unknown) => thrownReply(error, () => {}))
  return { files, ask }
}
function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'takeboard-exports-'))
  dirs.push(dir)
  return join(dir, 'exports')
}
const begin = async ({ ask }: ReturnType<typeof exportsIn>, title = 'Main'): Promise<string> => {
  const reply = await ask('POST', null, null, JSON.stringify({ title }))
  expect(reply.status).toBe(201)
  return ((await reply.json()) as { id: string }).id
}

describe('a file that a page makes', () => {
  it('is written in any order, has its name only when it is whole, and can be saved elsewhere', async () => {
    const dir = folder()
    const studio = exportsIn(dir)
    const id = await begin(studio, 'Main: "cut"/1')
    expect((await studio.ask('PUT', id, '4', 'body')).status).toBe(204)
    expect((await studio.ask('PUT', id, '0', 'head')).status).toBe(204)
    expect(readdirSync(dir)).toEqual([`${id}.part`])
    expect((await studio.ask('GET', id, null)).status).toBe(404)

    const done = await studio.ask('POST', id, null, JSON.stringify({ bytes: 8 }))
    expect(await done.json()).toEqual({ id, name: 'Main cut 1.mp4', path: join(dir, 'Main cut 1.mp4'), bytes: 8 })
    expect(readdirSync(dir)).toEqual(['Main cut 1.mp4'])
    const saved = await studio.ask('GET', id, null)
    expect(await saved.text()).toBe('headbody')
    expect(saved.headers.get('content-disposition')).toContain('attachment; filename="Main cut 1.mp4"')
  })

  it('never takes the place of another', async () => {
    const dir = folder()
    const studio = exportsIn(dir)
    for (const text of ['one', 'two', 'six']) {
      const id = await begin(studio)
      await studio.ask('PUT', id, '0', text)
      await studio.ask('POST', id, null, JSON.stringify({ bytes: 3 }))
    }
    const read = (name: string) => readFileSync(join(dir, name), 'utf8')
    expect([read('Main.mp4'), read('Main 2.mp4'), read('Main 3.mp4')]).toEqual(['one', 'two', 'six'])
  })

  it('leaves nothing when it is given up, too short, left alone, or left by an earlier studio', async () => {
    const dir = folder()
    mkdirSync(dir)
    writeFileSync(join(dir, 'e9.part'), 'left by a crash')
    writeFileSync(join(dir, 'Mine.mp4'), 'whole')
    const studio = exportsIn(dir)
    const given = await begin(studio)
    await studio.ask('PUT', given, '0', 'text')
    expect((await studio.ask('DELETE', given, null)).status).toBe(204)
    const short = await begin(studio)
    await studio.ask('PUT', short, '0', 'text')
    expect((await studio.ask('POST', short, null, JSON.stringify({ bytes: 9 }))).status).toBe(400)
    const late = await studio.ask('PUT', short, '0', 'text')
    expect([late.status, ((await late.json()) as { code: string }).code]).toEqual([404, 'not-found'])
    expect(readdirSync(dir)).toEqual(['Mine.mp4'])

    const hurried = exportsIn(dir, true)
    const alone = await begin(hurried)
    await vi.waitFor(() => expect(existsSync(join(dir, `${alone}.part`))).toBe(false))

    const open = await begin(studio)
    await studio.ask('PUT', open, '0', 'text')
    await studio.files.close()
    expect(readdirSync(dir)).toEqual(['Mine.mp4'])
  })

  it('is refused in words where the address or the size is wrong', async () => {
    const studio = exportsIn(folder())
    const id = await begin(studio)
    expect((await studio.ask('PUT', id, '-1', 'x')).status).toBe(400)
    expect((await studio.ask('PUT', id, '999999999999999', 'x')).status).toBe(400)
    expect((await studio.ask('POST', null, null, '{}')).status).toBe(400)
    expect((await studio.ask('GET', null, null)).status).toBe(405)
    expect((await studio.ask('PATCH', id, null, 'x')).status).toBe(405)
    await studio.files.close()
  })

  it('says that the disk is full, and gives back what it took of it', async ({ skip }) => {
    const disk = mountSmallDisk(4)
    if (disk === null) return skip('a file system of its own takes Linux and root')
    try {
      const dir = join(disk.dir, 'exports')
      const studio = exportsIn(dir)
      const id = await begin(studio)
      const piece = new Uint8Array(1024 * 1024)
      expect((await studio.ask('PUT', id, '0', piece)).status).toBe(204)
      disk.fill()
      const full = await studio.ask('PUT', id, String(piece.byteLength), piece)
      expect([full.status, await full.json()]).toMatchObject([507, { code: 'disk-full' }])
      expect(readdirSync(dir)).toEqual([])
    } finally {
      disk.unmount()
    }
  })
})

it('makes names that every system takes', () => {
  expect(exportName('  Harbour: night / 2  ')).toBe('Harbour night 2')
  expect(exportName('CON')).toBe('Sequence CON')
  expect(exportName('../..')).toBe('Sequence')
  expect(Buffer.byteLength(exportName('ü'.repeat(500)))).toBeLessThanOrEqual(200)
})
