import { spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A file system of its own with little room, in memory. */
export interface SmallDisk {
  readonly dir: string
  /** Takes every byte that is left. */
  fill(): void
  /** Gives them back. */
  free(): void
  unmount(): void
}

const mount = (dir: string, megabytes: number): boolean =>
  spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', dir]).status === 0

/** Mounts one, or returns null where that is not allowed: it takes Linux and root. */
export function mountSmallDisk(megabytes: number): SmallDisk | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return null
  const dir = mkdtempSync(join(tmpdir(), 'takeboard-disk-'))
  if (!mount(dir, megabytes)) {
    rmSync(dir, { recursive: true })
    return null
  }
  const ballast = join(dir, 'ballast')
  return {
    dir,
    fill() {
      const fd = openSync(ballast, 'a')
      for (const size of [1024 * 1024, 4096, 1]) {
        const bytes = Buffer.alloc(size, 1)
        try {
          while (writeSync(fd, bytes) === size);
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
        }
      }
      closeSync(fd)
    },
    free: () => rmSync(ballast, { force: true }),
    unmount() {
      spawnSync('umount', ['-l', dir])
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
