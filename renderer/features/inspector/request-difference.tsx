import { ArrowRight } from 'lucide-react'
import { formatUsdExact } from '../../../shared/money.ts'
import { listPrice } from '../../../shared/models/happyhorse-1.1-r2v.ts'
import type { Cast, Scene, Storyboard, Take } from '../../../shared/model.ts'
import { ChangedText } from '../../common/changed-text.tsx'
import { Failure } from '../../common/failure.tsx'
import { imageUrl } from '../../state/media.ts'
import { requestChanges } from '../../state/request-changes.ts'
import { Skeleton } from '../../ui/empty.tsx'
import { Thumb } from '../../ui/thumb.tsx'
import { useAsSent } from './as-sent.tsx'

type Images = readonly {
  readonly referenceId: string
  readonly name: string
  readonly sha256: Take['request']['references'][number]['sha256']
}[]

const ImageRow = ({ label, images }: { label: string; images: Images }) => (
  <div className="changed-images">
    <span className="t3 c11">{label}</span>
    {images.map((image, index) => (
      <Thumb
        key={`${image.referenceId}${image.sha256}`}
        src={imageUrl(image.sha256)}
        number={index + 1}
        label={image.name}
        size={32}
      />
    ))}
  </div>
)

/** The request a take was made with beside what its scene would send now. */
export function RequestDifference({
  scene,
  take,
  storyboard,
  cast,
}: {
  scene: Scene
  take: Take
  storyboard: Storyboard
  cast: Cast | null
}) {
  const { reply, error } = useAsSent(scene, storyboard.style, cast)
  if (error) return <Failure error={error} />
  if (!reply) return <Skeleton height={160} />
  const { prompt, settings } = requestChanges(take, scene, reply)
  const was = listPrice(take.request.resolution, take.request.duration)
  const is = listPrice(scene.resolution, scene.duration)
  return (
    <>
      {take.stale.length === 0 && <p className="t2">The scene would send the same again.</p>}
      {settings.length > 0 && (
        <dl className="changed-settings">
          {settings.map(({ label, before, after }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>
                <span className="t2">{before}</span> <ArrowRight size={12} aria-label="becomes" /> <b>{after}</b>
              </dd>
            </div>
          ))}
          {was !== is && (
            <div>
              <dt>Price</dt>
              <dd className="num">
                <span className="t2">{formatUsdExact(was)}</span> <ArrowRight size={12} aria-label="becomes" />{' '}
                <b>{formatUsdExact(is)}</b>
              </dd>
            </div>
          )}
        </dl>
      )}
      {take.stale.includes('references') && (
        <div>
          <ImageRow label={`Take ${take.number}`} images={take.request.references} />
          <ImageRow label="Now" images={reply.references} />
        </div>
      )}
      {prompt ? (
        <section aria-label="Prompt as sent">
          <h3 className="section-label">Prompt as sent</h3>
          <ChangedText className="as-sent-prompt" parts={prompt} />
        </section>
      ) : (
        <p className="field-note">The prompt is the same.</p>
      )}
    </>
  )
}
