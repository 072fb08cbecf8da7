import { useSyncExternalStore } from 'react'
import { registry } from '../commands/registry.ts'

/** Whether a command is there, for controls that only make sense with it. */
export const useCommand = (id: string): boolean =>
  useSyncExternalStore(
    (listener) => registry.onChange(listener),
    () => registry.get(id) !== undefined,
  )
