import { type DraftState, followDraft } from './saving.ts'

export type { DraftState }

export interface Draft {
  /** Takes note of a new text and saves it after a pause. */
  edit(text: string): void
  /** Saves at once what is not yet saved. */
  flush(): void
  dispose(): void
}

/**
 * Saves a text while it is being typed: after a pause of `delay` milliseconds, or at once on `flush`. One save is under
 * way at a time, and the newest text always goes last. A refused text is tried again at the next edit or flush.
 */
export function createDraft(options: {
  save(text: string): Promise<unknown>
  onState(state: DraftState): void
  delay?: number
}): Draft {
  const { save, delay = 600 } = options
  const follow = followDraft(() => void send())
  const onState = (state: DraftState) => {
    follow(state)
    options.onState(state)
  }
  let pending: string | null = null
  let timer: ReturnType<typeof setTimeout> | null = null
  let saving = false

  const send = async () => {
    if (timer) clearTimeout(timer)
    timer = null
    if (saving || pending === null) return
    const text = pending
    pending = null
    saving = true
    onState('saving')
    let ok = true
    try {
      await save(text)
    } catch {
      ok = false
      pending ??= text
    }
    saving = false
    if (!ok) onState('failed')
    else if (pending === null) onState('saved')
    else if (timer === null) void send()
  }

  return {
    edit(text) {
      pending = text
      if (!saving) onState('dirty')
      if (timer) clearTimeout(timer)
      timer = setTimeout(() => void send(), delay)
    },
    flush: () => void send(),
    dispose() {
      void send()
    },
  }
}
