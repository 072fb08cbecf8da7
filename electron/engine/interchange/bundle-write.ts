import { buffer } from 'node:stream/consumers'
import { ZipFile } from 'yazl'
import { BUNDLE_BOARD } from './bundle-limits.ts'

/** A file inside a bundle. */
export interface BundleFile {
  /** Relative, with forward slashes. */
  readonly path: string
  readonly bytes: Uint8Array
}

/** The earliest time a zip can say, so that the same board always makes the same bytes. */
const NO_TIME = new Date(1980, 0, 1)

/** What every entry says of itself: a plain file, not packed (pictures are packed already, and a board is small). */
const PLAIN = { mtime: NO_TIME, mode: 0o100644, compress: false, forceDosTimestamp: true }

/**
 * Packs a board file and its images into a bundle: a zip with `board.json` and the images where it names them.
 * @param text of the board file; image paths in it are those of `images`
 */
export async function writeBundle(text: string, images: readonly BundleFile[]): Promise<Uint8Array> {
  const zip = new ZipFile()
  const packed = buffer(zip.outputStream)
  zip.addBuffer(Buffer.from(text), BUNDLE_BOARD, PLAIN)
  for (const { path, bytes } of images)
    zip.addBuffer(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), path, PLAIN)
  zip.end()
  return packed
}
