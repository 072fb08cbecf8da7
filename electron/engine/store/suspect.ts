import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const fileOf = (library: string): string => join(library, 'library.suspect')

/** Remembers that the database misbehaved, so that the next open reads all of it whatever its size. */
export function markSuspect(library: string): void {
  try {
    writeFileSync(fileOf(library), '')
  } catch {
    // The disk that damaged the database may not take this either; the next backup finds the damage again.
  }
}

export const isSuspect = (library: string): boolean => existsSync(fileOf(library))
export const clearSuspect = (library: string): void => rmSync(fileOf(library), { force: true })
