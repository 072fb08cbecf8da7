import './fit.css'
import { Check, ListChecks } from 'lucide-react'
import { type RefObject, useMemo, useRef, useState } from 'react'
import { DURATION, RESOLUTIONS, type Resolution } from '../../../shared/models/happyhorse-1.1-r2v.ts'
import { formatUsd, parseUsd, usdDecimal } from '../../../shared/money.ts'
import type { SceneId } from '../../../shared/ids.ts'
import { chooseScenes } from '../../commands/scene-actions.ts'
import { toastWithUndo } from '../../commands/undo.ts'
import { Failure } from '../../common/failure.tsx'
import { type OpenBoard, useBoard } from '../../state/hooks.ts'
import { attempt, call } from '../../state/requests.ts'
import { plural } from '../../state/selectors.ts'
import { openGenerate, showView, useUi } from '../../state/ui-store.ts'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/choice.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { EmptyState, Skeleton } from '../../ui/empty.tsx'
import { Field, NumberField, TextField } from '../../ui/field.tsx'
import { showToast } from '../../ui/toast.tsx'
import { editsOf, keptIds, planText, sparedText } from './plan.ts'
import { PlanTable } from './plan-table.tsx'
import { usePlan } from './use-plan.ts'

const close = () => useUi.setState({ fit: null })

interface Wishes {
  /** As typed. */
  readonly amount: string
  /** Seconds no scene is shortened below. */
  readonly shortest: number
  readonly resolutions: readonly Resolution[]
}

function Settings({
  wishes,
  left,
  field,
  onChange,
}: {
  wishes: Wishes
  /** What there is to spend, as a sentence. */
  left: string
  field: RefObject<HTMLInputElement | null>
  onChange(wishes: Wishes): void
}) {
  const wrong = wishes.amount.trim() !== '' && parseUsd(wishes.amount) === null
  const allow = (resolution: Resolution, on: boolean) => {
    const next = RESOLUTIONS.filter((each) => (each === resolution ? on : wishes.resolutions.includes(each)))
    if (next.length > 0) onChange({ ...wishes, resolutions: next })
  }
  return (
    <div className="fit-settings">
      <Field label="Amount" hint={left} error={wrong ? 'An amount in dollars, such as 30 or 12.50.' : null}>
        {(ids) => (
          <TextField
            {...ids}
            ref={field}
            className="num"
            lead={<span className="t3">$</span>}
            inputMode="decimal"
            autoComplete="off"
            placeholder="What is left"
            value={wishes.amount}
            onChange={(event) => onChange({ ...wishes, amount: event.target.value })}
          />
        )}
      </Field>
      <Field label="Shortest scene" hint="No scene is shortened below this; shorter ones stay as they are.">
        {({ id }) => (
          <NumberField
            id={id}
            label="Shortest scene"
            unit="s"
            min={DURATION.min}
            max={DURATION.max}
            value={wishes.shortest}
            onChange={(shortest) => onChange({ ...wishes, shortest })}
          />
        )}
      </Field>
      <fieldset className="fit-resolutions">
        <legend className="section-label">Resolutions allowed</legend>
        {RESOLUTIONS.map((resolution) => (
          <div key={resolution} className="row">
            <Checkbox
              label={resolution}
              checked={wishes.resolutions.includes(resolution)}
              disabled={wishes.resolutions.length === 1 && wishes.resolutions.includes(resolution)}
              onChange={(on) => allow(resolution, on)}
            />
            <span className="num">{resolution}</span>
          </div>
        ))}
        <p className="field-note">
          Nothing is ever raised. Without 1080p, scenes set to it are lowered from the start.
        </p>
      </fieldset>
    </div>
  )
}

function Content({ board, sceneIds }: { board: OpenBoard; sceneIds: readonly SceneId[] | null }) {
  const { view, storyboard, scenes } = board
  const { left } = view.budget
  const [wishes, setWishes] = useState<Wishes>({
    amount: left === null ? '' : usdDecimal(left),
    shortest: DURATION.min,
    resolutions: RESOLUTIONS,
  })
  const field = useRef<HTMLInputElement>(null)
  const [busy, setBusy] = useState(false)
  const typed = wishes.amount.trim()
  const amount = typed === '' ? null : parseUsd(typed)
  // Without a cap there is nothing that could be left.
  const asked = typed === '' ? left !== null : amount !== null
  const question = asked
    ? {
        storyboardId: storyboard.id,
        sceneIds: sceneIds === null ? null : [...sceneIds],
        amount,
        shortest: wishes.shortest,
        resolutions: [...wishes.resolutions],
      }
    : null
  const facts = useMemo(() => ({ scenes, budget: view.budget }), [scenes, view.budget])
  const { plan, behind, error, retry } = usePlan(question, facts)
  const kept = plan ? keptIds(plan) : []
  const edits = plan ? editsOf(plan, view.scenes) : []
  const canUse = plan !== null && !behind && error === null && kept.length > 0 && !busy

  const use = async () => {
    setBusy(true)
    const done = edits.length === 0 || (await attempt(() => call('scene.updateMany', { edits }))) !== null
    setBusy(false)
    if (!done) return
    close()
    openGenerate(kept)
    if (edits.length > 0) toastWithUndo(`${plural(edits.length, 'scene')} changed to fit`)
  }
  const choose = () => {
    close()
    showView('board')
    chooseScenes(kept)
    showToast({ kind: 'info', title: `${plural(kept.length, 'scene')} chosen`, text: 'Nothing was changed.' })
  }

  return (
    <Dialog
      open
      onClose={close}
      title="Fit to the budget"
      initialFocus={field}
      aside={<span className="t2 c12 num">{plan && asked ? planText(plan) : storyboard.title}</span>}
      size="wide"
      bare
      footer={
        <>
          <p className="fit-total t2 c12 num">{plan && asked && sparedText(plan)}</p>
          <Button look="ghost" size="large" onClick={close}>
            Cancel
          </Button>
          <Button size="large" icon={<ListChecks size={16} />} disabled={!canUse} onClick={choose}>
            Only choose the scenes
          </Button>
          <Button
            look="primary"
            size="large"
            className="num"
            icon={<Check size={16} />}
            disabled={!canUse}
            onClick={() => void use()}
          >
            {plan && asked ? `Use this plan · ${formatUsd(plan.total)}` : 'Use this plan'}
          </Button>
        </>
      }
    >
      <div className="fit-body" aria-busy={behind && asked}>
        <div className="fit-side">
          <Settings
            wishes={wishes}
            field={field}
            left={left === null ? 'No cap is set: say what there is.' : `${formatUsd(left)} is left of the cap.`}
            onChange={setWishes}
          />
          {plan && asked && (
            <section className="option" aria-label="How it was decided">
              <h3 className="section-label">How it was decided</h3>
              <ul className="fit-why">
                {plan.explanation.map((sentence) => (
                  <li key={sentence}>{sentence}</li>
                ))}
              </ul>
              <p className="field-note">
                Nothing is changed or sent yet. Using the plan is one edit that can be undone, and everything is priced
                again before it leaves.
              </p>
            </section>
          )}
        </div>
        <div className="fit-plan">
          {error !== null && (
            <div className="fit-error">
              <Failure error={error} onRetry={retry} />
            </div>
          )}
          {!asked ? (
            <EmptyState title="How much is there?" text="Give an amount, and see what of the board it buys." />
          ) : plan ? (
            <PlanTable rows={plan.rows} scenes={view.scenes} />
          ) : (
            error === null && <Skeleton height={240} />
          )}
        </div>
      </div>
    </Dialog>
  )
}

/** What of a board an amount buys, scene by scene and in words, before anything is changed. */
export default function FitView() {
  const board = useBoard()
  const fit = useUi((ui) => ui.fit)
  if (!board || !fit) return null
  return <Content key={`${board.storyboard.id} ${fit.sceneIds?.join() ?? ''}`} board={board} sceneIds={fit.sceneIds} />
}
