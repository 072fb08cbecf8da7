import { rmSync } from 'node:fs'
import { expect, it } from 'vitest'
import { libraryKit } from './library-kit.ts'

const kit = libraryKit()

it('shows the clip of a take in the file manager while it is there, and tells its path where nobody would see it', async () => {
  const [take] = await kit.readyTakes()
  const reveal = () => kit.rig().engine.call('take.reveal', { takeId: take.id })
  const path = kit.clipFile(take)
  expect(await reveal()).toEqual({ shown: false, path })
  const shown: string[] = []
  await kit.rig().reopen({ fileManager: { reveal: (file) => shown.push(file) > 0 } })
  expect(await reveal()).toEqual({ shown: true, path })
  rmSync(path)
  await expect(reveal()).rejects.toMatchObject({ code: 'not-found' })
  expect(shown).toEqual([path])
})
