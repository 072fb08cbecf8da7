import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseMentions } from '../../electron/engine/domain/mentions.ts'

const CAST = ['Mara', 'Mara', 'Juniper', 'Old Tom', 'Tom', 'Zoë', 'Dr. K']

/** The parts in short: text as it is, mentions in brackets, unknown words in braces with the suggestion. */
const brief = (prompt: string, names: readonly string[] = CAST) =>
  parseMentions(prompt, names)
    .parts.map((part) => {
      if (part.kind === 'text') return part.text
      return part.kind === 'mention' ? `[${part.name}]` : `{${part.text}:${part.nearest ?? ''}}`
    })
    .join('|')

describe('parseMentions', () => {
  it.each([
    ['@Mara leads @Juniper', '[Mara]| leads |[Juniper]'],
    ['(@Mara)', '(|[Mara]|)'],
    ['@Mara, "@Juniper".', '[Mara]|, "|[Juniper]|".'],
    ["@Mara's coat", "[Mara]|'s coat"],
    ['@Mara- and', '[Mara]|- and'],
    ['@Mara—slow', '[Mara]|—slow'],
    ['@mara and @JUNIPER', '[Mara]| and |[Juniper]'],
    ['@Old Tom sits, @Tom stands', '[Old Tom]| sits, |[Tom]| stands'],
    ['@Old Tomas', '{Old:Old Tom}| Tomas'],
    ['@Zoë and @Zoe', '[Zoë]| and |{Zoe:Zoë}'],
    ['@Dr. K waits; @Dr. Kay too', '[Dr. K]| waits; |{Dr:Dr. K}|. Kay too'],
    ['@Maranda', '{Maranda:}'],
    ['@Mara_2', '{Mara_2:Mara}'],
    ['@Mara-Anne', '{Mara-Anne:}'],
    ['@Mra', '{Mra:Mara}'],
    ['@@Mara', '@|[Mara]'],
  ])('%s', (prompt, expected) => {
    expect(brief(prompt)).toBe(expected)
  })

  it.each([
    'no mention',
    'mail mara@Juniper.example',
    'a.@Mara',
    'a_@Mara',
    'a-@Mara',
    'a+@Mara',
    '7@Mara',
    'é@Mara',
    '𝒜@Mara',
    'an @ alone',
    'ends in @',
    '@ Mara',
    '@!',
    '',
  ])('leaves %j as text', (prompt) => {
    expect(parseMentions(prompt, CAST).parts).toEqual(prompt === '' ? [] : [{ kind: 'text', text: prompt }])
  })

  it('prefers the same case, then the longer name', () => {
    expect(brief('@MARA', ['Mara', 'MARA'])).toBe('[MARA]')
    expect(brief('@mara', ['Mara', 'MARA'])).toBe('[Mara]')
    expect(brief('@Mara Lee', ['Mara', 'mara lee'])).toBe('[mara lee]')
  })

  it('gives offsets that include the at sign', () => {
    expect(parseMentions('See @Mara and @Bob', CAST).parts).toEqual([
      { kind: 'text', text: 'See ' },
      { kind: 'mention', name: 'Mara', start: 4, end: 9 },
      { kind: 'text', text: ' and ' },
      { kind: 'unknown', text: 'Bob', start: 14, end: 18, nearest: null },
    ])
  })

  it('covers the whole prompt, in order, whatever it holds', () => {
    const piece = fc.oneof(fc.constantFrom('@', '@Mara', '@Old Tom', '@Juni', ' ', '.', 'a', '-', '𝒜'), fc.string())
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const prompt = pieces.join('')
        const whole = parseMentions(prompt, CAST)
          .parts.map((part) => (part.kind === 'text' ? part.text : prompt.slice(part.start, part.end)))
          .join('')
        expect(whole).toBe(prompt)
      }),
    )
  })
})
