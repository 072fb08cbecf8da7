import { z } from 'zod'
import type { EventName } from './contract.ts'
import { WireError } from './errors.ts'

/** Frames a client may send. `since` asks for the events after a sequence number. */
export const ClientFrame = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('req'), id: z.number().int(), name: z.string().max(60), input: z.unknown() }),
  z.strictObject({ type: z.literal('since'), seq: z.number().int().nonnegative() }),
])
export type ClientFrame = z.infer<typeof ClientFrame>

/** Frames the engine sends. `gap` answers a `since` that reaches further back than the outbox: take a new snapshot. */
export const ServerFrame = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ok'), id: z.number().int(), output: z.unknown() }),
  z.strictObject({ type: z.literal('err'), id: z.number().int(), error: WireError }),
  z.strictObject({
    type: z.literal('evt'),
    seq: z.number().int().nullable(),
    name: z.string() as unknown as z.ZodType<EventName>,
    payload: z.unknown(),
  }),
  z.strictObject({ type: z.literal('gap'), seq: z.number().int() }),
])
export type ServerFrame = z.infer<typeof ServerFrame>

export type TransportState = 'connecting' | 'open' | 'closed'

/** The client's end of a connection to the engine: Electron IPC, a WebSocket on loopback, or in process. */
export interface Transport {
  send(frame: ClientFrame): void
  onFrame(listener: (frame: ServerFrame) => void): () => void
  /** Called at once with the present state, then at every change. */
  onState(listener: (state: TransportState) => void): () => void
  close(): void
}

/** The engine's end of the same connection. */
export interface ServerConnection {
  send(frame: ServerFrame): void
  onFrame(listener: (frame: unknown) => void): () => void
  onClose(listener: () => void): () => void
}
