import './cast.css'
import { CopyPlus, ImagePlus, LayoutGrid, Rows3, TriangleAlert } from 'lucide-react'
import { type KeyboardEvent, useRef, useState } from 'react'
import type { CastId, ReferenceId } from '../../../shared/ids.ts'
import type { Cast, Reference, Storyboard } from '../../../shared/model.ts'
import { IMAGES } from '../../../shared/models/happyhorse-1.1-r2v.ts'
import {
  copyReference,
  duplicateCast,
  giveCast,
  moveReference,
  removeReference,
  setCharacter,
} from '../../commands/cast-actions.ts'
import { announce } from '../../common/announcer.ts'
import { FileButton } from '../../common/file-button.tsx'
import type { ProjectView } from '../../state/apply-event.ts'
import { useBoard } from '../../state/hooks.ts'
import { useProjection } from '../../state/projection.ts'
import { keep, recalled } from '../../state/window-memory.ts'
import { Button } from '../../ui/button.tsx'
import { Segmented } from '../../ui/choice.tsx'
import { Drawn, EmptyState } from '../../ui/empty.tsx'
import { ANY_IMAGE } from './cards.tsx'
import { CastGrid } from './cast-grid.tsx'
import { CastRail } from './cast-rail.tsx'
import { byCharacter, dropIndex, removalText } from './logic.ts'
import { usePictureFacts } from './picture-facts.ts'
import { hintsFor, type Neighbour } from './quality.ts'
import { ReferencePanel } from './reference-panel.tsx'
import { RenameDialog, type Renaming } from './rename-dialog.tsx'
import { addUploads, useUploads } from './uploads.ts'
import { useCardDrag } from './use-card-drag.ts'
import { useDropImages } from './use-drop-images.ts'

const LOOKS = [
  { value: 'order', label: 'In the order sent', picture: <LayoutGrid size={14} /> },
  { value: 'character', label: 'By character', picture: <Rows3 size={14} /> },
] as const
type Look = (typeof LOOKS)[number]['value']

/** What is known and advised of every picture of a cast, by reference. */
function useQuality(references: readonly Reference[]) {
  const found = usePictureFacts(references.map(({ image }) => image.sha256))
  const neighbours = references.map(({ image }, index): Neighbour => {
    const facts = found.get(image.sha256)
    return { number: index + 1, image, facts: facts === undefined || facts === 'unreadable' ? null : facts }
  })
  return new Map(
    references.map(({ id, image }, index) => {
      const picture = neighbours[index]
      const hints = picture ? hintsFor(picture, neighbours.slice(0, index)) : []
      return [id, { hints, known: found.has(image.sha256), unreadable: found.get(image.sha256) === 'unreadable' }]
    }),
  )
}

function CastScreen({
  view,
  cast,
  board,
  onChoose,
}: {
  view: ProjectView
  cast: Cast
  board: Storyboard | null
  onChoose(castId: CastId): void
}) {
  const [chosen, setChosen] = useState<ReferenceId | null>(null)
  const [look, setLook] = useState<Look>(recalled('castLook') === 'character' ? 'character' : 'order')
  const [renaming, setRenaming] = useState<Renaming | null>(null)
  const uploads = useUploads((state) => state.uploads).filter(({ castId }) => castId === cast.id)
  const cards = useRef(new Map<ReferenceId, HTMLButtonElement>())
  const nameField = useRef<HTMLInputElement>(null)
  const { references } = cast
  const quality = useQuality(references)
  const groups = look === 'character' ? byCharacter(cast) : [{ name: null, references }]
  const order = groups.flatMap((group) => group.references)
  const selected = references.find(({ id }) => id === chosen) ?? order[0]
  const placeOf = (id: ReferenceId) => references.findIndex((reference) => reference.id === id)
  const named = (id: ReferenceId) => references.find((reference) => reference.id === id)
  const add = (files: readonly File[], character: string | null = null) =>
    addUploads(cast.id, files, character, setChosen)
  const dropped = useDropImages((files) => add(files))
  const drag = useCardDrag({
    onCard(dragged, over) {
      const [reference, target] = [named(dragged), named(over.reference)]
      if (!reference || !target) return
      if (look === 'character' && reference.name !== target.name) return void setCharacter(reference, target.name)
      const to = dropIndex(placeOf(dragged), placeOf(over.reference), over.side)
      if (to !== null) void moveReference(cast, dragged, to)
    },
    onCast(dragged, castId) {
      const [reference, target] = [named(dragged), view.casts.get(castId)]
      if (reference && target) void copyReference(reference, target)
    },
  })

  const underWay = uploads.filter(({ state }) => state !== 'failed').length

  const remove = async (reference: Reference) => {
    const at = order.indexOf(reference)
    const next = order[at + 1] ?? order[at - 1]
    const done = await removeReference(reference, placeOf(reference.id) + 1, removalText(view, cast, reference))
    if (!done) return
    setChosen(next?.id ?? null)
    if (next) cards.current.get(next.id)?.focus()
  }
  const moveTo = (reference: Reference, target: Reference) => {
    if (look === 'character' && reference.name !== target.name) return announce(`This is the end of ${reference.name}.`)
    void moveReference(cast, reference.id, placeOf(target.id))
  }
  const keys = (event: KeyboardEvent, reference: Reference, target: Reference | null) => {
    if (event.key === 'Delete' || event.key === 'Backspace') void remove(reference)
    else if (event.key === 'F2') {
      setChosen(reference.id)
      nameField.current?.focus()
      nameField.current?.select()
    } else if (target && event.altKey) moveTo(reference, target)
    else if (target) {
      setChosen(target.id)
      cards.current.get(target.id)?.focus()
    } else return
    event.preventDefault()
  }
  const duplicate = async () => {
    const made = await duplicateCast(cast)
    if (made) onChoose(made)
  }
  const state = selected && quality.get(selected.id)

  return (
    // Files may be dropped anywhere; the buttons and the free slot do the same by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <main className={dropped.over ? 'cast-screen over' : 'cast-screen'} {...dropped.handlers}>
      <CastRail
        view={view}
        cast={cast}
        board={board}
        overCast={drag.overCast}
        onChoose={onChoose}
        onSelect={(id) => {
          setChosen(id)
          cards.current.get(id)?.focus()
        }}
        onRename={(name) => setRenaming({ from: name, to: name })}
        onFiles={(files) => add(files)}
      />
      <section className="panel" aria-label="Cast">
        <div className="view-header">
          <h1 className="ell">{cast.title}</h1>
          <span className="t3 c12 num">
            {references.length} of {IMAGES.max} images{underWay > 0 && `, ${underWay} uploading`}
          </span>
          <span className="grow" />
          <Segmented
            label="How the cast is shown"
            value={look}
            options={LOOKS}
            onChange={(next) => {
              setLook(next)
              keep('castLook', next)
            }}
          />
          <Button
            look="ghost"
            className="cast-duplicate"
            icon={<CopyPlus size={16} />}
            onClick={() => void duplicate()}
          >
            Duplicate set
          </Button>
          <FileButton label="Add images" accept={ANY_IMAGE} multiple className="btn" onFiles={(files) => add(files)}>
            <ImagePlus size={16} />
            Add images
          </FileButton>
        </div>
        {board && board.castId !== cast.id && (
          <div className="cast-unused">
            <TriangleAlert size={14} aria-hidden />
            <span className="grow">
              {board.title} uses {view.casts.get(board.castId)?.title ?? 'another cast'}.
            </span>
            <Button size="small" onClick={() => void giveCast(view, board, cast)}>
              Use in this storyboard
            </Button>
          </div>
        )}
        <CastGrid
          cast={cast}
          groups={groups}
          uploads={uploads}
          quality={quality}
          selected={selected?.id ?? null}
          drag={drag}
          register={(id, element) => {
            if (element) cards.current.set(id, element)
            else cards.current.delete(id)
          }}
          onSelect={setChosen}
          onKey={keys}
          onFiles={add}
          onRename={(name) => setRenaming({ from: name, to: name })}
        />
      </section>
      <aside className="panel" aria-label="Reference">
        {selected && state ? (
          <ReferencePanel
            key={selected.id}
            view={view}
            cast={cast}
            reference={selected}
            {...state}
            nameField={nameField}
            onMove={(by) => void moveReference(cast, selected.id, placeOf(selected.id) + by)}
            onRemove={() => void remove(selected)}
            onRename={(to) => setRenaming({ from: selected.name, to })}
          />
        ) : (
          <EmptyState title="No image chosen" text="Add one to see where it is used." />
        )}
      </aside>
      <RenameDialog view={view} cast={cast} renaming={renaming} onClose={() => setRenaming(null)} />
    </main>
  )
}

/** The references every scene of a storyboard shares: images, names, and the order they are sent in. */
export function CastView() {
  const view = useProjection((projection) => projection.view)
  const board = useBoard()
  const [castId, setCastId] = useState<CastId | null>(null)
  const cast = view && ((castId === null ? null : view.casts.get(castId)) ?? board?.cast ?? [...view.casts.values()][0])
  if (!view) return <main className="panel" aria-busy="true" aria-label="Cast" />
  if (!cast)
    return (
      <main className="panel" aria-label="Cast">
        <EmptyState
          picture={<Drawn kind="faces" />}
          title="No cast in this project"
          text="A storyboard brings its cast with it."
        />
      </main>
    )
  return <CastScreen key={cast.id} view={view} cast={cast} board={board?.storyboard ?? null} onChoose={setCastId} />
}
