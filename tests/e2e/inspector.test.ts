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

  it('walks from a start by steps, and follows a scene that is chosen from the kinds', async () => {
    const { page, studio } = await inspect('1')
    const { seed } = await sceneOf(studio, '1')
    const start = seed.kind === 'locked' ? seed.value : 0
    await page.getByRole('button', { name: 'Kind of seed: Locked' }).click()
    await page.getByRole('menuitemcheckbox', { name: 'Walk, a step for each take' }).click()
    await see.poll(async () => (await sceneOf(studio, '1')).seed).toEqual({ kind: 'walk', start, step: 1 })
    const step = page.getByRole('textbox', { name: 'Step of the walk' })
    await step.fill('one')
    await see(step).toHaveAttribute('aria-invalid', 'true')
    await step.fill('-5')
    await step.press('Enter')
    await page.getByRole('textbox', { name: 'First seed of the walk' }).fill('700')
    await page.getByRole('textbox', { name: 'First seed of the walk' }).press('Enter')
    await see.poll(async () => (await sceneOf(studio, '1')).seed).toEqual({ kind: 'walk', start: 700, step: -5 })
    await see(page.getByText('The next take has 700, each later one 5 less.')).toBeVisible()

    await page.getByRole('button', { name: 'Kind of seed: Walk' }).click()
    await page.getByRole('menuitemcheckbox', { name: 'Same as another scene' }).click()
    await page.getByRole('button', { name: 'Scene whose seed is followed' }).click()
    await page.getByRole('menuitemcheckbox', { name: '03 Barn door' }).click()
    const three = await sceneOf(studio, '3')
    await see.poll(async () => (await sceneOf(studio, '1')).seed).toEqual({ kind: 'scene', sceneId: three.id })
  })

  it('comes from the bank and from takes of late, also of scenes that were removed', async () => {
    const { page, studio } = await inspect('4', true)
    const [take] = (await studio.project()).takes
    const projectId = studio.projectId
    await studio.engine.call('seed.save', {
      projectId,
      seed: 4711,
      name: 'Dust in the light',
      character: null,
      stars: 5,
      note: '',
      takeId: null,
    })
    await studio.engine.call('scene.removeMany', { sceneIds: [(await sceneOf(studio, '4')).id] })
    await cardOf(page, '9').click()
    await see(page.getByRole('textbox', { name: 'Scene number' })).toHaveValue('09')
    await page.getByRole('button', { name: 'Reuse a seed' }).click()
    await page.getByRole('menuitem', { name: 'Take 04-1' }).click()
    const seedOfNine = async () => (await sceneOf(studio, '9')).seed
    await see.poll(seedOfNine).toEqual({ kind: 'locked', value: take?.request.seed })
    await page.getByRole('button', { name: 'Reuse a seed' }).click()
    await page.getByRole('menuitem', { name: 'Dust in the light' }).click()
    await see.poll(seedOfNine).toEqual({ kind: 'locked', value: 4711 })
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

describe('the storyboard, while no scene is chosen', () => {
  it('has its cast, its numbering, and what new scenes start with', async () => {
    const { page, studio } = await inspect('1')
    const { castId } = await studio.engine.call('cast.create', { projectId: studio.projectId, title: 'Winter cast' })
    await page.keyboard.press('Escape')
    const panel = page.getByRole('complementary', { name: 'Inspector' })
    await see(panel.getByText('12 scenes')).toBeVisible()
    await see(panel.getByText('0 of 12')).toBeVisible()
    await panel.getByRole('button', { name: 'Cast of the storyboard' }).click()
    await page.getByRole('menuitemcheckbox', { name: 'Winter cast' }).click()
    await panel.getByRole('button', { name: 'Renumber', exact: true }).click()
    await panel.getByRole('button', { name: '9:16' }).click()
    await panel.getByRole('button', { name: 'One seed' }).click()
    const seed = panel.getByRole('textbox', { name: 'Seed new scenes are locked to' })
    await seed.fill('512')
    await seed.press('Enter')
    await see
      .poll(async () => (await studio.project()).storyboards[0])
      .toMatchObject({
        castId,
        numbering: 'renumber',
        defaults: { aspectRatio: '9:16', seed: { kind: 'locked', value: 512 } },
      })
    await see(panel.getByText('Always 1, 2, 3 in the order of the board.')).toBeVisible()
  })
})
