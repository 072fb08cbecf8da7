import { describe, expect, it } from 'vitest'
import { isTextField, keyBindings, runFirst } from '../../renderer/commands/keymap.ts'
import { type Command, createRegistry } from '../../renderer/commands/registry.ts'
import { nameFromFile } from '../../renderer/commands/cast-actions.ts'
import { findBoard, imagePaths, matchImages, missingText, tidyPath } from '../../renderer/commands/import-board.ts'

const command = (id: string, more: Partial<Command> = {}): Command => ({
  id,
  title: id,
  group: 'Board',
  run: () => {},
  ...more,
})

describe('registry', () => {
  it('runs a command unless its condition says no', () => {
    const ran: string[] = []
    const registry = createRegistry()
    registry.register([
      command('a', { run: () => void ran.push('a') }),
      command('b', { when: () => false, run: () => void ran.push('b') }),
    ])
    expect([registry.run('a'), registry.run('b'), registry.run('c')]).toEqual([true, false, false])
    expect(ran).toEqual(['a'])
  })

  it('refuses an id twice, and takes commands away again', () => {
    const registry = createRegistry()
    const off = registry.register([command('a', { keys: ['g', 'Enter'] })])
    expect(() => registry.register([command('a')])).toThrow('Two commands')
    expect(registry.keysOf('a')).toBe('g')
    off()
    expect(registry.list()).toEqual([])
  })
})

describe('keymap', () => {
  it('collects the commands of a key and runs the first that applies', () => {
    const ran: string[] = []
    const commands = [
      command('a', { keys: ['Enter'], when: () => false, run: () => void ran.push('a') }),
      command('b', { keys: ['Enter', 'e'], run: () => void ran.push('b') }),
    ]
    const bindings = keyBindings(commands)
    expect([...bindings.keys()]).toEqual(['Enter', 'e'])
    expect(runFirst(bindings.get('Enter') ?? [])).toBe(true)
    expect(ran).toEqual(['b'])
    expect(runFirst([])).toBe(false)
  })

  it('knows where keys are typing', () => {
    expect(isTextField({ tagName: 'TEXTAREA' })).toBe(true)
    expect(isTextField({ tagName: 'INPUT', type: 'text' })).toBe(true)
    expect(isTextField({ tagName: 'INPUT' })).toBe(true)
    expect(isTextField({ tagName: 'DIV', isContentEditable: true })).toBe(true)
    expect(isTextField({ tagName: 'INPUT', type: 'range' })).toBe(false)
    expect(isTextField({ tagName: 'BUTTON' })).toBe(false)
    expect(isTextField(null)).toBe(false)
  })
})

describe('board files', () => {
  const placed = (path: string) => ({ path, file: new File([], path) })

  it('finds the board nearest to the top, or a lone JSON file', () => {
    const files = ['a/old/x.board.json', 'a/y.board.json', 'a/cast/mara.png'].map(placed)
    expect(findBoard(files)?.path).toBe('a/y.board.json')
    expect(findBoard([placed('plan.json')])?.path).toBe('plan.json')
    expect(findBoard([placed('a.json'), placed('b.json')])).toBeNull()
  })

  it('reads which images it names', () => {
    expect(imagePaths('{"cast":[{"image":"a.png"},{"image":"a.png"},{"image":3},null]}')).toEqual(['a.png'])
    expect(imagePaths('not json')).toEqual([])
    expect(imagePaths('{"cast":"x"}')).toEqual([])
  })

  it('matches images by place, else by a name that only one file has', () => {
    const files = ['film/b.board.json', 'film/cast/mara.png', 'film/other/mara.png', 'film/juniper.png'].map(placed)
    const { found, missing } = matchImages(
      'film/b.board.json',
      ['./cast/mara.png', 'cast/juniper.png', 'oak.png'],
      files,
    )
    expect([...found].map(([path, { path: at }]) => [path, at])).toEqual([
      ['./cast/mara.png', 'film/cast/mara.png'],
      ['cast/juniper.png', 'film/juniper.png'],
    ])
    expect(missing).toEqual(['oak.png'])
    expect(missingText(missing)).toContain('oak.png')
    expect(missingText([])).toBeNull()
  })

  it('tidies paths and makes names of files', () => {
    expect(tidyPath('a/./b/../c\\d.png')).toBe('a/c/d.png')
    expect(nameFromFile('mara-front_02.png')).toBe('Mara')
    expect(nameFromFile('0012.jpg')).toBe('Reference')
  })
})
