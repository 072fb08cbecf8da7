import type { Page } from 'playwright'
import { afterEach, describe, expect, it } from 'vitest'
import { cardOf, complaintsOf, noComplaints, sceneOf, see } from './support/pages.ts'
import { type SampleStudio, studioSuite } from './support/studio.ts'

const suite = studioSuite()

let heard: readonly string[] = []
afterEach(() => noComplaints(heard))

/** The sample with one scene in the inspector. */
async function inspect(number: string): Promise<{ studio: SampleStudio; page: Page }> {
  const studio = await suite.start()
  const page = await suite.page(studio)
  heard = complaintsOf(page)
  await cardOf(page, number).click()
  await see(page.getByRole('textbox', { name: 'Scene number' })).toHaveValue(number.padStart(2, '0'))
  return { studio, page }
}

const promptOf = (page: Page) => page.getByRole('textbox', { name: 'Prompt' })

describe('a mention', () => {
  it('is completed with the arrows and Tab, and Escape is left to the text', async () => {
    const { page } = await inspect('1')
    const prompt = promptOf(page)
    await prompt.fill('With ')
    await prompt.pressSequentially('@')
    const names = page.getByRole('listbox', { name: 'Cast', exact: true })
    await see(names.getByRole('option', { name: 'Mara' })).toContainText('3 images')
    await see(names.getByRole('option')).toHaveCount(3)
    await prompt.press('ArrowDown')
    await see(names.getByRole('option', { name: 'Juniper' })).toHaveAttribute('aria-selected', 'true')
    await prompt.press('Tab')
    await see(prompt).toHaveValue(/^With @Juniper ?$/)
    await see(prompt).toBeFocused()
    await prompt.pressSequentially(' @Ma')
    await prompt.press('Escape')
    await see(names).toHaveCount(0)
    await see(prompt).toBeFocused()
  })

  it('is found by its letters, and by the pointer', async () => {
    const { page } = await inspect('1')
    const prompt = promptOf(page)
    await prompt.fill('')
    await prompt.pressSequentially('@nipr')
    await page.getByRole('listbox', { name: 'Cast', exact: true }).getByRole('option', { name: 'Juniper' }).click()
    await see(prompt).toHaveValue('@Juniper ')
    await see(prompt).toBeFocused()
  })

  it('of nobody is underlined once it is written, and corrected by a click', async () => {
    const { page, studio } = await inspect('1')
    const prompt = promptOf(page)
    await prompt.fill('')
    await prompt.pressSequentially('@Junipr')
    const note = page.getByText('Nobody in the cast is called Junipr.')
    await see(note).toHaveCount(0)
    await prompt.pressSequentially(' waits.')
    await see(note).toBeVisible()
    await see(page.locator('.prompt-mirror .unknown')).toHaveText('@Junipr')
    await page.getByRole('button', { name: '@Juniper', exact: true }).click()
    await see(prompt).toHaveValue('@Juniper waits.')
    await see(note).toHaveCount(0)
    await see(prompt).toBeFocused()
    await see.poll(async () => (await sceneOf(studio, '1')).prompt).toBe('@Juniper waits.')
  })
})

describe('the prompt', () => {
  it('says what exactly would be sent, with the numbers of the images', async () => {
    const { page } = await inspect('5')
    await page.getByRole('button', { name: 'As sent' }).click()
    const sent = page.getByRole('dialog', { name: 'As sent' })
    await see(sent).toContainText('Mara ([Image 1], [Image 2], [Image 3]) brushes Juniper ([Image 4]')
    await see(sent.locator('.sent-image').first()).toHaveText('[Image 1]')
    await see(sent).toContainText('Naturalistic, 35 mm')
    await see(sent.getByRole('listitem')).toHaveCount(6)
  })

  it('counts against what the service is known to take, and warns beyond it', async () => {
    const { page } = await inspect('5')
    await promptOf(page).fill('x'.repeat(2501))
    await see(page.getByText('2501 / 2500')).toBeVisible()
    await see(page.getByText('Longer than 2500 characters')).toBeVisible()
    const { mirror, area } = await page.evaluate(() => {
      const text = document.querySelector<HTMLTextAreaElement>('.prompt-editor textarea')
      if (!text) throw new Error('There is no prompt.')
      text.scrollTop = text.scrollHeight
      text.dispatchEvent(new Event('scroll'))
      return { mirror: document.querySelector('.prompt-mirror')?.scrollTop, area: text.scrollTop }
    })
    // What is seen is drawn below what is typed into: both must have come as far.
    expect(area).toBeGreaterThan(0)
    expect(mirror).toBe(area)
  })

  it('is typed without anything else being drawn anew', async () => {
    const { page } = await inspect('5')
    await promptOf(page).press('End')
    await promptOf(page).pressSequentially('a')
    await see(page.getByRole('status').filter({ hasText: 'Saved' }).first()).toBeVisible()
    // Everything that changes in the document until the letter is seen.
    await page.evaluate(() => {
      const section = document.querySelector('.prompt-editor')?.closest('section')
      const changed: string[] = []
      const watch = new MutationObserver((records) => {
        for (const { target } of records) {
          const element = target instanceof Element ? target : target.parentElement
          if (!section?.contains(element) && !element?.closest('.top-bar'))
            changed.push(element?.outerHTML.slice(0, 200) ?? 'nothing')
        }
        if (!document.querySelector('.prompt-mirror')?.textContent.includes('ab')) return
        watch.disconnect()
        document.documentElement.dataset['changed'] = JSON.stringify(changed)
      })
      watch.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true })
    })
    await promptOf(page).press('b')
    const changed = page.locator('html')
    await see(changed).toHaveAttribute('data-changed')
    const outside: unknown = JSON.parse((await changed.getAttribute('data-changed')) ?? 'null')
    expect(outside).toEqual([])
  })
})

describe('the references of a scene', () => {
  it('are left out in place, chosen from the cast, and automatic again', async () => {
    const { page, studio } = await inspect('5')
    const sent = page.getByRole('group', { name: 'References as sent' })
    await see(sent.getByRole('button', { name: /^Leave out/ })).toHaveCount(6)
    await sent.getByRole('button', { name: 'Leave out image 2, Mara' }).click()
    await see(sent.getByRole('button', { name: /^Leave out/ })).toHaveCount(5)
    const { casts } = await studio.project()
    const ids = casts[0]?.references.map(({ id }) => id) ?? []
    await see.poll(async () => (await sceneOf(studio, '5')).references).toEqual([0, 2, 3, 4, 5].map((at) => ids[at]))

    await sent.getByRole('button', { name: 'Choose references' }).click()
    const chooser = page.getByRole('dialog', { name: 'References of this scene' })
    await chooser.getByRole('checkbox', { name: 'Send Together, image 7 of the cast' }).click()
    await see(chooser.getByRole('listitem').filter({ hasText: 'Together' })).toContainText('Image 6')
    for (const at of [4, 5, 6])
      await chooser.getByRole('checkbox', { name: `Send Juniper, image ${at} of the cast` }).click()
    await see(page.getByText('@Juniper is mentioned, but no image of Juniper is sent.')).toBeVisible()
    await chooser.getByRole('button', { name: 'Back to automatic' }).click()
    await see.poll(async () => (await sceneOf(studio, '5')).references).toBeNull()
    await see(page.getByText('@Juniper is mentioned')).toHaveCount(0)
  })

  it('take somebody back in who is mentioned but left out', async () => {
    const { page, studio } = await inspect('5')
    const { casts } = await studio.project()
    const ids = casts[0]?.references.map(({ id }) => id) ?? []
    const five = await sceneOf(studio, '5')
    await studio.engine.call('scene.update', { sceneId: five.id, patch: { references: ids.slice(0, 1) } })
    // The last image stays: a request needs one.
    await see(page.getByRole('button', { name: 'Leave out image 1, Mara' })).toBeDisabled()
    await page.getByRole('button', { name: 'Send Juniper', exact: true }).click()
    await see.poll(async () => (await sceneOf(studio, '5')).references).toEqual([0, 3, 4, 5].map((at) => ids[at]))
  })
})
