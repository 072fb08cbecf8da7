import { spawn } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const CHECKOUT = join(import.meta.dirname, '../../electron/checkout.ts')

/** Stands for the build: notes that it ran, and makes a command line that prints its arguments. */
const BUILD_TOOL = `
import { appendFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
appendFileSync('builds', 'x')
if (existsSync('broken')) {
  console.error('electron/cli.ts(1,1): it does not compile')
  process.exit(1)
}
for (const name of ['main', 'renderer', 'preload']) mkdirSync('out/' + name, { recursive: true })
writeFileSync('out/renderer/index.html', '')
writeFileSync('out/preload/preload.cjs', '')
writeFileSync('out/main/cli.js', 'console.log(JSON.stringify(process.argv.slice(2))); process.exitCode = 3')
`

let root: string
const at = (path: string) => join(root, path)
const put = (path: string, text: string) => {
  mkdirSync(dirname(at(path)), { recursive: true })
  writeFileSync(at(path), text)
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'takeboard-checkout-'))
  put('package.json', '{ "type": "module" }')
  put('electron/cli.ts', '// one')
  put('shared/words.ts', '// one')
  put('node_modules/electron-vite/package.json', '{ "type": "module" }')
  put('node_modules/electron-vite/bin/electron-vite.js', BUILD_TOOL)
  copyFileSync(CHECKOUT, at('electron/checkout.ts'))
})
afterEach(() => rmSync(root, { recursive: true, force: true, maxRetries: 3 }))

const launch = (...args: string[]) =>
  new Promise<{ code: number | null; stdout: string; stderr: string }>((done) => {
    const child = spawn(process.execPath, [at('electron/checkout.ts'), ...args], { cwd: tmpdir() })
    const said = { stdout: '', stderr: '' }
    child.stdout.on('data', (chunk: Buffer) => (said.stdout += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (said.stderr += chunk.toString()))
    child.on('close', (code) => done({ code, ...said }))
  })

// The build tool is started in the checkout, so it counts there.
const builds = () => (existsSync(at('builds')) ? readFileSync(at('builds'), 'utf8').length : 0)

describe('the command line of a checkout', () => {
  it('builds what is missing and passes on arguments, output and exit code', async () => {
    const expected = { code: 3, stdout: '["run","a b","--json"]\n', stderr: '' }
    expect(await launch('run', 'a b', '--json')).toEqual(expected)
    expect(await launch('run', 'a b', '--json')).toEqual(expected)
    expect(builds()).toBe(1)
  })

  it('builds again when a source is changed, added or removed, or a product is gone', async () => {
    await launch()
    put('shared/words.ts', '// longer')
    await launch()
    put('renderer/new.ts', '// new')
    await launch()
    rmSync(at('renderer/new.ts'))
    await launch()
    rmSync(at('out/renderer/index.html'))
    await launch()
    expect(builds()).toBe(5)
  })

  it('builds once for several that start together', async () => {
    const all = await Promise.all([launch('1'), launch('2'), launch('3')])
    expect(all.map(({ stdout }) => stdout)).toEqual(['["1"]\n', '["2"]\n', '["3"]\n'])
    expect(builds()).toBe(1)
    expect(existsSync(at('node_modules/.takeboard-build'))).toBe(false)
  })

  it('takes over the lock of a build that was killed', async () => {
    const gone = spawn(process.execPath, ['--version'])
    await new Promise((done) => gone.on('close', done))
    put('node_modules/.takeboard-build/pid', String(gone.pid))
    expect(await launch('x')).toMatchObject({ code: 3, stdout: '["x"]\n' })
  })

  it('shows why a build failed, and tries again the next time', async () => {
    put('broken', '')
    const failed = await launch('estimate')
    expect(failed).toMatchObject({ code: 1, stdout: '' })
    expect(failed.stderr).toBe('takeboard: the build failed.\nelectron/cli.ts(1,1): it does not compile\n')
    rmSync(at('broken'))
    expect(await launch('estimate')).toMatchObject({ code: 3 })
  })
})
