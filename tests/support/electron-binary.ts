import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/**
 * Where the Electron binary is, or null. Only looks: importing the package `electron` would download one.
 * @param root the checkout
 */
export function electronBinary(root = resolve(import.meta.dirname, '../..')): string | null {
  const home = join(root, 'node_modules', 'electron')
  const pathFile = join(home, 'path.txt')
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : 'electron'
  const binary = join(process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(home, 'dist'), name)
  return existsSync(binary) ? binary : null
}
