import { present } from '../../../../shared/assert.ts'
import type { CallInput } from '../../../../shared/contract.ts'
import { PredictionId } from '../../../../shared/ids.ts'
import { type Budget, needsDecision } from '../../../../shared/model.ts'
import { formatUsd, formatUsdExact, usdDecimal } from '../../../../shared/money.ts'
import { didYouMean } from '../../../../shared/nearest.ts'
import type { Invocation } from '../args.ts'
import type { Command } from '../context.ts'
import { EXIT } from '../exit-codes.ts'
import { libraryExists, withLibrary } from '../library.ts'
import { PHASE_WORDS } from '../progress.ts'
import { usageError } from '../usage.ts'
import { namedTakes, readProjects, type NamedTake } from './status.ts'

type Verdict = CallInput<'take.resolve'>['as']

function verdictOf({ options, flags }: Invocation): Verdict {
  const verdicts: Verdict[] = []
  if (flags.has('charged')) verdicts.push({ kind: 'charged' })
  if (flags.has('not-charged')) verdicts.push({ kind: 'not-charged' })
  if (options.prediction !== undefined) {
    const predictionId = PredictionId.safeParse(options.prediction)
    if (!predictionId.success) throw usageError('--prediction is longer than any prediction id.', 'resolve')
    verdicts.push({ kind: 'prediction', predictionId: predictionId.data })
  }
  const [verdict] = verdicts
  if (verdict === undefined || verdicts.length > 1) {
    throw usageError('Give exactly one of --charged, --not-charged and --prediction ID.', 'resolve')
  }
  return verdict
}

/**
 * Finds the take that is meant: by slate, or by board title and slate as `The Long Pasture/12A-3`.
 * @throws TakeboardError bad-input when there is none, several, or one that is not unconfirmed
 */
export function findUnconfirmed(takes: readonly NamedTake[], wanted: string): NamedTake {
  const matches = takes.filter(({ slate, board }) => [slate, `${board}/${slate}`].some((name) => same(name, wanted)))
  const open = matches.filter(({ take }) => needsDecision(take))
  const [first] = open
  if (first !== undefined && open.length === 1) return first
  if (open.length > 1) {
    const choices = open.map(({ project, board, slate }) => `  --project "${project}" "${board}/${slate}"`)
    throw usageError([`${wanted} names several takes. Say which:`, ...choices].join('\n'), 'resolve')
  }
  const settled = matches[0]
  if (settled !== undefined) {
    throw usageError(`${wanted} is ${PHASE_WORDS[settled.take.phase]}; there is nothing to settle.`, 'resolve')
  }
  const unconfirmed = takes.filter(({ take }) => needsDecision(take)).map(({ slate }) => slate)
  const hint =
    didYouMean(wanted, unconfirmed) ||
    (unconfirmed.length === 0 ? ' No take is unconfirmed.' : ` Unconfirmed: ${unconfirmed.join(', ')}.`)
  throw usageError(`There is no take ${wanted}.${hint}`, 'resolve')
}

const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase()

/** What was done and what it may cost. */
function resolvedLines({ slate, take }: NamedTake, verdict: Verdict, budget: Budget): readonly string[] {
  const price = formatUsdExact(take.price)
  const money = `The project now has ${formatUsd(budget.held)} held and ${formatUsd(budget.spent)} spent.`
  switch (verdict.kind) {
    case 'charged':
      return [
        `${slate} counts as charged: ${price} is spent, and there is no clip. The next run sends the scene again.`,
        money,
      ]
    case 'not-charged':
      return [
        `${slate} counts as not charged: ${price} is no longer held. The next run sends the scene again; should the first job exist after all, it is paid twice.`,
        money,
      ]
    case 'prediction':
      return [
        `${slate} is job ${verdict.predictionId}: ${price} stays held, and the next run follows it. Nothing is sent again.`,
        money,
      ]
  }
}

/** `takeboard resolve SLATE` */
export const resolve: Command = async (context) => {
  const { console, invocation, library } = context
  context.setCost('Nothing was changed.')
  const verdict = verdictOf(invocation)
  const wanted = invocation.positionals[0] ?? ''
  if (!libraryExists(library)) throw usageError(`There is no library at ${library}.`, 'resolve')
  return withLibrary(context, { paused: true }, async (engine) => {
    const projects = await readProjects(engine, invocation.options.project)
    const named = findUnconfirmed(projects.flatMap(namedTakes), wanted)
    await engine.call('take.resolve', { takeId: named.take.id, as: verdict })
    const { budget, takes } = await engine.call('project.get', { projectId: named.take.projectId })
    const take = present(
      takes.find(({ id }) => id === named.take.id),
      'takes are never removed',
    )
    if (console.json) {
      console.document({
        project: named.project,
        board: named.board,
        slate: named.slate,
        state: take.phase,
        charge: take.charge,
        prediction_id: take.predictionId,
        price_usd: usdDecimal(take.price),
        held_usd: usdDecimal(budget.held),
        spent_usd: usdDecimal(budget.spent),
      })
    } else if (!console.quiet) for (const line of resolvedLines(named, verdict, budget)) console.out(line)
    return EXIT.ready
  })
}
