import { describe, expect, it } from 'vitest'
import type { Command } from '../../renderer/commands/registry.ts'
import { isBoardName, mayHoldBoard } from '../../renderer/commands/dropped-files.ts'
import { find, withRecent } from '../../renderer/features/palette/find.ts'
import { commandItems, placeItems } from '../../renderer/features/palette/items.ts'
import { studioFromSnapshot } from '../../renderer/state/apply-event.ts'
import { agoText, recentProjects } from '../../renderer/state/recent-projects.ts'
import { usdMicros } from '../../shared/money.ts'
import { makeScene, makeStudioSnapshot, makeTake, makeView } from './renderer-fixtures.ts'

const command = (id: string, title: string, more: Partial<Command> = {}): Command => ({
  id,
  title,
  group: 'Everywhere',
  run: () => {},
  ...more,
})
const scene = makeScene({ id: 's5', number: '5', title: 'The brush', prompt: '@Mara grooms @Juniper slowly.' })
const other = makeScene({ id: 's6', number: '6', title: 'Gold grass', prompt: 'A field.', position: 1 })
const view = makeView({
  scenes: [scene, other],
  takes: [makeTake({ id: 't2', sceneId: 's5', number: 2 }), makeTake({ id: 't3', sceneId: 's6', phase: 'running' })],
})
const studio = studioFromSnapshot(makeStudioSnapshot(1))
const board = view.storyboards.keys().next().value ?? null
const places = (query: string) => placeItems(studio, view, board, query)
const commands = commandItems(
  [
    command('seed.lock', 'Lock or unlock seed', { group: 'Board', label: () => 'Unlock seed 48213907' }),
    command('scene.generate', 'Generate scene', { group: 'Board', price: () => usdMicros(700_000) }),
    command('scene.merge', 'Merge scenes', { group: 'Board', when: () => false }),
    command('view.queue', 'Queue', { label: () => 'Open Queue' }),
    command('edit.undo', 'Undo', { reason: () => 'Nothing to undo' }),
    command('runner.resume', 'Resume', { group: 'Queue', when: () => false }),
    command('board.left', 'Move left', { group: 'Board', listed: false }),
  ],
  () => undefined,
  { onBoard: true, selected: [scene] },
)
const shown = (query: string, recent: readonly string[] = []) =>
  find(query, commands, places(query), recent).map(({ title, found }) => [
    title,
    ...found.map(({ item }) => item.title),
  ])

describe('what the palette lists', () => {
  it('names commands as they stand, with price and reason, under what they are about', () => {
    expect(commands.map(({ title, section, reason, price }) => [title, section, reason, price])).toEqual([
      ['Unlock seed 48213907', 'Scene 05, The brush', null, null],
      ['Generate scene', 'Scene 05, The brush', null, 700_000],
      ['Merge scenes', 'Scene 05, The brush', 'Not for this choice', null],
      ['Open Queue', 'Go to', null, null],
      ['Undo', 'Studio', 'Nothing to undo', null],
    ])
  })

  it('begins with what was used last', () => {
    const [first] = shown('', ['scene:s5', 'command:view.queue', 'scene:gone'])
    expect(first).toEqual(['Recent', '05 The brush', 'Open Queue'])
    expect(shown('').map(([title]) => title)).toEqual(['Scene 05, The brush', 'Go to', 'Studio'])
  })

  it('finds scenes by number, title and prompt', () => {
    expect(shown('05')[0]).toEqual(['Scenes', '05 The brush'])
    expect(shown('gold')).toEqual([['Scenes', '06 Gold grass']])
    expect(shown('grooms')).toEqual([['Scenes', '05 The brush']])
  })

  it('finds characters with their scenes, storyboards and projects', () => {
    expect(shown('Juniper')[0]).toEqual(['Cast', 'Juniper'])
    expect(places('').find(({ title }) => title === 'Juniper')).toMatchObject({
      aside: '1 scene',
      action: { kind: 'scenes', sceneIds: ['s5'] },
    })
    expect(shown('main cut')).toEqual([['Storyboards', 'Main cut']])
  })

  it('finds takes by slate and by seed, and plays those that are ready', () => {
    expect(shown('05-2')).toEqual([['Takes', '05-2 The brush']])
    const takes = places('482').filter(({ section }) => section === 'Takes')
    expect(takes.map(({ action }) => action.kind)).toEqual(['take', 'scenes'])
    expect(shown('48213907').map(([title]) => title)).toEqual(['Scene 05, The brush', 'Seeds', 'Takes'])
  })

  it('remembers the latest first, each once', () => {
    expect(withRecent(['a', 'b'], 'b')).toEqual(['b', 'a'])
    expect(
      withRecent(
        Array.from({ length: 12 }, (_, at) => String(at)),
        'x',
      ),
    ).toHaveLength(12)
  })
})

describe('files over the window', () => {
  const drag = (...types: readonly string[]) => ({ items: types.map((type) => ({ kind: 'file', type })) })

  it('may hold a board unless all are pictures, sound or text', () => {
    expect(mayHoldBoard(drag('image/png', 'image/webp'))).toBe(false)
    expect(mayHoldBoard(drag('text/plain'))).toBe(false)
    expect(mayHoldBoard({ items: [{ kind: 'string', type: 'text/html' }] })).toBe(false)
    expect(mayHoldBoard(drag('application/json', 'image/png'))).toBe(true)
    expect(mayHoldBoard(drag(''))).toBe(true)
  })

  it('are known by their names once they are let go', () => {
    expect(['film.board.json', 'FILM.TAKEBOARD', 'film.json', 'takeboard.png'].map(isBoardName)).toEqual([
      true,
      true,
      false,
      false,
    ])
  })
})

it('says how long ago a project was opened, the open one first', () => {
  const now = new Date(2026, 5, 15, 12).getTime()
  const hour = 3_600_000
  expect([30_000, 5 * 60_000, 3 * hour, 26 * hour].map((past) => agoText(now - past, now))).toEqual([
    'just now',
    '5 minutes ago',
    '3 hours ago',
    'yesterday',
  ])
  expect(agoText(new Date(2026, 4, 2, 12).getTime(), now)).toBe('2 May')
  expect(agoText(new Date(2025, 4, 2, 12).getTime(), now)).toBe('2 May 2025')
  const [project] = makeStudioSnapshot(1).projects
  if (!project) throw new Error('The fixture has a project.')
  const older = { ...project, id: 'p2' as typeof project.id, title: 'Older', openedAt: -1 }
  const snapshot = studioFromSnapshot(makeStudioSnapshot(1, [project, older]))
  expect(recentProjects(snapshot, now, null).map(({ title }) => title)).toEqual(['The Long Pasture', 'Older'])
  expect(recentProjects(snapshot, now, older.id).map(({ title }) => title)).toEqual(['Older', 'The Long Pasture'])
})
