import { mkdirSync } from 'node:fs'
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Files that can be made again: losing one costs time, never data. */
export interface FileCache {
  read(name: string): Promise<Uint8Array | null>
  /** A reader sees all of the file or none of it. */
  write(name: string, bytes: Uint8Array): Promise<void>
}

/** Pictures of 10 to 100 kB each. */
const MOST_IN_MEMORY = 300

/** Files that were kept, and beside them what is made now, which is held in memory alone: nothing is ever written. */
export function createLookOnlyCache(dir: string, extension: string): FileCache {
  const made = new Map<string, Uint8Array>()
  return {
    read: (name) => readFile(join(dir, name + extension)).catch(() => made.get(name) ?? null),
    async write(name, bytes) {
      made.set(name, bytes)
      const [oldest] = made.keys()
      if (made.size > MOST_IN_MEMORY && oldest !== undefined) made.delete(oldest)
    },
  }
}

/** @param dir made when absent @param extension with its dot; names are ids or hashes, never input */
export function createFileCache(dir: string, extension: string): FileCache {
  mkdirSync(dir, { recursive: true })
  let counter = 0
  const pathOf = (name: string) => join(dir, name + extension)
  return {
    read: (name) =>
      readFile(pathOf(name)).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return null
        throw error
      }),
    async write(name, bytes) {
      const part = `${pathOf(name)}.${process.pid}.${counter++}.part`
      try {
        await writeFile(part, bytes)
        await rename(part, pathOf(name))
      } catch (error) {
        await rm(part, { force: true })
        throw error
      }
    },
  }
}
