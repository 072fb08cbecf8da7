import { memo, useEffect, useState } from 'react'
import type { CallOutput } from '../../../shared/contract.ts'
import type { Cast, Scene, Storyboard } from '../../../shared/model.ts'
import { Failure } from '../../common/failure.tsx'
import { imageUrl } from '../../state/media.ts'
import { useProjection } from '../../state/projection.ts'
import { call } from '../../state/requests.ts'
import { Notice, Skeleton } from '../../ui/empty.tsx'
import { Popover } from '../../ui/popover.tsx'
import { Thumb } from '../../ui/thumb.tsx'

type AsSentReply = CallOutput<'scene.asSent'>

/** What the next take of a scene would send, asked for anew whenever anything it is made of changes. */
export function useAsSent(
  scene: Scene,
  style: string,
  cast: Cast | null,
): { readonly reply: AsSentReply | null; readonly error: unknown } {
  const [reply, setReply] = useState<AsSentReply | null>(null)
  const [error, setError] = useState<unknown>(null)
  useEffect(() => {
    let current = true
    call('scene.asSent', { sceneId: scene.id }).then(
      (found) => current && (setReply(found), setError(null)),
      (failure: unknown) => current && setError(failure),
    )
    return () => {
      current = false
    }
  }, [scene, style, cast])
  return { reply, error }
}

interface Props {
  readonly scene: Scene
  readonly storyboard: Storyboard
  readonly cast: Cast | null
}

/** A prompt as sent, with what stands for the images marked. */
function SentPrompt({ text }: { text: string }) {
  const placeholder = useProjection(({ studio }) => studio?.settings.imagePlaceholder ?? '[Image {n}]')
  const escaped = placeholder.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
  const parts = text.split(new RegExp(`(${escaped.replaceAll(String.raw`\{n\}`, String.raw`\d+`)})`, 'g'))
  return (
    <p className="as-sent-prompt">
      {parts.map((part, index) =>
        // The parts have no identity but their place; every second one stands for an image.
        // oxlint-disable-next-line react/no-array-index-key
        index % 2 === 1 ? (
          <span key={index} className="sent-image">
            {part}
          </span>
        ) : (
          part
        ),
      )}
    </p>
  )
}

function Preview({ scene, storyboard, cast }: Props) {
  const { reply, error } = useAsSent(scene, storyboard.style, cast)
  if (error) return <Failure error={error} />
  if (!reply) return <Skeleton height={120} />
  return (
    <>
      {reply.problem && (
        <Notice tone="attention" title="This scene cannot be sent yet">
          {reply.problem}
        </Notice>
      )}
      <SentPrompt text={reply.prompt} />
      <ol className="as-sent-images">
        {reply.references.map((reference, index) => (
          <li key={reference.referenceId}>
            <Thumb src={imageUrl(reference.sha256)} number={index + 1} label={reference.name} />
            <span className="ell c11 t2">{reference.name}</span>
          </li>
        ))}
      </ol>
    </>
  )
}

/** Shows the prompt and the images exactly as the next take would send them. */
export const AsSent = memo(function AsSent(props: Props) {
  return (
    <Popover
      title="As sent"
      className="as-sent"
      trigger={
        <button type="button" className="label-button">
          As sent
        </button>
      }
    >
      <Preview {...props} />
    </Popover>
  )
})
