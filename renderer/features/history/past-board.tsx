import { useEffect, useState } from 'react'
import type { CallOutput } from '../../../shared/contract.ts'
import type { HistoryEntry } from '../../../shared/history.ts'
import type { Scene, Take } from '../../../shared/model.ts'
import { Failure } from '../../common/failure.tsx'
import { TakePicture } from '../../common/pictures.tsx'
import type { ProjectView } from '../../state/apply-event.ts'
import { imageUrl } from '../../state/media.ts'
import { call } from '../../state/requests.ts'
import { padNumber, plural, runningTime } from '../../state/selectors.ts'
import { Button } from '../../ui/button.tsx'
import { SeedChip } from '../../ui/chip.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { LoadingBar } from '../../ui/empty.tsx'
import { Thumb } from '../../ui/thumb.tsx'
import { restoreBoard } from './actions.ts'

type PastBoard = CallOutput<'history.board'>
export type BatchEntry = Extract<HistoryEntry, { kind: 'batch' }>

function PastSeed({ scene, board }: { scene: Scene; board: PastBoard }) {
  const { seed } = scene
  if (seed.kind === 'locked') return <SeedChip kind="locked" text={String(seed.value)} />
  if (seed.kind === 'walk') return <SeedChip kind="walk" text={`from ${seed.start}`} />
  if (seed.kind === 'random') return <SeedChip kind="random" text="Random" />
  const other = board.scenes.find(({ id }) => id === seed.sceneId)
  return <SeedChip kind="scene" text={`Scene ${other ? padNumber(other.number) : '?'}`} />
}

function PastScene({
  scene,
  board,
  take,
  unchanged,
}: {
  scene: Scene
  board: PastBoard
  take: Take | null
  /** True when the sketch of the present scene is also the one of then. */
  unchanged: boolean
}) {
  return (
    <li className="past-scene">
      <TakePicture scene={unchanged ? scene : null} take={take} treatment={take ? 'plain' : 'sketch'}>
        <span className="plate past-number num">{padNumber(scene.number)}</span>
        {take && <span className="plate past-take num">Take {take.number}</span>}
      </TakePicture>
      <div className="past-text">
        <h4 className="ell">{scene.title || 'Untitled'}</h4>
        <p>{scene.prompt || <span className="t3">No prompt</span>}</p>
        <span className="row past-facts">
          <PastSeed scene={scene} board={board} />
          <span className="t3 c11 num">
            {scene.resolution}, {scene.aspectRatio}, {scene.duration} s
          </span>
        </span>
      </div>
    </li>
  )
}

const isDrawnAlike = (now: Scene | undefined, then: Scene) =>
  now?.prompt === then.prompt && now.title === then.title && now.aspectRatio === then.aspectRatio

function Board({ view, board, takes }: { view: ProjectView; board: PastBoard; takes: readonly Take[] }) {
  const made = new Map(takes.filter(({ phase }) => phase === 'ready').map((take) => [take.sceneId, take]))
  return (
    <>
      <section className="past-cast" aria-label="Cast of then">
        <h3 className="section-label">Cast</h3>
        <ol className="past-references">
          {board.cast.references.map(({ id, name, image }, index) => (
            <li key={id}>
              <Thumb src={imageUrl(image.sha256)} number={index + 1} label={name} />
              <span className="ell">{name}</span>
            </li>
          ))}
        </ol>
        {board.storyboard.style && (
          <>
            <h3 className="section-label">Style</h3>
            <p className="past-prompt">{board.storyboard.style}</p>
          </>
        )}
      </section>
      <ol className="past-scenes" aria-label="Scenes of then">
        {board.scenes.map((scene) => (
          <PastScene
            key={scene.id}
            scene={scene}
            board={board}
            take={made.get(scene.id) ?? null}
            unchanged={isDrawnAlike(view.scenes.get(scene.id), scene)}
          />
        ))}
      </ol>
    </>
  )
}

/** The board a batch was made from, as it was then. Nothing here can be changed; it can be put beside the present one. */
export function PastBoardDialog({ view, entry, onClose }: { view: ProjectView; entry: BatchEntry; onClose(): void }) {
  const [board, setBoard] = useState<PastBoard | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const batchId = entry.batch.id
  useEffect(() => {
    let current = true
    call('history.board', { batchId }).then(
      (found) => current && setBoard(found),
      (failure: unknown) => current && setError(failure),
    )
    return () => {
      current = false
    }
  }, [batchId])
  const takes = [...view.takes.values()].filter((take) => take.batchId === batchId)
  const when = new Date(entry.at).toLocaleString('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  })
  const restore = async () => {
    setBusy(true)
    const done = await restoreBoard(batchId, entry.storyboard)
    setBusy(false)
    if (done) onClose()
  }
  return (
    <Dialog
      open
      onClose={onClose}
      size="full"
      bare
      title={board?.storyboard.title ?? entry.storyboard}
      aside={
        <span className="t2 c12 num">
          As it was {when}
          {board && `, ${plural(board.scenes.length, 'scene')}, ${runningTime(board.scenes)}`}
        </span>
      }
      footer={
        <>
          <span className="grow t2 c12">Read only. Restoring adds a storyboard and changes none.</span>
          <Button look="ghost" onClick={onClose}>
            Close
          </Button>
          <Button look="primary" disabled={board === null || busy} onClick={() => void restore()}>
            Restore as a new storyboard
          </Button>
        </>
      }
    >
      {/* What scrolls can be reached by keys. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <section className="past-board" tabIndex={0} aria-label="Board as it was">
        {board ? (
          <Board view={view} board={board} takes={takes} />
        ) : error !== null ? (
          <Failure error={error} />
        ) : (
          <LoadingBar label="Reading the board" />
        )}
      </section>
    </Dialog>
  )
}
