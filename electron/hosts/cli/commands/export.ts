import { dirname, join } from 'node:path'
import { present } from '../../../../shared/assert.ts'
import { TakeboardError, WireError } from '../../../../shared/errors.ts'
import type { Storyboard } from '../../../../shared/model.ts'
import type { Engine } from '../../../engine/api.ts'
import { didYouMean } from '../../../../shared/nearest.ts'
import { BUNDLE_ENDING } from '../../../engine/interchange/bundle-limits.ts'
import type { CliContext, Command } from '../context.ts'
import { EXIT } from '../exit-codes.ts'
import { withLibrary } from '../library.ts'
import { publishFile } from '../publish-file.ts'
import { usageError } from '../usage.ts'
import { readProjects } from './status.ts'

/** One format of `takeboard export`: writes to `out` and says what it wrote. */
interface Format {
  /** How the file has to be called, where a program goes by it. */
  readonly ending?: string
  write(engine: Engine, context: CliContext, out: string): Promise<{ said: string; document: object }>
}

/** The storyboard the options mean. @throws TakeboardError bad-input */
async function storyboardOf(engine: Engine, { invocation }: CliContext): Promise<Storyboard> {
  const { project, storyboard } = invocation.options
  const projects = await readProjects(engine, project)
  if (project === undefined && projects.length !== 1)
    throw usageError('Name the project with --project NAME.', 'export')
  const { storyboards } = present(projects[0], 'there is one')
  const titles = storyboards.map(({ title }) => title)
  const [only] = storyboards
  if (storyboard === undefined) {
    if (only !== undefined && storyboards.length === 1) return only
    throw usageError(`Name the storyboard with --storyboard: ${titles.join(', ')}.`, 'export')
  }
  const found = storyboards.find(({ title }) => title === storyboard)
  if (found) return found
  throw usageError(`There is no storyboard ${storyboard} in that project.${didYouMean(storyboard, titles)}`, 'export')
}

/** What the media handler has at an address. */
async function mediaBytes(engine: Engine, path: string): Promise<Uint8Array> {
  const reply = await engine.media(new Request(new URL(path, 'http://127.0.0.1/media/')))
  if (!reply.ok) throw TakeboardError.fromWire(WireError.parse(await reply.json()))
  return reply.bytes()
}

const images = (count: number) => (count === 1 ? '1 image' : `${count} images`)

const FORMATS: Readonly<Record<string, Format>> = {
  ledger: {
    async write(engine, { invocation }, out) {
      const { project } = invocation.options
      const chosen = project === undefined ? null : (await readProjects(engine, project))[0]
      const { csv } = await engine.call('ledger.csv', { projectId: chosen?.project.id ?? null })
      await publishFile(out, csv)
      const entries = csv.split('\r\n').length - 2
      const said = `${entries} ledger ${entries === 1 ? 'entry' : 'entries'} written to ${out}.`
      return { said, document: { entries } }
    },
  },
  bundle: {
    ending: BUNDLE_ENDING,
    async write(engine, context, out) {
      const { id, title } = await storyboardOf(engine, context)
      const { images: named, losses } = await engine.call('board.export', { storyboardId: id })
      losses.forEach((loss) => context.console.warn(loss))
      const bytes = await mediaBytes(engine, `bundles/${id}`)
      await publishFile(out, bytes)
      const count = Object.keys(named).length
      const said = `${title} with ${images(count)} written to ${out}.`
      return { said, document: { board: title, images: count, bytes: bytes.byteLength, losses } }
    },
  },
  board: {
    ending: '.board.json',
    async write(engine, context, out) {
      const { id, title } = await storyboardOf(engine, context)
      const { text, images: named, losses } = await engine.call('board.export', { storyboardId: id })
      losses.forEach((loss) => context.console.warn(loss))
      // The board last: where it is, everything it names is.
      for (const [path, sha256] of Object.entries(named))
        await publishFile(join(dirname(out), path), await mediaBytes(engine, `images/${sha256}`), { folder: true })
      await publishFile(out, text)
      const count = Object.keys(named).length
      return {
        said: `${title} written to ${out}, with ${images(count)} beside it.`,
        document: { board: title, images: count, losses },
      }
    },
  },
}

/** `takeboard export --format F --out PATH`: a storyboard to hand on, or the ledger. */
export const exportFile: Command = async (context) => {
  const { console, invocation } = context
  const { format, out } = invocation.options
  const chosen = format !== undefined && Object.hasOwn(FORMATS, format) ? FORMATS[format] : undefined
  if (format === undefined || chosen === undefined) {
    const what = format === undefined ? 'Name a format with --format.' : `This version cannot export ${format}.`
    const formats = 'It writes bundle, board and ledger (CSV); the clips of a run are listed by run BOARD --json.'
    throw usageError(`${what} ${formats}`, 'export')
  }
  if (out === undefined) throw usageError('Name the file to write with --out PATH.', 'export')
  if (chosen.ending !== undefined && !out.toLowerCase().endsWith(chosen.ending))
    throw usageError(`The file of that format is called *${chosen.ending}, not ${out}.`, 'export')
  context.setCost('Nothing was exported.')
  const { said, document } = await withLibrary(context, { paused: true }, (engine) =>
    chosen.write(engine, context, out),
  )
  if (console.json) console.document({ format, out, ...document })
  else if (!console.quiet) console.out(said)
  return EXIT.ready
}
