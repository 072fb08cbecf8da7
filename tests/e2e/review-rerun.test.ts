import { describe, it } from 'vitest'
import { usdMicros } from '../../shared/money.ts'
import { violationsOn } from './support/axe.ts'
import { type ClipBoard, settled, startRoom } from './support/clips.ts'
import { cardOf, see } from './support/pages.ts'
import { studioSuite, until } from './support/studio.ts'

const suite = studioSuite()

const idsOf = ({ takeIds }: ClipBoard, scene: number) => takeIds[scene] ?? []

describe('what compared takes were asked for', () => {
  it('is shown beside the one in sight: words, seeds and settings, of one scene or two', async () => {
    const { page } = await startRoom(
      suite,
      [['fps-24', 'fps-24-b', 'fps-24-c'], ['small-24']],
      async ({ engine }, { sceneIds }) => {
        const [sceneId] = sceneIds
        if (sceneId) await engine.call('scene.update', { sceneId, patch: { prompt: 'Otherwise.' } })
      },
    )
    await settled(page, 0)
    await page.keyboard.press('Shift+d')
    const panel = page.getByRole('complementary', { name: 'Requests compared' })
    const pair = panel.getByRole('region')
    await see(pair).toHaveCount(1)
    // A is the newest, take 3; take 2 was put beside it.
    await see(pair).toHaveAccessibleName('From take 3 to take 2')
    const prompt = pair.locator('.changed-text')
    await see(prompt.locator('del')).toHaveText('fps-24-c')
    await see(prompt.locator('ins')).toHaveText('fps-24-b')
    await see(pair.getByText('Seed', { exact: true }).locator('..')).toContainText(/\d+\s*\d+/)
    await see(pair.locator('summary')).toContainText('the same')
    await see(pair.getByText('16:9')).toBeHidden()
    await pair.locator('summary').click()
    await see(pair.getByText('16:9')).toBeVisible()

    // Another in sight turns the change round; a third take is another pair.
    await page.keyboard.press('b')
    await see(pair).toHaveAccessibleName('From take 2 to take 3')
    see(await violationsOn(page)).toEqual([])
    await page.keyboard.press('Shift+d')
    await see(panel).toHaveCount(0)
    await page.getByRole('button', { name: 'Compare with take 1' }).click()
    await page.getByRole('button', { name: 'What differs in the requests' }).click()
    await see(pair).toHaveCount(2)
    await page.getByRole('button', { name: 'Back to takes and notes' }).click()
    await see(page.getByRole('complementary', { name: 'Takes and notes' })).toBeVisible()

    // Takes of two scenes, ticked on the board, are named with them.
    await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: 'Board' }).click()
    for (const [scene, take] of [
      ['1', 1],
      ['2', 1],
    ] as const) {
      await cardOf(page, scene).click()
      await page.getByRole('listitem', { name: `Take ${take}` }).hover()
      await page.getByRole('checkbox', { name: `Compare take ${take}` }).click()
    }
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: /^Search commands/ }).fill('compare the ticked')
    await page.getByRole('option', { name: /^Compare the ticked takes/ }).click()
    await settled(page, 0)
    await page.keyboard.press('Shift+d')
    await see(pair).toHaveAccessibleName('From scene 01, take 1 to scene 02, take 1')
  })
})

describe('from rejected takes to a priced batch', () => {
  it('prices the rejected scenes, offers their notes for the prompts and sends once', async () => {
    const { page, studio, board } = await startRoom(
      suite,
      [['fps-24', 'fps-24-b'], ['fps-24-c'], ['small-24'], ['silent-24']],
      async ({ engine, projectId }, made) => {
        const reject = (takeIds: readonly (typeof made.takeIds)[number][number][]) =>
          engine.call('take.judge', { takeIds: [...takeIds], patch: { rejected: true } })
        await reject([...idsOf(made, 0), ...idsOf(made, 1)])
        const [latest] = idsOf(made, 0).slice(-1)
        if (latest)
          await engine.call('note.add', { takeId: latest, from: 30, to: 30, text: 'Scarf stays red', strokes: [] })
        const { budget } = await engine.call('project.get', { projectId })
        // Room for both scenes, and for nothing else.
        await engine.call('project.update', {
          projectId,
          patch: { cap: usdMicros(budget.spent + budget.held + 2_000_000) },
        })
      },
    )
    await settled(page)
    const before = (await studio.project()).takes.length
    const sent = studio.fake?.ledger().jobs.length ?? 0
    // The third is rejected here, by its key.
    await page.getByRole('button', { name: /^Scene 03,/ }).click()
    await settled(page)
    await see(page.getByRole('button', { name: 'Re-run 2 rejected scenes, $1.40' })).toBeVisible()
    await page.keyboard.press('x')
    await page.getByRole('button', { name: 'Re-run 3 rejected scenes, $2.10' }).click()

    const dialog = page.locator('.dialog')
    await see(dialog).toHaveAccessibleName('Re-run 3 rejected scenes: $2.10')
    await see(dialog.getByText('The cap leaves $2.00', { exact: true })).toBeVisible()
    await see(dialog.getByText('Over the cap: 1 scene, $0.70, stays behind. The cap is $0.10 short.')).toBeVisible()
    await see(dialog.getByRole('button', { name: 'Submit 2 scenes · $1.40' })).toBeEnabled()
    await dialog.getByRole('checkbox', { name: /^Scene 3,/ }).click()
    await see(dialog).toHaveAccessibleName('Re-run 2 rejected scenes: $1.40')

    // Notes are offered, and nothing of them is in the prompt by itself.
    await dialog.getByRole('button', { name: 'Prompt of scene 1 and 1 open note' }).click()
    const field = dialog.getByRole('textbox', { name: 'Prompt of scene 01' })
    await see(field).toHaveValue('Clip fps-24-b.mp4')
    await see(dialog.getByText('No prompt is changed.')).toBeVisible()
    await dialog.getByRole('button', { name: 'Add to the prompt' }).click()
    await see(field).toHaveValue('Clip fps-24-b.mp4. Scarf stays red')
    await field.fill('Clip fps-24-b.mp4. Scarf stays red to the end')
    await see(dialog.getByText('1 prompt is edited: saved to its scene when you send')).toBeVisible()
    await field.fill('@Nobody')
    await see(dialog.getByText('@Nobody is nobody in the cast.')).toBeVisible()
    await see(dialog.getByRole('button', { name: 'Check the prompts' })).toBeDisabled()
    await field.fill('Clip fps-24-b.mp4. Scarf stays red to the end')

    // Seeds: those of the rejected takes for all, a new one for the second, whose clip would be the same again.
    await dialog.getByRole('radio', { name: /^The seed of each rejected take/ }).click()
    const second = dialog.locator('tr[data-item]').nth(1)
    await see(second).toContainText('Same seed and nothing changed')
    await dialog.getByRole('button', { name: /^Seed of scene 2:/ }).click()
    await page.getByRole('menuitemcheckbox', { name: 'A new seed' }).click()
    await see(second).toContainText('Take 1 rejected')
    await see(second).toContainText('New')
    await see(dialog.getByRole('button', { name: 'Submit 2 scenes · $1.40' })).toBeEnabled()
    see(await violationsOn(page)).toEqual([])
    see((await studio.project()).scenes.find(({ id }) => id === board.sceneIds[0])?.prompt).toBe('Clip fps-24-b.mp4')

    await dialog.getByRole('button', { name: 'Submit 2 scenes · $1.40' }).click()
    await see(page.getByText('2 takes started')).toBeVisible()
    const after = await until(
      studio,
      ({ takes }) => takes.length === before + 2 && takes.every(({ phase }) => phase === 'ready'),
    )
    const made = (scene: number) => after.takes.filter(({ sceneId }) => sceneId === board.sceneIds[scene])
    const [first, again] = [made(0)[1], made(0)[2]]
    see(again?.request).toMatchObject({ seed: first?.request.seed, resolution: first?.request.resolution })
    see(again?.request.prompt).toContain('Scarf stays red to the end')
    see(made(1)[1]?.request.seed).not.toBe(made(1)[0]?.request.seed)
    see(made(2)).toHaveLength(1)
    see(studio.fake?.ledger().jobs).toHaveLength(sent + 2)

    // The prompts were one edit: one undo takes them back, and no money with them.
    const { budget } = after
    await page.keyboard.press('Control+z')
    const undone = await until(studio, ({ scenes }) =>
      scenes.some(({ id, prompt }) => id === board.sceneIds[0] && prompt === 'Clip fps-24-b.mp4'),
    )
    see(undone.budget).toEqual(budget)
    // What is not judged yet is listed, and not meant.
    await page.getByRole('button', { name: 'Board' }).first().click()
    await page.getByRole('button', { name: 'Choose what to generate' }).click()
    await page.getByRole('menuitem', { name: /^Re-run rejected \(1\)/ }).click()
    await see(dialog.getByText('Take 3 is not judged yet')).toBeVisible()
    await see(dialog).toHaveAccessibleName(/^Re-run 1 rejected scene/)
  })
})
