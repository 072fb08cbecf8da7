import axe from 'axe-core'
import type { Page } from 'playwright'
import { see } from './pages.ts'

/** Both are looked at. */
export const THEMES = ['dark', 'light'] as const

// Sentinels of the popup library around an open popup: whatever focuses one is sent on at once.
const LEFT_OUT = '[data-base-ui-focus-guard]'
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

interface Violation {
  readonly id: string
  readonly help: string
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[]
}

/** What axe finds wrong on the page as it is now; empty when nothing is. */
export async function violationsOn(page: Page): Promise<readonly string[]> {
  // Colours count once nothing fades any more.
  await page.evaluate(() => {
    const passing = document.getAnimations().filter((each) => Number.isFinite(each.effect?.getComputedTiming().endTime))
    return Promise.all(passing.map((each) => each.finished.catch(() => {})))
  })
  await page.evaluate(axe.source)
  const found = await page.evaluate<readonly Violation[]>(
    `axe.run({ exclude: ${JSON.stringify([LEFT_OUT])} }, { runOnly: { type: 'tag', values: ${JSON.stringify(TAGS)} } }).then((result) => result.violations)`,
  )
  return found.map(
    ({ id, help, nodes }) =>
      `${id}: ${help}\n${nodes.map(({ html, failureSummary }) => `    ${html.slice(0, 200)}\n    ${failureSummary ?? ''}`).join('\n')}`,
  )
}

/** Collects what is wrong over several screens, so that one run tells everything. */
export function audit() {
  const wrong: string[] = []
  return {
    wrong,
    async check(page: Page, screen: string): Promise<void> {
      for (const violation of await violationsOn(page)) wrong.push(`${screen}: ${violation}`)
    },
  }
}

/** Leaves the dialog or popup on top, and waits until it is gone. */
export async function leave(page: Page): Promise<void> {
  await page.keyboard.press('Escape')
  await see(page.locator('.popup, .dialog')).toHaveCount(0)
}

/** Opens a view by its tab. */
export const goTo = (page: Page, view: string) =>
  page
    .getByRole('navigation', { name: 'Views' })
    .getByRole('button', { name: new RegExp(`^${view}`) })
    .click()
