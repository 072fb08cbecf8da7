import { create } from 'zustand'
import type { ClipFacts, ClipProbe } from '../../shared/clip-facts.ts'
import type { Sha256 } from '../../shared/ids.ts'
import { media } from '../state/media.ts'

interface KnownClips {
  /** What files say of themselves, as far as this window asked. */
  readonly probes: ReadonlyMap<Sha256, ClipProbe>
  /** Counts how often pictures of a clip were made while this window is open, so that they are fetched again. */
  readonly made: ReadonlyMap<Sha256, number>
}

export const useKnownClips = create<KnownClips>(() => ({ probes: new Map(), made: new Map() }))

export const knowFacts = (clip: Sha256, probe: ClipProbe): void =>
  useKnownClips.setState(({ probes }) => ({ probes: new Map(probes).set(clip, probe) }))

/** Forgets what could not be read of a clip, since its file is another now. */
export function forgetFacts(clip: Sha256): void {
  asking.delete(clip)
  useKnownClips.setState(({ probes }) => {
    const left = new Map(probes)
    left.delete(clip)
    return { probes: left }
  })
}

/** Says that the poster and filmstrip of a clip are there. */
export const picturesMade = (clip: Sha256): void =>
  useKnownClips.setState(({ made }) => ({ made: new Map(made).set(clip, (made.get(clip) ?? 0) + 1) }))

const asking = new Map<Sha256, Promise<void>>()

/** Asks the library for the facts of a clip, once; nothing comes of it while nobody has made them. */
export function fetchFacts(clip: Sha256): Promise<void> {
  const asked =
    asking.get(clip) ??
    media()
      .fetchProbe(clip)
      .then(
        (probe) => {
          if (probe && !useKnownClips.getState().probes.has(clip)) knowFacts(clip, probe)
          // Another question may find them made.
          if (!probe) asking.delete(clip)
        },
        () => void asking.delete(clip),
      )
  asking.set(clip, asked)
  return asked
}

/** The facts of a clip that could be read; null for others, and while they are not known. */
export function factsOf(probes: KnownClips['probes'], clip: Sha256 | undefined): ClipFacts | null {
  const probe = clip === undefined ? undefined : probes.get(clip)
  return probe?.ok ? probe : null
}
