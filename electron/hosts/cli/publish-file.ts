import { randomUUID } from 'node:crypto'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { TakeboardError } from '../../../shared/errors.ts'

/** Makes a rename durable. Windows cannot open folders and does not need it. */
async function syncFolder(dir: string): Promise<void> {
  if (process.platform === 'win32') return
  await using folder = await open(dir, 'r')
  await folder.sync()
}

async function write(part: string, content: string | Uint8Array): Promise<void> {
  await using file = await open(part, 'wx')
  await file.writeFile(content)
  await file.sync()
}

/**
 * Writes a file somebody asked for: what is under its name is all of the old or all of the new, whatever happens.
 * @param options.folder true to make the folder it is in
 * @throws TakeboardError bad-input naming the file
 */
export async function publishFile(
  path: string,
  content: string | Uint8Array,
  { folder = false }: { folder?: boolean } = {},
): Promise<void> {
  const part = `${path}.${randomUUID()}.part`
  try {
    if (folder) await mkdir(dirname(path), { recursive: true })
    await write(part, content)
    await rename(part, path)
    await syncFolder(dirname(path))
  } catch (cause) {
    await rm(part, { force: true }).catch(() => {})
    throw new TakeboardError('bad-input', `${path} could not be written.`, { cause })
  }
}
