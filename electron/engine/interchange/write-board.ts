import { TakeboardError } from '../../../shared/errors.ts'
import type { SceneId } from '../../../shared/ids.ts'
import type { Cast, ImageFile, Scene, SceneDefaults, SeedPolicy, Storyboard } from '../../../shared/model.ts'
import { walkedSeed } from '../../../shared/seed-walk.ts'
import { BOARD_VERSION, parseBoardFile } from './board-file.ts'
import type { BoardProblem } from './board-problems.ts'

/** A storyboard as a board file with its images. */
export interface WrittenBoard {
  /** JSON, ending with a line break. */
  readonly text: string
  /** By the path the text names, in cast order. */
  readonly images: ReadonlyMap<string, ImageFile>
  /** What the format cannot say and the file therefore lacks, one sentence each. */
  readonly losses: readonly string[]
}

const EXTENSION: Readonly<Record<ImageFile['mime'], string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
}

/** `cast/mara-0f3a9c21b7d4.png`: readable, the same on every system, and never another picture's. */
function imagePath(name: string, { sha256, mime }: ImageFile): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
  const word = plain.replaceAll(/^-|-$/g, '').slice(0, 40) || 'image'
  return `cast/${word}-${sha256.slice(0, 12)}.${EXTENSION[mime]}`
}

/**
 * A seed as the file writes it. The format knows no walk, so there it is the seed that the next take would get.
 * @param made takes so far: how far a walk has come
 */
function seedOut(seed: SeedPolicy, numberOf: ReadonlyMap<SceneId, string>, made: number): unknown {
  switch (seed.kind) {
    case 'random':
      return 'random'
    case 'locked':
      return seed.value
    case 'walk':
      return walkedSeed(seed, made)
    case 'scene':
      return { scene: numberOf.get(seed.sceneId) ?? '' }
  }
}

/** Settings under their names in the file. */
const settingsOut = (
  of: SceneDefaults,
  numberOf: ReadonlyMap<SceneId, string>,
  made: number,
): Record<string, unknown> => ({
  resolution: of.resolution,
  aspect_ratio: of.aspectRatio,
  duration: of.duration,
  seed: seedOut(of.seed, numberOf, made),
})

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)
const texts = (of: Readonly<Record<string, string>>) => Object.entries(of).filter(([, text]) => text !== '')

/** The names a scene chose; null for the default of the format. */
function namesOf(scene: Scene, cast: Cast, losses: string[]): readonly string[] | null {
  if (scene.references === null) return null
  const chosen = cast.references.filter(({ id }) => scene.references?.includes(id))
  const names = [...new Set(chosen.map(({ name }) => name))]
  if (names.length === 0) {
    losses.push(`Scene ${scene.number} has no reference chosen; in the file it has those its prompt mentions.`)
    return null
  }
  if (cast.references.filter(({ name }) => names.includes(name)).length > chosen.length)
    losses.push(`Scene ${scene.number} uses some images of a character only; in the file it uses all of them.`)
  return names
}

/** In words too, because a toast shows no list. */
function incomplete(title: string, scenes: readonly Scene[], problems: readonly BoardProblem[]): TakeboardError {
  const named = problems.slice(0, 3).map(({ path, message }) => {
    const index = /^scenes\[(\d+)\]/.exec(path)?.[1]
    const place =
      index === undefined
        ? path
        : `Scene ${scenes[Number(index)]?.number}${path.slice(path.indexOf(']') + 1).replace('.', ', ')}`
    return `${place}: ${message}`
  })
  const more = problems.length > named.length ? ` And ${problems.length - named.length} more.` : ''
  const message = `${title} is not complete enough for a file. ${named.join(' ')}${more}`
  return new TakeboardError('board-invalid', message, { data: problems })
}

/**
 * Writes a storyboard as a board file. Takes, picks, prices and caps are not part of the format.
 * @param scenes in board order
 * @param madeOf how many takes a scene has had, asked only of those whose seeds walk
 * @throws TakeboardError board-invalid, when the storyboard is not complete enough to be read back
 */
export function writeBoardFile(
  storyboard: Storyboard,
  cast: Cast,
  scenes: readonly Scene[],
  madeOf: (id: SceneId) => number,
): WrittenBoard {
  const losses: string[] = []
  const images = new Map<string, ImageFile>()
  const numberOf = new Map(scenes.map(({ id, number }) => [id, number]))
  const defaults = settingsOut(storyboard.defaults, numberOf, 0)
  const board = {
    takeboard: BOARD_VERSION,
    title: storyboard.title,
    cast: cast.references.map(({ name, image }) => {
      const path = imagePath(name, image)
      images.set(path, image)
      return { name, image: path }
    }),
    ...Object.fromEntries(texts({ style: storyboard.style })),
    defaults,
    scenes: scenes.map((scene) => {
      const made = scene.seed.kind === 'walk' ? madeOf(scene.id) : 0
      if (scene.seed.kind === 'walk')
        losses.push(`The seeds of scene ${scene.number} walk; in the file it has only the one of its next take.`)
      const { number, title, prompt, notes, dialogue } = scene
      const own = Object.entries(settingsOut(scene, numberOf, made)).filter(
        ([key, value]) => !same(value, defaults[key]),
      )
      const references = namesOf(scene, cast, losses)
      return {
        number,
        ...Object.fromEntries(texts({ title })),
        prompt,
        ...Object.fromEntries([...texts({ notes, dialogue }), ...own]),
        ...(references && { references }),
      }
    }),
  }
  const text = `${JSON.stringify(board, null, 2)}\n`
  const read = parseBoardFile(text)
  if (!read.ok) throw incomplete(storyboard.title, scenes, read.problems)
  return { text, images, losses }
}
