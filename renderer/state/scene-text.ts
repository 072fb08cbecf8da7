import { z } from 'zod'
import type { ScenePatch } from '../../shared/calls/boards.ts'
import type { SceneId } from '../../shared/ids.ts'
import { type Cast, Scene, type SeedPolicy } from '../../shared/model.ts'
import { AspectRatio, Duration, Resolution, Seed } from '../../shared/models/happyhorse-1.1-r2v.ts'

/**
 * Scenes as text on the clipboard: JSON like a board file, so that they can be read, kept and pasted elsewhere; and plain
 * text, of which every paragraph becomes a scene.
 */
const Walk = z.strictObject({ start: Seed, step: z.number().int() })
const CopiedScene = z.object({
  number: Scene.shape.number.optional(),
  section: Scene.shape.section.optional(),
  title: Scene.shape.title.optional(),
  prompt: Scene.shape.prompt.optional(),
  notes: Scene.shape.notes.optional(),
  dialogue: Scene.shape.dialogue.optional(),
  resolution: Resolution.optional(),
  aspect_ratio: AspectRatio.optional(),
  duration: Duration.optional(),
  seed: z.union([Seed, z.literal('random'), z.object({ scene: z.string() }), Walk]).optional(),
  references: z.array(z.string()).optional(),
})
type CopiedScene = z.infer<typeof CopiedScene>
const CopiedScenes = z.object({ takeboard: z.literal(1), scenes: z.array(CopiedScene).min(1) })

/** Where scenes come from or go to. */
interface Board {
  readonly scenes: readonly Scene[]
  readonly cast: Cast | null
}

function seedOut(seed: SeedPolicy, numberOf: (id: SceneId) => string): CopiedScene['seed'] {
  switch (seed.kind) {
    case 'random':
      return 'random'
    case 'locked':
      return seed.value
    case 'walk':
      return { start: seed.start, step: seed.step }
    case 'scene':
      return { scene: numberOf(seed.sceneId) }
  }
}

/** The text of chosen scenes. References travel by name. */
export function copyText(chosen: readonly Scene[], { scenes, cast }: Board): string {
  const numberOf = (id: SceneId) => scenes.find((scene) => scene.id === id)?.number ?? ''
  const nameOf = (id: string) => cast?.references.find((reference) => reference.id === id)?.name
  const copied = chosen.map((scene): CopiedScene => {
    const names = scene.references?.map(nameOf).filter((name) => name !== undefined)
    return {
      number: scene.number,
      ...(scene.section === null ? {} : { section: scene.section }),
      title: scene.title,
      prompt: scene.prompt,
      ...(scene.notes === '' ? {} : { notes: scene.notes }),
      ...(scene.dialogue === '' ? {} : { dialogue: scene.dialogue }),
      resolution: scene.resolution,
      aspect_ratio: scene.aspectRatio,
      duration: scene.duration,
      seed: seedOut(scene.seed, numberOf),
      ...(names ? { references: [...new Set(names)] } : {}),
    }
  })
  return JSON.stringify({ takeboard: 1, scenes: copied }, null, 2)
}

function seedIn(seed: CopiedScene['seed'], { scenes }: Board): SeedPolicy | undefined {
  if (seed === undefined) return undefined
  if (seed === 'random') return { kind: 'random' }
  if (typeof seed === 'number') return { kind: 'locked', value: seed }
  if ('start' in seed) return { kind: 'walk', ...seed }
  const source = scenes.find(({ number }) => number === seed.scene)
  return source ? { kind: 'scene', sceneId: source.id } : { kind: 'random' }
}

function patchOf(copied: CopiedScene, board: Board): ScenePatch {
  const { aspect_ratio: aspectRatio, seed, references, section, number: _label, ...plain } = copied
  const ids = board.cast?.references.filter(({ name }) => references?.includes(name)).map(({ id }) => id) ?? []
  const known = section !== undefined && board.scenes.some((scene) => scene.section === section)
  const values = {
    ...plain,
    aspectRatio,
    seed: seedIn(seed, board),
    // Names the cast does not have leave it to the prompt who is sent.
    references: ids.length > 0 ? ids : undefined,
    // A heading that is there already is not made twice.
    section: known ? undefined : section,
  }
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Scenes copied as `copyText` writes them, or those of a board file; null for any other text. */
export function copiedScenes(text: string, board: Board): readonly ScenePatch[] | null {
  if (!text.trimStart().startsWith('{')) return null
  const read = CopiedScenes.safeParse(parsed(text))
  return read.success ? read.data.scenes.map((copied) => patchOf(copied, board)) : null
}

const TITLE_CHARS = 60
const PROMPT_CHARS = 20_000
const BULLET = /^\s*(?:[-*•–]|\d{1,4}[.)])\s+/

/** A short first line without an end mark reads as the title of what follows. */
function sceneOfParagraph(lines: readonly string[]): ScenePatch {
  const [first = '', ...rest] = lines.map((line) => line.replace(BULLET, '').trim()).filter(Boolean)
  const titled = rest.length > 0 && first.length <= TITLE_CHARS && !/[.!?,;:]$/.test(first)
  const prompt = (titled ? rest : [first, ...rest]).join('\n').slice(0, PROMPT_CHARS)
  return titled ? { title: first, prompt } : { prompt }
}

/** A scene for every paragraph; where no line is empty, for every line. */
export function scenesOfText(text: string): readonly ScenePatch[] {
  const lines = text.replaceAll(/\r\n?/g, '\n').trim().split('\n')
  if (!lines.some((line) => line.trim() === ''))
    return lines.filter((line) => line.replace(BULLET, '').trim() !== '').map((line) => sceneOfParagraph([line]))
  const paragraphs: string[][] = [[]]
  for (const line of lines) {
    if (line.trim() === '') paragraphs.push([])
    else paragraphs.at(-1)?.push(line)
  }
  return paragraphs.filter((each) => each.length > 0).map(sceneOfParagraph)
}
