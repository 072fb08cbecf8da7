import { useEffect, useState } from 'react'
import type { CallOutput } from '../../../shared/contract.ts'
import type { Scene } from '../../../shared/model.ts'
import { Failure } from '../../common/failure.tsx'
import type { OpenBoard } from '../../state/hooks.ts'
import { imageUrl } from '../../state/media.ts'
import { call } from '../../state/requests.ts'
import { Notice, Skeleton } from '../../ui/empty.tsx'
import { Popover } from '../../ui/popover.tsx'
import { Thumb } from '../../ui/thumb.tsx'

type AsSentReply = CallOutput<'scene.asSent'>

function Preview({ board, scene }: { board: OpenBoard; scene: Scene }) {
  const [reply, setReply] = useState<AsSentReply | null>(null)
  const [error, setError] = useState<unknown>(null)
  const { storyboard, cast } = board
  useEffect(() => {
    let current = true
    call('scene.asSent', { sceneId: scene.id }).then(
      (found) => current && (setReply(found), setError(null)),
      (failure: unknown) => current && setError(failure),
    )
    return () => {
      current = false
    }
    // Composed anew whenever anything it is made of changes.
  }, [scene, storyboard.style, cast])

  if (error) return <Failure error={error} />
  if (!reply) return <Skeleton height={120} />
  return (
    <>
      {reply.problem && (
        <Notice tone="attention" title="This scene cannot be sent yet">
          {reply.problem}
        </Notice>
      )}
      <p className="as-sent-prompt">{reply.prompt}</p>
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
export function AsSent({ board, scene }: { board: OpenBoard; scene: Scene }) {
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
      <Preview board={board} scene={scene} />
    </Popover>
  )
}
