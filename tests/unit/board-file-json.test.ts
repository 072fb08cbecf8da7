import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatBoardProblems, parseBoardFile } from '../../electron/engine/interchange/board-file.ts'

const linesOf = (text: string): string[] => {
  const parsed = parseBoardFile(text)
  return parsed.ok ? [] : formatBoardProblems(parsed.problems)
}

describe('a file that is not JSON', () => {
  it.each([
    ['', 'line 1, column 1: The file ends where a value should follow.'],
    ['{', 'line 1, column 2: The file ends where a key in double quotes or } should follow.'],
    ['{\n  "takeboard": 1,\n}', 'line 3, column 1: A comma before } is not allowed. Found "}"; allowed: valid JSON.'],
    ['{\r\n  // note\r\n}', 'line 2, column 3: Comments are not allowed in a board file.'],
    ["{'a': 1}", 'line 1, column 2: Texts and keys stand in straight double quotes.'],
    ['{"a": "b\nc"}', 'line 1, column 9: A line break or control character stands inside a text; write \\n.'],
    ['{"a": "c:\\temp\\x"}', 'line 1, column 15: A backslash in a text must be written as two.'],
    ['{"a": "b', 'line 1, column 7: This text has no closing quote.'],
    ['{"a" 1}', 'line 1, column 6: Found 1 where a colon should stand.'],
    ['{"a": 1 "b": 2}', 'line 1, column 9: Found \\" where a comma or the closing bracket should stand.'],
    ['{} {}', 'line 1, column 4: Found { where nothing more should stand.'],
    ['[01]', 'line 1, column 3: Found 1 where a comma or the closing bracket should stand.'],
    ['[tru]', 'line 1, column 2: Found t where a value or ] should stand.'],
    ['[1}', 'line 1, column 3: Found } where a comma or the closing bracket should stand.'],
  ])('%j', (text, expected) => {
    expect(linesOf(text)).toEqual([expect.stringContaining(expected)])
  })

  it('agrees with JSON.parse about what is JSON', () => {
    const fragment = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"',
      '1',
      '-',
      '.5',
      'e3',
      'null',
      ' ',
      '\\',
      'x',
    )
    const isJson = (text: string) => {
      try {
        JSON.parse(text)
        return true
      } catch {
        return false
      }
    }
    const isMistake = (text: string) => {
      const parsed = parseBoardFile(text)
      return !parsed.ok && /^line \d+, column \d+$/.test(parsed.problems[0]?.path ?? '')
    }
    const anyText = fc.oneof(
      fc.array(fragment, { maxLength: 12 }).map((all) => all.join('')),
      fc.json(),
      fc.string(),
    )
    fc.assert(
      fc.property(anyText, (text) => {
        expect(isMistake(text)).toBe(!isJson(text))
      }),
      { numRuns: 3000 },
    )
  })
})
