import { TakeboardError } from '../../../shared/errors.ts'

/** Says in our words what the file system said in its own while a file of the library was written. */
export function diskError(error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException).code
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EIO')
    return new TakeboardError('disk-full', 'The disk is full or failing. Nothing in the library was changed.', {
      cause: error,
    })
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return new TakeboardError(
      'library-unwritable',
      'That folder cannot be written. Nothing in the library was changed.',
      {
        cause: error,
      },
    )
  return error
}
