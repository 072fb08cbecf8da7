import { useMemo, useState } from 'react'
import { usePreviews } from '../../common/use-previews.ts'
import { type GenerateWish, PASSES, type Pass } from '../../state/generate-wish.ts'
import type { OpenBoard } from '../../state/hooks.ts'
import { rollSeed } from '../../state/seeds.ts'
import { type Item, itemsOf, unsettledTakes } from './items.ts'
import { linesOf, withPrompts } from './lines.ts'
import { commonSeed, firstChoices, orderedItems, orderOf, tick } from './order.ts'

const AS_SCENES: readonly Pass[] = ['scenes']

/** What the pre-flight shows of a wish, what is set in it, and what it would cost. */
export function useGenerate(board: OpenBoard, wish: GenerateWish) {
  const { view, storyboard, scenes, cast } = board
  const { provider, batchLimit } = view.project
  const items = useMemo(() => itemsOf(view, scenes, wish), [view, scenes, wish])
  const needsPurpose = ({ sceneId, from }: Item) =>
    provider !== 'rehearsal' &&
    (unsettledTakes(view, sceneId, provider).length > 0 || (from?.phase === 'failed' && from.charge === 'charged'))

  const [choices, setChoices] = useState(() => {
    const seed = commonSeed(items.flatMap(({ scene }) => scene ?? [])) ?? rollSeed()
    return firstChoices(wish, items, provider, String(seed), needsPurpose)
  })
  const ordered = orderedItems(items, choices, needsPurpose)
  const order = orderOf(provider, wish, ordered, choices)
  const facts = useMemo(
    () => ({ scenes, cast, storyboard, batchLimit, budget: view.budget }),
    [scenes, cast, storyboard, batchLimit, view.budget],
  )
  const previews = usePreviews(storyboard.id, order, facts, wish.kind === 'rerun' ? AS_SCENES : PASSES)
  const preview = order === null ? null : (previews.byPass[choices.pass] ?? null)
  return {
    items,
    choices,
    setChoices,
    onTick: (some: readonly Item[], on: boolean) => setChoices(tick(choices, some, on, needsPurpose)),
    ordered,
    order,
    previews,
    preview,
    lines: withPrompts(linesOf(items, preview, choices, ordered), choices.rerun.unfolded),
  }
}
