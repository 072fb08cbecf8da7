import './seeds.css'
import { Clapperboard, Film } from 'lucide-react'
import { useRef, useState } from 'react'
import type { Scene } from '../../../shared/model.ts'
import { DURATION } from '../../../shared/models/happyhorse-1.1-r2v.ts'
import { formatUsd, subtractUsd } from '../../../shared/money.ts'
import type { CellOrder } from '../../../shared/preview.ts'
import { Failure } from '../../common/failure.tsx'
import { ScenePicture } from '../../common/pictures.tsx'
import { usePreviews } from '../../common/use-previews.ts'
import { tellStarted, useStart } from '../../common/use-start.ts'
import { type OpenBoard, useBoard } from '../../state/hooks.ts'
import { DRAFT } from '../../state/passes.ts'
import { padNumber, stateOf } from '../../state/selectors.ts'
import { openPreflight, useUi } from '../../state/ui-store.ts'
import { Button } from '../../ui/button.tsx'
import { RadioList, Slider } from '../../ui/choice.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Notice } from '../../ui/empty.tsx'

const COUNT = { min: 2, max: 12, usual: 6 } as const
const DRAFT_PASS = [DRAFT] as const

const close = () => useUi.setState({ exploring: null })

function Content({ board, scene }: { board: OpenBoard; scene: Scene }) {
  const { view, storyboard } = board
  const { provider, confirmOver } = view.project
  const rehearsing = provider === 'rehearsal'
  const [count, setCount] = useState<number>(COUNT.usual)
  const [short, setShort] = useState(scene.duration > DURATION.min)
  const duration = short ? DURATION.min : scene.duration
  const order: CellOrder = {
    kind: 'cells',
    provider,
    cells: Array.from({ length: count }, () => ({ sceneId: scene.id, seed: null })),
    resolution: DRAFT,
    duration,
    includeUnconfirmed: rehearsing,
  }
  const previews = usePreviews(storyboard.id, order, view.budget, DRAFT_PASS)
  const shown = previews.byPass[DRAFT] ?? null
  const preview = previews.behind ? null : shown
  const held = preview?.rows.find((row) => row.heldBack !== null) ?? null
  const { start, busy, error, nothing } = useStart(storyboard.id, (started, by) => {
    tellStarted(started, by, preview?.reserves ?? null)
    useUi.setState({
      exploring: null,
      view: 'seeds',
      startOpen: false,
      explored: { sceneId: scene.id, takeIds: started.takeIds },
    })
  })
  // A large sum, or one that does not fit, is looked at as a whole before it leaves.
  const direct = preview !== null && held === null && (confirmOver === null || preview.reserves <= confirmOver)
  const run = () => {
    if (direct) void start(order)
    else {
      close()
      openPreflight({ kind: 'cells', cells: order.cells, resolution: DRAFT, duration })
    }
  }
  const primary = useRef<HTMLButtonElement>(null)
  const price = shown ? formatUsd(shown.total) : ''
  return (
    <Dialog
      open
      onClose={close}
      title="Try several seeds"
      initialFocus={primary}
      footer={
        <>
          <Button look="ghost" size="large" onClick={close}>
            Cancel
          </Button>
          <Button
            ref={primary}
            look="primary"
            size="large"
            className="num"
            icon={rehearsing ? <Film size={16} /> : <Clapperboard size={16} />}
            disabled={preview === null || busy !== null}
            onClick={run}
          >
            {busy
              ? 'Sending'
              : preview === null
                ? 'Pricing'
                : `${rehearsing ? `Rehearse ${count} seeds` : `Run ${count} seeds · ${price}`}${direct ? '' : '…'}`}
          </Button>
        </>
      }
    >
      <div className="promote-take">
        <ScenePicture scene={scene} state={stateOf(view, scene)} />
        <p className="t2">
          <b className="num">
            Scene {padNumber(scene.number)} {scene.title}
          </b>
          The same prompt and references with {count} seeds drawn by chance, at {DRAFT}. Promote the one you like.
        </p>
      </div>
      <div className="explore-row">
        <span className="t2 c12">Seeds</span>
        <Slider label="How many seeds" value={count} min={COUNT.min} max={COUNT.max} onChange={setCount} />
        <b className="num">{count}</b>
      </div>
      <RadioList
        label="Duration"
        value={short ? 'short' : 'own'}
        onChange={(value) => setShort(value === 'short')}
        options={[
          ...(scene.duration > DURATION.min
            ? [{ value: 'short', label: `${DURATION.min} s, the shortest`, text: 'The cheapest look at a seed.' }]
            : []),
          { value: 'own', label: `${scene.duration} s, as the scene`, text: 'Closer to what the scene will be.' },
        ]}
      />
      {shown && (
        <div className="seed-cost">
          <span className="num">
            {rehearsing && 'Would cost '}
            {count} × {duration} s at {DRAFT}
          </span>
          <b className="num">{price}</b>
        </div>
      )}
      {shown && !rehearsing && view.budget.left !== null && (
        <div className="seed-cost">
          <span>Left of cap after this</span>
          <span className="num t1">{formatUsd(subtractUsd(view.budget.left, shown.reserves))}</span>
        </div>
      )}
      <p className="field-note">
        A seed repeats a result under the same request. At another resolution or duration it may give something else,
        and who is in the picture comes from the references.
      </p>
      {held && <Notice tone="attention">{held.reason}</Notice>}
      {previews.error !== null && <Failure error={previews.error} onRetry={previews.retry} />}
      {error !== null && <Failure error={error} onRetry={run} />}
      {nothing !== null && (
        <Notice tone="error" title="Nothing was sent">
          {nothing}
        </Notice>
      )}
    </Dialog>
  )
}

/** Several seeds of one scene at the cheapest setting, priced before they are run. */
export default function ExploreDialog() {
  const board = useBoard()
  const sceneId = useUi((ui) => ui.exploring)
  const scene = board?.scenes.find(({ id }) => id === sceneId)
  return board && scene ? <Content key={scene.id} board={board} scene={scene} /> : null
}
