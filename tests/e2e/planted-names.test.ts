import { describe, expect, it } from 'vitest'
import { cardOf, see } from './support/pages.ts'
import { pictureFile, studioSuite, until } from './support/studio.ts'

const suite = studioSuite()
const PLANT = '<img src=x onerror=window.planted=1>'

describe('scripts planted where no artist typed them (E3)', () => {
  it("stay text in a file's name and in the words of the service", async () => {
    const studio = await suite.start({ paid: true })
    const { engine, projectId, storyboardId, fake } = studio
    const [scene] = (await studio.project()).scenes
    await engine.call('project.update', { projectId, patch: { cap: 5_000_000 as never } })
    await fake?.script({ submit: [{ reply: 'status', status: 400, message: `${PLANT} is not allowed` }] })
    const page = await suite.page(studio)

    await page.keyboard.press('Control+4')
    await page
      .locator('input[type=file][aria-label="Add images"]')
      .setInputFiles([{ ...pictureFile('plain.png', 900, 900), name: `${PLANT}.png` }])
    await see(page.getByRole('button', { name: /^Image 8, /i })).toBeVisible()

    await engine.call('batch.start', {
      requestId: '22222222-2222-4222-8222-222222222222' as never,
      storyboardId,
      order: {
        kind: 'scenes',
        provider: 'wavespeed',
        sceneIds: scene ? [scene.id] : [],
        takesPerScene: 1,
        mode: 'add',
        seeds: { kind: 'keep' },
        resolution: null,
        includeUnconfirmed: false,
      },
    })
    await until(studio, ({ takes }) => takes.some(({ phase }) => phase === 'failed'))
    await page.keyboard.press('Control+1')
    await cardOf(page, '1').click()
    await see(page.getByText(`${PLANT} is not allowed`).first()).toBeVisible()

    expect(await page.evaluate(() => ['planted' in window, document.querySelectorAll('img[onerror]').length])).toEqual([
      false,
      0,
    ])
  })
})
