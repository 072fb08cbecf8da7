import { TakeboardError } from '../../../shared/errors.ts'
import { usdMicros } from '../../../shared/money.ts'
import { ledgerCsv } from '../interchange/ledger-csv.ts'
import type { Handlers } from '../router.ts'
import { listStoryboards } from '../store/boards.ts'
import { listLedger } from '../store/ledger.ts'
import { readLibraryBudget, writeLibraryCap } from '../store/projects.ts'
import {
  acceptedSeconds,
  allLedgerLines,
  listShotScenes,
  spendByDay,
  spendByMonth,
  spendByScene,
  spendByStoryboard,
  spendTotal,
} from '../store/spend.ts'
import { the, type HandlerContext } from './context.ts'

type SpendCalls = Pick<
  Handlers,
  'spend.get' | 'ledger.list' | 'ledger.csv' | 'library.setCap' | 'take.countRefunded' | 'billing.look'
>

/** Reports on money, and the few decisions about it that are the artist's. */
export function spendHandlers({ store, outbox, driver, biller }: HandlerContext): SpendCalls {
  return {
    'spend.get': ({ projectId }) => {
      const db = store.read
      the.project(db, projectId)
      const total = spendTotal(db, projectId)
      const byScene = new Map(spendByScene(db, projectId).map((row) => [row.sceneId, row]))
      const byBoard = new Map(spendByStoryboard(db, projectId).map((row) => [row.storyboardId, row]))
      const seconds = acceptedSeconds(db, projectId)
      return {
        total,
        scenes: listShotScenes(db, projectId).flatMap(({ id, storyboardId, number, title }) => {
          const row = byScene.get(id)
          return row ? [{ ...row, storyboardId, number, title }] : []
        }),
        storyboards: listStoryboards(db, projectId).flatMap(({ id, title }) => {
          const row = byBoard.get(id)
          return row ? [{ ...row, title }] : []
        }),
        months: spendByMonth(db, projectId),
        days: spendByDay(db, projectId),
        acceptedSeconds: seconds,
        perAcceptedSecond: seconds === 0 ? null : usdMicros(Math.round(total.actual / seconds)),
      }
    },

    'ledger.list': ({ projectId, before, limit }) => listLedger(store.read, projectId, before, limit),

    'ledger.csv': ({ projectId }) => {
      if (projectId !== null) the.project(store.read, projectId)
      return { csv: ledgerCsv(allLedgerLines(store.read, projectId)) }
    },

    'library.setCap': ({ cap }) =>
      outbox.write((db, emit) => {
        writeLibraryCap(db, cap)
        emit('library.budget', readLibraryBudget(db))
        return {}
      }),

    'billing.look': async () => {
      await biller.look()
      return {}
    },

    'take.countRefunded': ({ takeId }) => {
      const { take } = the.take(store.read, takeId)
      const { changed } = driver.apply(takeId, { type: 'refunded' })
      if (!changed)
        throw new TakeboardError('conflict', `Take ${take.number} waits for no refund, so no money was moved.`)
      return {}
    },
  }
}
