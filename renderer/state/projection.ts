import { create } from 'zustand'
import type { TransportState } from '../../shared/transport.ts'
import type { TakeboardError } from '../../shared/errors.ts'
import { type Entities, NO_ENTITIES } from './apply-event.ts'
import type { HostState } from './host-watch.ts'

/** The engine's state as this window knows it, and how well it knows it. Written by `session.ts` and its sync. */
export interface Projection extends Entities {
  readonly connection: TransportState
  /** In a browser: what became of the program that served the page. */
  readonly host: HostState
  /** `ready` once the first snapshots are in; `failed` when they could not be had. */
  readonly status: 'loading' | 'ready' | 'failed'
  readonly error: TakeboardError | null
  /** True while another project is being read; the one before stays in sight. */
  readonly opening: boolean
}

export const useProjection = create<Projection>(() => ({
  ...NO_ENTITIES,
  connection: 'connecting',
  host: 'there',
  status: 'loading',
  error: null,
  opening: false,
}))

/** The present project, outside React. Null before one is open. */
export const currentView = () => useProjection.getState().view
