import './generate.css'
import { KeyRound } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { ProviderName } from '../../../shared/model.ts'
import { formatUsd } from '../../../shared/money.ts'
import type { Preview } from '../../../shared/preview.ts'
import { CapForm } from '../../common/cap-form.tsx'
import { Failure } from '../../common/failure.tsx'
import { type Started, tellStarted, useStart } from '../../common/use-start.ts'
import type { GenerateWish } from '../../state/generate-wish.ts'
import { type OpenBoard, useBoard } from '../../state/hooks.ts'
import { useProjection } from '../../state/projection.ts'
import { promptEdits, promptProblem } from '../../state/rerun.ts'
import { castNames, plural } from '../../state/selectors.ts'
import { closeGenerate, openSettings, showView, useUi } from '../../state/ui-store.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { EmptyState, Notice } from '../../ui/empty.tsx'
import { GenerateFooter } from './footer.tsx'
import type { Item } from './items.ts'
import { ItemTable } from './item-table.tsx'
import { heldText, rerunTitle, titleOf } from './lines.ts'
import { Options } from './options.tsx'
import { useGenerate } from './use-generate.ts'
import { useSend } from './use-send.ts'

const useKey = () => useProjection(({ studio }) => studio?.key.present ?? false)

/** What has to be done before paid takes can leave. */
function Hurdles({ board }: { board: OpenBoard }) {
  const key = useKey()
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

/** Submits with Cmd or Ctrl and Enter, wherever the focus is in the dialog. */
function useSubmitKeys(submit: () => void): void {
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
}

function lengthText(items: readonly Item[]): string {
  const scenes = new Set(items.map(({ sceneId }) => sceneId)).size
  const seconds = items.reduce((sum, { duration }) => sum + duration, 0)
  const what =
    scenes === items.length ? plural(scenes, 'scene') : `${plural(items.length, 'take')} of ${plural(scenes, 'scene')}`
  return `${what}, ${seconds} s`
}

/** What the cap leaves before anything of this is sent. */
const leftText = (preview: Preview | null): string =>
  preview === null ? '' : preview.left === null ? 'No cap is set' : `The cap leaves ${formatUsd(preview.left)}`

function Content({ board, wish }: { board: OpenBoard; wish: GenerateWish }) {
  const generate = useGenerate(board, wish)
  const { items, choices, setChoices, ordered, order, previews, preview, lines } = generate
  const { provider, confirmOver } = board.view.project
  const rehearsing = provider === 'rehearsal'
  const key = useKey()
  const primary = useRef<HTMLButtonElement>(null)
  // Settings take the place of this window for a moment; what was chosen here stays.
  const away = useUi((ui) => ui.settingsOpen)
  const reserved = preview?.reserves ?? null
  const onStarted = (started: Started, by: ProviderName) => {
    closeGenerate()
    tellStarted(started, by, by === provider ? reserved : null)
  }
  const { start, busy, error: refused, nothing } = useStart(board.storyboard.id, onStarted)
  const { send, saving, error: unsaved, changed } = useSend(board.storyboard.id, start)
  const error = unsaved ?? refused
  const edits = promptEdits(
    choices.rerun,
    ordered.flatMap(({ scene }) => scene ?? []),
  )

  // The question is about one order at one price; anything else is asked about anew.
  const wanted = JSON.stringify([order, reserved])
  const [asked, setAsked] = useState<string | null>(null)
  const mustAsk = confirmOver !== null && reserved !== null && reserved > confirmOver
  const asking = mustAsk && asked === wanted ? confirmOver : null

  const names = castNames(board.cast)
  const badPrompt = edits.some(({ patch }) => promptProblem(patch.prompt, names) !== null)
  const ready = !badPrompt && order !== null && !previews.behind && preview !== null && busy === null && !saving
  const canSubmit = ready && preview.admittedScenes > 0 && (rehearsing || key)
  const submit = () => {
    if (!canSubmit || away) return
    if (mustAsk && asking === null) setAsked(wanted)
    else void send(order, edits, preview)
  }
  const rehearse = () => {
    if (order) void send({ ...order, provider: 'rehearsal', includeUnconfirmed: true }, edits, null)
  }
  useSubmitKeys(submit)

  const seedProblem = wish.kind === 'scenes' && order === null
  const held = preview && heldText(preview)
  const fit = () => {
    closeGenerate()
    useUi.setState({ fit: { sceneIds: ordered.map(({ sceneId }) => sceneId) } })
  }
  return (
    <Dialog
      open={!away}
      onClose={closeGenerate}
      title={
        wish.kind === 'rerun'
          ? rerunTitle(ordered.length, preview, rehearsing)
          : titleOf(wish, board.storyboard.title, rehearsing)
      }
      aside={
        <span className="t2 c12 num">
          {wish.kind === 'rerun' && !rehearsing ? leftText(preview) : lengthText(items)}
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
          canRehearse={!badPrompt && order !== null && ordered.length > 0 && busy === null && !saving}
          problem={
            badPrompt ? 'Check the prompts' : seedProblem ? 'Set a seed' : order === null ? 'Nothing to submit' : null
          }
          busy={saving ? 'submit' : busy === null ? null : busy === provider ? 'submit' : 'rehearse'}
          asking={asking}
          primary={primary}
          onCancel={closeGenerate}
          onBack={() => setAsked(null)}
          onRehearse={rehearse}
          onSubmit={submit}
        />
      }
    >
      <div className="generate-body" aria-busy={previews.behind}>
        <Options
          board={board}
          wish={wish}
          choices={choices}
          previews={previews.byPass}
          scenes={ordered.flatMap(({ scene }) => scene ?? [])}
          edits={edits.length}
          sameSeed={preview?.rows.some((row) => row.seed.kind !== 'walk' && row.seedValue !== null) ?? false}
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
            {changed && (
              <Notice tone="attention" title="Nothing was sent yet">
                The edited prompts are saved and change what can be sent. Look at the list, then submit.
              </Notice>
            )}
            {held && <Notice tone="attention">{held}</Notice>}
          </div>
          {items.length === 0 ? (
            <EmptyState
              title={
                wish.kind === 'rerun'
                  ? 'No scene without a pick has rejected takes'
                  : 'Nothing of this is on the board any more'
              }
            />
          ) : (
            <ItemTable
              view={board.view}
              items={items}
              lines={lines}
              choices={choices}
              ordered={new Set(ordered.map(({ key: each }) => each))}
              rerun={
                wish.kind === 'rerun'
                  ? {
                      choices: choices.rerun,
                      names,
                      onChange: (rerun) => setChoices({ ...choices, rerun }),
                    }
                  : null
              }
              onTick={generate.onTick}
              onFit={(wish.kind === 'scenes' || wish.kind === 'rerun') && !rehearsing ? fit : null}
            />
          )}
        </div>
      </div>
    </Dialog>
  )
}

/** The pre-flight of a batch: what would be sent, what it costs, where the cap stops it. */
export default function GenerateDialog() {
  const board = useBoard()
  const wish = useUi((ui) => ui.generate)
  if (!wish || !board) return null
  // Another opening is another request.
  return <Content key={JSON.stringify(wish)} board={board} wish={wish} />
}
