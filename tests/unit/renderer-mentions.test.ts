import { describe, expect, it } from 'vitest'
import { parseMentions } from '../../electron/engine/domain/mentions.ts'
import { complete, completionAt, mentionedNames, promptParts } from '../../renderer/state/mentions.ts'

const NAMES = ['Mara', 'Mara Vance', 'Juniper', 'Élodie']

const PROMPTS = [
  '',
  '@Mara brushes @Juniper.',
  '@mara vance and @MARA',
  'write to a@mara.example, not @Marathon or @Mara-Anne',
  'ends with @',
  '@Élodie, @Nobody!',
  '(@Mara)@Juniper',
  'x_@Mara .@Mara -@Mara',
]

describe('promptParts', () => {
  it.each(PROMPTS)('marks the same mentions as the engine sends: %s', (prompt) => {
    const parts = promptParts(prompt, NAMES)
    expect(parts.map((part) => part.text).join('')).toBe(prompt)
    const engine = parseMentions(prompt, NAMES).parts
    expect(parts.map(({ kind }) => kind)).toEqual(engine.map(({ kind }) => kind))
    expect(mentionedNames(prompt, NAMES)).toEqual([
      ...new Set(engine.flatMap((part) => (part.kind === 'mention' ? [part.name] : []))),
    ])
  })
})

describe('completionAt', () => {
  it('offers names that begin with what is typed', () => {
    expect(completionAt('Then @ma', 8, NAMES)).toEqual({ from: 5, options: ['Mara', 'Mara Vance'] })
    expect(completionAt('@', 1, NAMES)?.options).toEqual(NAMES)
  })

  it('offers nothing inside a word, on another line, or when the name is written out', () => {
    expect(completionAt('a@ma', 4, NAMES)).toBeNull()
    expect(completionAt('@\nma', 4, NAMES)).toBeNull()
    expect(completionAt('@Juniper', 8, NAMES)).toBeNull()
    expect(completionAt('no mention', 4, NAMES)).toBeNull()
  })

  it('writes the name and puts the caret after it', () => {
    expect(complete('Then @ju', 8, 5, 'Juniper')).toEqual({ prompt: 'Then @Juniper ', caret: 14 })
    expect(complete('Then @ju, slowly', 8, 5, 'Juniper')).toEqual({ prompt: 'Then @Juniper, slowly', caret: 13 })
  })
})
