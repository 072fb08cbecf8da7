import { ReceiptText, Search, Undo2 } from 'lucide-react'
import { useState } from 'react'
import type { CallOutput } from '../../../shared/contract.ts'
import type { PredictionId, TakeId } from '../../../shared/ids.ts'
import type { Take } from '../../../shared/model.ts'
import { formatUsdExact } from '../../../shared/money.ts'
import { Failure } from '../../common/failure.tsx'
import { call } from '../../state/requests.ts'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/dialog.tsx'
import { Notice } from '../../ui/empty.tsx'
import { showToast } from '../../ui/toast.tsx'
import { CandidateClip } from './candidate-clip.tsx'

type Looked = CallOutput<'take.lookFor'>

function Candidates({ takeId, found, onUse }: { takeId: TakeId; found: Looked; onUse(id: PredictionId): void }) {
  return (
    <section aria-label="Jobs that could be this one" className="candidates-box">
      <p className="c12 t2">
        The service lists {found.candidates.length} jobs that could be this one. Choose the one you recognise; the
        others are left alone.
      </p>
      <ul className="candidates">
        {found.candidates.map((candidate, index) => (
          <li key={candidate.predictionId} className="candidate">
            <CandidateClip takeId={takeId} candidate={candidate} position={index + 1} />
            <b className="num">{new Date(candidate.createdAt).toLocaleTimeString('en-GB')}</b>
            <span className="t2 c12">{candidate.status}</span>
            <span className="t3 c11 ell" title={candidate.predictionId}>
              {candidate.predictionId}
            </span>
            <Button size="small" onClick={() => onUse(candidate.predictionId)}>
              Use this one
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What can be done about a take whose submission went unanswered. Retry is not among it: it could pay twice. */
export function Attention({ take, name }: { take: Take; name: string }) {
  const [looked, setLooked] = useState<Looked | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const [asking, setAsking] = useState<'charged' | 'not-charged' | null>(null)
  const price = formatUsdExact(take.price)

  const work = async (doing: () => Promise<void>) => {
    setBusy(true)
    setError(null)
    try {
      await doing()
    } catch (failure) {
      setError(failure)
    } finally {
      setBusy(false)
    }
  }
  const look = () =>
    work(async () => {
      const answer = await call('take.lookFor', { takeId: take.id })
      setLooked(answer)
      if (answer.outcome === 'found')
        showToast({ kind: 'info', title: 'The job was found', text: `${name} goes on where it was.` })
    })
  const resolve = (
    as: { kind: 'charged' } | { kind: 'not-charged' } | { kind: 'prediction'; predictionId: PredictionId },
  ) =>
    work(async () => {
      await call('take.resolve', { takeId: take.id, as })
    })

  return (
    <section className="section" aria-label={`Settle ${name}`}>
      <div className="notice-large" role="alert">
        <Notice tone="attention" title="Submission outcome unknown">
          <span>
            {name}. {take.error?.message ?? 'The request was sent but never answered.'} <b>{price} stays reserved.</b>
          </span>
        </Notice>
      </div>
      <button type="button" className="act" disabled={busy} onClick={() => void look()}>
        <b>
          <Search size={16} aria-hidden />
          {busy ? 'Asking the service' : 'Look for the job'}
        </b>
        <span>Asks the service for this request. Free, and never submits again.</span>
      </button>
      {looked?.outcome === 'none' && (
        <output>
          <Notice title="The service lists no such job">
            It may not have been created, or not show yet. The price stays reserved.
          </Notice>
        </output>
      )}
      {looked?.outcome === 'several' && (
        <Candidates
          takeId={take.id}
          found={looked}
          onUse={(predictionId) => void resolve({ kind: 'prediction', predictionId })}
        />
      )}
      <button type="button" className="act" disabled={busy} onClick={() => setAsking('charged')}>
        <b>
          <ReceiptText size={16} aria-hidden />
          Count it as charged
        </b>
        <span>Moves {price} from reserved to spent and closes the job.</span>
      </button>
      <Button look="ghost" icon={<Undo2 size={16} />} disabled={busy} onClick={() => setAsking('not-charged')}>
        Release the hold
      </Button>
      {error !== null && <Failure error={error} />}
      <ConfirmDialog
        open={asking === 'charged'}
        onClose={() => setAsking(null)}
        title={`Count ${price} as charged?`}
        action="Count it as charged"
        onConfirm={() => void resolve({ kind: 'charged' })}
      >
        The take is closed without a clip and Takeboard stops looking for its job.
      </ConfirmDialog>
      <ConfirmDialog
        open={asking === 'not-charged'}
        onClose={() => setAsking(null)}
        title={`Release ${price}?`}
        action={`Release ${price}`}
        onConfirm={() => void resolve({ kind: 'not-charged' })}
      >
        <p>Only do this when you know that the service did not charge the job.</p>
        <p>
          If the job exists after all, {price} is spent outside the cap, and making the scene again pays a second time.
        </p>
      </ConfirmDialog>
    </section>
  )
}
