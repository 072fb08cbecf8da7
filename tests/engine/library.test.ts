import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { present } from '../../shared/assert.ts'
import type { LibrarySearch } from '../../shared/contract.ts'
import type { Take } from '../../shared/model.ts'
import { usdMicros } from '../../shared/money.ts'
import { openStore } from '../../electron/engine/store/open-store.ts'
import { searchSql, searchTakes } from '../../electron/engine/store/library.ts'
import { createTrash } from '../../electron/hosts/trash.ts'
import { fillLibrary } from '../bench/fill-library.ts'
import { mountSmallDisk } from '../support/small-disk.ts'
import { libraryKit } from './library-kit.ts'

const ALL: LibrarySearch = {
  text: '',
  projectId: null,
  character: null,
  seed: null,
  minRating: 0,
  state: 'all',
  label: null,
  provider: null,
  from: null,
  to: null,
  minPrice: null,
  maxPrice: null,
  sort: 'newest',
  offset: 0,
  limit: 100,
}

const kit = libraryKit()
const { clipFile, place, readyTakes } = kit
const bin = () => kit.desk('data', 'Trash')
const search = (wish: Partial<LibrarySearch>) => kit.rig().engine.call('library.search', { ...ALL, ...wish })
const slates = async (wish: Partial<LibrarySearch>) => (await search(wish)).takes.map(({ slate }) => slate)
const usage = () => kit.rig().engine.call('library.usage', {})
const clean = (...takes: readonly Take[]) =>
  kit.rig().engine.call('library.clean', { takeIds: takes.map(({ id }) => id) })
const judge = (take: Take, patch: Partial<Pick<Take, 'rating' | 'rejected' | 'label'>>) =>
  kit.rig().engine.call('take.judge', { takeIds: [take.id], patch })

describe('searching the library', () => {
  it('finds takes of every project by words, character, seed, judgement, provider, time and price', async () => {
    const takes = await readyTakes()
    const [one, two, three] = takes
    expect(await search({})).toMatchObject({ total: 3 })
    expect(await slates({ sort: 'oldest' })).toHaveLength(3)
    expect(await slates({ text: '2-1' })).toEqual(['2-1'])
    expect(await slates({ text: '02-1' })).toEqual(['2-1'])
    const { scenes } = await kit.rig().engine.call('project.get', { projectId: kit.rig().projectId })
    const title = present(scenes.find(({ id }) => id === three.sceneId)?.title, 'it has one')
    expect(await slates({ text: title.toUpperCase() })).toEqual(['3-1'])
    expect(await slates({ text: `${title} nowhere` })).toEqual([])
    const word = present(/\w{5,}/.exec(one.request.prompt)?.[0], 'a long word')
    expect(await slates({ text: `${word} 1-1` })).toEqual(['1-1'])
    expect(await slates({ text: '%' })).toEqual([])
    expect(await slates({ text: "' OR 1=1 --" })).toEqual([])

    const names = await kit.rig().engine.call('library.characters', {})
    expect(names).toEqual(
      [...new Set(takes.flatMap(({ request }) => request.references.map(({ name }) => name)))].sort(),
    )
    const [name] = names
    expect(await slates({ character: present(name, 'the sample has a cast'), sort: 'oldest' })).toEqual(
      takes
        .filter(({ request }) => request.references.some((each) => each.name === name))
        .map(({ number }, at) => `${at + 1}-${number}`),
    )
    expect(await slates({ seed: one.request.seed })).toContain('1-1')
    expect(await slates({ seed: 123 })).toEqual([])

    await judge(one, { rating: 4, label: 'green' })
    await judge(two, { rejected: true })
    await kit.rig().engine.call('scene.pick', { sceneId: one.sceneId, takeId: one.id })
    expect(await slates({ minRating: 4 })).toEqual(['1-1'])
    expect(await slates({ label: 'green' })).toEqual(['1-1'])
    expect(await slates({ state: 'picked' })).toEqual(['1-1'])
    expect(await slates({ state: 'rejected' })).toEqual(['2-1'])
    expect(await slates({ state: 'unrated' })).toEqual(['3-1'])
    expect(await slates({ provider: 'rehearsal' })).toEqual([])
    expect(await slates({ minPrice: one.price, maxPrice: one.price })).toContain('1-1')
    expect(await slates({ minPrice: usdMicros(100_000_000) })).toEqual([])
    expect(await slates({ to: one.createdAt - 1 })).toEqual([])
    expect(await slates({ from: one.createdAt })).toHaveLength(3)
    expect(await slates({ sort: 'rating', limit: 1 })).toEqual(['1-1'])
    expect(await search({ offset: 2 })).toMatchObject({ total: 3, takes: [expect.anything()] })
  })

  it('keeps the label a scene had when it was removed', async () => {
    const [take] = await readyTakes()
    await kit.rig().engine.call('scene.removeMany', { sceneIds: [take.sceneId] })
    expect(await slates({ text: '1-1' })).toEqual(['1-1'])
  })

  it('goes by indexes over ten thousand takes', async () => {
    const { scenes, project } = await kit.rig().engine.call('project.get', { projectId: kit.rig().projectId })
    const board = { projectId: project.id, storyboardId: kit.rig().storyboardId, sceneIds: scenes.map(({ id }) => id) }
    await kit.rig().reopen({}, () => fillLibrary(kit.rig().library, board, 10_000))
    expect(await search({ text: 'mara mist' })).toMatchObject({ total: 10_000 })
    expect(await search({ seed: 4_711 })).toMatchObject({ total: 1 })
    expect(
      (await search({ text: 'juniper', sort: 'seed', offset: 9_998 })).takes.map(({ take }) => take.request.seed),
    ).toEqual([9_999, 10_000])
    await kit.rig().engine.close()
    const store = openStore(kit.rig().library)
    const plan = (wish: Partial<LibrarySearch>) => {
      const { sql, params } = searchSql({ ...ALL, ...wish })
      return store.read
        .all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, ...params)
        .map(({ detail }) => detail)
        .join('\n')
    }
    try {
      expect(plan({})).toMatch(/INDEX takes_ready_by_time/)
      expect(plan({})).not.toMatch(/TEMP B-TREE FOR ORDER BY/)
      expect(plan({ from: 5, to: 9 })).toMatch(/SEARCH t USING .*INDEX takes_ready_by_time \(<expr>>\? AND <expr><\?\)/)
      expect(plan({ seed: 5 })).toMatch(/SEARCH t USING INDEX takes_by_seed/)
      expect(plan({ state: 'picked' })).toMatch(/SEARCH p .*INDEX scenes_by_pick/)
      expect(plan({ text: 'mist' })).toMatch(/SEARCH s USING INDEX/)
      expect(searchTakes(store.read, { ...ALL, seed: 5 }).total).toBe(1)
    } finally {
      store.close()
      await kit.rig().reopenClosed()
    }
  })
})

describe('cleaning', () => {
  it('moves the clip of a rejected take to the bin, keeps the take, and downloads it again', async () => {
    const [take, other] = await readyTakes()
    expect((await usage()).cleanable.takeIds).toEqual([])
    await judge(take, { rejected: true })
    const before = await usage()
    expect(before).toMatchObject({ clips: 3, cleanable: { takeIds: [take.id], bytes: take.clip?.bytes } })
    const file = clipFile(take)
    const bytes = readFileSync(file)
    expect(await clean(take)).toEqual({ moved: 1, bytes: take.clip?.bytes, kept: [] })

    expect(existsSync(file)).toBe(false)
    expect(existsSync(file.replace(/mp4$/, 'json'))).toBe(true)
    const [name] = readdirSync(join(bin(), 'files'))
    expect(readFileSync(join(bin(), 'files', present(name, 'it is there')))).toEqual(bytes)
    const info = readFileSync(join(bin(), 'info', `${name}.trashinfo`), 'utf8')
    expect(info).toMatch(/^\[Trash Info\]\nPath=.+\.mp4\nDeletionDate=\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\n$/)
    expect(decodeURIComponent(info)).toContain(file)

    const gone = await kit.rig().take(take.id)
    expect(gone).toMatchObject({
      clipGone: true,
      phase: 'ready',
      rejected: true,
      request: take.request,
      clip: take.clip,
    })
    expect(await slates({ state: 'gone' })).toEqual(['1-1'])
    expect(await usage()).toMatchObject({ clips: 2, cleanable: { takeIds: [] } })
    expect((await kit.rig().engine.call('library.verify', { offset: 0, limit: 10 })).bad).toEqual([])
    expect((await kit.rig().engine.doctor()).find((check) => check.name === 'clips')).toMatchObject({ state: 'ok' })
    expect((await clean(take)).kept).toEqual(['The clip of take 1-1 is in the bin already.'])
    expect((await kit.rig().take(other.id)).clipGone).toBe(false)

    const spent = (await kit.rig().budget()).spent
    await kit.rig().engine.call('take.download', { takeId: take.id })
    await kit.rig().until([take.id], ({ phase, clipGone }) => phase === 'ready' && !clipGone)
    expect(readFileSync(file)).toEqual(bytes)
    expect((await kit.rig().budget()).spent).toBe(spent)
  })

  it('leaves what is not rejected, what is picked, and what another take has too', async () => {
    const [one, two, three] = await readyTakes()
    await judge(two, { rejected: true })
    await kit.rig().engine.call('scene.pick', { sceneId: two.sceneId, takeId: two.id })
    await judge(three, { rejected: true })
    // Two takes whose clips are the same bytes.
    await kit.rig().reopen({ trash: createTrash(place()) }, () => {
      const store = openStore(kit.rig().library)
      store.write((db) =>
        db.run('UPDATE takes SET clip = (SELECT clip FROM takes WHERE id = ?) WHERE id = ?', one.id, three.id),
      )
      store.close()
    })
    expect((await usage()).cleanable.takeIds).toEqual([])
    const { moved, kept } = await clean(one, two, three)
    expect(moved).toBe(0)
    expect(kept).toHaveLength(3)
    expect(kept.join(' ')).toMatch(/1-1 is not rejected.*2-1 is picked.*Another take has the same clip as 3-1/)
    expect(existsSync(bin())).toBe(false)
    await expect(kit.rig().engine.call('library.clean', { takeIds: ['gone' as never] })).rejects.toMatchObject({
      code: 'not-found',
    })
  })

  it('removes nothing where the bin cannot be used', async () => {
    const [take] = await readyTakes()
    await judge(take, { rejected: true })
    const refused = { code: 'bin-unavailable' }
    await kit.rig().reopen({ trash: createTrash(place('win32')) })
    await expect(clean(take)).rejects.toMatchObject(refused)
    await kit.rig().reopen()
    await expect(clean(take)).rejects.toMatchObject(refused)
    // Somebody put a link where the bin should be.
    mkdirSync(kit.desk('data'), { recursive: true })
    mkdirSync(kit.desk('elsewhere'))
    symlinkSync(kit.desk('elsewhere'), bin())
    await kit.rig().reopen({ trash: createTrash(place()) })
    await expect(clean(take)).rejects.toMatchObject(refused)
    expect(readdirSync(kit.desk('elsewhere'))).toEqual([])
    expect(existsSync(clipFile(take))).toBe(true)
    expect((await kit.rig().take(take.id)).clipGone).toBe(false)
  })

  it('empties the cache of pictures without following links out of the library', async () => {
    const [take] = await readyTakes()
    const cache = join(kit.rig().library, 'cache')
    writeFileSync(join(cache, 'posters', `${take.clip?.sha256}.img`), 'x'.repeat(1000))
    mkdirSync(kit.desk('pictures'))
    writeFileSync(kit.desk('pictures', 'mine.img'), 'not yours')
    symlinkSync(kit.desk('pictures'), join(cache, 'posters', 'linked'))
    symlinkSync(kit.desk('pictures', 'mine.img'), join(cache, 'strips', 'linked.img'))
    rmSync(join(cache, 'probes'), { recursive: true })
    symlinkSync(kit.desk('pictures'), join(cache, 'probes'))
    expect((await usage()).cacheBytes).toBe(1000)
    expect(await kit.rig().engine.call('library.clearCache', {})).toEqual({ bytes: 1000 })
    expect(readFileSync(kit.desk('pictures', 'mine.img'), 'utf8')).toBe('not yours')
    expect(existsSync(clipFile(take))).toBe(true)
    expect((await usage()).cacheBytes).toBe(0)
  })
})

describe('verifying and locating', () => {
  it('tells missing clips from changed ones, a stretch at a time, and takes a file back only when it is the one', async () => {
    const [one, two, three] = await readyTakes()
    const away = kit.desk('found it.mp4')
    renameSync(clipFile(one), away)
    writeFileSync(clipFile(two), readFileSync(clipFile(three)).fill(7, 100, 200))
    const verify = async () => {
      const first = await kit.rig().engine.call('library.verify', { offset: 0, limit: 2 })
      const rest = await kit.rig().engine.call('library.verify', { offset: 2, limit: 2 })
      expect([first.checked, rest.checked, first.total]).toEqual([2, 1, 3])
      return [...first.bad, ...rest.bad].map(({ found, problem }) => `${found.slate} ${problem}`)
    }
    expect(await verify()).toEqual(['1-1 missing', '2-1 changed'])
    const check = async ({ id }: Take) => (await kit.rig().engine.call('take.checkClip', { takeId: id })).problem
    expect([await check(one), await check(two), await check(three)]).toEqual(['missing', 'changed', null])

    const locate = (path: string) => kit.rig().engine.call('take.locate', { takeId: one.id, path })
    const refused = { code: 'bad-input' }
    await expect(locate(kit.desk('nothing.mp4'))).rejects.toMatchObject(refused)
    await expect(locate(kit.desk())).rejects.toMatchObject(refused)
    await expect(locate(clipFile(three))).rejects.toMatchObject(refused)
    const forged = kit.desk('forged.mp4')
    writeFileSync(forged, readFileSync(away).fill(9, 50, 60))
    await expect(locate(forged)).rejects.toMatchObject(refused)
    expect(existsSync(clipFile(one))).toBe(false)
    expect(readdirSync(dirname(clipFile(one))).filter((name) => name.includes('.part'))).toEqual([])
    await locate(away)
    expect(await verify()).toEqual(['2-1 changed'])
    expect(existsSync(away)).toBe(true)
  })

  it('takes a clip back from the bin', async () => {
    const [take] = await readyTakes()
    await judge(take, { rejected: true })
    await clean(take)
    const [name] = readdirSync(join(bin(), 'files'))
    await kit
      .rig()
      .engine.call('take.locate', { takeId: take.id, path: join(bin(), 'files', present(name, 'it is there')) })
    expect(await kit.rig().take(take.id)).toMatchObject({ clipGone: false })
    expect(existsSync(clipFile(take))).toBe(true)
  })
})

it('keeps a copied file of the bin apart from one of the same name', async () => {
  const trash = createTrash(place())
  const file = kit.desk('a b.mp4')
  for (const text of ['first', 'second']) {
    writeFileSync(file, text)
    await trash.move(file)
  }
  const kept = readdirSync(join(bin(), 'files')).map((name) => readFileSync(join(bin(), 'files', name), 'utf8'))
  expect(kept.sort()).toEqual(['first', 'second'])
  expect(readdirSync(join(bin(), 'info'))).toHaveLength(2)
  copyFileSync(join(bin(), 'files', 'a b.mp4'), file)
  expect(readFileSync(join(bin(), 'info', 'a b.mp4.trashinfo'), 'utf8')).toContain('/a%20b.mp4\n')
})

it('uses the bin of another disk rather than copy to that of the home folder', async ({ skip }) => {
  const disk = mountSmallDisk(4)
  if (disk === null) return skip('Mounting a disk takes Linux and root.')
  try {
    const file = join(disk.dir, 'clip.mp4')
    writeFileSync(file, 'on another disk')
    await createTrash(place()).move(file)
    const top = join(disk.dir, `.Trash-${place().uid}`)
    expect(readFileSync(join(top, 'files', 'clip.mp4'), 'utf8')).toBe('on another disk')
    expect(readFileSync(join(top, 'info', 'clip.mp4.trashinfo'), 'utf8')).toContain('Path=clip.mp4\n')
    expect(existsSync(file)).toBe(false)
  } finally {
    disk.unmount()
  }
})
