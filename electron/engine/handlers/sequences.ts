import type { UnfitClip } from '../../../shared/sequence.ts'
import { problemOf } from '../media/clip-problem.ts'
import type { Handlers } from '../router.ts'
import { the, type HandlerContext, type LibraryFiles } from './context.ts'

/** What has to be known of clips before they are put together. */
export function sequenceHandlers({ store }: HandlerContext, files: LibraryFiles): Pick<Handlers, 'sequence.check'> {
  return {
    'sequence.check': async ({ takeIds }) => {
      const bad: UnfitClip[] = []
      for (const takeId of new Set(takeIds)) {
        if (files.signal.aborted) break
        const { clip } = the.take(store.read, takeId).take
        const problem = clip === null ? 'missing' : await problemOf(files.clips, clip)
        if (problem !== null) bad.push({ takeId, problem })
      }
      return { bad }
    },
  }
}
