/** What a key means while the animatic has the keyboard. */
export type AnimaticKey =
  | {
      readonly do: 'toggle' | 'pause' | 'faster' | 'back' | 'in' | 'out' | 'clear' | 'loop' | 'mute' | 'full' | 'close'
    }
  | { readonly do: 'step'; readonly frames: number }
  | { readonly do: 'scene'; readonly by: -1 | 1 }
  | { readonly do: 'end'; readonly which: 'first' | 'last' }

const PLAIN: Readonly<Record<string, AnimaticKey>> = {
  ' ': { do: 'toggle' },
  k: { do: 'pause' },
  l: { do: 'faster' },
  j: { do: 'back' },
  i: { do: 'in' },
  o: { do: 'out' },
  m: { do: 'mute' },
  f: { do: 'full' },
  arrowleft: { do: 'step', frames: -1 },
  arrowright: { do: 'step', frames: 1 },
  arrowup: { do: 'scene', by: -1 },
  arrowdown: { do: 'scene', by: 1 },
  pageup: { do: 'scene', by: -1 },
  pagedown: { do: 'scene', by: 1 },
  home: { do: 'end', which: 'first' },
  end: { do: 'end', which: 'last' },
  escape: { do: 'close' },
}

const SHIFTED: Readonly<Record<string, AnimaticKey>> = {
  arrowleft: { do: 'step', frames: -10 },
  arrowright: { do: 'step', frames: 10 },
  x: { do: 'clear' },
  l: { do: 'loop' },
}

/** Null for keys that are not the animatic's. */
export function animaticKey(event: {
  readonly key: string
  readonly shiftKey: boolean
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
}): AnimaticKey | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null
  return (event.shiftKey ? SHIFTED : PLAIN)[event.key.toLowerCase()] ?? null
}

const SPEEDS = [1, 2, 4] as const

/** The speed after another press of L or J: faster in its own direction, from the start in the other. */
export function shuttle(speed: number, direction: -1 | 1): number {
  const fast = speed * direction
  return direction * (fast <= 0 ? 1 : (SPEEDS.find((each) => each > fast) ?? 4))
}
