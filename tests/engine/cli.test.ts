import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cliKit, SAMPLE, shortBoard } from './cli-kit.ts'

let kit: ReturnType<typeof cliKit>
beforeEach(() => {
  kit = cliKit()
})
afterEach(() => kit.close())

const libraryOptions = () => ['--library', kit.library]

describe('takeboard estimate', () => {
  it('prices the sample at both resolutions, without a library', async () => {
    const text = await kit.run(['estimate', SAMPLE])
    expect(text.code).toBe(0)
    expect(text.stdout).toMatch(/^All +60 s +\$8\.40 +\$8\.40 +\$11\.34$/m)
    const json = await kit.run(['estimate', SAMPLE, '--json', ...libraryOptions()])
    expect(JSON.parse(json.stdout)).toMatchObject({
      board: 'The Long Pasture',
      total_usd: '8.40',
      total_usd_by_resolution: { '720p': '8.40', '1080p': '11.34' },
      scenes: expect.arrayContaining([
        {
          number: '3',
          title: 'Barn door',
          resolution: '720p',
          duration: 5,
          price_usd: '0.70',
          price_usd_by_resolution: { '720p': '0.70', '1080p': '0.945' },
        },
      ]),
    })
    expect(existsSync(kit.library)).toBe(false)
  })
})

describe('a board with mistakes', () => {
  it.each([['estimate'], ['run']])('%s reports all of them, images too, and writes nothing', async (command) => {
    const board = kit.board(
      shortBoard(2, {
        titel: 'x',
        cast: [
          { name: 'Mara', image: 'cast/mara-front.png' },
          { name: 'Juniper', image: 'cast/missing.png' },
          { name: 'Juniper', image: 'cast/not-a-picture.png' },
        ],
        scenes: [{ prompt: '@Mra', duration: 20 }],
      }),
    )
    writeFileSync(join(kit.dir, 'cast', 'not-a-picture.png'), 'plain text')
    const { code, stdout, stderr } = await kit.run([command, board, ...libraryOptions(), '--json'])
    expect(code).toBe(2)
    const paths = ['titel', 'scenes[0].prompt', 'scenes[0].duration', 'cast[1].image', 'cast[2].image']
    expect(JSON.parse(stdout)).toMatchObject({
      error: { code: 'board-invalid', remedy: 'fix-input', problems: paths.map((path) => ({ path })) },
    })
    for (const path of paths) expect(stderr).toContain(`  ${path}: `)
    expect(stderr).toContain('scenes[0].duration: Out of range. Found 20; allowed: whole seconds from 3 to 15.')
    expect(existsSync(kit.library)).toBe(false)
  })

  it('refuses a newer format and a file that is not there', async () => {
    const newer = await kit.run(['run', kit.board({ takeboard: 2 }), ...libraryOptions()])
    expect(newer.code).toBe(2)
    expect(newer.stderr).toContain('is of format 2; this Takeboard reads format 1')
    const missing = await kit.run(['run', 'no.board.json'])
    expect(missing.code).toBe(2)
    expect(missing.stderr).toContain('no.board.json could not be read: there is no such file.')
  })
})

describe('wrong usage', () => {
  it.each([
    [['rnu', 'x'], 'There is no command rnu. Did you mean run?'],
    [['run', 'x', '--tkaes', '2'], 'takeboard run has no option --tkaes. Did you mean --takes?'],
    [['run'], 'takeboard run needs BOARD.'],
    [['export', '--format', 'edl', '--out', 'x'], 'This version cannot export edl.'],
    [['import', 'cut.edl'], 'This version imports board files (*.board.json) and bundles (*.takeboard), not cut.edl.'],
    [['run', SAMPLE, '--scenes', '1,1B'], 'There is no scene 1B on the board. Did you mean 10?'],
    [['run', SAMPLE, '--provider', 'wavespeed'], 'A paid run needs an API key for WaveSpeed.'],
  ])('%j', async (args, message) => {
    const { code, stdout, stderr } = await kit.run([...args, ...libraryOptions()])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(message)
    expect(stderr).not.toContain('    at ')
  })
})

describe('a rehearsal', () => {
  it('makes every take once, and is not repeated by the next run', async () => {
    const board = kit.board(shortBoard(3))
    const args = ['run', board, ...libraryOptions(), '--json']
    const first = await kit.run(args)
    expect(first).toMatchObject({ code: 0 })
    const made = first.json()
    expect(made).toMatchObject({
      board: 'Short',
      project: 'Short',
      provider: 'rehearsal',
      library: kit.library,
      cap_usd: null,
      held_usd: '0.00',
      spent_usd: '0.00',
      held_back: [],
    })
    expect(made.scenes.map(({ number }) => number)).toEqual(['1', '2', '3'])
    const takes = made.scenes.flatMap((scene) => scene.takes)
    expect(takes.map(({ slate, state, seed, price_usd }) => ({ slate, state, seed, price_usd }))).toEqual([
      { slate: '1-1', state: 'ready', seed: 1000, price_usd: '0.00' },
      { slate: '2-1', state: 'ready', seed: 1001, price_usd: '0.00' },
      { slate: '3-1', state: 'ready', seed: 1002, price_usd: '0.00' },
    ])
    for (const { clip, sha256, bytes } of takes) {
      const file = readFileSync(clip ?? '')
      expect(createHash('sha256').update(file).digest('hex')).toBe(sha256)
      expect(file.byteLength).toBe(bytes)
    }

    const second = await kit.run(args)
    expect(second.code).toBe(0)
    expect(second.stdout).toBe(first.stdout)
    expect(second.stderr).toContain('Every wanted take is ready; nothing was sent.')

    const more = await kit.run([
      'run',
      board,
      ...libraryOptions(),
      '--json',
      '--scenes',
      '2-3',
      '--takes',
      '2',
      '--quiet',
    ])
    expect(more.code).toBe(0)
    expect(more.stderr).toBe('')
    expect(more.json().scenes.map(({ takes: all }) => all.map(({ slate }) => slate))).toEqual([
      ['2-1', '2-2'],
      ['3-1', '3-2'],
    ])
  })

  it('stops at Ctrl-C, says how to go on, and goes on from there', async () => {
    const board = kit.board(shortBoard(4))
    const args = ['run', board, ...libraryOptions(), '--concurrency', '1']
    const running = kit.start(args)
    await running.shows('1-1  running at the service')
    running.child.kill('SIGINT')
    const stopped = await running.done
    expect([1, 6]).toContain(stopped.code)
    expect(stopped.stderr).toContain(`takeboard ${args.join(' ')}`)
    expect(stopped.stderr).not.toContain('    at ')

    const status = await kit.run(['status', '--json', ...libraryOptions()])
    expect(status.code).toBe(0)
    const before = JSON.parse(status.stdout) as { projects: { open: unknown[] }[] }
    expect(before.projects[0]?.open.length).toBeGreaterThan(0)

    const { code, json } = await kit.run([...args, '--json'])
    expect(code).toBe(0)
    const slates = json().scenes.map(({ takes }) => takes.map(({ slate, state }) => `${slate} ${state}`))
    expect(slates).toEqual([['1-1 ready'], ['2-1 ready'], ['3-1 ready'], ['4-1 ready']])
  })

  it('stops waiting after --timeout with exit code 6', async () => {
    const board = kit.board(shortBoard(4))
    const { code, stderr, json } = await kit.run([
      'run',
      board,
      ...libraryOptions(),
      '--concurrency',
      '1',
      '--timeout',
      '0.001',
      '--json',
    ])
    expect(code).toBe(6)
    expect(json().scenes).toHaveLength(4)
    expect(stderr).toContain('Stopped waiting.')
  })
})

describe('the library', () => {
  it('is opened by one process at a time', async () => {
    const board = kit.board(shortBoard(1))
    mkdirSync(join(kit.dir, 'out'), { recursive: true })
    const running = kit.start([
      'run',
      kit.board(shortBoard(6), 'six.board.json'),
      ...libraryOptions(),
      '--concurrency',
      '1',
    ])
    await running.shows('1-1  ')
    const other = await kit.run(['run', board, ...libraryOptions()])
    expect(other.code).toBe(1)
    expect(other.stderr).toContain(
      'Close the other Takeboard, choose another folder with --library DIR, or only look with takeboard serve --read-only.',
    )
    running.child.kill('SIGTERM')
    await running.done
  })

  it('can be looked at and checked', async () => {
    const empty = await kit.run(['status', ...libraryOptions()])
    expect(empty).toMatchObject({ code: 0, stdout: `There are no projects in ${kit.library} yet.\n` })
    expect(existsSync(kit.library)).toBe(false)
    const imported = await kit.run(['import', kit.board(shortBoard(2)), '--project', 'Mine', ...libraryOptions()])
    expect(imported).toMatchObject({ code: 0, stdout: 'Short is in the project Mine: 2 scenes.\n' })
    const status = await kit.run(['status', ...libraryOptions()])
    expect(status.stdout).toBe('Mine: $0.00 held, $0.00 spent, no cap\n  No take is open.\n')
    const doctor = await kit.run(['doctor', '--json', ...libraryOptions()])
    expect(doctor.code).toBe(0)
    const { checks } = JSON.parse(doctor.stdout) as { checks: { name: string; state: string }[] }
    expect(checks.filter(({ state }) => state === 'problem')).toEqual([])
    expect(checks.map(({ name }) => name)).toContain('database')
  })
})
