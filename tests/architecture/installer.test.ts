import { parseSync } from 'oxc-parser'
import { existsSync, globSync, readFileSync, type Stats } from 'node:fs'
import { createRequire, isBuiltin } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import afterPack from '../../electron/installer/after-pack.ts'

const root = resolve(import.meta.dirname, '../..')
const readJson = (path: string) => JSON.parse(readFileSync(join(root, path), 'utf8')) as unknown

interface Configuration {
  readonly afterPack: string
  readonly asar: boolean
  readonly asarUnpack: readonly string[]
  readonly directories: { readonly buildResources: string; readonly output: string }
  readonly files: readonly string[]
}
const manifest = readJson('package.json') as {
  readonly build: Configuration
  readonly dependencies: Readonly<Record<string, string>>
  readonly devDependencies: Readonly<Record<string, string>>
  readonly main: string
}
const config = manifest.build

/** The parts of electron-builder that decide what goes into an app, without building one. */
type Filter = (path: string, stat: Pick<Stats, 'isDirectory'>) => boolean
interface FileMatcher {
  createFilter(): Filter
}
type Expand = (text: string) => string
interface Matching {
  FileMatcher: new (from: string, to: string, expand: Expand, patterns: readonly string[]) => FileMatcher
  getMainFileMatchers(
    from: string,
    to: string,
    expand: Expand,
    options: object,
    packager: object,
    out: string,
    compile: boolean,
  ): FileMatcher[]
}
// They belong to electron-builder, which does not pass them on.
const builder = createRequire(join(root, 'node_modules', 'electron-builder', 'package.json'))
const part = (name: string): unknown =>
  builder(join(dirname(builder.resolve('app-builder-lib/package.json')), 'out', name))
const matching = part('fileMatcher') as Matching
const { validateConfiguration } = part('util/config/config') as {
  validateConfiguration(config: object, logger: object): Promise<void>
}
const { resolveFunction } = part('util/resolve') as {
  resolveFunction(type: string, executor: string, name: string, root: string): Promise<unknown>
}

const expand: Expand = (text) => text.replace('${arch}', 'x64').replace('${/*}', '{,/**/*}')
const packager = {
  info: {
    projectDir: root,
    buildResourcesDir: config.directories.buildResources,
    isPrepackedAppAsar: false,
    config,
    debugLogger: { isEnabled: false },
  },
}
const out = join(root, config.directories.output)
const filters = matching
  .getMainFileMatchers(root, join(out, 'app'), expand, {}, packager, out, false)
  .map((matcher) => matcher.createFilter())
const file = { isDirectory: () => false }
/** Whether a file of the project goes into the app. */
const isPacked = (path: string) => filters.some((filter) => filter(join(root, path), file))
const unpacked = new matching.FileMatcher(root, root, expand, config.asarUnpack).createFilter()

const sources = globSync('electron/**/*.ts', { cwd: root }).filter(
  (path) => !/[\\/]installer[\\/]|checkout\.ts$/.test(path),
)

describe('installers', () => {
  it('are described as this electron-builder wants it, with a hook it finds', async () => {
    await validateConfiguration(structuredClone(config), { isEnabled: false, add: () => {} })
    // Loaded by Node itself, not by the test runner: another copy of the same.
    const hook = await resolveFunction('module', config.afterPack, 'afterPack', root)
    expect(hook).toBeTypeOf('function')
    expect(hook).toHaveProperty('name', afterPack.name)
    expect(config.asar).toBe(true)
    expect(existsSync(join(root, config.directories.buildResources, 'icon.png'))).toBe(true)
  })

  it('hold what the build makes, whatever its chunks are called', () => {
    const made = [
      manifest.main,
      ...['cli', 'serve', 'rehearsal-worker', 'chunks/studio-1a2b'].map((name) => `out/main/${name}.js`),
      'out/preload/preload.cjs',
      'out/renderer/index.html',
      ...['js', 'css', 'woff2', 'webp'].map((ending) => `out/renderer/assets/index-1a2b.${ending}`),
      'package.json',
      'LICENSE',
    ]
    expect(made.filter((path) => !isPacked(path))).toEqual([])
    const built = globSync('out/{main,preload,renderer}/**/*.*', { cwd: root })
    expect(built.filter((path) => !path.endsWith('.map') && !isPacked(path))).toEqual([])
  })

  it('hold every resource that the sources read', () => {
    const named = sources.flatMap((path) => [
      ...readFileSync(join(root, path), 'utf8').matchAll(/join\(resourcesDir, ((?:'[^']+'(?:, )?)+)\)/g),
    ])
    const read = named.map(
      ([, parts = '']) => `resources/${[...parts.matchAll(/'([^']+)'/g)].map(([, part]) => part).join('/')}`,
    )
    expect(read.length).toBeGreaterThanOrEqual(2)
    expect(read.filter((path) => !existsSync(join(root, path)) || !isPacked(path))).toEqual([])
    const sample = globSync('resources/sample/**/*.*', { cwd: root })
    expect(sample.length).toBeGreaterThan(4)
    expect(sample.filter((path) => !isPacked(path))).toEqual([])
  })

  it('hold nothing else of the project', () => {
    const others = [
      'electron/main.ts',
      'electron/installer/fuses.ts',
      'renderer/main.tsx',
      'tests/engine/store.test.ts',
      'resources/screenshots/board.webp',
      'out/.built-from',
      'out/main/main.js.map',
      'dist/app/main.js',
      'package-lock.json',
      '.env',
      '.ci/run',
      'library.db',
    ]
    expect(others.filter(isPacked)).toEqual([])
  })

  it('have every package that is imported, packed with them or bundled by the build', () => {
    const packagesOf = (paths: readonly string[]) => {
      const names = paths.flatMap((path) => {
        const { module } = parseSync(path, readFileSync(join(root, path), 'utf8'))
        const runtime = module.staticImports.filter(
          ({ entries }) => entries.length === 0 || entries.some(({ isType }) => !isType),
        )
        return runtime.map(({ moduleRequest }) => moduleRequest.value)
      })
      return [...new Set(names)].filter((name) => !name.startsWith('.') && !isBuiltin(name) && name !== 'electron')
    }
    const isPackage = (name: string) => Object.hasOwn(manifest.dependencies, name)
    const imported = packagesOf(sources)
    expect(imported.filter(isPackage).length).toBeGreaterThan(5)
    // The build bundles what is needed for development only and leaves the others to be found when the app runs.
    expect(imported.filter((name) => !isPackage(name) && !Object.hasOwn(manifest.devDependencies, name))).toEqual([])
    expect(packagesOf(globSync('out/main/**/*.js', { cwd: root })).filter((name) => !isPackage(name))).toEqual([])
  })

  it('keep native code beside the archive, where the system can load it', () => {
    const lock = readJson('package-lock.json') as { packages: Record<string, { dev?: boolean; devOptional?: boolean }> }
    const packed = Object.entries(lock.packages).filter(([path, { dev, devOptional }]) => path && !dev && !devOptional)
    const native = packed.flatMap(([path]) => globSync(`${path}/**/*.{node,so,dll,dylib}`, { cwd: root }))
    expect(native.some((path) => path.includes('better-sqlite3'))).toBe(true)
    expect(native.some((path) => path.includes('@napi-rs'))).toBe(true)
    expect(native.filter((path) => !unpacked(join(root, path), file))).toEqual([])
    expect(unpacked(join(root, 'out/main/main.js'), file)).toBe(false)
  })
})
