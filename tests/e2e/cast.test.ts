import { expect } from 'playwright/test'
import { describe, it } from 'vitest'
import type { SampleStudio } from './support/studio.ts'
import { pictureFile, studioSuite } from './support/studio.ts'

const suite = studioSuite()

async function names(studio: SampleStudio): Promise<readonly string[]> {
  const { casts } = await studio.project()
  return casts[0]?.references.map(({ name }) => name) ?? []
}

describe('the cast', () => {
  it('adds images by file, and says why another was turned down', async () => {
    const studio = await suite.start()
    const page = await suite.page(studio)
    await page.keyboard.press('Control+3')
    const add = page.locator('input[type=file][aria-label="Add images"]')
    await add.setInputFiles([
      pictureFile('barn-wide.png', 1600, 1200),
      pictureFile('tiny.png', 200, 300),
      { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('no picture') },
    ])
    await expect(page.getByRole('button', { name: 'Image 8, Barn, 1600 by 1200' })).toBeVisible()
    await expect(page.getByText('200 x 300')).toBeVisible()
    await expect(page.getByText('The reference is not a JPEG, PNG or WebP.')).toBeVisible()
    expect(await names(studio)).toEqual(['Mara', 'Mara', 'Mara', 'Juniper', 'Juniper', 'Juniper', 'Together', 'Barn'])

    // The panel shows the one that was added; a small picture is taken with a hint.
    await expect(
      page.getByRole('complementary', { name: 'Reference', exact: true }).getByLabel('Character'),
    ).toHaveValue('Barn')
    await add.setInputFiles([pictureFile('coat.png', 640, 900)])
    await expect(
      page.getByRole('button', { name: /Image 9, Coat, .*640 px wide\. 720 px or more works better/ }),
    ).toBeVisible()
    await add.setInputFiles([pictureFile('tenth.png', 800, 800)])
    await expect(page.getByText('A cast holds 9 images.')).toBeVisible()
  })

  it('reorders with the keyboard, renames and removes', async () => {
    const studio = await suite.start()
    const page = await suite.page(studio)
    await page.keyboard.press('Control+3')
    await page.getByRole('button', { name: /^Image 7, Together/ }).click()
    await page.keyboard.press('Alt+ArrowLeft')
    await expect(page.getByRole('button', { name: /^Image 6, Together/ })).toBeFocused()
    await page.keyboard.press('Alt+ArrowUp')
    await expect(page.getByRole('button', { name: /^Image 1, Together/ })).toBeFocused()
    expect((await names(studio))[0]).toBe('Together')

    const panel = page.getByRole('complementary', { name: 'Reference', exact: true })
    await panel.getByLabel('Character').fill('@nobody')
    await expect(panel.getByText('A name has no @ in it.')).toBeVisible()
    await panel.getByLabel('Character').fill('Both')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('button', { name: /^Image 1, Both/ })).toBeVisible()

    await panel.getByRole('button', { name: 'Remove image 1' }).click()
    await page.getByRole('button', { name: 'Remove the image' }).click()
    await expect(page.getByRole('button', { name: /^Image 1, Mara/ })).toBeVisible()
    expect(await names(studio)).toEqual(['Mara', 'Mara', 'Mara', 'Juniper', 'Juniper', 'Juniper'])
  })

  it('leads to the scenes that send an image', async () => {
    const studio = await suite.start()
    const page = await suite.page(studio)
    await page.keyboard.press('Control+3')
    const panel = page.getByRole('complementary', { name: 'Reference', exact: true })
    await expect(panel).toContainText('Used in 10 scenes')
    await panel.getByRole('button', { name: 'Scene 03, Barn door' }).click()
    await expect(page.getByRole('option', { name: /^Scene 3,/ })).toHaveAttribute('aria-selected', 'true')
  })

  it('takes a dragged card and a dropped file', async () => {
    const studio = await suite.start()
    const page = await suite.page(studio)
    await page.keyboard.press('Control+3')
    const last = page.getByRole('button', { name: /^Image 7, Together/ })
    await last.dragTo(page.getByRole('button', { name: /^Image 1, Mara/ }), { targetPosition: { x: 10, y: 60 } })
    await expect(page.getByRole('button', { name: /^Image 1, Together/ })).toBeVisible()
    expect((await names(studio))[0]).toBe('Together')

    const { buffer } = pictureFile('dog.png', 800, 800)
    const dropped = await page.evaluateHandle((base64) => {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
      const transfer = new DataTransfer()
      transfer.items.add(new File([bytes], 'dog.png', { type: 'image/png' }))
      return transfer
    }, buffer.toString('base64'))
    await page.dispatchEvent('.cast-screen', 'drop', { dataTransfer: dropped })
    await expect(page.getByRole('button', { name: /^Image 8, Dog/ })).toBeVisible()
  })
})
