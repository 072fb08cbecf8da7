import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { removePassports } from '../support/damage.ts'
import { cliKit, shortBoard } from './cli-kit.ts'

let kit: ReturnType<typeof cliKit>
beforeAll(() => {
  kit = cliKit()
})
afterAll(() => kit.close())

interface Checked {
  readonly repaired?: readonly { name: string; message: string }[]
  readonly checks: readonly { name: string; state: string }[]
}

it('takeboard doctor --repair puts right what it finds, and a deleted database comes back', async () => {
  const { library } = kit
  const board = kit.board(shortBoard(1))
  expect((await kit.run(['run', board, '--library', library, '--quiet'])).code).toBe(0)
  removePassports(library)
  const doctor = async (...args: string[]) => {
    const done = await kit.run(['doctor', '--json', '--library', library, ...args])
    return { code: done.code, ...(JSON.parse(done.stdout) as Checked) }
  }
  const state = ({ checks }: Checked, name: string) => checks.find((check) => check.name === name)?.state
  const looked = await doctor()
  expect([looked.repaired, state(looked, 'passports')]).toEqual([undefined, 'warning'])
  const repaired = await doctor('--repair')
  expect(repaired.repaired?.find(({ name }) => name === 'passports')?.message).toBe('1 passport written.')
  expect([repaired.code, state(repaired, 'passports'), state(repaired, 'backups')]).toEqual([0, 'ok', 'ok'])

  rmSync(join(library, 'library.db'))
  rmSync(join(library, 'backups'), { recursive: true })
  const after = await doctor()
  expect([state(after, 'clips'), state(after, 'recovery'), state(after, 'orphans')]).toEqual(['ok', 'ok', 'ok'])
  expect(existsSync(join(library, 'library.db'))).toBe(true)
  expect(readdirSync(join(library, 'backups'))).toHaveLength(1)
  // The take is there, so the same board makes nothing new.
  const again = await kit.run(['run', board, '--library', library, '--json'])
  expect([again.code, again.json().scenes.flatMap(({ takes }) => takes).length]).toEqual([0, 1])
})
