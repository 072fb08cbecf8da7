/** Where the text of a JSON document goes wrong. Line and column count from 1. */
export interface JsonMistake {
  readonly line: number
  readonly column: number
  /** The text from there to the end of its line. */
  readonly rest: string
  /** A full sentence. */
  readonly message: string
}

/** A key written twice in one object; `JSON.parse` keeps the last one without a word. */
export interface DuplicateKey {
  readonly path: string
}

export interface JsonScan {
  readonly mistake: JsonMistake | null
  readonly duplicates: readonly DuplicateKey[]
}

/** Appends a key to a JSON path: `scenes[3]` and `duration` give `scenes[3].duration`. */
export function keyPath(path: string, key: string): string {
  const plain = /^[A-Za-z_$][\w$]*$/.test(key)
  const shown = key.length > 40 ? `${key.slice(0, 40)}…` : key
  if (!plain) return `${path}[${JSON.stringify(shown)}]`
  return path === '' ? shown : `${path}.${shown}`
}

interface Level {
  readonly path: string
  readonly keys: Set<string> | null
  key: string
  index: number
}

type Expecting = 'value' | 'value or ]' | 'key' | 'key or }' | 'colon' | 'comma or end' | 'nothing'

const WORDS = { value: 'a value', 'value or ]': 'a value or ]', key: 'a key in double quotes' } as const
const WANTED: Readonly<Record<Expecting, string>> = {
  ...WORDS,
  'key or }': 'a key in double quotes or }',
  colon: 'a colon',
  'comma or end': 'a comma or the closing bracket',
  nothing: 'nothing more',
}

const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y

/** The offset after a JSON string that starts at `from`, or the offset of what is wrong in it. */
function stringEnd(text: string, from: number): { end: number } | { wrongAt: number; message: string } {
  let at = from + 1
  for (;;) {
    const code = text.charCodeAt(at)
    if (Number.isNaN(code)) return { wrongAt: from, message: 'This text has no closing quote.' }
    if (code < 0x20)
      return { wrongAt: at, message: 'A line break or control character stands inside a text; write \\n.' }
    if (code === 0x22) return { end: at + 1 }
    if (code === 0x5c) {
      const escape = /^(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/.exec(text.slice(at + 1, at + 6))
      if (!escape) return { wrongAt: at, message: 'A backslash in a text must be written as two.' }
      at += 1 + escape[0].length
    } else at += 1
  }
}

function unexpected(text: string, at: number, expecting: Expecting, afterComma: boolean): string {
  const found = text[at]
  if (found === undefined) return `The file ends where ${WANTED[expecting]} should follow.`
  if (text.startsWith('//', at) || text.startsWith('/*', at)) return 'Comments are not allowed in a board file.'
  if (afterComma && (found === '}' || found === ']')) return `A comma before ${found} is not allowed.`
  if (found === "'" || found === '“') return 'Texts and keys stand in straight double quotes.'
  const shown = String.fromCodePoint(text.codePointAt(at) ?? 0)
  return `Found ${JSON.stringify(shown).slice(1, -1)} where ${WANTED[expecting]} should stand.`
}

function position(text: string, offset: number): Omit<JsonMistake, 'message'> {
  const before = text.slice(0, offset)
  const lineStart = Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r')) + 1
  const rest = /^[^\r\n]{0,60}/.exec(text.slice(offset, offset + 60))?.[0] ?? ''
  return { line: before.split(/\r\n|\n|\r/).length, column: offset - lineStart + 1, rest }
}

/**
 * Reads JSON text once, without recursion, for the first mistake and for keys written twice: what `JSON.parse` does not
 * tell, or not in every case. @param text without a byte order mark
 */
export function scanJson(text: string): JsonScan {
  const duplicates: DuplicateKey[] = []
  const levels: Level[] = []
  let expecting = 'value' as Expecting
  let afterComma = false
  let at = 0

  const fail = (offset: number, message: string): JsonScan => ({
    mistake: { ...position(text, offset), message },
    duplicates,
  })
  const herePath = () => {
    const level = levels.at(-1)
    if (!level) return ''
    return level.keys ? keyPath(level.path, level.key) : `${level.path}[${level.index}]`
  }
  const valueDone = () => {
    expecting = levels.length === 0 ? 'nothing' : 'comma or end'
    afterComma = false
  }

  for (;;) {
    while (' \t\n\r'.includes(text[at] ?? 'x')) at += 1
    if (at >= text.length)
      return expecting === 'nothing' ? { mistake: null, duplicates } : fail(at, unexpected(text, at, expecting, false))
    const char = text[at] ?? ''
    const level = levels.at(-1)
    const wantsValue = expecting === 'value' || expecting === 'value or ]'
    const wantsKey = expecting === 'key' || expecting === 'key or }'

    if (char === '"' && (wantsValue || wantsKey)) {
      const string = stringEnd(text, at)
      if ('message' in string) return fail(string.wrongAt, string.message)
      if (wantsKey && level?.keys) {
        level.key = String(JSON.parse(text.slice(at, string.end)))
        if (level.keys.has(level.key)) duplicates.push({ path: herePath() })
        level.keys.add(level.key)
        expecting = 'colon'
        afterComma = false
      } else valueDone()
      at = string.end
      continue
    }
    if ((char === '{' || char === '[') && wantsValue) {
      levels.push({ path: herePath(), keys: char === '{' ? new Set() : null, key: '', index: 0 })
      expecting = char === '{' ? 'key or }' : 'value or ]'
      afterComma = false
      at += 1
      continue
    }
    const closes = level && char === (level.keys ? '}' : ']')
    if (closes && (expecting === 'comma or end' || expecting === 'key or }' || expecting === 'value or ]')) {
      levels.pop()
      valueDone()
      at += 1
      continue
    }
    if (char === ':' && expecting === 'colon') {
      expecting = 'value'
      at += 1
      continue
    }
    if (char === ',' && expecting === 'comma or end' && level) {
      level.index += 1
      expecting = level.keys ? 'key' : 'value'
      afterComma = true
      at += 1
      continue
    }
    SCALAR.lastIndex = at
    const scalar = wantsValue ? SCALAR.exec(text)?.[0] : undefined
    if (scalar === undefined) return fail(at, unexpected(text, at, expecting, afterComma))
    at += scalar.length
    valueDone()
  }
}
