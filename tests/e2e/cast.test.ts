import { describe, expect, it } from 'vitest'
import { see } from './support/pages.ts'
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
    await page.keyboard.press('Control+4')
    await see(page.getByRole('button', { name: /^Image 6, Juniper, 768 by 1024$/ })).toBeVisible()
    const add = page.locator('input[type=file][aria-label="Add images"]')
    await add.setInputFiles([
      pictureFile('barn-wide.png', 1600, 1200),
      pictureFile('tiny.png', 200, 300),
      { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('no picture') },
    ])
    await see(page.getByRole('button', { name: 'Image 8, Barn, 1600 by 1200' })).toBeVisible()
    await see(page.getByText('200 x 300')).toBeVisible()
    await see(page.getByText('The reference is not a JPEG, PNG or WebP.')).toBeVisible()
    expect(await names(studio)).toEqual(['Mara', 'Mara', 'Mara', 'Juniper', 'Juniper', 'Juniper', 'Together', 'Barn'])

    // The panel shows the one that was added; a small picture is taken with a hint.
    await see(page.getByRole('complementary', { name: 'Reference', exact: true }).getByLabel('Character')).toHaveValue(
      'Barn',
    )
    await add.setInputFiles([pictureFile('coat.png', 640, 900)])
    await see(
      page.getByRole('button', {
        name: /Image 9, Coat, 640 by 900\. 640 px wide\. Use 720 px or more\. Nearly the same as image 8/,
      }),
    ).toBeVisible()
    await add.setInputFiles([pictureFile('tenth.png', 800, 800)])
    await see(page.getByText('A cast holds 9 images.')).toBeVisible()
  })

  it('reorders with the keyboard, renames and removes', async () => {
    const studio = await suite.start()
    const page = await suite.page(studio)
    await page.keyboard.press('Control+4')
    await page.getByRole('button', { name: /^Image 7, Together/ }).click()
    await page.keyboard.press('Alt+ArrowLeft')
    await see(page.getByRole('button', { name: /^Image 6, Together/ })).toBeFocused()
    await page.keyboard.press('Alt+ArrowUp')
    await see(page.getByRole('button', { name: /^Image 1, Together/ })).toBeFocused()
    expect((await names(studio))[0]).toBe('Together')

    const panel = page.getByRole('complementary', { name: 'Reference', exact: true })
    await panel.getByLabel('Character').fill('@nobody')
    await see(panel.getByText('A name has no @ in it.')).toBeVisible()
    await panel.getByLabel('Character').fill('Both')
    await page.keyboard.press('Enter')
    await see(page.getByRole('button', { name: /^Image 1, Both/ })).toBeVisible()

    await panel.getByRole('button', { name: 'Remove image 1' }).click()
    await see(page.getByRole('button', { name: /^Image 1, Mara/ })).toBeFocused()
    expect(await names(studio)).toEqual(['Mara', 'Mara', 'Mara', 'Juniper', 'Juniper', 'Juniper'])
    await page.keyboard.press('Delete')
    await see(page.getByRole('heading', { name: 'Image 1, Mara, removed' })).toBeVisible()
    await see(page.getByText('5 of 9 images')).toBeVisible()
    await page.getByRole('button', { name: 'Undo', exact: true }).click()
    await see(page.getByText('6 of 9 images')).toBeVisible()
    expect(await names(studio)).toEqual(['Mara', 'Mara', 'Mara', 'Juniper', 'Juniper', 'Juniper'])
  })

  it('leads to the scenes that send an image', async () => {
    const studio = await suite.start()
    const page = await suite.page(studio)
    await page.keyboard.press('Control+4')
    const panel = page.getByRole('complementary', { name: 'Reference', exact: true })
    await see(panel).toContainText('Used in 10 scenes')
    await see(panel).toContainText('all by mention')
    await panel.getByRole('button', { name: 'Scene 03, Barn door, by mention' }).click()
    await see(page.getByRole('option', { name: /^Scene 3,/ })).toHaveAttribute('aria-selected', 'true')
    await page.keyboard.press('Control+4')
    await panel.getByRole('button', { name: 'Select on board' }).click()
    await see(page.locator('[data-board] [data-scene][aria-selected=true]')).toHaveCount(10)
  })

  it('takes a dragged card and a dropped file', async () => {
    const studio = await suite.start()
    const page = await suite.page(studio)
    await page.keyboard.press('Control+4')
    const last = page.getByRole('button', { name: /^Image 7, Together/ })
    await last.dragTo(page.getByRole('button', { name: /^Image 1, Mara/ }), { targetPosition: { x: 10, y: 60 } })
    await see(page.getByRole('button', { name: /^Image 1, Together/ })).toBeVisible()
    expect((await names(studio))[0]).toBe('Together')

    const { buffer } = pictureFile('dog.png', 800, 800)
    const dropped = await page.evaluateHandle((base64) => {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
      const transfer = new DataTransfer()
      transfer.items.add(new File([bytes], 'dog.png', { type: 'image/png' }))
      return transfer
    }, buffer.toString('base64'))
    await page.dispatchEvent('.cast-screen', 'drop', { dataTransfer: dropped })
    await see(page.getByRole('button', { name: /^Image 8, Dog/ })).toBeVisible()
  })

  it('takes pasted pictures in order, and converts what is no JPEG, PNG or WebP', async () => {
    const studio = await suite.start()
    const page = await suite.page(studio)
    await page.keyboard.press('Control+4')
    await see(page.getByText('7 of 9 images')).toBeVisible()
    const files = [pictureFile('lantern.png', 800, 800), pictureFile('fence.png', 820, 820)]
    await page.evaluate(
      (pictures) => {
        const transfer = new DataTransfer()
        for (const { name, base64 } of pictures) {
          const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
          transfer.items.add(new File([bytes], name, { type: 'image/png' }))
        }
        document.dispatchEvent(new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true }))
      },
      files.map(({ name, buffer }) => ({ name, base64: buffer.toString('base64') })),
    )
    await see(page.getByRole('button', { name: /^Image 9, Fence/ })).toBeVisible()
    expect((await names(studio)).slice(7)).toEqual(['Lantern', 'Fence'])
    await page.getByRole('button', { name: /^Image 9, Fence/ }).click()
    await page.keyboard.press('Delete')
    await see(page.getByText('8 of 9 images')).toBeVisible()

    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg" width="900" height="1200"><rect width="450" height="900" fill="#666"/></svg>'
    const gif = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')
    await page.locator('input[type=file][aria-label="Add images"]').setInputFiles([
      { name: 'gate.bmp', mimeType: 'image/bmp', buffer: bitmapFile(600, 800) },
      { name: 'dot.gif', mimeType: 'image/gif', buffer: gif },
      { name: 'broken.avif', mimeType: 'image/avif', buffer: Buffer.from(svg) },
    ])
    await see(page.getByRole('button', { name: 'Convert a copy' })).toHaveCount(3)
    const slot = (file: string) => page.locator('.ref-upload', { hasText: file })
    await slot('broken.avif').getByRole('button', { name: 'Convert a copy' }).click()
    await see(page.getByText('It cannot be opened as a picture.')).toBeVisible()
    await slot('dot.gif').getByRole('button', { name: 'Convert a copy' }).click()
    await see(page.getByText('The reference is too small.')).toBeVisible()
    await slot('gate.bmp').getByRole('button', { name: 'Convert a copy' }).click()
    await see(page.getByRole('button', { name: /^Image 9, Gate, 600 by 800/ })).toBeVisible()
  })

  it('says of a picture whose file is lost that it cannot be read, and takes another in its place', async () => {
    const studio = await suite.start()
    const page = await suite.page(studio)
    const image = (await studio.project()).casts[0]?.references[0]?.image
    await page.route(`**/media/images/${image?.sha256}`, (route) => route.fulfill({ status: 404 }))
    await page.keyboard.press('Control+4')
    await see(page.getByRole('button', { name: /^Image 1, Mara, .*Cannot be read\. Replace the image/ })).toBeVisible()
    const panel = page.getByRole('complementary', { name: 'Reference', exact: true })
    await see(panel.getByRole('region', { name: 'Quality' })).toContainText('Unreadable')
    await panel.locator('input[type=file]').setInputFiles([pictureFile('new.png', 800, 900)])
    await see(page.getByRole('button', { name: /^Image 1, Mara, 800 by 900$/ })).toBeVisible()
    await see(panel.getByRole('region', { name: 'Quality' })).toContainText('Good')
  })
})

/** A grey picture as a file that browsers read and the model does not take. */
function bitmapFile(width: number, height: number): Buffer {
  const head = Buffer.alloc(54)
  head.write('BM')
  head.writeUInt32LE(54 + width * height * 4, 2)
  head.writeUInt32LE(54, 10)
  head.writeUInt32LE(40, 14)
  head.writeInt32LE(width, 18)
  head.writeInt32LE(height, 22)
  head.writeUInt16LE(1, 26)
  head.writeUInt16LE(32, 28)
  return Buffer.concat([head, Buffer.alloc(width * height * 4, 0x70)])
}
