import type { Take } from '../../shared/model.ts'
import { formatUsdExact } from '../../shared/money.ts'
import { chargeWord } from './take-words.ts'

/** What a take was asked for and what it cost, as terms of a list. */
export function RequestFacts({ take }: { take: Take }) {
  const { seed, resolution, aspectRatio, duration } = take.request
  return (
    <>
      <dt>Seed</dt>
      <dd>{seed}</dd>
      <dt>Shot</dt>
      <dd>
        {resolution}, {aspectRatio}, {duration} s
      </dd>
      <dt>Price</dt>
      <dd>
        {take.provider === 'rehearsal' ? 'Free rehearsal' : `${formatUsdExact(take.price)} ${chargeWord(take) ?? ''}`}
      </dd>
      {take.billed !== null && take.billed !== take.price && (
        <>
          <dt>Billed</dt>
          <dd>{formatUsdExact(take.billed)}</dd>
        </>
      )}
    </>
  )
}
