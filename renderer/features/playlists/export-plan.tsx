import { CircleCheck, RefreshCw } from 'lucide-react'
import { useEffect, useState } from 'react'
import { timecode } from '../../../shared/frame-rate.ts'
import { rateText, type SequencePlan, sizeText } from '../../../shared/sequence.ts'
import { askEncoders } from '../../media/export-client.ts'
import type { Encoders } from '../../media/sequence-encode.ts'
import type { Forms } from './use-forms.ts'

/** What this browser encodes at the size of the file; null while it is asked. */
export function useEncoders(plan: SequencePlan | null): Encoders | null {
  const [found, setFound] = useState<{ readonly size: string; readonly encoders: Encoders } | null>(null)
  const { width = 0, height = 0 } = plan ?? {}
  const size = sizeText(width, height)
  useEffect(() => {
    let wanted = width > 0
    if (wanted)
      void askEncoders(width, height).then(
        (encoders) => wanted && setFound({ size: sizeText(width, height), encoders }),
      )
    return () => {
      wanted = false
    }
  }, [width, height])
  return found?.size === size ? found.encoders : null
}

const CODECS = { avc: 'H.264', vp9: 'VP9', av1: 'AV1', aac: 'AAC', opus: 'Opus' } as const

/** What the file will be, beforehand, and why. */
export function PlanText({ plan, encoders, shape }: { plan: SequencePlan; encoders: Encoders | null; shape: boolean }) {
  const facts = `${sizeText(plan.width, plan.height)} · ${rateText(plan.rate)} · ${timecode(plan.frames, plan.rate)}`
  if (plan.kind === 'copied')
    return (
      <div className="export-plan" data-kind="copied">
        <CircleCheck size={16} aria-hidden />
        <div>
          <p className="strong">Lossless</p>
          <p className="t2">The clips agree, so they are copied frame by frame. Nothing is encoded again.</p>
          <p className="t3 c12 num">{facts}</p>
        </div>
      </div>
    )
  const video = encoders?.video
  const sound =
    plan.sound === 'encoded' && encoders && encoders.audio !== 'aac'
      ? encoders.audio === null
        ? 'This browser cannot encode sound, so the file is silent.'
        : 'This browser cannot encode AAC, so the sound is Opus. Browsers and VLC play it, QuickTime does not.'
      : plan.sound === 'copied'
        ? 'The sound is copied as it is.'
        : null
  return (
    <div className="export-plan" data-kind="encoded">
      <RefreshCw size={16} aria-hidden />
      <div>
        <p className="strong">Encoded again</p>
        <p className="t2">
          {plan.why.join(' ')} So the sequence is encoded again
          {shape ? `, with bars where a picture has another shape` : ''}.
        </p>
        {video === null && <p className="t2">This browser has no encoder for pictures, so it cannot make this file.</p>}
        {video && video !== 'avc' && (
          <p className="t2">
            This browser cannot encode H.264, so the pictures are {CODECS[video]}. Browsers and VLC play them, QuickTime
            does not.
          </p>
        )}
        {sound && <p className="t2">{sound}</p>}
        <p className="t3 c12 num">
          {facts}
          {video && ` · ${CODECS[video]}`}
        </p>
      </div>
    </div>
  )
}

/** Whether some picture gets bars. */
export const anotherShape = (forms: Forms, plan: SequencePlan): boolean =>
  forms.clips.some(({ form }) => Math.abs(form.shownWidth / form.shownHeight - plan.width / plan.height) > 0.01)
