import type { Client } from '../../shared/client.ts'
import { TakeboardError } from '../../shared/errors.ts'

/**
 * Whether the program that served this page still answers it. `gone`: nothing answers at its address. `expired`: it was
 * started again, and knows this page no more.
 */
export type HostState = 'there' | 'gone' | 'expired'

/**
 * Finds out why the connection broke, each time it does. An expired page can never come back, so its client is closed
 * rather than left trying.
 * @param probe resolves while the host knows this page; rejects with `forbidden` when it does not
 * @returns stops watching
 */
export function watchHost({
  client,
  probe,
  onState,
}: {
  client: Client
  probe: () => Promise<unknown>
  onState(state: HostState): void
}): () => void {
  let turn = 0
  const ask = async () => {
    const mine = ++turn
    const state = await probe().then(
      (): HostState => 'there',
      (error: unknown): HostState =>
        error instanceof TakeboardError && error.code === 'forbidden' ? 'expired' : 'gone',
    )
    if (mine !== turn) return
    onState(state)
    if (state === 'expired') {
      stop()
      client.close()
    }
  }
  const off = client.onState((connection) => {
    if (connection === 'closed') void ask()
    if (connection === 'open') {
      turn += 1
      onState('there')
    }
  })
  const stop = () => {
    turn += 1
    off()
  }
  return stop
}
