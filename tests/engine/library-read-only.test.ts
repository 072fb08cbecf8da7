import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { CALLS, type CallName, type EngineEvent } from '../../shared/contract.ts'
import type { Engine } from '../../electron/engine/api.ts'
import { createKeyHolder } from '../../electron/hosts/key-holder.ts'
import { openStudio } from '../../electron/hosts/studio.ts'
import { listBackups } from '../../electron/engine/store/backups.ts'
import { memoryLogger } from '../support/stub-engine.ts'
import { cliKit, shortBoard } from './cli-kit.ts'

const RESOURCES = join(import.meta.dirname, '../../resources')

const kit = cliKit()
let engines: Engine[] = []
let board: string
/** A library with one take, made once; each test works on a copy. */
const made = join(kit.dir, 'made')
beforeAll(async () => {
  board = kit.board(shortBoard(1))
  await kit.run(['run', board, '--library', made])
}, 120_000)
afterEach(async () => {
  for (const engine of engines) await engine.close()
  engines = []
  rmSync(kit.library, { recursive: true, force: true })
})
afterAll(() => kit.close())

async function open(readOnly: boolean, library = kit.library) {
  const logger = memoryLogger()
  const vault = { source: 'file', load: () => null, save: () => null, remove: () => {}, caveat: () => null } as const
  const secrets = createKeyHolder({ env: {}, vault })
  const engine = await openStudio({ library, readOnly, secrets, logger, resourcesDir: RESOURCES })
  engines.push(engine)
  return { engine, logger }
}

/** Every file of the library but what SQLite keeps to share a WAL between processes, with what is in it. */
const contents = (library: string) =>
  readdirSync(library, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/^library\.db-(shm|wal)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => [path, readFileSync(path).toString('base64').slice(0, 4000), statSync(path).size])

const boardOf = (engine: Engine) =>
  engine.call('studio.get', {}).then(({ projects }) => {
    const [project] = projects
    if (!project) throw new Error('There is no project.')
    return engine.call('project.get', { projectId: project.id })
  })

describe('a library looked at from a second process', () => {
  it('shows what the first one does, as it does it, and serves its clips', async () => {
    cpSync(made, kit.library, { recursive: true })
    const { engine } = await open(true)
    expect((await boardOf(engine)).takes).toHaveLength(1)
    expect((await engine.call('studio.get', {})).runner.halted).toMatchObject({ code: 'library-read-only' })

    // The process that works with it makes another take, and is followed while it does.
    const heard: EngineEvent[] = []
    const ready = new Promise<void>((done) =>
      engine.onEvent((event) => {
        heard.push(event)
        const clips = heard.filter(
          ({ name, payload }) => name === 'take.put' && 'phase' in payload && payload.phase === 'ready',
        )
        if (clips.length > 0) done()
      }),
    )
    const working = kit.start(['run', board, '--takes', '2', '--library', kit.library])
    await ready
    const { takes } = await boardOf(engine)
    expect(takes.map(({ phase }) => phase)).toEqual(['ready', 'ready'])
    for (const { id, clip } of takes) {
      const reply = await engine.media(new Request(`http://studio/media/clips/${id}`))
      expect(reply.status).toBe(200)
      expect((await reply.arrayBuffer()).byteLength).toBe(clip?.bytes)
      expect((await engine.media(new Request(`http://studio/media/posters/${id}`))).status).toBe(200)
    }
    expect((await working.done).code).toBe(0)
    const numbers = heard.flatMap(({ seq }) => seq ?? [])
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b))
  })

  it('refuses every command by name, and leaves every byte as it is', async () => {
    cpSync(made, kit.library, { recursive: true })
    const before = contents(kit.library)
    const { engine, logger } = await open(true)
    const { project, storyboards, takes } = await boardOf(engine)
    // Inputs are read first, so what is refused here for its form is refused for that.
    const commands = (Object.keys(CALLS) as CallName[]).filter((name) => CALLS[name].kind === 'command')
    const done: string[] = []
    for (const name of commands) {
      await engine.call(name, {} as never).then(
        () => done.push(name),
        ({ code }: { code: string }) =>
          ['library-read-only', 'bad-input'].includes(code) || done.push(`${name}: ${code}`),
      )
    }
    expect(done).toEqual([])
    const refusal = { code: 'library-read-only' }
    const [board] = storyboards
    const [take] = takes
    if (!board || !take?.clip) throw new Error('A take was made.')
    await expect(engine.call('runner.resume', {})).rejects.toMatchObject(refusal)
    await expect(
      engine.call('project.update', { projectId: project.id, patch: { title: 'Mine' } }),
    ).rejects.toMatchObject(refusal)
    await expect(engine.call('take.judge', { takeIds: [take.id], patch: { rating: 5 } })).rejects.toMatchObject(refusal)
    await expect(engine.call('library.clean', { takeIds: [take.id] })).rejects.toMatchObject(refusal)
    await expect(engine.openBoard('any.board.json')).rejects.toMatchObject(refusal)
    const upload = await engine.media(new Request('http://studio/media/images', { method: 'POST', body: 'x' }))
    expect(upload.status).toBeGreaterThanOrEqual(400)
    // Pictures made by a page are kept for it in memory.
    const poster = `http://studio/media/derived/${take.clip.sha256}/probe`
    const probe = await engine.media(new Request(poster))
    expect([200, 204]).toContain(probe.status)

    expect(await engine.call('library.verify', { offset: 0, limit: 10 })).toMatchObject({ checked: 1, bad: [] })
    expect((await engine.call('board.export', { storyboardId: board.id })).text).toContain('Mara')
    expect(
      (await engine.call('history.list', { projectId: project.id, kinds: null, text: '', before: null, limit: 10 }))
        .entries,
    ).not.toEqual([])
    await engine.close()
    engines = []
    expect(contents(kit.library)).toEqual(before)
    expect(logger.lines.filter(({ level }) => level !== 'info')).toEqual([])
    // And it can be worked with as before.
    expect((await boardOf((await open(false)).engine)).takes).toHaveLength(1)
  })

  it('falls back to the newest good backup where the database cannot be read without writing', async () => {
    cpSync(made, kit.library, { recursive: true })
    const [backup] = listBackups(kit.library)
    expect(backup).toBeDefined()
    // What SQLite makes of a database it cannot open: here a torn one, on other systems a folder it may not write to.
    writeFileSync(join(kit.library, 'library.db'), 'not a database')
    const { engine } = await open(true)
    expect((await boardOf(engine)).scenes).toHaveLength(1)
    expect((await engine.call('studio.get', {})).runner.halted?.message).toContain('backup of')
    expect(readFileSync(join(kit.library, 'library.db'), 'utf8')).toBe('not a database')
  })

  it('says so when there is nothing to look at, and makes nothing', async () => {
    const nowhere = mkdtempSync(join(tmpdir(), 'takeboard-nowhere-'))
    await expect(open(true, nowhere)).rejects.toMatchObject({ code: 'not-found' })
    expect(readdirSync(nowhere)).toEqual([])
    rmSync(nowhere, { recursive: true })
  })
})
