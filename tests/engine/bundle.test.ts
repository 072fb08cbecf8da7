import { createCanvas } from '@napi-rs/canvas'
import fc from 'fast-check'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { deflateRawSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { ZipFile } from 'yazl'
import { parseBoardFile } from '../../electron/engine/interchange/board-file.ts'
import type { BoardProblem } from '../../electron/engine/interchange/board-problems.ts'
import { BUNDLE_LIMITS } from '../../electron/engine/interchange/bundle-limits.ts'
import { unpackBundle, withUnpacked } from '../../electron/engine/interchange/bundle-read.ts'
import { writeBundle } from '../../electron/engine/interchange/bundle-write.ts'
import { TakeboardError } from '../../shared/errors.ts'
import { craftZip, type CraftedEntry } from '../support/craft-zip.ts'

const root = mkdtempSync(join(tmpdir(), 'takeboard-bundle-test-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
let made = 0
const freshDir = () => {
  const dir = join(root, String(made++), 'inside')
  mkdirSync(dir, { recursive: true })
  return dir
}

const picture = createCanvas(400, 400).toBuffer('image/png')
const boardText = (more: object = {}) =>
  JSON.stringify({
    takeboard: 1,
    title: 'Short',
    cast: [{ name: 'Mara', image: 'cast/mara.png' }],
    scenes: [{ prompt: '@Mara walks' }],
    ...more,
  })
const BOARD: CraftedEntry = { name: 'board.json', content: Buffer.from(boardText()) }
const IMAGE: CraftedEntry = { name: 'cast/mara.png', content: picture }

/** Tries to unpack; the folder it had and everything around it is looked at afterwards. */
async function attempt(bytes: Uint8Array) {
  const dir = freshDir()
  const error = await unpackBundle(bytes, dir, 'The bundle').then(
    () => null,
    (thrown: unknown) => thrown,
  )
  const outside = readdirSync(join(dir, '..')).filter((name) => name !== 'inside')
  return { dir, error, written: readdirSync(dir, { recursive: true }).map(String), outside }
}

const problemsOf = (error: unknown) =>
  error instanceof TakeboardError && error.code === 'board-invalid' ? (error.data as BoardProblem[]) : []

/** Why a bundle is refused, all reasons. @throws Error when it is not, or when a byte of it was written */
async function refusal(bytes: Uint8Array): Promise<string> {
  const { error, written, outside } = await attempt(bytes)
  if (!(error instanceof TakeboardError)) throw new Error(`Not refused, but: ${String(error)}`)
  if (written.length + outside.length > 0) throw new Error(`Refused, but wrote ${[...written, ...outside].join()}`)
  return [error.message, ...problemsOf(error).map(({ message }) => message)].join('\n')
}

describe('a sound bundle', () => {
  it('unpacks what was packed, and nothing else', async () => {
    const bytes = await writeBundle(boardText(), [{ path: 'cast/mara.png', bytes: picture }])
    const { dir, error, written } = await attempt(bytes)
    expect(error).toBeNull()
    expect(new Set(written)).toEqual(new Set(['board.json', 'cast', join('cast', 'mara.png')]))
    expect(readFileSync(join(dir, 'board.json'), 'utf8')).toBe(boardText())
    expect(readFileSync(join(dir, 'cast', 'mara.png')).equals(picture)).toBe(true)
  })

  it('is the same bytes for the same board', async () => {
    const pack = () => writeBundle(boardText(), [{ path: 'cast/mara.png', bytes: picture }])
    expect(Buffer.from(await pack()).equals(await pack())).toBe(true)
  })

  it('may be packed again by another program: deflated, with folders listed', async () => {
    const zip = new ZipFile()
    const packed = buffer(zip.outputStream)
    zip.addEmptyDirectory('cast')
    zip.addBuffer(Buffer.from(boardText()), 'board.json', { compress: true })
    zip.addBuffer(picture, 'cast/mara.png', { compress: true })
    zip.end()
    expect((await attempt(await packed)).error).toBeNull()
  })

  it('takes its temporary folder away, also when the work fails', async () => {
    const bytes = await writeBundle(boardText(), [])
    let seen = ''
    await expect(
      withUnpacked(bytes, 'The bundle', async (path) => {
        seen = path
        expect(existsSync(path)).toBe(true)
        throw new Error('stop')
      }),
    ).rejects.toThrow('stop')
    expect(seen).not.toBe('')
    expect(existsSync(join(seen, '..'))).toBe(false)
  })
})

describe('names that lead elsewhere', () => {
  it.each([
    ['/etc/cron.d/x.png', /absolute path/],
    ['C:/Windows/x.png', /absolute path/],
    ['../x.png', /invalid relative path/],
    ['cast/../../x.png', /invalid relative path/],
    ['cast\\..\\..\\x.png', /invalid characters/],
    ['\\\\server\\share\\x.png', /invalid characters/],
    ['cast/./x.png', /something else on another system/],
    ['cast//x.png', /something else on another system/],
    ['cast/x.png:hidden.png', /something else on another system/],
    ['file:x.png', /something else on another system/],
    ['cast/nul.png', /something else on another system/],
    ['cast./x.png', /something else on another system/],
    ['cast/x\0.png', /something else on another system/],
    ['cast/x\n.png', /something else on another system/],
    [`cast/${'x'.repeat(250)}.png`, /too long/],
  ])('refuses %j', async (name, reason) => {
    expect(await refusal(craftZip([BOARD, { name, content: picture }]))).toMatch(reason)
  })

  it('refuses symbolic links and devices, whatever system they claim to be from', async () => {
    for (const mode of [0o120777, 0o060644, 0o010644, 0o140644])
      for (const madeBy of [3, 19, 0]) {
        const link = { name: 'cast/mara.png', content: Buffer.from('/etc/passwd'), mode, madeBy }
        expect(await refusal(craftZip([BOARD, link]))).toMatch(/link or a device/)
      }
  })

  it('refuses one name twice, in other case, in another Unicode form, and a file where a folder is', async () => {
    for (const [first, second] of [
      ['cast/mara.png', 'cast/mara.png'],
      ['cast/mara.png', 'CAST/Mara.PNG'],
      ['cast/é.png', 'cast/e\u0301.png'],
      ['cast.png', 'cast.png/mara.png'],
    ] as const) {
      const entries = [BOARD, { name: first, content: picture }, { name: second, content: picture }]
      expect(await refusal(craftZip(entries))).toMatch(/would take the place of/)
    }
    expect(await refusal(craftZip([BOARD, BOARD]))).toMatch(/would take the place of/)
  })

  it('refuses names that are not UTF-8, or say two things', async () => {
    const latin = { ...IMAGE, name: Buffer.from('cast/mar\xe9.png', 'latin1') }
    expect(await refusal(craftZip([BOARD, { ...latin, utf8: true }]))).toMatch(/not UTF-8/)
    expect(await refusal(craftZip([BOARD, { ...latin, utf8: false }]))).toMatch(/not UTF-8/)
    expect(await refusal(craftZip([BOARD, { ...IMAGE, unicodeName: 'cast/other.png' }]))).toMatch(/not UTF-8/)
  })
})

describe('too much', () => {
  const zeros = (bytes: number) => Buffer.alloc(bytes)

  it('refuses too many entries', async () => {
    const many = Array.from({ length: BUNDLE_LIMITS.entries }, (_, index) => ({ ...IMAGE, name: `cast/${index}.png` }))
    expect(await refusal(craftZip([BOARD, ...many]))).toMatch(/it holds 33 files/)
  })

  it('refuses a picture and a board that are too large', async () => {
    const stored = { name: 'cast/big.png', content: zeros(BUNDLE_LIMITS.imageBytes + 1) }
    expect(await refusal(craftZip([BOARD, stored]))).toMatch(/too large/)
    expect(await refusal(craftZip([{ name: 'board.json', content: zeros(BUNDLE_LIMITS.boardBytes + 1) }]))).toMatch(
      /too large/,
    )
  })

  it('refuses more than everything may be together, and a file over the limit', async () => {
    const claimed = Array.from({ length: 10 }, (_, index) => ({
      ...IMAGE,
      name: `cast/${index}.png`,
      claim: { uncompressed: BUNDLE_LIMITS.imageBytes, compressed: BUNDLE_LIMITS.imageBytes },
    }))
    expect(await refusal(craftZip([BOARD, ...claimed]))).toMatch(/holds too much/)
    expect(await refusal(zeros(BUNDLE_LIMITS.fileBytes + 1))).toMatch(/it is over 94 MB/)
  })

  it('refuses what unpacks to far more than it is', async () => {
    const bomb = { name: 'cast/bomb.png', content: zeros(8 * 1024 * 1024), deflate: true }
    expect(await refusal(craftZip([BOARD, bomb]))).toMatch(/far more than it is/)
  })

  it('stops at the size that was claimed when there is more', async () => {
    const packed = deflateRawSync(zeros(8 * 1024 * 1024))
    const claim = { uncompressed: 1000, compressed: packed.byteLength }
    const { error, written } = await attempt(craftZip([{ ...IMAGE, content: packed, method: 8, claim }, BOARD]))
    expect(error).toMatchObject({ code: 'board-unreadable', message: expect.stringMatching(/too many bytes/) })
    expect(written).toEqual([])
  })
})

describe('what does not belong', () => {
  it('refuses a bundle without a board, and one whose board is elsewhere', async () => {
    expect(await refusal(craftZip([IMAGE]))).toMatch(/This is missing/)
    expect(await refusal(craftZip([IMAGE, { ...BOARD, name: 'BOARD.json' }]))).toMatch(/This is missing/)
    expect(await refusal(craftZip([BOARD, IMAGE, { ...BOARD, name: 'cast/board.json' }]))).toMatch(/does not belong/)
  })

  it('refuses databases, programs and pages', async () => {
    for (const name of ['library.db', 'submissions.jsonl', 'run.sh', 'cast/mara.svg', 'index.html'])
      expect(await refusal(craftZip([BOARD, IMAGE, { name, content: Buffer.from('x') }]))).toMatch(/does not belong/)
  })

  it('refuses encrypted entries and other packings', async () => {
    expect(await refusal(craftZip([BOARD, { ...IMAGE, encrypted: true }]))).toMatch(/encrypted/)
    expect(await refusal(craftZip([BOARD, { ...IMAGE, method: 12 }]))).toMatch(/does not read/)
  })

  it('says all of it at once', async () => {
    const { error } = await attempt(
      craftZip([
        { name: 'a.exe', content: picture },
        { ...IMAGE, encrypted: true },
        { ...IMAGE, mode: 0o120777 },
      ]),
    )
    expect(problemsOf(error).map(({ path }) => path)).toEqual([
      'a.exe',
      'cast/mara.png',
      'cast/mara.png',
      'cast/mara.png',
      'board.json',
    ])
  })
})

describe('damage', () => {
  const sound = () => craftZip([BOARD, { ...IMAGE, deflate: true }])

  it('refuses every shorter file', async () => {
    const whole = sound()
    for (let length = 0; length < whole.byteLength; length++) {
      const { error, outside } = await attempt(whole.subarray(0, length))
      expect(error).toMatchObject({ code: 'board-unreadable' })
      expect(outside).toEqual([])
    }
  })

  it('refuses content that does not fit its checksum', async () => {
    const bytes = craftZip([BOARD, IMAGE])
    const at = bytes.indexOf('@Mara walks')
    bytes[at + 1] = (bytes[at + 1] ?? 0) ^ 1
    const { error } = await attempt(bytes)
    expect(error).toMatchObject({ message: expect.stringContaining('the content of board.json is damaged') })
  })

  it('never throws anything else and never leaves its folder, whatever the bytes (property)', async () => {
    const whole = sound()
    const change = fc.record({ at: fc.nat({ max: whole.byteLength - 1 }), to: fc.integer({ min: 0, max: 255 }) })
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
        const bytes = Buffer.from(whole)
        for (const { at, to } of changes) bytes[at] = to
        const { dir, error, outside } = await attempt(bytes)
        expect(outside).toEqual([])
        const board = error === null ? readFileSync(join(dir, 'board.json'), 'utf8') : null
        expect(error instanceof TakeboardError || (board !== null && parseBoardFile(board).ok)).toBe(true)
      }),
      { numRuns: 300 },
    )
  })
})
