import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { libraryKit } from './library-kit.ts'

const kit = libraryKit()
const { clipFile, readyTakes } = kit

describe('copying the library', () => {
  const copyTo = (path: string) => kit.rig().engine.call('library.copyTo', { path })

  it('makes a library that opens with everything, and leaves the one in use as it is', async () => {
    const takes = await readyTakes()
    const films = join(kit.rig().library, 'exports')
    mkdirSync(films)
    writeFileSync(join(films, 'Main cut.mp4'), 'a film')
    writeFileSync(join(films, 'e1.part'), 'half a film')
    expect((await kit.rig().engine.call('library.usage', {})).exportBytes).toBe(17)
    // A database as it is while it is used: some of it is only in the WAL.
    const target = kit.desk('copy')
    const answer = await copyTo(target)
    expect(answer).toMatchObject({ path: target, missing: 0, changed: 0 })
    expect(existsSync(`${target}.part`)).toBe(false)
    expect(readdirSync(join(target, 'exports'))).toEqual(['Main cut.mp4'])
    expect(readFileSync(join(target, 'exports', 'Main cut.mp4'), 'utf8')).toBe('a film')
    for (const take of takes) {
      const copied = clipFile(take).replace(kit.rig().library, target)
      expect(createHash('sha256').update(readFileSync(copied)).digest('hex')).toBe(take.clip?.sha256)
      expect(statSync(copied.replace(/mp4$/, 'json')).isFile()).toBe(true)
    }
    expect(readFileSync(join(target, 'submissions.jsonl'))).toEqual(
      readFileSync(join(kit.rig().library, 'submissions.jsonl')),
    )
    const before = await kit.rig().engine.call('project.get', { projectId: kit.rig().projectId })
    expect((await kit.rig().engine.call('library.verify', { offset: 0, limit: 9 })).bad).toEqual([])

    await kit.rig().reopen({ library: target })
    const after = await kit.rig().engine.call('project.get', { projectId: kit.rig().projectId })
    expect(after.takes).toEqual(before.takes)
    expect(after.budget).toEqual(before.budget)
    expect((await kit.rig().engine.call('studio.get', {})).runner.halted).toBeNull()
    expect((await kit.rig().engine.doctor()).filter(({ state }) => state === 'problem')).toEqual([])
    await kit.rig().reopen({})
  })

  it('says what was missing or changed, and copies the rest', async () => {
    const [one, two] = await readyTakes()
    rmSync(clipFile(one))
    writeFileSync(clipFile(two), 'not a clip any more')
    expect(await copyTo(kit.desk('copy'))).toMatchObject({ missing: 1, changed: 1 })
  })

  it('refuses folders it must not write to', async () => {
    const inside = join(kit.rig().library, 'copy')
    const full = kit.desk('full')
    mkdirSync(full)
    writeFileSync(join(full, 'mine.txt'), 'mine')
    writeFileSync(kit.desk('file'), '')
    symlinkSync(kit.rig().library, kit.desk('link'))
    symlinkSync(full, kit.desk('link-to-full'))
    for (const path of [
      inside,
      kit.rig().library,
      dirname(kit.rig().library),
      'relative/folder',
      `${kit.rig().library}/../library/copy`,
      `${kit.desk()}/full/../../${kit.rig().library.slice(tmpdir().length)}/copy`,
      kit.desk('link', 'copy'),
      kit.desk('link-to-full'),
      full,
      kit.desk('file'),
      kit.desk('no', 'such', 'parent'),
      `${kit.desk()}/copy\0`,
    ])
      await expect(copyTo(path)).rejects.toMatchObject({ code: 'bad-input' })
    expect(readdirSync(full)).toEqual(['mine.txt'])
    expect(existsSync(inside)).toBe(false)
    mkdirSync(kit.desk('copy.part'))
    await expect(copyTo(kit.desk('copy'))).rejects.toMatchObject({ code: 'bad-input' })
    expect(existsSync(kit.desk('copy.part'))).toBe(true)
  })

  it('follows no link inside the library', async () => {
    await readyTakes()
    const secret = kit.desk('secret')
    writeFileSync(secret, 'secret')
    const name = `${'a'.repeat(64)}.mp4`
    mkdirSync(join(kit.rig().library, 'clips', 'aa'), { recursive: true })
    symlinkSync(secret, join(kit.rig().library, 'clips', 'aa', name))
    await copyTo(kit.desk('copy'))
    expect(existsSync(kit.desk('copy', 'clips', 'aa', name))).toBe(false)
  })

  it('does not begin without room for all of it', async () => {
    await readyTakes()
    await kit.rig().reopen({ freeBytes: async (dir) => (dir === kit.desk() ? 1_000_000 : 10 ** 12) })
    await expect(copyTo(kit.desk('copy'))).rejects.toMatchObject({ code: 'disk-full' })
    expect(readdirSync(kit.desk())).toEqual([])
  })

  it('waits for nothing that could be sent twice', async () => {
    await kit.rig().fake.script({ hold: true })
    const { takeIds } = await kit.rig().start({})
    await kit.rig().until(takeIds.slice(0, 1), ({ phase }) => phase === 'running')
    await expect(copyTo(kit.desk('copy'))).rejects.toMatchObject({ code: 'conflict' })
    expect(existsSync(kit.desk('copy.part'))).toBe(false)
  })
})
