import { crc32, deflateRawSync } from 'node:zlib'

/** One entry of a zip, said byte by byte, so that it may lie. */
export interface CraftedEntry {
  readonly name: string | Buffer
  readonly content: Uint8Array
  readonly deflate?: boolean
  /** The compression method that is claimed; by default the one that is used. */
  readonly method?: number
  /** Unix mode with the kind of file. */
  readonly mode?: number
  /** The system that is claimed to have made it: 3 Unix, 19 macOS, 0 MS-DOS. */
  readonly madeBy?: number
  readonly encrypted?: boolean
  /** Whether the name is said to be UTF-8; true by default. */
  readonly utf8?: boolean
  /** Another name, in the Info-ZIP Unicode Path field. */
  readonly unicodeName?: string
  /** Sizes that are claimed instead of the real ones. */
  readonly claim?: { readonly uncompressed: number; readonly compressed: number }
}

function unicodePath(name: Buffer, other: string | undefined): Buffer {
  if (other === undefined) return Buffer.alloc(0)
  const text = Buffer.from(other)
  const head = Buffer.alloc(9)
  head.writeUInt16LE(0x7075, 0)
  head.writeUInt16LE(5 + text.byteLength, 2)
  head.writeUInt8(1, 4)
  head.writeUInt32LE(crc32(name), 5)
  return Buffer.concat([head, text])
}

function recordsOf(entry: CraftedEntry, offset: number): { local: Buffer; central: Buffer } {
  const name = Buffer.from(entry.name)
  const packed = entry.deflate ? deflateRawSync(entry.content) : Buffer.from(entry.content)
  // What encrypts puts twelve bytes of its own before the content.
  const data = entry.encrypted ? Buffer.concat([Buffer.alloc(12), packed]) : packed
  const flags = (entry.utf8 === false ? 0 : 0x800) | (entry.encrypted ? 1 : 0)
  // Flags to sizes are the same in both records.
  const middle = Buffer.alloc(20)
  middle.writeUInt16LE(flags, 0)
  middle.writeUInt16LE(entry.method ?? (entry.deflate ? 8 : 0), 2)
  middle.writeUInt32LE(0x00210000, 4)
  middle.writeUInt32LE(crc32(entry.content), 8)
  middle.writeUInt32LE(entry.claim?.compressed ?? data.byteLength, 12)
  middle.writeUInt32LE(entry.claim?.uncompressed ?? entry.content.byteLength, 16)
  const extra = unicodePath(name, entry.unicodeName)

  const before = Buffer.alloc(6)
  before.writeUInt32LE(0x04034b50, 0)
  before.writeUInt16LE(20, 4)
  const lengths = Buffer.alloc(4)
  lengths.writeUInt16LE(name.byteLength, 0)
  const local = Buffer.concat([before, middle, lengths, name, data])

  const start = Buffer.alloc(8)
  start.writeUInt32LE(0x02014b50, 0)
  start.writeUInt16LE(((entry.madeBy ?? 3) << 8) | 20, 4)
  start.writeUInt16LE(20, 6)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(name.byteLength, 0)
  end.writeUInt16LE(extra.byteLength, 2)
  end.writeUInt32LE(((entry.mode ?? 0o100644) << 16) >>> 0, 10)
  end.writeUInt32LE(offset, 14)
  return { local, central: Buffer.concat([start, middle, end, name, extra]) }
}

/** A zip of exactly these entries. */
export function craftZip(entries: readonly CraftedEntry[]): Buffer {
  const locals: Buffer[] = []
  const centrals: Buffer[] = []
  let offset = 0
  for (const entry of entries) {
    const { local, central } = recordsOf(entry, offset)
    locals.push(local)
    centrals.push(central)
    offset += local.byteLength
  }
  const directory = Buffer.concat(centrals)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(directory.byteLength, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, directory, end])
}
