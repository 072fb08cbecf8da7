import { createCanvas } from '@napi-rs/canvas'
import fc from 'fast-check'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Engine } from '../../electron/engine/api.ts'
import { parseBoardFile, type BoardFile } from '../../electron/engine/interchange/board-file.ts'
import type { BoardProblem } from '../../electron/engine/interchange/board-problems.ts'
import { BUNDLE_LIMITS } from '../../electron/engine/interchange/bundle-limits.ts'
import { writeBundle } from '../../electron/engine/interchange/bundle-write.ts'
import { createKeyHolder } from '../../electron/hosts/key-holder.ts'
import { openStudio } from '../../electron/hosts/studio.ts'
import { WireError } from '../../shared/errors.ts'
import type { ProjectId, Sha256, StoryboardId } from '../../shared/ids.ts'
import { ImageFile } from '../../shared/model.ts'
import { ASPECT_RATIOS, RESOLUTIONS } from '../../shared/models/happyhorse-1.1-r2v.ts'
import { usdMicros } from '../../shared/money.ts'
import { craftZip } from '../support/craft-zip.ts'
import { memoryLogger } from '../support/stub-engine.ts'
import { cliKit, SAMPLE, shortBoard } from './cli-kit.ts'

const root = resolve(import.meta.dirname, '../..')
const picture = createCanvas(400, 400).toBuffer('image/png')
const boardOf = (text: string): BoardFile => {
  const parsed = parseBoardFile(text)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  return parsed.board
}

describe('bundles in the engine', () => {
  let engine: Engine
  let library: string
  beforeEach(async () => {
    library = mkdtempSync(join(tmpdir(), 'takeboard-bundle-library-'))
    engine = await openStudio({
      library,
      secrets: createKeyHolder({
        env: {},
        vault: { source: 'file', load: () => null, save: () => null, remove: () => {}, caveat: () => null },
      }),
      logger: memoryLogger(),
      resourcesDir: join(root, 'resources'),
    })
  })
  afterEach(async () => {
    await engine.close()
    rmSync(library, { recursive: true, force: true })
  })

  const ask = (path: string, init: RequestInit = {}) =>
    engine.media(new Request(`http://127.0.0.1/media/${path}`, init))
  const send = (bytes: Uint8Array) => ask('bundles', { method: 'POST', body: new Uint8Array(bytes) })
  const takeIn = async (bytes: Uint8Array) => {
    const reply = await send(bytes)
    expect(reply.status).toBe(201)
    return (await reply.json()) as { text: string; images: Record<string, Sha256> }
  }
  const refusal = async (bytes: Uint8Array) => {
    const reply = await send(bytes)
    return { status: reply.status, ...WireError.parse(await reply.json()) }
  }
  const importFresh = async (bytes: Uint8Array) =>
    engine.call('board.import', { ...(await takeIn(bytes)), fresh: true })
  const projectOf = (projectId: ProjectId) => engine.call('project.get', { projectId })
  const exported = (storyboardId: StoryboardId) => engine.call('board.export', { storyboardId })
  const bundleOf = async (storyboardId: StoryboardId) => (await ask(`bundles/${storyboardId}`)).bytes()
  const bundle = (board: object, name = 'cast/mara-front.png') =>
    writeBundle(JSON.stringify(board), [{ path: name, bytes: picture }])

  it('gives the sample away and takes it back as the same board, byte for byte', async () => {
    const first = await engine.openBoard(SAMPLE)
    const given = await bundleOf(first.storyboardId)
    const second = await importFresh(given)
    const { text } = await exported(second.storyboardId)
    const titled = text.replace('"title": "The Long Pasture 2"', '"title": "The Long Pasture"')
    expect(titled).toBe((await exported(first.storyboardId)).text)
    await expect(text).toMatchFileSnapshot('../golden/bundle-board.json')
  })

  it('adds beside what is there: ids of its own, no cap, no takes, nothing sent', async () => {
    const before = await engine.openBoard(SAMPLE)
    const cap = usdMicros(5_000_000)
    await engine.call('project.update', { projectId: before.projectId, patch: { cap, provider: 'wavespeed' } })
    const { seq: _seq, ...mine } = await projectOf(before.projectId)
    const made = await importFresh(await bundle({ ...shortBoard(2), title: mine.project.title }))
    const { seq: _after, ...untouched } = await projectOf(before.projectId)
    expect(untouched).toEqual({ ...mine, project: { ...mine.project, openedAt: untouched.project.openedAt } })
    const { project, storyboards, casts, scenes, takes, budget } = await projectOf(made.projectId)
    expect(project).toMatchObject({ title: 'The Long Pasture 2', cap: null, provider: 'rehearsal' })
    expect({ takes, held: budget.held, spent: budget.spent }).toEqual({ takes: [], held: 0, spent: 0 })
    const idsOf = (of: typeof mine) =>
      [of.project, ...of.storyboards, ...of.casts, ...of.scenes, ...of.casts.flatMap((cast) => cast.references)].map(
        ({ id }) => String(id),
      )
    const theirs = new Set(idsOf({ ...mine, project, storyboards, casts, scenes }))
    expect(idsOf(mine).filter((id) => theirs.has(id))).toEqual([])
  })

  it('believes no price, cap, take, address or id, and names every mistake at once', async () => {
    const board = {
      ...shortBoard(1),
      cap_usd: '500.00',
      cast: [
        { name: 'A', image: 'file:///etc/passwd.png' },
        { name: 'B', image: '//server/share/b.png' },
        { name: 'C', image: '\\\\server\\share\\c.png' },
        { name: 'D', image: 'https://evil.example/d.png' },
        { name: 'E', image: '/etc/e.png' },
        { name: 'F', image: '../f.png' },
        { name: 'G', image: 'cast/missing.png' },
        { name: 'H', image: 'cast/text.png' },
      ],
      scenes: [{ prompt: '@A', price_usd: '0.00', prediction_id: 'x', takes: [] }],
    }
    const bytes = await writeBundle(JSON.stringify(board), [{ path: 'cast/text.png', bytes: Buffer.from('text') }])
    const { status, code, data } = await refusal(bytes)
    expect({ status, code }).toEqual({ status: 422, code: 'board-invalid' })
    expect((data as BoardProblem[]).map(({ path }) => path).toSorted()).toEqual(
      [
        'cap_usd',
        ...[0, 1, 2, 3, 4, 5, 6, 7].map((index) => `cast[${index}].image`),
        'scenes[0].price_usd',
        'scenes[0].prediction_id',
        'scenes[0].takes',
      ].toSorted(),
    )
    expect((await engine.call('studio.get', {})).projects).toEqual([])
    expect(readdirSync(join(library, 'images'))).toEqual([])
  })

  it('refuses attacks, damage and size over the wire, and stores nothing', async () => {
    const board = { name: 'board.json', content: Buffer.from(JSON.stringify(shortBoard(1))) }
    const link = { name: 'cast/mara-front.png', content: Buffer.from('/etc/passwd'), mode: 0o120777 }
    expect(await refusal(craftZip([board, link]))).toMatchObject({ status: 422, code: 'board-invalid' })
    const out = { name: '../../library.db', content: picture }
    expect(await refusal(craftZip([board, out]))).toMatchObject({ status: 422, code: 'board-unreadable' })
    expect(await refusal(Buffer.from('no zip'))).toMatchObject({ status: 422, code: 'board-unreadable' })
    expect(await refusal(Buffer.alloc(BUNDLE_LIMITS.fileBytes + 1))).toMatchObject({ status: 413 })
    const latin = { name: 'board.json', content: Buffer.from('{"title":"\xe9"}', 'latin1') }
    expect(await refusal(craftZip([latin]))).toMatchObject({ code: 'board-unreadable', message: /not UTF-8/ })
    const newer = { name: 'board.json', content: Buffer.from('{"takeboard":2}') }
    expect(await refusal(craftZip([newer]))).toMatchObject({ code: 'board-version' })
    expect(readdirSync(join(library, 'images'))).toEqual([])
  })

  it('has bundles of storyboards only, and takes them by POST only', async () => {
    expect((await ask('bundles/nothing')).status).toBe(404)
    expect((await ask('bundles')).status).toBe(405)
    expect((await ask('bundles/x', { method: 'POST', body: 'x' })).status).toBe(405)
  })

  it('says what keeps a storyboard from being given away, and what a file cannot say', async () => {
    const { storyboardId, sceneIds, projectId } = await engine.openBoard(SAMPLE)
    const [first, second] = sceneIds
    const { casts } = await projectOf(projectId)
    const mara = casts.flatMap(({ references }) => references).filter(({ name }) => name === 'Mara')
    if (!first || !second || mara.length < 2 || !mara[0]) throw new Error('The sample has them.')
    await engine.call('scene.update', { sceneId: first, patch: { references: [mara[0].id] } })
    expect((await exported(storyboardId)).losses).toEqual([
      'Scene 1 uses some images of a character only; in the file it uses all of them.',
    ])
    await engine.call('scene.update', { sceneId: second, patch: { prompt: '' } })
    await expect(exported(storyboardId)).rejects.toMatchObject({
      code: 'board-invalid',
      message: 'The Long Pasture is not complete enough for a file. Scene 2, prompt: This is empty.',
      data: [expect.objectContaining({ path: 'scenes[1].prompt' })],
    })
    expect((await ask(`bundles/${storyboardId}`)).status).toBe(422)
  })

  it('gives back every board it was given (property)', async () => {
    const uploaded = await ask('images', { method: 'POST', body: new Uint8Array(picture) })
    const { sha256 } = ImageFile.parse(await uploaded.json())
    const seed = fc.oneof(fc.constant('random'), fc.integer({ min: 1, max: 2_147_483_647 }))
    const settings = {
      resolution: fc.constantFrom(...RESOLUTIONS),
      aspect_ratio: fc.constantFrom(...ASPECT_RATIOS),
      duration: fc.integer({ min: 3, max: 15 }),
    }
    const words = fc.string({ maxLength: 30, unit: 'grapheme' }).filter((text) => !text.includes('\0'))
    const scene = fc.record(
      {
        title: words,
        prompt: fc.constantFrom('@Mara waits', '@Juniper and @Mara', 'No one'),
        notes: words,
        dialogue: words,
        ...settings,
        seed: fc.oneof(seed, fc.constant({ scene: 'first' })),
        references: fc.subarray(['Mara', 'Juniper'], { minLength: 1 }),
      },
      { requiredKeys: ['prompt'] },
    )
    const cast = [
      { name: 'Mara', image: 'm.png' },
      { name: 'Juniper', image: 'j.png' },
    ]
    const boards = fc.record({
      takeboard: fc.constant(1),
      title: fc.constant('Any'),
      cast: fc.constant(cast),
      style: words,
      defaults: fc.record({ ...settings, seed }, { requiredKeys: [] }),
      scenes: fc
        .array(scene, { maxLength: 5 })
        .map((scenes) => [{ number: 'first', prompt: 'Open', seed: 'random' }, ...scenes]),
    })
    const withoutPaths = (board: BoardFile) => ({ ...board, cast: board.cast.map(({ name }) => name) })
    await fc.assert(
      fc.asyncProperty(boards, async (board) => {
        const text = JSON.stringify(board)
        const images = { 'm.png': sha256, 'j.png': sha256 }
        const { storyboardId } = await engine.call('board.import', { text, images, fresh: true })
        const back = await exported(storyboardId)
        expect(withoutPaths(boardOf(back.text))).toEqual({ ...withoutPaths(boardOf(text)), title: 'Any' })
        expect(back.losses).toEqual([])
        const zip = await bundleOf(storyboardId)
        expect(await takeIn(zip)).toEqual({ text: back.text, images: back.images })
      }),
      { numRuns: 40 },
    )
  })
})

describe('bundles on the command line', () => {
  let kit: ReturnType<typeof cliKit>
  beforeEach(() => {
    kit = cliKit()
  })
  afterEach(() => kit.close())
  const inLibrary = (name: string) => ['--library', join(kit.dir, name)]

  it('carries a board from one library to another, and on as a board file', async () => {
    expect((await kit.run(['import', SAMPLE, ...inLibrary('a')])).code).toBe(0)
    const there = join(kit.dir, 'there.takeboard')
    const project = ['--project', 'The Long Pasture']
    const out = await kit.run(['export', '--format', 'bundle', ...project, '--out', there, ...inLibrary('a')])
    expect([out.code, out.stderr]).toEqual([0, ''])
    expect(out.stdout).toContain('The Long Pasture with 7 images written to ')
    const taken = await kit.run(['import', there, ...inLibrary('b'), '--json'])
    expect(taken.code).toBe(0)
    expect(JSON.parse(taken.stdout)).toMatchObject({ project: 'The Long Pasture', scenes: 12 })
    const back = join(kit.dir, 'back.takeboard')
    await kit.run(['export', '--format', 'bundle', '--out', back, ...inLibrary('b')])
    expect(readFileSync(back).equals(readFileSync(there))).toBe(true)

    const file = join(kit.dir, 'folder', 'pasture.board.json')
    const storyboard = ['--storyboard', 'The Long Pasture']
    const written = await kit.run(['export', '--format', 'board', ...storyboard, '--out', file, ...inLibrary('b')])
    expect(written.code).toBe(0)
    expect((await kit.run(['estimate', file])).code).toBe(0)
    expect(boardOf(readFileSync(file, 'utf8')).scenes).toEqual(boardOf(readFileSync(SAMPLE, 'utf8')).scenes)
    expect(readdirSync(kit.dir, { recursive: true }).filter((name) => String(name).endsWith('.part'))).toEqual([])
  })

  it('adds to a project that is named without changing it, twice if asked', async () => {
    const board = join(kit.dir, 'short.takeboard')
    writeFileSync(
      board,
      await writeBundle(JSON.stringify(shortBoard(2)), [{ path: 'cast/mara-front.png', bytes: picture }]),
    )
    const into = ['--project', 'Mine', ...inLibrary('a')]
    const said: string[] = []
    for (let time = 0; time < 2; time++) said.push((await kit.run(['import', board, ...into])).stdout)
    expect(said).toEqual(['Short is in the project Mine: 2 scenes.\n', 'Short 2 is in the project Mine: 2 scenes.\n'])
    const which = await kit.run(['export', '--format', 'bundle', '--out', 'x.takeboard', ...into])
    expect([which.code, which.stderr]).toEqual([2, expect.stringContaining('--storyboard: Short, Short 2.')])
    const nobody = ['--storyboard', 'Shorty', '--out', 'x.takeboard']
    expect((await kit.run(['export', '--format', 'bundle', ...nobody, ...into])).stderr).toContain(
      'Did you mean Short?',
    )
  })

  it('refuses an attack before a library is made', async () => {
    const evil = join(kit.dir, 'evil.takeboard')
    writeFileSync(evil, craftZip([{ name: '../../evil.png', content: picture }]))
    const { code, stderr } = await kit.run(['import', evil, ...inLibrary('none')])
    expect(code).toBe(2)
    expect(stderr).toContain(
      'evil.takeboard is not a bundle that can be opened: invalid relative path: ../../evil.png.',
    )
    expect(stderr).toContain('Nothing was imported.')
    writeFileSync(evil, await writeBundle(JSON.stringify({ ...shortBoard(1), titel: 'x' }), []))
    const wrong = await kit.run(['import', evil, ...inLibrary('none')])
    expect(wrong.stderr).toContain(`${evil} has 2 mistakes.`)
    expect(existsSync(join(kit.dir, 'none'))).toBe(false)
    expect((await kit.run(['import', join(kit.dir, 'absent.takeboard'), ...inLibrary('none')])).code).toBe(2)
  })

  it('leaves what is there when a file cannot be written', async () => {
    await kit.run(['import', SAMPLE, ...inLibrary('a')])
    const out = join(kit.dir, 'absent', 'x.takeboard')
    const { code, stderr } = await kit.run(['export', '--format', 'bundle', '--out', out, ...inLibrary('a')])
    expect([code, stderr]).toEqual([2, expect.stringContaining('could not be written')])
    for (const [format, name] of [
      ['bundle', 'x.zip'],
      ['board', 'x.json'],
    ] as const)
      expect((await kit.run(['export', '--format', format, '--out', name, ...inLibrary('a')])).code).toBe(2)
  })
})
