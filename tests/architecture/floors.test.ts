import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { parseSync } from 'oxc-parser'
import { describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../..')

/** First pattern that fits decides. Imports go down only; a file may import its own floor unless `apart` says no. */
const FLOORS: readonly {
  readonly name: string
  readonly pattern: RegExp
  readonly floor: number
  readonly apart?: RegExp
}[] = [
  { name: 'shared basics', pattern: /^shared\/(ids|money|errors|assert)\.ts$/, floor: 0 },
  { name: 'shared', pattern: /^shared\//, floor: 1 },
  { name: 'engine ports', pattern: /^electron\/engine\/(ports|api)\.ts$/, floor: 1.5 },
  { name: 'engine domain', pattern: /^electron\/engine\/domain\//, floor: 2 },
  {
    name: 'engine adapters',
    pattern: /^electron\/engine\/(store|provider|media|interchange)\//,
    floor: 3,
    apart: /^electron\/engine\/([^/]+)\//,
  },
  { name: 'engine', pattern: /^electron\/engine\//, floor: 4 },
  { name: 'hosts', pattern: /^electron\/hosts\//, floor: 5 },
  { name: 'entries', pattern: /^electron\/[^/]+\.ts$/, floor: 6 },
  { name: 'installer', pattern: /^electron\/installer\//, floor: 6 },
]

const RENDERER: typeof FLOORS = [
  { name: 'ui and state', pattern: /^renderer\/(ui|state|styles|assets)\//, floor: 2 },
  { name: 'media', pattern: /^renderer\/media\//, floor: 2 },
  { name: 'common', pattern: /^renderer\/common\//, floor: 3 },
  { name: 'commands', pattern: /^renderer\/commands\//, floor: 3 },
  { name: 'features', pattern: /^renderer\/features\//, floor: 4, apart: /^renderer\/features\/([^/]+)\// },
  { name: 'app', pattern: /^renderer\/[^/]+\.tsx?$/, floor: 5 },
]

/** Packages with one home. */
const HOMES: readonly { readonly name: RegExp; readonly home: RegExp }[] = [
  { name: /^electron(\/|$)/, home: /^electron\/(hosts\/desktop\/|main\.ts$|preload\.ts$)/ },
  { name: /^better-sqlite3$/, home: /^electron\/engine\/store\// },
  { name: /^undici$/, home: /^electron\/engine\/provider\// },
]

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
}

interface Import {
  readonly from: string
  readonly to: string
}

function importsOf(file: string): Import[] {
  const { module } = parseSync(file, readFileSync(join(root, file), 'utf8'))
  const names = [
    ...module.staticImports.map(({ moduleRequest }) => moduleRequest.value),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest }) => moduleRequest?.value ?? []),
    ),
  ]
  return names.map((name) => ({
    from: file,
    to: name.startsWith('.')
      ? relative(root, resolve(root, dirname(file), name))
          .split(sep)
          .join('/')
      : name,
  }))
}

const files = ['shared', 'electron', 'renderer'].flatMap(sources)
const imports = files.flatMap(importsOf)
const isOurs = (path: string) => files.includes(path)
const floorOf = (path: string) => [...FLOORS, ...RENDERER].find(({ pattern }) => pattern.test(path))

describe('floors', () => {
  it('reads a tree worth checking', () => {
    expect(files.length).toBeGreaterThan(80)
    expect(imports.length).toBeGreaterThan(300)
  })

  it('gives every source file a floor', () => {
    expect(files.filter((file) => !floorOf(file) && !file.endsWith('.d.ts'))).toEqual([])
  })

  it('lets imports go down only, and keeps neighbours apart', () => {
    const wrong = imports.filter(({ from, to }) => {
      const [upper, lower] = [floorOf(from), floorOf(to)]
      if (!upper || !lower || !isOurs(to)) return false
      if (lower.floor > upper.floor) return true
      const apart = upper.apart
      return apart !== undefined && lower.name === upper.name && apart.exec(from)?.[1] !== apart.exec(to)?.[1]
    })
    expect(wrong.map(({ from, to }) => `${from} -> ${to}`)).toEqual([])
  })

  it('keeps the renderer to itself and shared', () => {
    const strays = imports.filter(
      ({ from, to }) =>
        isOurs(to) && (from.startsWith('renderer/') ? to.startsWith('electron/') : to.startsWith('renderer/')),
    )
    expect(strays).toEqual([])
  })

  it('gives each guarded package one home', () => {
    const packages = imports.filter(({ to }) => !isOurs(to))
    const wrong = packages.filter(({ from, to }) => HOMES.some(({ name, home }) => name.test(to) && !home.test(from)))
    expect(wrong.map(({ from, to }) => `${from} -> ${to}`)).toEqual([])
  })

  it('keeps the domain pure', () => {
    const domain = files.filter((file) => file.startsWith('electron/engine/domain/'))
    const impure = domain.filter((file) => {
      const text = readFileSync(join(root, file), 'utf8')
      return /Date\.now|Math\.random|\bawait\b|from 'node:/.test(text)
    })
    expect(impure).toEqual([])
  })

  it('has no cycles', () => {
    const graph = Map.groupBy(
      imports.filter(({ to }) => isOurs(to)),
      ({ from }) => from,
    )
    const done = new Set<string>()
    const visit = (file: string, path: readonly string[]): string[] => {
      if (path.includes(file)) return [[...path.slice(path.indexOf(file)), file].join(' -> ')]
      if (done.has(file)) return []
      const found = (graph.get(file) ?? []).flatMap(({ to }) => visit(to, [...path, file]))
      done.add(file)
      return found
    }
    expect(files.flatMap((file) => visit(file, []))).toEqual([])
  })
})
