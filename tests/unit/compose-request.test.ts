import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { present } from '../../shared/assert.ts'
import type { ReferenceId, Sha256 } from '../../shared/ids.ts'
import type { Reference } from '../../shared/model.ts'
import { chosenReferences, composeRequest, type SeedlessRequest } from '../../electron/engine/domain/compose-request.ts'
import { staleFields } from '../../electron/engine/domain/staleness.ts'
import { parseBoardFile } from '../../electron/engine/interchange/board-file.ts'

const sample = join(import.meta.dirname, '../../resources/sample/the-long-pasture.board.json')

const reference = (name: string, index: number): Reference => ({
  id: `reference-${index}` as ReferenceId,
  name,
  image: { sha256: String(index).padStart(64, '0') as Sha256, mime: 'image/png', width: 768, height: 1024, bytes: 1 },
})
const CAST = ['Mara', 'Mara', 'Juniper', 'Barn'].map(reference)
const base = { references: null, resolution: '720p', aspectRatio: '16:9', duration: 5 } as const
const compose = (prompt: string, style = '', placeholder = '[Image {n}]') =>
  composeRequest({ scene: { ...base, prompt }, cast: { references: CAST }, style, placeholder })

describe('composing a request', () => {
  it('composes every scene of the sample board as the golden file says', async () => {
    const parsed = parseBoardFile(readFileSync(sample, 'utf8'))
    if (!parsed.ok) throw new Error('the sample does not parse')
    const cast = parsed.board.cast.map(({ name, image }, index) => ({ image, reference: reference(name, index) }))
    const bodies = parsed.board.scenes.map((scene) => {
      const composed = composeRequest({
        scene: { ...scene, references: null },
        cast: { references: cast.map((entry) => entry.reference) },
        style: parsed.board.style,
        placeholder: '[Image {n}]',
      })
      if (!composed.ok) throw new Error(composed.problem.message)
      const { prompt, references, resolution, aspectRatio, duration } = composed.request
      const images = references.map(
        ({ referenceId }) =>
          present(
            cast.find((entry) => entry.reference.id === referenceId),
            'it is in the cast',
          ).image,
      )
      const seed = scene.seed.kind === 'locked' ? scene.seed.value : 'drawn'
      return { prompt, images, resolution, aspect_ratio: aspectRatio, duration, seed }
    })
    await expect(`${JSON.stringify(bodies, null, 2)}\n`).toMatchFileSnapshot('../golden/sample-requests.json')
  })

  it('names the images of each mention by their place in this request', () => {
    const composed = compose('@Juniper follows @Mara.')
    expect(composed.ok && composed.request.prompt).toBe('Juniper ([Image 3]) follows Mara ([Image 1], [Image 2]).')
    const other = compose('Only @Juniper.')
    expect(other.ok && other.request.prompt).toBe('Only Juniper ([Image 1]).')
    expect(other.ok && other.request.references.map(({ name }) => name)).toEqual(['Juniper'])
  })

  it('appends the style after a blank line, and uses the placeholder of the settings', () => {
    const composed = compose('@Barn.', ' 35 mm ', '<img{n}>')
    expect(composed.ok && composed.request.prompt).toBe('Barn (<img1>).\n\n35 mm')
  })

  it("sends the whole cast when nobody is mentioned, and a scene's own choice in cast order", () => {
    expect(chosenReferences({ prompt: 'Fog.', references: null }, CAST)).toEqual(CAST)
    const ids = [present(CAST[3], 'four').id, present(CAST[0], 'four').id]
    expect(chosenReferences({ prompt: '@Mara', references: ids }, CAST).map(({ name }) => name)).toEqual([
      'Mara',
      'Barn',
    ])
  })

  it('says why a scene cannot be sent', () => {
    const problem = (prompt: string) => {
      const composed = compose(prompt)
      return composed.ok ? null : composed.problem
    }
    expect(problem('@Junipr runs')).toMatchObject({
      kind: 'mention',
      message: expect.stringContaining('@Juniper') as string,
    })
    expect(problem('   ')).toMatchObject({ kind: 'empty-prompt' })
    const empty = composeRequest({
      scene: { ...base, prompt: 'Fog' },
      cast: { references: [] },
      style: '',
      placeholder: '{n}',
    })
    expect(empty.ok ? null : empty.problem.kind).toBe('no-references')
  })

  it('tells what changed since a take was made', () => {
    const before = compose('@Mara walks.')
    const after = compose('@Mara runs.')
    if (!before.ok || !after.ok) throw new Error('both compose')
    const taken = { ...before.request, seed: 7 }
    expect(staleFields(taken, before.request, { kind: 'random' })).toEqual([])
    expect(staleFields(taken, after.request, { kind: 'locked', value: 8 })).toEqual(['prompt', 'seed'])
    const longer: SeedlessRequest = {
      ...before.request,
      duration: 6,
      resolution: '1080p',
      aspectRatio: '9:16',
      references: [],
    }
    expect(staleFields(taken, longer, { kind: 'random' })).toEqual([
      'references',
      'resolution',
      'aspect_ratio',
      'duration',
    ])
  })
})
