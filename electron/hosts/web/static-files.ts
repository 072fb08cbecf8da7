import { readFile, realpath } from 'node:fs/promises'
import { extname, isAbsolute, join, relative, sep } from 'node:path'

/** A file of the built studio. */
export interface StaticFile {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly mime: string
  /** True for files whose name carries their hash. */
  readonly immutable: boolean
}

const MIME: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.mp4': 'video/mp4',
}

/** The address decoded once and split; null for anything that could mean another folder to any file system. */
function segments(pathname: string): readonly string[] | null {
  let decoded: string
  try {
    decoded = decodeURIComponent(pathname)
  } catch {
    return null
  }
  // A percent sign that survives one decoding was encoded twice; no file of ours has one.
  if (!decoded.startsWith('/') || /[\\:%\0]/.test(decoded)) return null
  const parts = decoded.slice(1).split('/')
  return parts.some((part) => part === '' || part.startsWith('.') || part.endsWith('.') || part.endsWith(' '))
    ? null
    : parts
}

const inside = (root: string, path: string): boolean => {
  const way = relative(root, path)
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}

/**
 * Reads a file of `root` by the path of an address; `/` is index.html. Links are resolved before the check, so none
 * leads out of the folder.
 * @returns null when there is no such file, or when the address is not a plain one
 */
export async function readStatic(root: string, pathname: string): Promise<StaticFile | null> {
  const parts = segments(pathname === '/' ? '/index.html' : pathname)
  const mime = MIME[extname(parts?.at(-1) ?? '').toLowerCase()]
  if (parts === null || mime === undefined) return null
  try {
    const real = await realpath(join(root, ...parts))
    if (!inside(await realpath(root), real)) return null
    return { bytes: await readFile(real), mime, immutable: parts[0] === 'assets' }
  } catch {
    return null
  }
}
