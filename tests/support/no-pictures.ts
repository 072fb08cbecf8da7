import type { MediaSources } from '../../electron/engine/media/serve-media.ts'

/** A library without posters, for tests of other things. */
export const noPictures: Pick<MediaSources, 'drawnPoster' | 'derived'> = {
  drawnPoster: async () => null,
  derived: {
    knows: () => false,
    read: async () => null,
    write: () => Promise.reject(new Error('not asked for')),
  },
}
