import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { describe, expect, it } from 'vitest'
import { cardOf, complaintsOf, openListened, see } from './support/pages.ts'
import { type SampleStudio, studioSuite } from './support/studio.ts'

const suite = studioSuite()

/** A studio on a library and a port that outlive it, with one page open. */
async function studioToRestart(): Promise<{
  studio: SampleStudio
  page: Page
  restart: () => Promise<SampleStudio>
}> {
  const library = mkdtempSync(join(tmpdir(), 'takeboard-restart-'))
  suite.after(async () => rmSync(library, { recursive: true, force: true }))
  const studio = await suite.start({ library })
  const page = await suite.page(studio)
  await see(page.locator('.scene-card')).toHaveCount(12)
  const port = Number(new URL(studio.url()).port)
  return {
    studio,
    page,
    async restart() {
      return suite.start({ library, port })
    },
  }
}

const banner = (page: Page) => page.locator('.banner')

describe('the connection', () => {
  it('says that Takeboard has stopped and how to go on; a restart does not know the page any more', async () => {
    const { page, restart, studio } = await studioToRestart()
    await studio.close()
    await see(banner(page)).toContainText('Takeboard has stopped.')
    await see(banner(page)).toContainText('Run the command again for a new address.')
    await see(banner(page)).toHaveRole('alert')
    // What is on the page stays readable.
    await see(cardOf(page, '12')).toBeVisible()

    const again = await restart()
    await see(banner(page)).toContainText('Takeboard was started again since this page was opened.')
    await see(banner(page)).toContainText('Run the command again for a new address.')
    await page.goto(again.url())
    await see(banner(page)).toHaveCount(0)
    await see(page.locator('.scene-card')).toHaveCount(12)
  })

  it('keeps what could not be saved on the page, and says so', async () => {
    const { page, studio } = await studioToRestart()
    await cardOf(page, '2').click()
    await studio.close()
    await see(banner(page)).toContainText('Takeboard has stopped.')
    const prompt = page.getByRole('textbox', { name: 'Prompt' })
    await prompt.fill('Typed while nobody listens')
    await prompt.press('Escape')
    await see(page.getByRole('region', { name: 'Prompt' }).getByText('Not saved')).toBeVisible()
    await see(prompt).toHaveValue('Typed while nobody listens')
  })

  it('tells a page without a session how to get in', async () => {
    const studio = await suite.start()
    const { page } = await openListened(suite.browser(), new URL(studio.url()).origin)
    suite.after(() => page.context().close())
    await see(page.getByRole('heading', { name: 'This address needs a fresh start' })).toBeVisible()
  })
})

describe('the top bar', () => {
  it('switches between projects, starts new ones, and comes back to the one that was open', async () => {
    const studio = await suite.start()
    const { projectId } = await studio.engine.call('project.create', { title: 'Second film' })
    await studio.engine.call('storyboard.update', {
      storyboardId: (await studio.engine.call('project.get', { projectId })).storyboards[0]?.id ?? studio.storyboardId,
      patch: { title: 'Reel one' },
    })
    const { page, complaints } = await openListened(suite.browser(), studio.url())
    suite.after(() => page.context().close())
    const project = page.getByRole('button', { name: /^Project: / })
    await project.click()
    await page.getByRole('menuitemcheckbox', { name: 'Second film' }).click()
    await see(page.getByRole('heading', { name: 'Reel one' }).first()).toBeVisible()
    await project.click()
    await page.getByRole('menuitemcheckbox', { name: 'The Long Pasture' }).click()
    await see(page.locator('.scene-card')).toHaveCount(12)
    await page.reload()
    await see(project).toHaveAccessibleName('Project: The Long Pasture')
    await project.click()
    await page.getByRole('menuitem', { name: 'New board' }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill('Third film')
    await page.getByRole('button', { name: 'Start the board' }).click()
    await see(project).toHaveAccessibleName('Project: Third film')
    expect(complaints).toEqual([])
  })

  it('says why nothing is submitted, and goes on from there', async () => {
    const studio = await suite.start()
    const page = await suite.page(studio)
    const complaints = complaintsOf(page)
    await studio.engine.call('runner.pause', {})
    await see(banner(page)).toContainText('Submissions are paused.')
    await banner(page).getByRole('button', { name: 'Resume' }).click()
    await see(banner(page)).toHaveCount(0)
    expect(complaints).toEqual([])
  })

  it('follows the theme of the settings, and the system when asked to', async () => {
    const studio = await suite.start()
    const page = await suite.page(studio)
    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    await see(page.locator('html')).toHaveAttribute('data-theme', 'dark')
    const dark = await background()
    await studio.engine.call('settings.update', { patch: { theme: 'light' } })
    await see.poll(background).not.toBe(dark)
    await page.emulateMedia({ colorScheme: 'dark' })
    await studio.engine.call('settings.update', { patch: { theme: 'system' } })
    await see.poll(background).toBe(dark)
    await page.emulateMedia({ colorScheme: 'light' })
    await see.poll(background).not.toBe(dark)
  })

  it('adds, renames and deletes a storyboard from the rail', async () => {
    const studio = await suite.start()
    const page = await suite.page(studio)
    const complaints = complaintsOf(page)
    await page.getByRole('button', { name: 'New storyboard' }).click()
    await page.getByRole('textbox', { name: 'Name of the storyboard' }).first().fill('Teaser')
    await page.keyboard.press('Enter')
    await see(page.getByRole('button', { name: 'Teaser, 0 scenes' })).toHaveAttribute('aria-current', 'true')
    await page.getByRole('button', { name: 'More for Teaser' }).click()
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    await see(page.getByRole('button', { name: 'Teaser, 0 scenes' })).toHaveCount(0)
    await see(page.locator('.scene-card')).toHaveCount(12)
    expect(complaints).toEqual([])
  })
})

describe('the window', () => {
  it.each([
    [1440, 900],
    [1100, 700],
  ])('shows all of its parts without a scrollbar of its own at %i by %i', async (width, height) => {
    const studio = await suite.start()
    const page = await suite.page(studio, { width, height })
    await see(page.locator('.scene-card').first()).toBeVisible()
    const overflow = await page.evaluate(() => {
      const wide = [document.documentElement, ...document.querySelectorAll('.top-bar, .view-header, .inspector, .rail')]
      return wide
        .filter((element) => element.scrollWidth > element.clientWidth + 1)
        .map((element) => element.className || element.tagName)
    })
    expect(overflow).toEqual([])
    const bar = await page.getByRole('button', { name: 'Choose what to generate' }).boundingBox()
    expect((bar?.x ?? 0) + (bar?.width ?? 0)).toBeLessThanOrEqual(width)
  })
})
