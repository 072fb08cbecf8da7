import type { Page } from 'playwright'
import { describe, expect, it } from 'vitest'
import { cardOf, complaintsOf, sceneOf, see } from './support/pages.ts'
import { type SampleStudio, studioSuite } from './support/studio.ts'

const suite = studioSuite()

const PLANTED = [
  '<img src=x onerror="window.planted=1">',
  '<script>window.planted=2</script>',
  '"><svg onload=alert(3)>',
  'javascript:alert(4)',
  "{{constructor.constructor('window.planted=5')()}}",
].join(' ')

/** Puts the planted text wherever an artist, a board file or the service could have put it. */
async function plant(studio: SampleStudio): Promise<void> {
  const scene = await sceneOf(studio, '1')
  const text = PLANTED.slice(0, 200)
  await studio.engine.call('scene.update', {
    sceneId: scene.id,
    patch: { title: text, prompt: `@Mara ${PLANTED}`, notes: PLANTED, dialogue: PLANTED, number: '<b>1</b>' },
  })
  await studio.engine.call('storyboard.update', {
    storyboardId: studio.storyboardId,
    patch: { title: text, style: PLANTED },
  })
  const [cast] = (await studio.project()).casts
  const [reference] = cast?.references ?? []
  if (!reference) throw new Error('The sample has a cast.')
  await studio.engine.call('reference.update', {
    referenceId: reference.id,
    patch: { name: '<img src=x onerror=alert(6)>' },
  })
  await studio.engine.call('project.create', { title: text })
}

/** Whatever a planted text could have made of the page. */
const made = (page: Page) =>
  page.evaluate(() => ({
    planted: 'planted' in window,
    elements: document.querySelectorAll('#root script, #root svg[onload], img[onerror], #root a[href^="javascript"]')
      .length,
  }))

describe('text from elsewhere', () => {
  it('stays text on every screen', async () => {
    const studio = await suite.start()
    const page = await suite.page(studio)
    const complaints = complaintsOf(page)
    await plant(studio)
    await page.evaluate(() => {
      document.addEventListener('securitypolicyviolation', (event) => console.error(event.violatedDirective))
    })
    await cardOf(page, '<b>1</b>').click()
    await see(page.getByRole('textbox', { name: 'Scene title' })).toHaveValue(PLANTED.slice(0, 200))
    await see(page.getByRole('textbox', { name: 'Prompt' })).toHaveValue(`@Mara ${PLANTED}`)
    await page.getByText('Notes', { exact: true }).click()
    await page.getByRole('button', { name: 'As sent' }).click()
    await see(page.locator('.as-sent-prompt')).toContainText('<script>window.planted=2</script>')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: /^Project: / }).click()
    await see(page.getByRole('menuitemcheckbox', { name: /<script>/ })).toBeVisible()
    await page.keyboard.press('Escape')
    await see(page.locator('.popup')).toHaveCount(0)

    const prompt = page.getByRole('textbox', { name: 'Prompt' })
    await prompt.focus()
    await prompt.press('Control+End')
    await prompt.pressSequentially(' @')
    await see(page.getByRole('option', { name: '<img src=x onerror=alert(6)>' })).toBeVisible()
    await prompt.press('Enter')

    await page.getByRole('button', { name: 'Rehearse take 1' }).click()
    await see(cardOf(page, '<b>1</b>')).toHaveAttribute('data-state', 'ready')
    await page.getByRole('button', { name: 'Play take 1' }).click()
    await see(page.locator('.slot video')).toBeVisible()
    await page.keyboard.press('Escape')
    for (const view of ['2', '3']) {
      await page.keyboard.press(`Control+${view}`)
      await see(page.locator('.view-header').first()).toBeVisible()
    }
    expect(await made(page)).toEqual({ planted: false, elements: 0 })
    // Nothing had to be stopped: no dialog, no refusal by the policy, no failed request.
    expect(complaints).toEqual([])
  })

  it('comes in by a board file the same way', async () => {
    const studio = await suite.start()
    const page = await suite.page(studio)
    const complaints = complaintsOf(page)
    await page.getByRole('button', { name: /^Project: / }).click()
    await page.getByRole('menuitem', { name: 'Open a board file' }).click()
    const dialog = page.getByRole('dialog', { name: 'Open a board file' })
    await dialog.locator('input[type=file][accept]').setInputFiles({
      name: 'evil.board.json',
      mimeType: 'application/json',
      buffer: Buffer.from(
        JSON.stringify({
          takeboard: 1,
          title: PLANTED,
          cast: [],
          [PLANTED]: 1,
          scenes: [{ prompt: PLANTED, duration: PLANTED }],
        }),
      ),
    })
    await see(dialog.getByRole('listitem').filter({ hasText: '<img src=x' }).first()).toBeVisible()
    expect(await made(page)).toEqual({ planted: false, elements: 0 })
    expect(complaints).toEqual([])
  })

  it('finds a page that may do little: no eval, no foreign requests, no frames', async () => {
    const studio = await suite.start()
    const page = await suite.page(studio)
    const reply = await page.reload()
    const policy = reply?.headers()['content-security-policy'] ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toContain('unsafe')
    expect(policy).toContain("frame-ancestors 'none'")
    const foreign = await page.evaluate(() =>
      fetch('http://127.0.0.1:9/').then(
        () => 'went',
        () => 'refused',
      ),
    )
    expect(foreign).toBe('refused')
  })
})
