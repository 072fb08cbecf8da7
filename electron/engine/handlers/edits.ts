import type { Handlers } from '../router.ts'
import { the, type HandlerContext } from './context.ts'

type EditCalls = Pick<Handlers, 'edit.undo' | 'edit.redo'>

/** Taking edits back and making them again. */
export function editHandlers({ store, history }: HandlerContext): EditCalls {
  return {
    'edit.undo': ({ projectId }) => ({ label: history.undo(the.project(store.read, projectId).id) }),
    'edit.redo': ({ projectId }) => ({ label: history.redo(the.project(store.read, projectId).id) }),
  }
}
