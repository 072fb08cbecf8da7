import type { ProjectSnapshot } from '../../../../shared/contract.ts'
import { ERRORS } from '../../../../shared/errors.ts'
import { isOpen, type Take, needsDecision } from '../../../../shared/model.ts'
import { formatUsd, formatUsdExact, usdDecimal, type UsdMicros } from '../../../../shared/money.ts'
import type { Engine } from '../../../engine/api.ts'
import { slate } from '../../../engine/domain/slate.ts'
import { createClipStore } from '../../../engine/media/clip-store.ts'
import { didYouMean } from '../../../../shared/nearest.ts'
import type { Command } from '../context.ts'
import { EXIT } from '../exit-codes.ts'
import { libraryExists, withLibrary } from '../library.ts'
import { PHASE_WORDS } from '../progress.ts'
import { takeDocument } from '../run-report.ts'
import { table } from '../table.ts'
import { usageError } from '../usage.ts'

/** A take with the names it is known by. */
export interface NamedTake {
  readonly take: Take
  readonly slate: string
  readonly board: string
  readonly project: string
}

/** The projects of a library, or the one that is named. @throws TakeboardError bad-input naming the nearest */
export async function readProjects(engine: Engine, title: string | undefined): Promise<readonly ProjectSnapshot[]> {
  const { projects } = await engine.call('studio.get', {})
  const chosen = title === undefined ? projects : projects.filter((project) => project.title === title)
  if (title !== undefined && chosen.length === 0) {
    const titles = projects.map((project) => project.title)
    throw usageError(`There is no project ${title} in this library.${didYouMean(title, titles)}`, 'status')
  }
  return Promise.all(chosen.map(({ id }) => engine.call('project.get', { projectId: id })))
}

export function namedTakes(snapshot: ProjectSnapshot): readonly NamedTake[] {
  const { project, storyboards, takes } = snapshot
  const scenes = [...snapshot.removedScenes, ...snapshot.scenes]
  const numbers = new Map(scenes.map((scene) => [scene.id, scene.number]))
  const titles = new Map(storyboards.map((board) => [board.id, board.title]))
  return takes.map((take) => ({
    take,
    slate: slate(numbers.get(take.sceneId) ?? '?', take.number),
    board: titles.get(take.storyboardId) ?? '',
    project: project.title,
  }))
}

interface Attention {
  readonly named: NamedTake
  readonly message: string
  readonly todo: string
}

/** What only the artist can settle, with the command that does. */
function attentionOf(named: NamedTake): Attention | null {
  const { take } = named
  if (needsDecision(take)) {
    const message = take.error?.message ?? 'It was sent and never answered.'
    return { named, message, todo: `takeboard resolve ${named.slate} --charged, --not-charged or --prediction ID` }
  }
  const paidForNothing =
    take.phase === 'failed' && take.clip === null && take.charge === 'charged' && take.predictionId !== null
  if (!paidForNothing) return null
  const message = `It was charged but its clip is not here: ${take.error?.message ?? 'the download failed.'}`
  return { named, message, todo: 'takeboard run BOARD downloads it again at no cost while the service has it' }
}

const usdOrNull = (amount: UsdMicros | null) => (amount === null ? null : usdDecimal(amount))

function projectDocument(snapshot: ProjectSnapshot, library: string) {
  const { project, budget } = snapshot
  const clips = createClipStore(library)
  const named = namedTakes(snapshot)
  return {
    project: project.title,
    cap_usd: usdOrNull(budget.cap),
    held_usd: usdDecimal(budget.held),
    refund_pending_usd: usdDecimal(budget.refundPending),
    spent_usd: usdDecimal(budget.spent),
    left_usd: usdOrNull(budget.left),
    open: named
      .filter(({ take }) => isOpen(take.phase))
      .map(({ take, slate: label, board }) => ({
        board,
        provider: take.provider,
        ...takeDocument(take, label, ({ sha256 }) => clips.path(sha256)),
      })),
    attention: named.flatMap((each) => {
      const found = attentionOf(each)
      if (found === null) return []
      const { take, slate: label, board } = each
      return {
        board,
        slate: label,
        code: take.error?.code ?? null,
        message: found.message,
        remedy: take.error === null ? 'none' : ERRORS[take.error.code].remedy,
        to_do: found.todo,
        price_usd: usdDecimal(take.price),
      }
    }),
  }
}

function projectLines(snapshot: ProjectSnapshot): readonly string[] {
  const { project, budget } = snapshot
  const named = namedTakes(snapshot)
  const refund = budget.refundPending > 0 ? ` (${formatUsd(budget.refundPending)} of it to be refunded)` : ''
  const cap =
    budget.cap === null || budget.left === null
      ? 'no cap'
      : `cap ${formatUsd(budget.cap)}, ${formatUsd(budget.left)} left`
  const lines = [`${project.title}: ${formatUsd(budget.held)} held${refund}, ${formatUsd(budget.spent)} spent, ${cap}`]
  const open = named.filter(({ take }) => isOpen(take.phase))
  if (open.length === 0) lines.push('  No take is open.')
  const rows = open.map(({ take, slate: label, board }) => [
    `  ${label}`,
    PHASE_WORDS[take.phase],
    take.provider,
    formatUsdExact(take.price),
    board,
  ])
  lines.push(...table(rows, [3]))
  for (const each of named) {
    const found = attentionOf(each)
    if (found !== null) lines.push(`  ${each.slate} needs you: ${found.message}`, `    To do: ${found.todo}`)
  }
  return lines
}

/** `takeboard status`: looks only; nothing is submitted or polled meanwhile. */
export const status: Command = async (context) => {
  const { console, library, invocation } = context
  const snapshots = libraryExists(library)
    ? await withLibrary(context, { paused: true }, (engine) => readProjects(engine, invocation.options.project))
    : []
  if (console.json) {
    console.document({ library, projects: snapshots.map((snapshot) => projectDocument(snapshot, library)) })
    return EXIT.ready
  }
  if (snapshots.length === 0) console.out(`There are no projects in ${library} yet.`)
  for (const snapshot of snapshots) for (const line of projectLines(snapshot)) console.out(line)
  return EXIT.ready
}
