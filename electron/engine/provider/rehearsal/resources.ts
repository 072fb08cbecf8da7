import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * Finds the app's `resources` folder from a module's own folder, upward: four levels from the source, two or three from
 * a bundle.
 * @returns null when there is none; pictures then use a font of the system
 */
export function findResources(from: string): string | null {
  let folder = from
  for (let level = 0; level < 7; level++) {
    const candidate = join(folder, 'resources')
    if (existsSync(join(candidate, 'fonts'))) return candidate
    const parent = dirname(folder)
    if (parent === folder) return null
    folder = parent
  }
  return null
}
