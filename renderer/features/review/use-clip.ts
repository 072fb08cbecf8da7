import { type RefObject, useEffect, useRef, useState } from 'react'
import type { ClipProbe, ClipProblem } from '../../../shared/clip-facts.ts'
import type { TakeId } from '../../../shared/ids.ts'
import type { Take } from '../../../shared/model.ts'
import { useWanted } from '../../common/use-wanted.ts'
import { derived } from '../../media/derive.ts'
import { WISH } from '../../media/derive-queue.ts'
import { fetchFacts, forgetFacts, useKnownClips } from '../../media/known-clips.ts'
import { clipUrl } from '../../state/media.ts'
import { call } from '../../state/requests.ts'

/**
 * What is wrong with a clip: not there, other bytes than were stored, kept back by the disk, or the right bytes and nothing
 * this computer can show.
 */
export type ClipTrouble = ClipProblem | 'undecodable'

/**
 * Finds out what is wrong with the file of a take. Asking for its head is quick and says that it is there with its size;
 * only a file that is not, or is suspected, is read and compared with its hash.
 */
async function lookAtFile(take: Take, suspected: boolean): Promise<ClipTrouble | null> {
  if (!take.clip) return 'missing'
  const reply = await fetch(clipUrl(take.id), { method: 'HEAD' }).catch(() => null)
  // Nobody answers while the studio restarts; the clip is not to blame.
  if (!reply || (reply.ok && !suspected)) return null
  const found = await call('take.checkClip', { takeId: take.id }).catch(() => null)
  if (!found) return null
  return found.problem ?? (suspected ? 'undecodable' : null)
}

const isUnreadable = (probe: ClipProbe | undefined): boolean => probe !== undefined && (!probe.ok || !probe.decodable)

/** Browsers keep what they read of an address, so a file that is right again is read by another one. */
const addresses = new Map<TakeId, { readonly version: number; readonly spoilt: boolean }>()
const versionOf = (id: TakeId) => addresses.get(id)?.version ?? 0
const spoil = (id: TakeId) => void addresses.set(id, { version: versionOf(id), spoilt: true })
function freshVersion(id: TakeId): number {
  if (addresses.get(id)?.spoilt) addresses.set(id, { version: versionOf(id) + 1, spoilt: false })
  return versionOf(id)
}

/**
 * Has the facts of a clip found out, and says when it cannot be shown.
 * @returns the facts while it can, what is wrong, where to read it, and how to look again
 */
export function useClip(take: Take, video: RefObject<HTMLVideoElement | null>) {
  const clip = take.clip?.sha256
  const probe = useKnownClips(({ probes }) => (clip === undefined ? undefined : probes.get(clip)))
  const [turn, setTurn] = useState(0)
  const [trouble, setTrouble] = useState<ClipTrouble | null>(null)
  const [asked, setAsked] = useState(false)
  const [version, setVersion] = useState(() => freshVersion(take.id))
  const suspected = isUnreadable(probe)

  // Changes whenever the file may be another than it was: downloaded, located, or put there by hand.
  const file = `${take.finishedAt} ${take.clipGone} ${turn}`
  const looked = useRef(file)
  const onItsWay = take.phase !== 'ready' && trouble !== null

  useEffect(() => {
    if (onItsWay) return
    let current = true
    const element = video.current
    const isNew = looked.current !== file
    looked.current = file
    if (isNew && clip !== undefined) {
      derived.forget(clip)
      if (suspected) forgetFacts(clip)
    }
    if (isNew) setVersion(freshVersion(take.id))
    const look = (suspect: boolean) =>
      void lookAtFile(take, suspect).then((found) => {
        if (found !== null) spoil(take.id)
        if (current) setTrouble(found)
      })
    const broke = () => look(true)
    element?.addEventListener('error', broke)
    if (clip !== undefined) void fetchFacts(clip).then(() => current && setAsked(true))
    // It may have failed before anybody listened.
    look(!isNew && (suspected || Boolean(element?.error)))
    return () => {
      current = false
      element?.removeEventListener('error', broke)
    }
    // Only what names the file and says whether it is there counts, not its rating.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [take.id, clip, file, suspected, onItsWay, video])
  useWanted(asked && probe === undefined && trouble === null ? take : null, WISH.playing)

  return {
    facts: probe?.ok === true && probe.decodable && trouble === null ? probe : null,
    trouble,
    url: version === 0 ? clipUrl(take.id) : `${clipUrl(take.id)}?v=${version}`,
    retry: () => setTurn((before) => before + 1),
  }
}
