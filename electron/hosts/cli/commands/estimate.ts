import { listPrice, RESOLUTIONS } from '../../../../shared/models/happyhorse-1.1-r2v.ts'
import { formatUsd, formatUsdExact, sumUsd, usdDecimal, type UsdMicros } from '../../../../shared/money.ts'
import type { BoardFile } from '../../../engine/interchange/board-file.ts'
import type { Command } from '../context.ts'
import { EXIT } from '../exit-codes.ts'
import { loadBoard } from '../load-board.ts'
import { table } from '../table.ts'

interface Estimate {
  /** One take of each scene at the scene's own resolution. */
  readonly total: UsdMicros
  /** One take of every scene at this resolution. */
  readonly at: Readonly<Record<(typeof RESOLUTIONS)[number], UsdMicros>>
  readonly rows: readonly {
    readonly scene: BoardFile['scenes'][number]
    readonly price: UsdMicros
    readonly at: Estimate['at']
  }[]
}

/** Prices a board from the price table of the model. */
function estimateBoard(board: BoardFile): Estimate {
  const rows = board.scenes.map((scene) => ({
    scene,
    price: listPrice(scene.resolution, scene.duration),
    at: { '720p': listPrice('720p', scene.duration), '1080p': listPrice('1080p', scene.duration) },
  }))
  return {
    rows,
    total: sumUsd(rows.map(({ price }) => price)),
    at: { '720p': sumUsd(rows.map(({ at }) => at['720p'])), '1080p': sumUsd(rows.map(({ at }) => at['1080p'])) },
  }
}

function estimateDocument(board: BoardFile, { rows, total, at }: Estimate) {
  const both = (prices: Estimate['at']) => ({
    '720p': usdDecimal(prices['720p']),
    '1080p': usdDecimal(prices['1080p']),
  })
  return {
    board: board.title,
    scenes: rows.map(({ scene, price, at: prices }) => ({
      number: scene.number,
      title: scene.title,
      resolution: scene.resolution,
      duration: scene.duration,
      price_usd: usdDecimal(price),
      price_usd_by_resolution: both(prices),
    })),
    total_usd: usdDecimal(total),
    total_usd_by_resolution: both(at),
  }
}

function estimateLines(board: BoardFile, { rows, total, at }: Estimate): readonly string[] {
  const head = ['Scene', 'Title', 'Length', 'Resolution', 'Price', ...RESOLUTIONS]
  const cells = rows.map(({ scene, price, at: prices }) => [
    scene.number,
    scene.title.length > 32 ? `${scene.title.slice(0, 31)}…` : scene.title,
    `${scene.duration} s`,
    scene.resolution,
    formatUsdExact(price),
    ...RESOLUTIONS.map((resolution) => formatUsdExact(prices[resolution])),
  ])
  const seconds = board.scenes.reduce((sum, { duration }) => sum + duration, 0)
  const foot = [
    'All',
    '',
    `${seconds} s`,
    '',
    formatUsd(total),
    ...RESOLUTIONS.map((resolution) => formatUsd(at[resolution])),
  ]
  return [
    `${board.title}: ${rows.length === 1 ? '1 scene' : `${rows.length} scenes`}, one take each, at list prices. Nothing was sent.`,
    '',
    ...table([head, ...cells, foot], [2, 4, 5, 6]),
  ]
}

/** `takeboard estimate BOARD` */
export const estimate: Command = async ({ console, invocation }) => {
  const board = await loadBoard(invocation.positionals[0] ?? '')
  const found = estimateBoard(board)
  if (console.json) console.document(estimateDocument(board, found))
  else for (const line of estimateLines(board, found)) console.out(line)
  return EXIT.ready
}
