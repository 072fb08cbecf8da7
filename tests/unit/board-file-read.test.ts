import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { boardImagePaths, MAX_BOARD_BYTES, readBoard } from '../../electron/engine/interchange/read-board.ts'

const board = {
  takeboard: 1,
  title: 'One',
  cast: [
    { name: 'Mara', image: 'cast/a.png' },
    { name: 'Mara', image: './cast//b.png' },
  ],
  scenes: [{ prompt: '@Mara' }],
}

let dir: string
let file: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'takeboard-board-'))
  file = join(dir, 'one.board.json')
  await mkdir(join(dir, 'cast'))
})
afterEach(() => rm(dir, { recursive: true, force: true }))

const write = (content: string | Uint8Array) => writeFile(file, content)

describe('readBoard', () => {
  it('reads a board and says which folder it is in', async () => {
    await write(JSON.stringify(board))
    await expect(readBoard(file)).resolves.toMatchObject({ dir, board: { title: 'One' } })
  })

  it('carries all problems as data', async () => {
    await write(JSON.stringify({ ...board, titel: 1, scenes: [{ prompt: '@Mra' }] }))
    await expect(readBoard(file)).rejects.toMatchObject({
      code: 'board-invalid',
      message: `${file} has 2 mistakes.`,
      data: [{ path: 'titel' }, { path: 'scenes[0].prompt', found: '@Mra', allowed: '@Mara' }],
    })
  })

  it('names a newer version', async () => {
    await write('{"takeboard": 7}')
    await expect(readBoard(file)).rejects.toMatchObject({ code: 'board-version', data: [{ found: 7 }] })
  })

  it('says why a file could not be read', async () => {
    const message = (text: string) => ({ code: 'board-unreadable', message: expect.stringContaining(text) })
    await expect(readBoard(join(dir, 'no.json'))).rejects.toMatchObject(message('there is no such file'))
    await expect(readBoard(dir)).rejects.toMatchObject(message('it is a folder'))
    await write(Uint8Array.of(0xff, 0xfe, 0x7b, 0))
    await expect(readBoard(file)).rejects.toMatchObject(message('it is not UTF-8 text'))
    await write(' '.repeat(MAX_BOARD_BYTES + 1))
    await expect(readBoard(file)).rejects.toMatchObject(message('it is larger than 4 MB'))
  })
})

describe('boardImagePaths', () => {
  const read = async () => {
    await write(JSON.stringify(board))
    return boardImagePaths((await readBoard(file)).board, dir)
  }

  it('locates every image', async () => {
    await writeFile(join(dir, 'cast/a.png'), 'a')
    await writeFile(join(dir, 'cast/b.png'), 'b')
    await expect(read()).resolves.toEqual({
      images: [
        { jsonPath: 'cast[0].image', image: 'cast/a.png', path: join(dir, 'cast/a.png') },
        { jsonPath: 'cast[1].image', image: './cast//b.png', path: join(dir, 'cast/b.png') },
      ],
      problems: [],
    })
  })

  it('reports what is missing and what links out of the folder', async () => {
    await symlink('/etc/hostname', join(dir, 'cast/b.png'))
    const { problems } = await read()
    expect(problems).toMatchObject([
      { path: 'cast[0].image', found: 'cast/a.png', message: 'The image could not be read: there is no such file.' },
      { path: 'cast[1].image', message: 'This link leads out of the folder of the board file.' },
    ])
  })
})
