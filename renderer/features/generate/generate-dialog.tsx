import './generate.css'
import { KeyRound } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { SceneId } from '../../../shared/ids.ts'
import type { Scene } from '../../../shared/model.ts'
import { CapForm } from '../../common/cap-form.tsx'
import { Failure } from '../../common/failure.tsx'
import { type OpenBoard, useBoard } from '../../state/hooks.ts'
import { useProjection } from '../../state/projection.ts'
import { rollSeed } from '../../state/seeds.ts'
import { plural } from '../../state/selectors.ts'
import { closeGenerate, openSettings, showView, useUi } from '../../state/ui-store.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Notice } from '../../ui/empty.tsx'
import { showToast } from '../../ui/toast.tsx'
import { GenerateFooter } from './footer.tsx'
import { Options } from './options.tsx'
import {
  type Choices,
  commonSeed,
  firstChoices,
  heldText,
  linesOf,
  orderedScenes,
  orderOf,
  seedsOf,
  tick,
  unsettledTakes,
} from './order.ts'
import { SceneTable } from './scene-table.tsx'
import { usePreviews } from './use-previews.ts'
import { startedText, useStart } from './use-start.ts'

function useGenerate(board: OpenBoard, scope: readonly Scene[]) {
  const { view, storyboard, scenes: all, cast } = board
  const [choices, setChoices] = useState<Choices>(() =>
    firstChoices(view, scope, String(commonSeed(scope) ?? rollSeed())),
  )
  const provider = view.project.provider
  const unsettled = (id: SceneId) => provider !== 'rehearsal' && unsettledTakes(view, id, provider).length > 0
  const scenes = orderedScenes(scope, choices, unsettled)
  const ordered = new Set(scenes.map(({ id }) => id))
  const seeds = seedsOf(choices)
  const order = seeds.ok ? orderOf(provider, scenes, choices, seeds.seeds) : null
  const facts = useMemo(() => ({ all, cast, storyboard, budget: view.budget }), [all, cast, storyboard, view.budget])
  const previews = usePreviews(storyboard.id, order, facts)
  const preview = previews.byPass[choices.pass] ?? null
  return {
    provider,
    choices,
    setChoices,
    onTick: (ids: readonly SceneId[], on: boolean) => setChoices(tick(choices, ids, on, unsettled)),
    scenes,
    ordered,
    order,
    previews,
    preview,
    lines: linesOf(scope, preview, choices, ordered),
  }
}

/** What has to be done before paid takes can leave. */
function Hurdles({ board }: { board: OpenBoard }) {
  const key = useProjection(({ studio }) => studio?.key.present ?? false)
  const { budget } = board.view
  if (key && budget.cap !== null) return null
  return (
    <>
      {!key && (
        <Notice
          tone="attention"
          title="Paid takes need an API key"
          action={
            <Button size="small" icon={<KeyRound size={14} />} onClick={openSettings}>
              Add the key
            </Button>
          }
        >
          A rehearsal needs none.
        </Notice>
      )}
      {budget.cap === null && (
        <div className="notice attention cap-needed">
          <CapForm budget={budget} />
        </div>
      )}
    </>
  )
}

function Content({ board, scope }: { board: OpenBoard; scope: readonly Scene[] }) {
  const generate = useGenerate(board, scope)
  const { provider, choices, setChoices, order, previews, preview, lines } = generate
  const rehearsing = provider === 'rehearsal'
  const key = useProjection(({ studio }) => studio?.key.present ?? false)
  const primary = useRef<HTMLButtonElement>(null)
  // Settings take the place of this window for a moment; what was chosen here stays.
  const away = useUi((ui) => ui.settingsOpen)
  const { start, busy, error, nothing } = useStart(board.storyboard.id, (started, by) => {
    closeGenerate()
    const words = startedText(started, by)
    showToast({ kind: 'info', ...words, action: { label: 'Open the queue', run: () => showView('queue') } })
  })

  const ready = order !== null && !previews.behind && preview !== null && busy === null
  const canSubmit = ready && preview.admittedScenes > 0 && (rehearsing || key)
  const submit = () => {
    if (canSubmit && !away) void start(order)
  }
  const rehearse = () => {
    if (order) void start({ ...order, provider: 'rehearsal', includeUnconfirmed: true })
  }

  const submitNow = useRef(submit)
  useEffect(() => {
    submitNow.current = submit
  })
  useEffect(() => {
    const keys = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.repeat) return
      event.preventDefault()
      event.stopPropagation()
      submitNow.current()
    }
    window.addEventListener('keydown', keys, true)
    return () => window.removeEventListener('keydown', keys, true)
  }, [])

  const seconds = scope.reduce((sum, scene) => sum + scene.duration, 0)
  const held = preview && heldText(preview)
  return (
    <Dialog
      open={!away}
      onClose={closeGenerate}
      title={`${rehearsing ? 'Rehearse' : 'Generate'} ${board.storyboard.title}`}
      aside={
        <span className="t2 c12 num">
          {plural(scope.length, 'scene')}, {seconds} s
        </span>
      }
      size="wide"
      bare
      initialFocus={primary}
      footer={
        <GenerateFooter
          budget={board.view.budget}
          preview={preview}
          rehearsing={rehearsing}
          canSubmit={canSubmit}
          canRehearse={order !== null && generate.scenes.length > 0 && busy === null}
          problem={order === null ? 'Set a seed' : null}
          busy={busy === null ? null : busy === provider ? 'submit' : 'rehearse'}
          primary={primary}
          onCancel={closeGenerate}
          onRehearse={rehearse}
          onSubmit={submit}
        />
      }
    >
      <div className="generate-body" aria-busy={previews.behind}>
        <Options
          board={board}
          choices={choices}
          previews={previews.byPass}
          scenes={generate.scenes}
          sameSeed={preview?.rows.some((row) => row.seedValue !== null) ?? false}
          onChange={setChoices}
          onOpenCast={() => {
            closeGenerate()
            showView('cast')
          }}
        />
        <div className="generate-scenes">
          <div className="generate-notices">
            {!rehearsing && <Hurdles board={board} />}
            {previews.error !== null && <Failure error={previews.error} onRetry={previews.retry} />}
            {error !== null && <Failure error={error} onRetry={rehearsing || key ? submit : undefined} />}
            {nothing !== null && (
              <Notice tone="error" title="Nothing was sent">
                {nothing}
              </Notice>
            )}
            {preview?.priceNote && !rehearsing && (
              <Notice title="The price differs from the table">{preview.priceNote}</Notice>
            )}
            {held && <Notice tone="attention">{held}</Notice>}
          </div>
          <SceneTable
            view={board.view}
            scope={scope}
            lines={lines}
            choices={choices}
            ordered={generate.ordered}
            onTick={generate.onTick}
          />
        </div>
      </div>
    </Dialog>
  )
}

/** The pre-flight of a batch: what would be sent, what it costs, where the cap stops it. */
export function GenerateDialog() {
  const board = useBoard()
  const open = useUi((ui) => ui.generate)
  if (!open || !board) return null
  const wanted = open.sceneIds === null ? null : new Set(open.sceneIds)
  const scope = wanted === null ? board.scenes : board.scenes.filter(({ id }) => wanted.has(id))
  // Another opening is another request.
  return <Content key={open.sceneIds?.join() ?? 'all'} board={board} scope={scope} />
}
