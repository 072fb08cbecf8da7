import { useState } from 'react'
import type { CallOutput } from '../../../shared/contract.ts'
import { ERRORS, WireError } from '../../../shared/errors.ts'
import type { TakeId } from '../../../shared/ids.ts'
import { media } from '../../state/media.ts'

type Candidate = CallOutput<'take.lookFor'>['candidates'][number]

/** Why a clip does not play, in the words of the studio where it has some. */
async function whyNot(url: string): Promise<string> {
  const reply = await fetch(url).catch(() => null)
  const error = reply === null || reply.ok ? null : WireError.safeParse(await reply.json().catch(() => null)).data
  await reply?.body?.cancel().catch(() => {})
  return error ? `${ERRORS[error.code].title}.` : 'Its clip cannot be shown here.'
}

/** The engine fetches each clip whole; those further down wait until they are played. */
const FETCHED_AT_ONCE = 4
const ENDED = /^(failed|cancell?ed|timeout|deleted)$/i

/** What a candidate has made, to be recognised by; else why nothing of it is shown. */
export function CandidateClip({
  takeId,
  candidate,
  position,
}: {
  takeId: TakeId
  candidate: Candidate
  /** From 1. */
  position: number
}) {
  // Another look brings another candidate, whose clip may be there by then.
  const [failed, setFailed] = useState<{ candidate: Candidate; reason: string } | null>(null)
  const reason = failed?.candidate === candidate ? failed.reason : null
  if (!candidate.hasPreview || reason !== null) {
    const missing = ENDED.test(candidate.status)
      ? 'This job made no clip.'
      : /^completed$/i.test(candidate.status)
        ? 'The service no longer lists its clip.'
        : 'Still being made: there is no clip to show yet.'
    return <p className="candidate-clip t3 c12">{reason ?? missing}</p>
  }
  const url = media().candidateUrl(takeId, candidate.predictionId)
  return (
    <video
      className="candidate-clip"
      src={url}
      aria-label={`Clip of job ${position}`}
      muted
      loop
      playsInline
      controls
      controlsList="nodownload nofullscreen noremoteplayback"
      disablePictureInPicture
      preload={position <= FETCHED_AT_ONCE ? 'auto' : 'none'}
      onError={() => void whyNot(url).then((why) => setFailed({ candidate, reason: why }))}
    >
      {/* The clips have no speech to caption. */}
    </video>
  )
}
