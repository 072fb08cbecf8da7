import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'vitest'
import { usdMicros } from '../../shared/money.ts'
import { databaseOf } from '../support/damage.ts'
import { startTakes, see } from './support/pages.ts'
import { studioSuite, until } from './support/studio.ts'

const suite = studioSuite()

describe('a library that was recovered', () => {
  it('says once what was set aside and what came back, when nothing waits', async () => {
    const library = mkdtempSync(join(tmpdir(), 'takeboard-recovered-'))
    suite.after(() => Promise.resolve(rmSync(library, { recursive: true, force: true })))
    const before = await suite.start({ library, paid: true })
    await before.engine.call('project.update', { projectId: before.projectId, patch: { cap: usdMicros(5_000_000) } })
    await startTakes(before, ['1'], 'wavespeed')
    await until(before, ({ takes }) => takes[0]?.phase === 'ready')
    await before.close()
    rmSync(databaseOf(library))

    const studio = await suite.start({ library, paid: true })
    const page = await suite.page(studio)
    const notice = page.getByRole('region', { name: 'The library was recovered' })
    await see(notice).toContainText('The database was gone. The backup of')
    await see(notice).toContainText('No submission waits for its answer.')
    await page.reload()
    await see(notice).toBeVisible()
    await notice.getByRole('button', { name: 'Dismiss' }).click()
    await see(notice).toBeHidden()
    see((await studio.project()).takes).toMatchObject([{ phase: 'ready', charge: 'charged' }])
    await see.poll(async () => (await studio.engine.call('recovery.get', {})).news).toBeNull()
    await page.reload()
    await see(page.locator('.scene-card').first()).toBeVisible()
    await see(notice).toBeHidden()
  })
})
