import { stat } from 'node:fs/promises'
import type { ClipProblem } from '../../../shared/clip-facts.ts'
import type { Clip } from '../../../shared/model.ts'
import type { ClipStore } from './clip-store.ts'
import { hashOfFile } from './library-files.ts'

/** What is wrong with the file of a clip, after reading all of it; null when it is the one that was downloaded. */
export async function problemOf(clips: ClipStore, clip: Clip): Promise<ClipProblem | null> {
  if (!(await clips.has(clip))) {
    const there = await stat(clips.path(clip.sha256)).catch((error: NodeJS.ErrnoException) => error.code)
    if (there === 'ENOENT' || there === 'ENOTDIR') return 'missing'
    return typeof there === 'object' ? 'changed' : 'unreadable'
  }
  try {
    return (await hashOfFile(clips.path(clip.sha256))) === clip.sha256 ? null : 'changed'
  } catch {
    return 'unreadable'
  }
}
