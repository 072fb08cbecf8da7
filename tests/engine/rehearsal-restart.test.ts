import { readFile, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { api, newDir, settled, start, submit, tidy, uploadDirect } from './rehearsal-kit.ts'

afterEach(tidy)

describe('after a restart', () => {
  it('keeps finished clips, renders unfinished ones and accepts earlier upload addresses', async () => {
    const dir = await newDir()
    const first = await start(dir)
    const image = await uploadDirect(first, 'mara-full.png')
    const done = await settled(
      first,
      (await submit(first, { prompt: 'Rain.', images: [image], duration: 3, seed: 2 })).id,
    )
    const open = await submit(first, { prompt: 'Snow.', images: [image], duration: 3, seed: 3 })
    await first.close()

    const second = await start(dir)
    expect(second.key).not.toBe(first.key)
    const kept = await settled(second, done.id)
    expect(kept.status).toBe('completed')
    expect((await fetch(kept.outputs[0] ?? '')).status).toBe(200)
    expect(await settled(second, open.id)).toMatchObject({ status: 'completed', created_at: open.created_at })
    const reused = await submit(second, { prompt: 'Wind.', images: [image], duration: 3, seed: 4 })
    expect(await settled(second, reused.id)).toMatchObject({ status: 'completed' })
  })

  it('renders a clip again that has gone missing, and passes over a broken record', async () => {
    const dir = await newDir()
    const first = await start(dir)
    const image = await uploadDirect(first, 'mara-full.png')
    const { id } = await settled(
      first,
      (await submit(first, { prompt: 'Rain.', images: [image], duration: 3, seed: 2 })).id,
    )
    await first.close()
    await rm(join(dir, 'predictions', `${id}.mp4`))
    await writeFile(join(dir, 'predictions', 'broken.json'), '{"id":')

    const second = await start(dir)
    const again = await settled(second, id)
    expect(again.status).toBe('completed')
    expect((await fetch(again.outputs[0] ?? '')).status).toBe(200)
  })

  it('forgets what is older than seven days', async () => {
    const dir = await newDir()
    const first = await start(dir)
    const image = await uploadDirect(first, 'mara-full.png')
    const { id } = await settled(
      first,
      (await submit(first, { prompt: 'Rain.', images: [image], duration: 3, seed: 2 })).id,
    )
    await first.close()
    const eightDaysAgo = new Date(Date.now() - 8 * 24 * 3600 * 1000)
    const path = join(dir, 'predictions', `${id}.json`)
    const record = z.record(z.string(), z.unknown()).parse(JSON.parse(await readFile(path, 'utf8')))
    await writeFile(path, JSON.stringify({ ...record, createdAt: eightDaysAgo.toISOString() }))
    for (const name of await readdir(join(dir, 'uploads')))
      await utimes(join(dir, 'uploads', name), eightDaysAgo, eightDaysAgo)

    const second = await start(dir)
    expect((await api(second, `predictions/${id}/result`)).status).toBe(404)
    expect(await readdir(join(dir, 'predictions'))).toEqual([])
    expect(await readdir(join(dir, 'uploads'))).toEqual([])
  })
})
