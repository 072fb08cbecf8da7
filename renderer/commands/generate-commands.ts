import type { UsdMicros } from '../../shared/money.ts'
import { DRAFT, draftPass, finalCost, passPrice } from '../state/passes.ts'
import { lookingOnlyNow, obstacleNow } from '../state/obstacle.ts'
import { currentView } from '../state/projection.ts'
import { openPreflight, useUi } from '../state/ui-store.ts'
import { boardNow } from './board-now.ts'
import type { Command } from './registry.ts'
import { rehearse } from './scene-actions.ts'

const rehearsing = () => currentView()?.project.provider === 'rehearsal'
const paid = (price: UsdMicros): UsdMicros | null => (rehearsing() ? null : price)

function reason(): string | null {
  const board = boardNow()
  if (!board) return 'Open a project first'
  return board.scenes.length === 0 ? 'No scenes yet' : null
}

const drafts = () => {
  const board = boardNow()
  return board ? draftPass(board.view, board.scenes) : []
}
const finals = () => {
  const board = boardNow()
  return board && finalCost(board.view, board.scenes)
}
const draftReason = () => reason() ?? (drafts().length === 0 ? 'Every scene has a draft' : obstacleNow())
const finalReason = () => reason() ?? obstacleNow()
const rehearseReason = () => reason() ?? lookingOnlyNow()
const idle = () => useUi.getState().generate === null

/** Opens the pre-flight of a draft pass: everything that has no draft yet, at the lowest price. */
export const openDraftPass = (): void => openPreflight({ kind: 'scenes', sceneIds: null, draft: true })
/** Opens the pre-flight of a final pass: the picks once more at the highest resolution. */
export const openFinalPass = (): void => openPreflight({ kind: 'final' })

/** Rehearses every scene at once, free. */
function rehearsePass(): void {
  const board = boardNow()
  if (board) void rehearse(board.scenes.map(({ id }) => id))
}

/** Opens the plan of what an amount buys. */
export const openFit = (): void => useUi.setState({ fit: { sceneIds: null } })

/** Batches over the whole board: from the draft to the final, and what there is money for. */
export const generateCommands = (): readonly Command[] => [
  {
    id: 'generate.draft',
    title: 'Draft pass',
    label: () => `Draft pass at ${DRAFT}`,
    words: 'generate cheap 720p whole board',
    group: 'Everywhere',
    price: () => paid(passPrice(drafts(), DRAFT)),
    when: () => draftReason() === null && idle(),
    reason: draftReason,
    run: openDraftPass,
  },
  {
    id: 'generate.final',
    title: 'Final pass',
    label: () => 'Final pass of the picks',
    words: 'generate 1080p approved picks',
    group: 'Everywhere',
    price: () => {
      const cost = finals()
      return cost ? paid(cost.price) : null
    },
    when: () => finalReason() === null && idle(),
    reason: finalReason,
    run: openFinalPass,
  },
  {
    id: 'generate.rehearse',
    title: 'Rehearse pass',
    label: () => 'Rehearse every scene',
    words: 'free placeholder animatic whole board',
    group: 'Everywhere',
    when: () => rehearseReason() === null,
    reason: rehearseReason,
    run: rehearsePass,
  },
  {
    id: 'generate.fit',
    title: 'Fit the board to the budget',
    words: 'afford money cap plan shorten',
    group: 'Everywhere',
    when: () => reason() === null,
    reason,
    run: openFit,
  },
]
