import {
  ASPECT_RATIOS,
  DEFAULTS,
  DURATION,
  IMAGES,
  RESOLUTIONS,
  type AspectRatio,
  type Resolution,
} from '../../../shared/models/happyhorse-1.1-r2v.ts'
import {
  choiceAt,
  collectProblems,
  imagePathAt,
  listAt,
  objectAt,
  seedAt,
  textAt,
  wholeAt,
  type BoardSeed,
  type Report,
} from './board-fields.ts'
import { type BoardProblem } from './board-problems.ts'
import { checkMentions, checkSeeds, namesNobody, numberScenes } from './board-rules.ts'
import { keyPath, scanJson } from './json-source.ts'

export { formatBoardProblems, type BoardProblem } from './board-problems.ts'
export type { BoardSeed } from './board-fields.ts'

/** The format version this Takeboard reads. */
export const BOARD_VERSION = 1

const MAX_SCENES = 5000

/** What scenes start with, with the model's own defaults filled in. */
export interface BoardDefaults {
  readonly resolution: Resolution
  readonly aspectRatio: AspectRatio
  /** Whole seconds. */
  readonly duration: number
  readonly seed: BoardSeed
}

/** One scene with every default filled in. */
export interface BoardScene extends BoardDefaults {
  /** The label, unique within the board. Without one in the file: its place (1, 2, 3...), or the next number free. */
  readonly number: string
  readonly title: string
  /** As written, with `@Name` mentions. Never empty. */
  readonly prompt: string
  readonly notes: string
  readonly dialogue: string
  /** Cast names as the cast writes them, each once; null for the default of the format. */
  readonly references: readonly string[] | null
}

/** A board file, read: camelCase, every optional value present. Texts that were not given are empty. */
export interface BoardFile {
  readonly title: string
  /** In the order sent. Several entries may share a name. `image` is the path as written, relative to the file. */
  readonly cast: readonly { readonly name: string; readonly image: string }[]
  readonly style: string
  readonly defaults: BoardDefaults
  readonly scenes: readonly BoardScene[]
}

export interface BrokenBoard {
  readonly ok: false
  readonly problems: readonly BoardProblem[]
  /** Set when the file says it is of a later format; nothing else in it was looked at. */
  readonly newerVersion?: number
  /** The cast as far as it could be read, so that its images can be checked too. Unusable values are empty. */
  readonly cast: BoardFile['cast']
}

export type ParsedBoard = { readonly ok: true; readonly board: BoardFile } | BrokenBoard

const FILE_KEYS = ['takeboard', 'title', 'cast', 'style', 'defaults', 'scenes']
const CAST_KEYS = ['name', 'image']
const DEFAULT_KEYS = ['resolution', 'aspect_ratio', 'duration', 'seed']
const SCENE_KEYS = ['number', 'title', 'prompt', 'notes', 'dialogue', ...DEFAULT_KEYS, 'references']
const TITLE = { max: 200 }
const LONG_TEXT = { max: 20_000 }

/**
 * Reads a board file and reports everything that is wrong with it at once. Never throws. Does not look at the images.
 * @param text the whole file; a byte order mark is ignored
 */
export function parseBoardFile(text: string): ParsedBoard {
  const source = text.startsWith('\uFEFF') ? text.slice(1) : text
  const { report, problems } = collectProblems()
  const { mistake, duplicates } = scanJson(source)
  if (mistake) {
    report(`line ${mistake.line}, column ${mistake.column}`, mistake.rest || undefined, 'valid JSON', mistake.message)
    return { ok: false, problems, cast: [] }
  }
  const value: unknown = JSON.parse(source)
  const newer = newerVersion(value)
  if (newer !== null) {
    const message = `This file is of format ${newer}, from a newer Takeboard.`
    report('takeboard', newer, String(BOARD_VERSION), message)
    return { ok: false, problems, newerVersion: newer, cast: [] }
  }
  for (const { path } of duplicates) report(path, undefined, 'each key once', 'This key is written twice.')
  const board = readBoard(report, value)
  if (board !== undefined && problems.length === 0) return { ok: true, board }
  return { ok: false, problems, cast: board?.cast ?? [] }
}

function newerVersion(value: unknown): number | null {
  if (typeof value !== 'object' || value === null || !('takeboard' in value)) return null
  const version = value.takeboard
  return typeof version === 'number' && Number.isInteger(version) && version > BOARD_VERSION ? version : null
}

function readBoard(report: Report, value: unknown): BoardFile | undefined {
  const field = objectAt(report, '', value, FILE_KEYS)
  if (!field) return undefined
  if (field('takeboard') !== BOARD_VERSION) {
    const why = field('takeboard') === undefined ? 'This is missing.' : 'Not a format version.'
    report('takeboard', field('takeboard'), String(BOARD_VERSION), why)
  }
  const title = textAt(report, 'title', field('title'), { ...TITLE, required: true }) ?? ''
  const cast = readCast(report, field('cast'))
  const style = textAt(report, 'style', field('style'), { ...LONG_TEXT, required: false }) ?? ''
  const defaults = readDefaults(report, field('defaults'))
  const scenes = readScenes(report, field('scenes'), defaults, [...new Set(cast.map(({ name }) => name))])
  return { title, cast, style, defaults, scenes }
}

function readCast(report: Report, value: unknown): BoardFile['cast'] {
  const allowed = `${IMAGES.min} to ${IMAGES.max} references with name and image`
  const entries = listAt(report, 'cast', value, IMAGES, allowed) ?? []
  return entries.map((entry, index) => {
    const path = `cast[${index}]`
    const field = objectAt(report, path, entry, CAST_KEYS)
    if (!field) return { name: '', image: '' }
    const name = textAt(report, `${path}.name`, field('name'), { max: 60, required: true }) ?? ''
    // Control characters, an at sign, or a space at either end could never be matched by a mention.
    if (name !== '' && (name !== name.trim() || /[@\p{Cc}]/u.test(name))) {
      const allowedName = 'a name of up to 60 characters without @, line breaks or spaces around it'
      report(`${path}.name`, name, allowedName, 'This name cannot be mentioned in a prompt.')
    }
    return { name, image: imagePathAt(report, `${path}.image`, field('image')) ?? '' }
  })
}

type Field = (key: string) => unknown

function settingsOf(report: Report, path: string, field: Field, otherwise: BoardDefaults): BoardDefaults {
  const at = (key: string) => keyPath(path, key)
  const seed = field('seed')
  return {
    resolution: choiceAt(report, at('resolution'), field('resolution'), RESOLUTIONS, otherwise.resolution),
    aspectRatio: choiceAt(report, at('aspect_ratio'), field('aspect_ratio'), ASPECT_RATIOS, otherwise.aspectRatio),
    duration: wholeAt(report, at('duration'), field('duration'), DURATION, 'seconds', otherwise.duration),
    seed: seed === undefined ? otherwise.seed : (seedAt(report, at('seed'), seed) ?? { kind: 'random' }),
  }
}

function readDefaults(report: Report, value: unknown): BoardDefaults {
  const model: BoardDefaults = { ...DEFAULTS, seed: { kind: 'random' } }
  if (value === undefined) return model
  const field = objectAt(report, 'defaults', value, DEFAULT_KEYS)
  return field ? settingsOf(report, 'defaults', field, model) : model
}

function readScenes(report: Report, value: unknown, defaults: BoardDefaults, names: readonly string[]): BoardScene[] {
  const allowed = `1 to ${MAX_SCENES} scenes`
  const entries = listAt(report, 'scenes', value, { min: 1, max: MAX_SCENES }, allowed) ?? []
  const fields = entries.map((entry, index) => objectAt(report, `scenes[${index}]`, entry, SCENE_KEYS))
  const numbers = numberScenes(
    report,
    fields.map((field) => field?.('number')),
  )
  const scenes = fields.map((field, index): BoardScene => {
    const path = `scenes[${index}]`
    const get: Field = field ?? (() => undefined)
    const textOf = (key: string, max: number) =>
      textAt(report, `${path}.${key}`, get(key), { max, required: false }) ?? ''
    const prompt = field ? textAt(report, `${path}.prompt`, get('prompt'), { ...LONG_TEXT, required: true }) : undefined
    if (prompt !== undefined && names.length > 0) checkMentions(report, `${path}.prompt`, prompt, names)
    return {
      number: numbers[index] ?? '',
      title: textOf('title', TITLE.max),
      prompt: prompt ?? '',
      notes: textOf('notes', LONG_TEXT.max),
      dialogue: textOf('dialogue', LONG_TEXT.max),
      ...settingsOf(report, path, get, defaults),
      references: readReferences(report, `${path}.references`, get('references'), names),
    }
  })
  checkSeeds(
    report,
    scenes,
    fields.map((field) => field?.('seed') !== undefined),
  )
  return scenes
}

function readReferences(report: Report, path: string, value: unknown, names: readonly string[]) {
  if (value === undefined) return null
  const allowed = `at least one of ${names.join(', ') || 'the cast'}`
  const entries = listAt(report, path, value, { min: 1, max: IMAGES.max }, allowed) ?? []
  const chosen: string[] = []
  entries.forEach((entry, index) => {
    const at = `${path}[${index}]`
    if (typeof entry !== 'string') return report(at, entry, allowed, 'Not a text.')
    const name =
      names.find((known) => known === entry) ?? names.find((known) => known.toLowerCase() === entry.toLowerCase())
    if (name === undefined) return namesNobody(report, at, entry, names, '')
    if (chosen.includes(name)) return report(at, entry, 'each name once', 'This name is listed twice.')
    chosen.push(name)
    return undefined
  })
  return chosen
}
