import type { Page } from 'playwright'
import { afterEach, describe, expect, it } from 'vitest'
import { usdMicros } from '../../shared/money.ts'
import { cardOf, complaintsOf, noComplaints, sceneOf, see, startTakes } from './support/pages.ts'
import { type SampleStudio, studioSuite, until } from './support/studio.ts'

const suite = studioSuite()

let heard: readonly string[] = []
afterEach(() => noComplaints(heard))

/** The sample with one scene in the inspector. */
async function inspect(number: string, rehearsed = false): Promise<{ studio: SampleStudio; page: Page }> {
  const studio = await suite.start()
  if (rehearsed) {
    await startTakes(studio, [number])
    await until(studio, ({ takes }) => takes[0]?.phase === 'ready')
  }
  const page = await suite.page(studio)
  heard = complaintsOf(page)
  await cardOf(page, number).click()
  await see(page.getByRole('textbox', { name: 'Scene number' })).toHaveValue(number.padStart(2, '0'))
  return { studio, page }
}

describe('what is written in the inspector', () => {
  it('is saved on its own, shows on the card, and is there after a reload', async () => {
    const { page, studio } = await inspect('3')
    await page.getByRole('textbox', { name: 'Scene title' }).fill('The great door')
    await page.getByRole('textbox', { name: 'Prompt' }).fill('@Mara waits. @Juniper does not.')
    await page.getByRole('button', { name: '9:16' }).click()
    await page.getByRole('button', { name: '1080p' }).click()
    const duration = page.getByRole('slider', { name: /duration/i })
    await duration.focus()
    await duration.press('ArrowRight')
    await duration.press('ArrowRight')
    await page.getByRole('textbox', { name: 'Seed' }).fill('77')
    await page.getByRole('textbox', { name: 'Seed' }).press('Enter')
    const expected = {
      title: 'The great door',
      prompt: '@Mara waits. @Juniper does not.',
      aspectRatio: '9:16',
      resolution: '1080p',
      duration: 7,
      seed: { kind: 'locked', value: 77 },
    }
    await see.poll(() => sceneOf(studio, '3')).toMatchObject(expected)
    await see(cardOf(page, '3')).toContainText('The great door')
    await see(cardOf(page, '3')).toContainText('$1.32')
    await page.reload()
    await cardOf(page, '3').click()
    await see(page.getByRole('textbox', { name: 'Scene title' })).toHaveValue('The great door')
    await see(page.getByRole('textbox', { name: 'Prompt' })).toHaveValue('@Mara waits. @Juniper does not.')
    await see(page.getByRole('textbox', { name: 'Seed' })).toHaveValue('77')
    await see(page.getByRole('button', { name: '9:16' })).toHaveAttribute('aria-pressed', 'true')
  })

  it('is saved also when the page is left in the middle of a word', async () => {
    const { page, studio } = await inspect('4')
    await page.getByRole('textbox', { name: 'Prompt' }).fill('Half a thou')
    await cardOf(page, '5').click()
    await see.poll(async () => (await sceneOf(studio, '4')).prompt).toBe('Half a thou')
    await page.getByRole('textbox', { name: 'Prompt' }).fill('Another one')
    await page.reload()
    await see.poll(async () => (await sceneOf(studio, '5')).prompt).toBe('Another one')
  })

  it('completes a mention with the arrows and Tab, and leaves Escape to the text', async () => {
    const { page } = await inspect('1')
    const prompt = page.getByRole('textbox', { name: 'Prompt' })
    await prompt.fill('With ')
    await prompt.pressSequentially('@')
    const names = page.getByRole('listbox', { name: 'Cast', exact: true })
    await see(names.getByRole('option')).toHaveText(['Mara', 'Juniper', 'Together'])
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

  it('says what exactly would be sent', async () => {
    const { page } = await inspect('5')
    await page.getByRole('button', { name: 'As sent' }).click()
    const sent = page.getByRole('dialog', { name: 'As sent' })
    await see(sent).toContainText('Mara ([Image 1], [Image 2], [Image 3]) brushes Juniper ([Image 4]')
    await see(sent).toContainText('Naturalistic, 35 mm')
    await see(sent.getByRole('listitem')).toHaveCount(6)
  })
})

describe('takes', () => {
  it('are marked stale with what changed since, and fresh again when it is undone', async () => {
    const { page, studio } = await inspect('2', true)
    const { duration } = await sceneOf(studio, '2')
    const card = cardOf(page, '2')
    await see(card).toHaveAttribute('data-state', 'ready')
    const stale = page.getByText('Changed since take 1: prompt, duration.')
    const prompt = page.getByRole('textbox', { name: 'Prompt' })
    const before = await prompt.inputValue()
    await prompt.fill(`${before} Slowly.`)
    const slider = page.getByRole('slider', { name: /duration/i })
    await slider.focus()
    await slider.press('ArrowRight')
    await see(stale).toBeVisible()
    await see(card).toContainText('Changed: prompt, duration')
    await prompt.fill(before)
    await slider.press('ArrowLeft')
    await see(card).not.toContainText('Changed')
    expect((await sceneOf(studio, '2')).duration).toBe(duration)
  })

  it('are rated, picked and rejected', async () => {
    const { page, studio } = await inspect('2', true)
    const stars = page.getByRole('slider', { name: 'Rating of take 1' })
    await stars.focus()
    for (let star = 0; star < 4; star++) await stars.press('ArrowRight')
    await see(stars).toHaveAttribute('aria-valuetext', '4 of 5 stars')
    await see.poll(async () => (await studio.project()).takes[0]?.rating).toBe(4)
    await page.getByRole('button', { name: 'Pick take 1' }).click()
    await see(cardOf(page, '2')).toHaveAttribute('data-state', 'picked')
    await page.getByRole('button', { name: 'Take 1 is the pick; unpick it' }).click()
    await see(cardOf(page, '2')).toHaveAttribute('data-state', 'ready')
    await page.getByRole('button', { name: 'Reject take 1' }).click()
    await see(cardOf(page, '2')).toHaveAttribute('data-state', 'draft')
    await page.getByRole('button', { name: 'Take 1 back in' }).click()
    await see(cardOf(page, '2')).toHaveAttribute('data-state', 'ready')
  })

  it('play while the pointer rests on their card', async () => {
    const { page } = await inspect('2', true)
    await cardOf(page, '2').hover()
    const video = cardOf(page, '2').locator('video')
    await see.poll(() => video.evaluate((element) => (element as HTMLVideoElement).currentTime)).toBeGreaterThan(0.1)
    await cardOf(page, '9').hover()
    await see(video).toHaveCount(0)
  })
})

describe('the seed', () => {
  it('is locked, rolled, refused when it is none, and taken from another scene', async () => {
    const { page, studio } = await inspect('4', true)
    const made = (await studio.project()).takes[0]?.request.seed
    const field = page.getByRole('textbox', { name: 'Seed' })
    await see(page.getByText(`The last one had ${made}.`)).toBeVisible()
    await page.getByRole('button', { name: 'Lock seed' }).click()
    await see(field).toHaveValue(String(made))
    await page.getByRole('button', { name: 'Roll a new seed' }).click()
    await see(field).not.toHaveValue(String(made))
    await see.poll(async () => (await sceneOf(studio, '4')).seed.kind).toBe('locked')

    await field.fill('0')
    await see(page.getByRole('alert').filter({ hasText: '2147483647' })).toBeVisible()
    await field.press('Escape')
    await page.getByRole('button', { name: 'Unlock seed' }).click()
    await see.poll(async () => (await sceneOf(studio, '4')).seed).toEqual({ kind: 'random' })

    await cardOf(page, '9').click()
    await page.getByRole('button', { name: 'Reuse a seed' }).click()
    await page
      .getByRole('group', { name: 'Lock to the seed of' })
      .getByRole('menuitem', { name: /04 Lantern/ })
      .click()
    await see(field).toHaveValue(String(made))
    await page.getByRole('button', { name: 'Reuse a seed' }).click()
    await page
      .getByRole('group', { name: 'Always the same as' })
      .getByRole('menuitemcheckbox', { name: /04 Lantern/ })
      .click()
    const four = await sceneOf(studio, '4')
    await see.poll(async () => (await sceneOf(studio, '9')).seed).toEqual({ kind: 'scene', sceneId: four.id })
    await see(page.getByText(`Follows the pick of scene 04, or its latest take: ${made} now.`)).toBeVisible()
  })
})

describe('money', () => {
  it('has its cap set in the budget, and refuses what is no amount', async () => {
    const { page, studio } = await inspect('1')
    await page.getByRole('button', { name: /^Budget: .*no cap set/ }).click()
    const budget = page.getByRole('dialog', { name: 'Budget' })
    await budget.getByRole('textbox', { name: 'Spending cap' }).fill('a lot')
    await budget.getByRole('button', { name: 'Set cap' }).click()
    await see(budget.getByRole('alert')).toContainText('12.50')
    await budget.getByRole('textbox', { name: 'Spending cap' }).fill('12.50')
    await budget.getByRole('button', { name: 'Set cap' }).click()
    await see(page.getByRole('button', { name: /^Budget: \$0\.00 spent, .*\$12\.50 left of \$12\.50/ })).toBeVisible()
    expect((await studio.project()).project.cap).toBe(usdMicros(12_500_000))
  })

  it('is shown by the rehearsal switch before anything is paid', async () => {
    const { page, studio } = await inspect('1')
    await see(page.getByRole('button', { name: 'Rehearse 12 scenes' })).toBeVisible()
    await page.getByRole('switch', { name: 'Rehearsal mode' }).click()
    await see(page.getByRole('button', { name: 'Generate 12 scenes · $8.40' })).toBeVisible()
    await see(page.getByRole('button', { name: 'Generate take 1 $0.84' })).toBeVisible()
    expect((await studio.project()).project.provider).toBe('wavespeed')
    await page.getByRole('switch', { name: 'Rehearsal mode' }).click()
    await see(page.getByRole('button', { name: 'Rehearse take 1' })).toBeVisible()
  })
})
