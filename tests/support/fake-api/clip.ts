import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Job } from './jobs.ts'

const FIXTURE = readFileSync(fileURLToPath(new URL('../../fixtures/clip-1s.mp4', import.meta.url)))

/** Length of a `free` box with nothing but the mark in it: size, type and 32 characters. */
const MARK_BOX = 40

/** One clip: a real MP4 with a closing `free` box that carries the job's id, so that no two clips are alike. */
export interface ClipBytes {
  readonly size: number
  readonly etag: string
  /** The bytes from `start` up to, not including, `end`. */
  read(start: number, end: number): Iterable<Uint8Array>
}

export function clipOf(job: Job): ClipBytes {
  const picture = job.plan.clipFile === undefined ? FIXTURE : readFileSync(job.plan.clipFile)
  const size = Math.max(job.plan.clipBytes ?? 0, picture.length + MARK_BOX)
  const box = Buffer.alloc(MARK_BOX)
  box.writeUInt32BE(size - picture.length, 0)
  box.write('free', 4)
  box.write(job.id.slice(0, 30), 8)
  box.write(String(job.clipVersion), 38)
  const head = Buffer.concat([picture, box])
  const zeros = Buffer.alloc(64 * 1024)
  return {
    size,
    etag: `"${job.id}-${job.clipVersion}"`,
    *read(start, end) {
      if (start < head.length) yield head.subarray(start, Math.min(end, head.length))
      for (let at = Math.max(start, head.length); at < end; at += zeros.length) {
        yield zeros.subarray(0, Math.min(zeros.length, end - at))
      }
    },
  }
}
