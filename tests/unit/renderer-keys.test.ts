import { describe, expect, it } from 'vitest'
import {
  clashesWith,
  comboOfPress,
  comboParts,
  combosOf,
  isSingleKey,
  type KeyPress,
  plainCombo,
  SINGLE_KEYS,
} from '../../renderer/commands/combos.ts'
import { type Command, type CommandGroup, createRegistry } from '../../renderer/commands/registry.ts'
import { rowKeys, shortcutGroups } from '../../renderer/features/shortcuts/rows.ts'

const command = (id: string, keys: readonly string[] = [], group: CommandGroup = 'Board', more = {}): Command => ({
  id,
  title: id,
  group,
  keys,
  run: () => {},
  ...more,
})
const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: key.length === 1 ? `Key${key.toUpperCase()}` : key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
})

describe('the keys of a command', () => {
  it('are its own, the chosen one, or none', () => {
    const generate = command('g', ['g', 'Enter'])
    expect(combosOf(generate, {})).toEqual(['g', 'Enter'])
    expect(combosOf(generate, { g: '$mod+j' })).toEqual(['$mod+j'])
    expect(combosOf(generate, { g: null })).toEqual([])
  })

  it('lose single letters, digits and signs when those are off, and nothing else', () => {
    const keys = ['g', 'Shift+l', '5', '[Shift]+?', 'Enter', 'ArrowLeft', '$mod+g', 'Alt+KeyG', 'Escape', 'Delete']
    expect(combosOf(command('g', keys), { [SINGLE_KEYS]: null })).toEqual([
      'Enter',
      'ArrowLeft',
      '$mod+g',
      'Alt+KeyG',
      'Escape',
      'Delete',
    ])
    expect(isSingleKey('KeyG')).toBe(true)
  })

  it('change in the registry, and are told of', () => {
    const registry = createRegistry()
    registry.register([command('g', ['g'])])
    let changes = 0
    registry.onChange(() => (changes += 1))
    registry.chooseKeys({ g: '$mod+j' })
    expect([registry.keysOf('g'), changes]).toEqual(['$mod+j', 1])
  })
})

describe('a pressed combination', () => {
  it('is written as the keymap reads it', () => {
    expect(comboOfPress(press('N', { ctrlKey: true, shiftKey: true }), false)).toBe('$mod+Shift+n')
    expect(comboOfPress(press('n', { metaKey: true }), true)).toBe('$mod+n')
    expect(comboOfPress(press('n', { ctrlKey: true }), true)).toBe('Control+n')
    expect(comboOfPress(press('?', { shiftKey: true }), false)).toBe('[Shift]+?')
    expect(comboOfPress(press('˜', { altKey: true, code: 'KeyN' }), true)).toBe('Alt+KeyN')
    expect(comboOfPress(press(' ', { shiftKey: true }), false)).toBe('Shift+Space')
    expect(comboOfPress(press('+', { ctrlKey: true, code: 'Equal' }), false)).toBe('$mod+Equal')
    expect(comboOfPress(press('ArrowLeft'), false)).toBe('ArrowLeft')
  })

  it('is nothing while only modifiers are held, and for keys that move about', () => {
    for (const key of ['Shift', 'Control', 'Alt', 'Meta', 'Tab', 'Escape'])
      expect(comboOfPress(press(key), false)).toBeNull()
  })

  it('is the same however it is spelt', () => {
    expect(plainCombo('Shift+$mod+N')).toBe(plainCombo('$mod+Shift+n'))
    expect(plainCombo('[Shift]+?')).toBe('?')
    expect(comboParts('$mod+Shift+n')).toEqual(['$mod', 'Shift', 'n'])
  })
})

it('finds clashes among commands that are asked about together', () => {
  const commands = [
    command('duplicate', ['$mod+d']),
    command('swap', ['$mod+d'], 'Review'),
    command('help', ['$mod+h'], 'Everywhere'),
    command('mine', []),
  ]
  const mine = commands[3] ?? command('mine')
  const clashes = (combo: string, choices = {}) => clashesWith(combo, mine, commands, choices).map(({ id }) => id)
  expect(clashes('$mod+D')).toEqual(['duplicate'])
  expect(clashes('$mod+h')).toEqual(['help'])
  expect(clashes('$mod+j')).toEqual([])
  expect(clashes('$mod+d', { duplicate: null })).toEqual([])
})

describe('the list of shortcuts', () => {
  const commands = [
    ...['1', '2', '3'].map((key) => command(`view.${key}`, [`$mod+${key}`], 'Everywhere', { family: 'Switch view' })),
    command('left', ['ArrowLeft'], 'Board', { family: 'Move' }),
    command('right', ['ArrowRight'], 'Board', { family: 'Move' }),
    command('none', []),
    command('roll', ['Shift+d'], 'Board', { words: 'dice' }),
  ]
  const list = (query: string) =>
    shortcutGroups(commands, ({ keys = [] }) => keys, query).map(({ group, rows }) => [
      group,
      ...rows.map(({ title }) => title),
    ])

  it('puts families in one row and leaves out what has no keys', () => {
    expect(list('')).toEqual([
      ['Everywhere', 'Switch view'],
      ['Board', 'Move', 'roll'],
    ])
    expect(list('dice')).toEqual([['Board', 'roll']])
    expect(list('nothing')).toEqual([])
  })

  it('draws a run of digits by its ends, and other keys one by one', () => {
    expect(rowKeys(['$mod+1', '$mod+2', '$mod+3'])).toEqual({ held: ['$mod'], keys: ['1', '3'], run: true })
    expect(rowKeys(['ArrowLeft', 'ArrowRight'])).toEqual({ held: [], keys: ['ArrowLeft', 'ArrowRight'], run: false })
    expect(rowKeys(['w', 'Shift+d'])).toEqual({ held: [], keys: ['w'], run: false })
  })
})
