import { describe, expect, it } from 'vitest'
import { parseCommandLine } from '../../electron/hosts/cli/args.ts'
import { COMMAND_NAMES } from '../../electron/hosts/cli/command-table.ts'
import { helpText } from '../../electron/hosts/cli/help.ts'
import { selectScenes } from '../../electron/hosts/cli/select-scenes.ts'
import { runOptions } from '../../electron/hosts/cli/values.ts'

const invocation = (...args: string[]) => {
  const parsed = parseCommandLine(args)
  if (parsed.kind !== 'run') throw new Error(`${parsed.kind} instead of a command`)
  return parsed.invocation
}
const refusal = (...args: string[]): string => {
  try {
    parseCommandLine(args)
    return 'accepted'
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

describe('parseCommandLine', () => {
  it('takes options before and after the command and the board', () => {
    expect(invocation('--library', '/x', 'run', 'b.json', '--takes=2', '--yes')).toEqual({
      command: 'run',
      positionals: ['b.json'],
      options: { library: '/x', takes: '2' },
      flags: new Set(['yes']),
    })
  })

  it('opens when no command is given', () => {
    expect(invocation()).toMatchObject({ command: 'open', positionals: [] })
    expect(invocation('--library', '/x')).toMatchObject({ command: 'open', options: { library: '/x' } })
  })

  it.each([
    [['help'], { kind: 'help', command: null }],
    [['--help'], { kind: 'help', command: null }],
    [['-h'], { kind: 'help', command: null }],
    [['help', 'run'], { kind: 'help', command: 'run' }],
    [['run', '--help'], { kind: 'help', command: 'run' }],
    [['--version'], { kind: 'version' }],
  ])('%j', (args, expected) => {
    expect(parseCommandLine(args)).toEqual(expected)
  })

  it.each([
    [['estimat', 'b'], 'There is no command estimat. Did you mean estimate?'],
    [['zzz'], `There is no command zzz. The commands are ${COMMAND_NAMES.join(', ')}.`],
    [['a.board.json'], 'There is no command a.board.json. To open a board, write takeboard open a.board.json.'],
    [['run', 'b', '--provder', 'wavespeed'], 'takeboard run has no option --provder. Did you mean --provider?'],
    [['--libary', '/x', 'run', 'b'], 'There is no option --libary. Did you mean --library?'],
    [['estimate', 'b', '--cap', '5'], 'takeboard estimate has no option --cap.'],
    [['run', 'b', '-x'], 'takeboard run has no option -x.'],
    [['run', 'b', '--cap'], '--cap needs a value: --cap USD.'],
    [['run', 'b', '--cap', '--yes'], '--cap needs a value: --cap USD.'],
    [['run', 'b', '--cap='], '--cap needs a value: --cap USD.'],
    [['run', 'b', '--json=yes'], '--json takes no value.'],
    [['run', 'b', '--takes', '1', '--takes', '2'], '--takes is given twice.'],
    [['run'], 'takeboard run needs BOARD.'],
    [['run', 'a', 'b'], 'takeboard run does not know what to do with b.'],
    [['status', 'x'], 'takeboard status does not know what to do with x.'],
  ])('refuses %j', (args, message) => {
    expect(refusal(...args)).toBe(message)
  })
})

describe('help', () => {
  it('is what it was', async () => {
    const texts = [null, ...COMMAND_NAMES].map((name) => helpText(name))
    await expect(texts.join('\n\n----\n\n') + '\n').toMatchFileSnapshot('../golden/cli/help.txt')
  })
})

describe('runOptions', () => {
  it('has the documented defaults', () => {
    expect(runOptions(invocation('run', 'b'))).toEqual({
      provider: 'rehearsal',
      cap: null,
      takes: 1,
      scenes: null,
      resolution: null,
      concurrency: null,
      timeoutMs: null,
      yes: false,
    })
  })

  it('reads every value', () => {
    const args = '--provider wavespeed --cap 12.5 --takes 3 --scenes 1 --resolution 1080p --concurrency 7 --timeout 1.5'
    expect(runOptions(invocation('run', 'b', '--yes', ...args.split(' ')))).toEqual({
      provider: 'wavespeed',
      cap: 12_500_000,
      takes: 3,
      scenes: '1',
      resolution: '1080p',
      concurrency: 7,
      timeoutMs: 1500,
      yes: true,
    })
  })

  it.each([
    ['--provider', 'wavesped', '--provider wavesped is not one of rehearsal, wavespeed. Did you mean wavespeed?'],
    ['--resolution', '720', '--resolution 720 is not one of 720p, 1080p. Did you mean 720p?'],
    ['--cap', '-5', '--cap -5 is not an amount in US dollars, such as 5 or 12.50.'],
    ['--cap', '1e3', '--cap 1e3 is not an amount in US dollars, such as 5 or 12.50.'],
    ['--takes', '0', '--takes 0 is not a whole number from 1 to 20.'],
    ['--takes', '1.5', '--takes 1.5 is not a whole number from 1 to 20.'],
    ['--concurrency', '501', '--concurrency 501 is not a whole number from 1 to 500.'],
    ['--timeout', '0', '--timeout 0 is not a number of seconds above 0.'],
    ['--timeout', 'soon', '--timeout soon is not a number of seconds above 0.'],
  ])('%s %s', (option, value, message) => {
    expect(() => runOptions(invocation('run', 'b', `${option}=${value}`))).toThrow(message)
  })
})

describe('selectScenes', () => {
  const board = ['1', '2', '3', '3A', '4', '5', '12A', 'x-1', 'x-2']

  it.each([
    ['1', ['1']],
    ['5,1', ['1', '5']],
    ['1,3-5,12A', ['1', '3', '3A', '4', '5', '12A']],
    ['3a', ['3A']],
    [' 2 , 4 - 5 ', ['2', '4', '5']],
    ['x-1', ['x-1']],
    ['x-1-x-2', ['x-1', 'x-2']],
    ['2-2', ['2']],
    ['1,1-2', ['1', '2']],
  ])('%s', (list, expected) => {
    expect(selectScenes(list, board)).toEqual(expected)
  })

  it.each([
    ['12B', 'There is no scene 12B on the board. Did you mean 12A?'],
    ['1-12B', 'There is no scene 12B on the board. Did you mean 12A?'],
    ['99', 'There is no scene 99 on the board. The board has scenes 1, 2, 3, 3A, 4, 5, 12A, x-1, x-2.'],
    ['4-2', '--scenes 4-2 runs backwards: scene 2 comes first on the board.'],
    ['1,,2', '--scenes 1,,2 has an empty place; write labels such as 1,3-5,12A.'],
    ['', '--scenes  has an empty place; write labels such as 1,3-5,12A.'],
    ['-', 'There is no scene - on the board.'],
  ])('refuses %s', (list, message) => {
    expect(() => selectScenes(list, board)).toThrow(message)
  })
})
