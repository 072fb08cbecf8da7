import { type RefObject, useEffect, useState } from 'react'
import type { ClipProbe } from '../../../shared/clip-facts.ts'
import type { Take } from '../../../shared/model.ts'
import { useWanted } from '../../common/use-wanted.ts'
import { WISH } from '../../media/derive-queue.ts'
import { fetchFacts, useKnownClips } from '../../media/known-clips.ts'
import { clipUrl } from '../../state/media.ts'

/** What is wrong with a clip: not there, other bytes than were stored, or nothing this computer can show. */
export type ClipTrouble = 'missing' | 'changed' | 'undecodable'

/** Asks for the head of a file only: its size tells whether it is the one that was stored. */
async function lookAtFile(take: Take): Promise<ClipTrouble | null> {
  if (!take.clip) return 'missing'
  const reply = await fetch(clipUrl(take.id), { method: 'HEAD' }).catch(() => null)
  // Nobody answers while the studio restarts; the clip is not to blame.
  if (!reply) return null
  if (!reply.ok) return 'missing'
  const size = Number(reply.headers.get('content-length') ?? Number.NaN)
  return Number.isFinite(size) && size !== take.clip.bytes ? 'changed' : null
}

const troubleOf = (probe: ClipProbe | undefined): ClipTrouble | null =>
  probe && (!probe.ok || !probe.decodable) ? 'undecodable' : null

/**
 * Has the facts of a clip found out, and says when it cannot be shown.
 * @returns the facts while it can, what is wrong, and how to look again
 */
export function useClip(take: Take, video: RefObject<HTMLVideoElement | null>) {
  const clip = take.clip?.sha256
  const probe = useKnownClips(({ probes }) => (clip === undefined ? undefined : probes.get(clip)))
  const [turn, setTurn] = useState(0)
  const [found, setFound] = useState<ClipTrouble | null>(null)
  const [asked, setAsked] = useState(false)

  useEffect(() => {
    let current = true
    const look = (fallback: ClipTrouble | null) =>
      void lookAtFile(take).then((trouble) => current && setFound(trouble ?? fallback))
    if (clip !== undefined) void fetchFacts(clip).then(() => current && setAsked(true))
    look(null)
    const element = video.current
    const broke = () => look('undecodable')
    element?.addEventListener('error', broke)
    return () => {
      current = false
      element?.removeEventListener('error', broke)
    }
    // Only what names the file counts, not its rating.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [take.id, clip, turn, video])
  useWanted(asked && probe === undefined && found === null ? take : null, WISH.playing)

  const trouble = found ?? troubleOf(probe)
  return {
    facts: probe?.ok === true && trouble === null ? probe : null,
    trouble,
    retry() {
      setFound(null)
      setTurn((before) => before + 1)
      video.current?.load()
    },
  }
}
