import { randomUUID } from 'node:crypto'
import type { HeldBack } from '../../../../shared/contract.ts'
import { TakeboardError } from '../../../../shared/errors.ts'
import { RequestId, type ProjectId, type SceneId, type StoryboardId } from '../../../../shared/ids.ts'
import { formatUsd } from '../../../../shared/money.ts'
import type { BatchOrder } from '../../../../shared/preview.ts'
import type { Engine } from '../../../engine/api.ts'
import type { BoardFile } from '../../../engine/interchange/board-file.ts'
import { createClipStore } from '../../../engine/media/clip-store.ts'
import { confirmPaid } from '../confirm.ts'
import type { CliContext, Command } from '../context.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import { loadBoard } from '../load-board.ts'
import { runDocument } from '../run-report.ts'
import { initialState, isStopped, runExitCode, type Ending, type RunState } from '../run-state.ts'
import { runSummary } from '../run-summary.ts'
import { selectScenes } from '../select-scenes.ts'
import { runOptions, type RunOptions } from '../values.ts'
import { watchRun, type Watch } from '../watch-run.ts'

const NOTHING_SENT = 'Nothing was sent and nothing was spent.'

interface Opened {
  readonly projectId: ProjectId
  readonly storyboardId: StoryboardId
  readonly sceneIds: readonly SceneId[]
}

/** `takeboard run BOARD` */
export const run: Command = async (context) => {
  context.setCost(NOTHING_SENT)
  const options = runOptions(context.invocation)
  const boardPath = context.invocation.positionals[0] ?? ''
  const board = await loadBoard(boardPath)
  const numbers = board.scenes.map(({ number }) => number)
  const wanted = options.scenes === null ? numbers : selectScenes(options.scenes, numbers)
  if (options.provider === 'wavespeed' && !context.secrets.status().present) {
    throw new TakeboardError('key-missing', 'A paid run needs an API key for WaveSpeed.')
  }
  const { library, secrets, logger } = context
  const { concurrency } = options
  const engine = await context.openStudio({ library, secrets, logger, ...(concurrency !== null && { concurrency }) })
  let watch: Watch | null = null
  let ending: Ending | 'declined' = 'declined'
  try {
    const opened = await openProject(engine, context, options, board, boardPath)
    const scenes = new Set(opened.sceneIds.filter((_, index) => wanted.includes(numbers[index] ?? '')))
    const order = orderOf(options, [...scenes])
    if (!(await confirmPaid(engine, context, opened, order, options.yes))) return EXIT.other
    watch = await startWatch(engine, context, opened, options, scenes)
    if (!context.interrupted.aborted) {
      await resumeDownloads(engine, watch.state())
      await goOnAfterFailures(engine, watch.state())
      const heldBack = await start(engine, opened, order)
      watch.update((state) => ({ ...state, heldBack }))
    }
    ending = await watch.settled({ timeoutMs: options.timeoutMs, interrupted: context.interrupted })
    if (ending === 'interrupted') watch.say('Stopping. Ctrl-C once more stops at once.')
  } finally {
    // What is being sent is heard out before the library closes, so the last states come while this waits.
    await engine.close()
    watch?.stop()
    if (watch) context.setCost(costOf(watch.state()))
  }
  return report(context, board, watch.state(), ending)
}

const orderOf = (options: RunOptions, sceneIds: SceneId[]): BatchOrder => ({
  kind: 'scenes',
  provider: options.provider,
  sceneIds,
  takesPerScene: options.takes,
  mode: 'up-to',
  seeds: { kind: 'keep' },
  resolution: options.resolution,
  includeUnconfirmed: false,
})

/** Brings the project up to the board and sets its cap, having made sure first that a paid run has one. */
async function openProject(
  engine: Engine,
  { console, invocation }: CliContext,
  { provider, cap }: RunOptions,
  board: BoardFile,
  path: string,
): Promise<Opened> {
  const title = invocation.options.project ?? board.title
  const { projects } = await engine.call('studio.get', {})
  const known = projects.find((project) => project.title === title)
  if (provider === 'wavespeed' && cap === null && (known?.cap ?? null) === null) {
    throw new TakeboardError('cap-missing', `The project ${title} has no spending cap, and a paid run needs one.`)
  }
  const opened = await engine.openBoard(path, { project: title })
  if (cap !== null) {
    await engine.call('project.update', { projectId: opened.projectId, patch: { cap } })
    const { budget } = await engine.call('project.get', { projectId: opened.projectId })
    if (budget.held + budget.spent > cap) {
      console.warn(
        `The cap of ${formatUsd(cap)} is below the ${formatUsd(budget.held)} held and ${formatUsd(budget.spent)} spent already: nothing new is sent.`,
      )
    }
  }
  return opened
}

async function startWatch(
  engine: Engine,
  { console, now }: CliContext,
  opened: Opened,
  { provider }: RunOptions,
  wanted: ReadonlySet<SceneId>,
): Promise<Watch> {
  const studio = await engine.call('studio.get', {})
  const snapshot = await engine.call('project.get', { projectId: opened.projectId })
  const scenes = snapshot.scenes.filter(({ id }) => wanted.has(id)).sort((a, b) => a.position - b.position)
  return watchRun(engine, console, now, initialState(snapshot, provider, scenes, studio.runner.halted))
}

const WORTH_ANOTHER_DOWNLOAD: ReadonlySet<string> = new Set([
  'download-failed',
  'clip-invalid',
  'disk-full',
  'url-refused',
])

/** A job that was paid for but whose clip did not arrive is fetched again rather than bought again. */
async function resumeDownloads(engine: Engine, { takes }: RunState): Promise<void> {
  for (const take of takes.values()) {
    const worth = take.phase === 'failed' && take.clip === null && take.predictionId !== null
    if (!worth || !WORTH_ANOTHER_DOWNLOAD.has(take.error?.code ?? '')) continue
    await engine.call('take.download', { takeId: take.id }).catch((error: unknown) => {
      // No longer at the service: a new take is the only way.
      if (!(error instanceof TakeboardError) || error.code !== 'conflict') throw error
    })
  }
}

/** What failures put on hold goes on when it is asked for again; what the artist holds stays. */
async function goOnAfterFailures(engine: Engine, { takes }: RunState): Promise<void> {
  const takeIds = [...takes.values()].filter(isStopped).map(({ id }) => id)
  if (takeIds.length > 0) await engine.call('queue.release', { takeIds })
}

/** A queue paused in the studio would keep this run waiting for ever; asking for a run is asking for it to go on. */
async function endPause(engine: Engine): Promise<void> {
  const { runner } = await engine.call('studio.get', {})
  if (runner.paused && runner.halted === null) await engine.call('runner.resume', {})
}

async function start(engine: Engine, { storyboardId }: Opened, order: BatchOrder): Promise<readonly HeldBack[]> {
  await endPause(engine)
  const requestId = RequestId.parse(randomUUID())
  const started = await engine.call('batch.start', { requestId, storyboardId, order })
  return started.heldBack
}

function costOf({ provider, budget }: RunState): string {
  if (provider === 'rehearsal') return 'It was a rehearsal and cost nothing.'
  return `The project now has ${formatUsd(budget.held)} held and ${formatUsd(budget.spent)} spent.`
}

function report(context: CliContext, board: BoardFile, state: RunState, ending: Ending): ExitCode {
  const { console, library, invocation } = context
  const code = runExitCode(state, ending)
  if (console.json) {
    const clips = createClipStore(library)
    const names = { board: board.title, project: invocation.options.project ?? board.title, library }
    console.document(runDocument(state, names, ({ sha256 }) => clips.path(sha256)))
  }
  const lines = runSummary(state, ending, context.typed)
  // With --quiet only a run that is not as wished is worth a word.
  const say = console.json || code !== EXIT.ready ? (line: string) => saySummary(context, code, line) : console.out
  if (!console.quiet || code !== EXIT.ready) for (const line of lines) say(line)
  return code
}

const saySummary = ({ console }: CliContext, code: ExitCode, line: string): void =>
  code === EXIT.ready ? console.note(line) : console.warn(line)
