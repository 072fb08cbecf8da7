import { CircleCheck, KeyRound } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import type { KeyStatus } from '../../../shared/studio-model.ts'
import { formatUsd, type UsdMicros } from '../../../shared/money.ts'
import { Failure } from '../../common/failure.tsx'
import { useProjection } from '../../state/projection.ts'
import { call } from '../../state/requests.ts'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/choice.tsx'
import { ConfirmDialog } from '../../ui/dialog.tsx'
import { Notice } from '../../ui/empty.tsx'
import { Field, TextField } from '../../ui/field.tsx'

const SOURCES: Readonly<Record<NonNullable<KeyStatus['source']>, string>> = {
  environment: 'From the environment variable WAVESPEED_API_KEY.',
  keychain: 'Kept in the keychain of this computer.',
  session: 'Kept in memory until Takeboard closes.',
  file: 'Kept in a file that only your user account can read.',
}

/** The shortest a key may be, as the engine takes it. */
const SHORTEST = 8

function Present({ status, onCheck, busy }: { status: KeyStatus; busy: boolean; onCheck(): void }) {
  const [asking, setAsking] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const clear = () => {
    setError(null)
    call('key.clear', {}).catch((failure: unknown) => setError(failure))
  }
  return (
    <div className="key-present">
      <KeyRound size={16} className="t2" aria-hidden />
      <div className="grow">
        <strong>An API key is set</strong>
        <p className="t2 c12">{status.source && SOURCES[status.source]}</p>
      </div>
      <Button disabled={busy} onClick={onCheck}>
        {busy ? 'Asking' : 'Test the key'}
      </Button>
      {status.source !== 'environment' && (
        <Button look="danger" onClick={() => setAsking(true)}>
          Remove
        </Button>
      )}
      {error !== null && <Failure error={error} />}
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title="Remove the API key?"
        action="Remove the key"
        onConfirm={clear}
      >
        Jobs already at the service go on there, but Takeboard cannot ask for them until a key is set again.
      </ConfirmDialog>
    </div>
  )
}

/** The key of the paid service: where it is kept, whether it works, another one. */
export function Account() {
  const status = useProjection(({ studio }) => studio?.key ?? null)
  const [text, setText] = useState('')
  const [persist, setPersist] = useState(true)
  const [busy, setBusy] = useState<'save' | 'check' | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [balance, setBalance] = useState<{ readonly amount: UsdMicros | null } | null>(null)
  if (!status) return null

  const work = async (what: 'save' | 'check', doing: () => Promise<void>) => {
    setBusy(what)
    setError(null)
    setBalance(null)
    try {
      await doing()
    } catch (failure) {
      setError(failure)
    } finally {
      setBusy(null)
    }
  }
  const check = async () => setBalance({ amount: (await call('provider.check', { provider: 'wavespeed' })).balance })
  const save = (event: FormEvent) => {
    event.preventDefault()
    const key = text.trim()
    if (key.length < SHORTEST) return
    void work('save', async () => {
      await call('key.set', { key, persist })
      setText('')
      await check()
    })
  }
  const fixed = status.source === 'environment'

  return (
    <div className="settings-page">
      {status.present ? (
        <Present status={status} busy={busy === 'check'} onCheck={() => void work('check', check)} />
      ) : (
        <p className="t2">Paid takes are made by WaveSpeed with your own account. Rehearsals need no key.</p>
      )}
      <output className="settings-output">
        {balance && (
          <Notice
            title={balance.amount === null ? 'The key works' : `The key works. Balance ${formatUsd(balance.amount)}`}
          >
            <span className="row">
              <CircleCheck size={14} aria-hidden /> The service answered just now.
            </span>
          </Notice>
        )}
      </output>
      {error !== null && <Failure error={error} />}
      {status.caveat && <Notice tone="attention">{status.caveat}</Notice>}
      {!fixed && (
        <form className="settings-form" onSubmit={save}>
          <Field
            label={status.present ? 'Another key' : 'API key'}
            hint="Made at wavespeed.ai under API keys. It is never written to the library or to logs."
          >
            {(ids) => (
              <TextField
                {...ids}
                type="password"
                autoComplete="off"
                spellCheck={false}
                value={text}
                maxLength={400}
                onChange={(event) => setText(event.target.value)}
              />
            )}
          </Field>
          <div className="row">
            {/* The box itself is the labelled control. */}
            <Checkbox label="Keep the key for the next start" checked={persist} onChange={setPersist} />
            <span className="grow" aria-hidden>
              Keep the key for the next start
            </span>
            <Button look="primary" type="submit" disabled={busy !== null || text.trim().length < SHORTEST}>
              {busy === 'save' ? 'Saving' : 'Save and test'}
            </Button>
          </div>
        </form>
      )}
    </div>
  )
}
