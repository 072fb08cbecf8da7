import { closeSync, fsyncSync, openSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** Brings a file's bytes to disk. */
export function syncFile(path: string): void {
  const fd = openSync(path, 'r+')
  try {
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}

/** Makes renames in a folder durable. Windows cannot open folders and does not need it. */
export function syncDir(dir: string): void {
  if (process.platform === 'win32') return
  const fd = openSync(dir, 'r')
  try {
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}

/** Publishes a file that is on disk under its final name, durably. */
export function publish(part: string, path: string): void {
  syncFile(part)
  renameSync(part, path)
  syncDir(dirname(path))
}

/** Replaces a small file: a reader sees all of the old or all of the new, also after a power failure. */
export function writeDurably(path: string, text: string): void {
  const part = `${path}.part`
  writeFileSync(part, text, { mode: 0o600 })
  publish(part, path)
}
