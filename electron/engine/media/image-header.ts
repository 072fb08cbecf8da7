import { crc32 } from 'node:zlib'
import type { ImageFile } from '../../../shared/model.ts'

/** What an image says of itself. */
export interface ImageHeader {
  readonly mime: ImageFile['mime']
  readonly width: number
  readonly height: number
}

/** `unknown`: not one of the three types. `damaged`: one of them, but cut short or malformed. */
export type ImageReading = ImageHeader | 'unknown' | 'damaged'

type Size = { width: number; height: number } | null

const ascii = (bytes: Buffer, from: number, to: number) => bytes.toString('latin1', from, to)

const PNG_MAGIC = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** Walks the chunks to IEND, checking each checksum. */
function pngSize(bytes: Buffer): Size {
  let size: Size = null
  let pixels = false
  for (let at = PNG_MAGIC.length; at + 12 <= bytes.length;) {
    const length = bytes.readUInt32BE(at)
    const end = at + 12 + length
    if (end > bytes.length) return null
    const type = ascii(bytes, at + 4, at + 8)
    if (crc32(bytes.subarray(at + 4, end - 4)) !== bytes.readUInt32BE(end - 4)) return null
    if (type === 'IHDR' && length >= 13)
      size = { width: bytes.readUInt32BE(at + 8), height: bytes.readUInt32BE(at + 12) }
    else if (type === 'IDAT') pixels = true
    else if (type === 'IEND') return pixels ? size : null
    at = end
  }
  return null
}

/** Frame headers; C4, C8 and CC in the same range are tables. */
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
/** Markers without a length: restarts, start of image, TEM. */
const isBare = (marker: number) => (marker >= 0xd0 && marker <= 0xd8) || marker === 0x01

/** The next marker at or after `from` in compressed data, where FF 00 is a plain byte and FF D0..D7 are restarts. */
function nextMarker(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0 && at + 1 < bytes.length; at = bytes.indexOf(0xff, at + 1)) {
    const marker = bytes[at + 1] ?? 0
    if (marker !== 0x00 && marker !== 0xff && !(marker >= 0xd0 && marker <= 0xd7)) return at
  }
  return -1
}

/** Walks segments and scans to the end-of-image marker; what cameras append after it is ignored. */
function jpegSize(bytes: Buffer): Size {
  let size: Size = null
  let scanned = false
  for (let at = 2; at + 1 < bytes.length;) {
    if (bytes[at] !== 0xff) return null
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (marker === 0xd9) return scanned ? size : null
    if (isBare(marker)) {
      at += 2
      continue
    }
    if (at + 4 > bytes.length) return null
    const end = at + 2 + bytes.readUInt16BE(at + 2)
    if (end > bytes.length || end < at + 4) return null
    if (isFrame(marker)) {
      if (end < at + 9) return null
      size = { width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5) }
    }
    at = end
    if (marker === 0xda) {
      scanned = true
      at = nextMarker(bytes, end)
      if (at < 0) return null
    }
  }
  return null
}

/** The three kinds of WebP keep their size in different places. */
function webpChunkSize(type: string, data: Buffer): Size {
  if (type === 'VP8X' && data.length >= 10)
    return { width: data.readUIntLE(4, 3) + 1, height: data.readUIntLE(7, 3) + 1 }
  if (type === 'VP8L' && data.length >= 5 && data[0] === 0x2f) {
    const bits = data.readUInt32LE(1)
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
  }
  if (type === 'VP8 ' && data.length >= 10 && data.readUIntBE(3, 3) === 0x9d012a)
    return { width: data.readUInt16LE(6) & 0x3fff, height: data.readUInt16LE(8) & 0x3fff }
  return null
}

function webpSize(bytes: Buffer): Size {
  const end = 8 + bytes.readUInt32LE(4)
  if (end > bytes.length) return null
  let size: Size = null
  let pixels = false
  for (let at = 12; at + 8 <= end;) {
    const type = ascii(bytes, at, at + 4)
    const length = bytes.readUInt32LE(at + 4)
    if (at + 8 + length > end) return null
    size ??= webpChunkSize(type, bytes.subarray(at + 8, at + 8 + length))
    if (type === 'VP8 ' || type === 'VP8L' || type === 'ANMF') pixels = true
    at += 8 + length + (length % 2)
  }
  return pixels ? size : null
}

/**
 * Recognises JPEG, PNG and WebP by their first bytes and reads the size in pixels, walking the file's structure to its
 * end so that a truncated one is found before it is stored. Pixels are not decoded.
 */
export function readImageHeader(data: Uint8Array): ImageReading {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength)
  const sized = (mime: ImageFile['mime'], size: Size): ImageReading =>
    size === null || size.width === 0 || size.height === 0 ? 'damaged' : { mime, ...size }
  if (bytes.subarray(0, 8).equals(PNG_MAGIC)) return sized('image/png', pngSize(bytes))
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return sized('image/jpeg', jpegSize(bytes))
  if (bytes.length >= 12 && ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'WEBP')
    return sized('image/webp', webpSize(bytes))
  return 'unknown'
}
