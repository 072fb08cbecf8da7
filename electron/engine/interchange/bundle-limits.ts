import { IMAGE_LIMITS, IMAGES } from '../../../shared/models/happyhorse-1.1-r2v.ts'
import { MAX_BOARD_BYTES } from './read-board.ts'

/** The board of a bundle, at its top. */
export const BUNDLE_BOARD = 'board.json'

/** How the name of a bundle ends. */
export const BUNDLE_ENDING = '.takeboard'

/** The most a bundle may hold. The one place where this is said; a bundle Takeboard writes stays within it. */
export const BUNDLE_LIMITS = {
  /** The board, every image of a cast, and a few folders that other zip programs list. */
  entries: 32,
  /** Bytes of the board, unpacked. */
  boardBytes: MAX_BOARD_BYTES,
  /** Bytes of one image, unpacked. */
  imageBytes: IMAGE_LIMITS.maxBytes,
  /** Bytes of everything, unpacked. */
  totalBytes: IMAGES.max * IMAGE_LIMITS.maxBytes + MAX_BOARD_BYTES,
  /** Bytes of the zip itself: everything stored unpacked, and its directory. */
  fileBytes: IMAGES.max * IMAGE_LIMITS.maxBytes + MAX_BOARD_BYTES + 64 * 1024,
  /** Unpacked bytes for each packed one. Text packs to a tenth; what packs to a hundredth is a trap. */
  ratio: 100,
  /** Bytes; anything this small may pack as well as it likes. */
  ratioFrom: 64 * 1024,
  /** Characters of a name with its folders. */
  nameLength: 200,
} as const
