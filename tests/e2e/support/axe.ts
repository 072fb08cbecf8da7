import axe from 'axe-core'
import type { Page } from 'playwright'

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
