import type { Take } from '../../../shared/model.ts'
import { type Mask, useReview } from '../../state/review.ts'
import { useFacts } from './review-state.ts'

/** Parts of the picture's size that old screens and titles keep to. */
const AREAS = { action: 0.93, title: 0.9 } as const

const ratioOfMask = (mask: Mask): number | null => {
  const [width, height] = mask.split(':').map(Number)
  return mask === 'none' || !width || !height ? null : width / height
}

/** Safe areas, and bars over what another format would not show. @param ratio of the picture, width to height */
export function Guides({ ratio }: { ratio: number }) {
  const safe = useReview((review) => review.safeAreas)
  const mask = useReview((review) => review.mask)
  const format = ratioOfMask(mask)
  const wider = format !== null && format > ratio
  const bar = format === null ? 0 : (1 - (wider ? ratio / format : format / ratio)) / 2
  const long = wider ? 'height' : 'width'
  return (
    <div className="guides" aria-hidden>
      {bar > 0.001 && (
        <div className={wider ? 'mask wide' : 'mask tall'} data-mask={mask}>
          <i style={{ [long]: `${bar * 100}%` }} />
          <i style={{ [long]: `${bar * 100}%` }} />
        </div>
      )}
      {safe && (
        <>
          {Object.entries(AREAS).map(([name, share]) => (
            <i key={name} className={`safe-area ${name}`} style={{ inset: `${((1 - share) / 2) * 100}%` }} />
          ))}
          <i className="safe-centre" />
        </>
      )}
    </div>
  )
}

/** The guides of a take that is seen by itself, on its own picture whatever the others are. */
export function TakeGuides({ take }: { take: Take }) {
  const facts = useFacts(take)
  const [across = 16, down = 9] = facts ? [facts.width, facts.height] : take.request.aspectRatio.split(':').map(Number)
  return <Guides ratio={across / down} />
}
