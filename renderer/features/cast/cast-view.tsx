import './cast.css'
import { ImagePlus } from 'lucide-react'
import { type DragEvent, type KeyboardEvent, useRef, useState } from 'react'
import type { CastId, ReferenceId } from '../../../shared/ids.ts'
import type { Cast } from '../../../shared/model.ts'
import { IMAGES } from '../../../shared/models/happyhorse-1.1-r2v.ts'
import { announce } from '../../common/announcer.ts'
import { FileButton } from '../../common/file-button.tsx'
import type { ProjectView } from '../../state/apply-event.ts'
import { useBoard } from '../../state/hooks.ts'
import { useProjection } from '../../state/projection.ts'
import { attempt, call } from '../../state/requests.ts'
import { Drawn, EmptyState } from '../../ui/empty.tsx'
import { arrowTarget, type CardRefs, FreeSlot, IMAGE_TYPES, ReferenceCard, UploadCard } from './cards.tsx'
import { CastRail } from './cast-rail.tsx'
import { ReferencePanel } from './reference-panel.tsx'
import { useCardDrag } from './use-card-drag.ts'
import { useUploads } from './use-uploads.ts'

const hasFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files')
const columnsOf = (list: HTMLElement | null) =>
  list ? getComputedStyle(list).gridTemplateColumns.split(' ').length : 1

function CastScreen({ view, cast, onChoose }: { view: ProjectView; cast: Cast; onChoose(castId: CastId): void }) {
  const [chosen, setChosen] = useState<ReferenceId | null>(null)
  const [removing, setRemoving] = useState(false)
  const [over, setOver] = useState(false)
  const { uploads, add, dismiss } = useUploads(cast.id, setChosen)
  const cards = useRef<CardRefs>(new Map())
  const list = useRef<HTMLUListElement>(null)
  const { references } = cast
  const drag = useCardDrag(references)
  const selected = references.find(({ id }) => id === chosen) ?? references[0]
  const free = IMAGES.max - references.length - uploads.length
  const underWay = uploads.filter(({ error }) => error === null).length

  const move = async (id: ReferenceId, by: number) => {
    const to = references.findIndex((reference) => reference.id === id) + by
    if (to < 0 || to >= references.length) return
    const done = await attempt(() => call('reference.move', { referenceId: id, to }))
    if (done) announce(`Now image ${to + 1} of ${references.length}.`)
  }
  const keys = (event: KeyboardEvent, at: number, id: ReferenceId) => {
    if (event.key === 'Delete' || event.key === 'Backspace') {
      setChosen(id)
      setRemoving(true)
      event.preventDefault()
      return
    }
    const to = arrowTarget(event.key, at, references.length, columnsOf(list.current))
    const target = to === null ? undefined : references[to]
    if (to === null || !target) return
    event.preventDefault()
    if (event.altKey) {
      void move(id, to - at)
      return
    }
    setChosen(target.id)
    cards.current.get(target.id)?.focus()
  }

  return (
    // Files may be dropped anywhere; the button and the free slot do the same by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <main
      className={over ? 'cast-screen over' : 'cast-screen'}
      onDragOver={(event) => {
        if (!hasFiles(event)) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={(event) => {
        if (event.relatedTarget === null) setOver(false)
      }}
      onDrop={(event) => {
        if (!hasFiles(event)) return
        event.preventDefault()
        setOver(false)
        add([...event.dataTransfer.files])
      }}
    >
      <CastRail view={view} cast={cast} onChoose={onChoose} onSelect={setChosen} />
      <section className="panel" aria-label="Cast">
        <div className="view-header">
          <h1 className="ell">{cast.title}</h1>
          <span className="t3 c12 num">
            {references.length} of {IMAGES.max} images{underWay > 0 && `, ${underWay} on the way`}
          </span>
          <span className="grow" />
          <FileButton label="Add images" accept={IMAGE_TYPES} multiple className="btn" onFiles={add}>
            <ImagePlus size={16} />
            Add images
          </FileButton>
        </div>
        <div className="scroll">
          {references.length === 0 && uploads.length === 0 && (
            <div className="cast-intro">
              <h2>Nobody in the cast yet</h2>
              <p className="t2">
                Drop up to {IMAGES.max} images here: a face, a figure, a place. Prompts mention them by name, and every
                take sends them to keep characters the same.
              </p>
            </div>
          )}
          <ul className="cast-grid" ref={list} aria-label={`Images of ${cast.title}`}>
            {references.map((reference, index) => (
              <ReferenceCard
                key={reference.id}
                ref={(element) => {
                  if (element) cards.current.set(reference.id, element)
                  else cards.current.delete(reference.id)
                }}
                reference={reference}
                number={index + 1}
                selected={reference.id === selected?.id}
                current={reference.id === selected?.id}
                dragged={drag.dragged === reference.id}
                dropSide={drag.over?.reference === reference.id ? drag.over.side : null}
                onSelect={() => setChosen(reference.id)}
                onKeyDown={(event) => keys(event, index, reference.id)}
              />
            ))}
            {uploads.map((upload) => (
              <UploadCard key={upload.id} upload={upload} onDismiss={() => dismiss(upload.id)} />
            ))}
            {free > 0 && <FreeSlot number={references.length + uploads.length + 1} onFiles={add} />}
          </ul>
          {references.length > 0 && (
            <p className="cast-order">
              Sent in this order: [Image 1] is the first. A scene sends those its prompt mentions, or all of them. Drag
              to reorder, or press Alt with the arrow keys.
            </p>
          )}
        </div>
      </section>
      <aside className="panel" aria-label="Reference">
        {selected ? (
          <ReferencePanel
            view={view}
            cast={cast}
            reference={selected}
            removing={removing}
            onRemoving={setRemoving}
            onMove={(by) => void move(selected.id, by)}
          />
        ) : (
          <EmptyState
            picture={<Drawn kind="faces" />}
            title="No image chosen"
            text="Add one to see where it is used."
          />
        )}
      </aside>
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
  return <CastScreen key={cast.id} view={view} cast={cast} onChoose={setCastId} />
}
