import { ArrowUpRight, AtSign, Plus } from 'lucide-react'
import { type DragEvent, useState } from 'react'
import { IMAGES } from '../../../shared/models/happyhorse-1.1-r2v.ts'
import { addReferences } from '../../commands/cast-actions.ts'
import { imageUrl } from '../../state/media.ts'
import type { OpenBoard } from '../../state/hooks.ts'
import { castNames, mentionCounts, plural } from '../../state/selectors.ts'
import { showView } from '../../state/ui-store.ts'
import { FileButton } from '../../common/file-button.tsx'
import { IconButton } from '../../ui/button.tsx'
import { Thumb } from '../../ui/thumb.tsx'

/** Pictures dragged in from outside of the window, and nothing else. */
function bringsImages({ dataTransfer }: DragEvent): boolean {
  const files = [...dataTransfer.items].filter(({ kind }) => kind === 'file')
  return files.length > 0 && files.every(({ type }) => type.startsWith('image/'))
}

/** The references of the storyboard's cast in the order they are sent, and who is mentioned how often. */
export function CastStrip({ board }: { board: OpenBoard }) {
  const { cast, scenes } = board
  const [over, setOver] = useState(false)
  if (!cast) return null
  const counts = mentionCounts(scenes, cast)
  const full = cast.references.length >= IMAGES.max
  return (
    // The button does the same by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section
      aria-label="Cast"
      className={over ? 'rail-cast over' : 'rail-cast'}
      onDragOver={(event) => {
        if (!bringsImages(event)) return
        event.preventDefault()
        event.stopPropagation()
        setOver(true)
      }}
      onDragLeave={(event) => {
        if (!(event.relatedTarget instanceof Node) || !event.currentTarget.contains(event.relatedTarget)) setOver(false)
      }}
      onDrop={(event) => {
        setOver(false)
        if (!bringsImages(event)) return
        event.preventDefault()
        event.stopPropagation()
        void addReferences(cast, [...event.dataTransfer.files])
      }}
    >
      <div className="rail-head">
        <h2 className="num">
          Cast · {cast.references.length} of {IMAGES.max}
        </h2>
        <IconButton
          label="Open the cast"
          size="small"
          icon={<ArrowUpRight size={14} />}
          onClick={() => showView('cast')}
        />
      </div>
      <div className="cast-strip">
        {cast.references.map((reference, index) => (
          <button
            key={reference.id}
            type="button"
            className="cast-slot"
            title={`${index + 1}: ${reference.name}`}
            onClick={() => showView('cast')}
          >
            <Thumb src={imageUrl(reference.image.sha256)} number={index + 1} label={reference.name} />
          </button>
        ))}
        {!full && (
          <FileButton
            label="Add reference images"
            accept="image/jpeg,image/png,image/webp"
            multiple
            className="cast-add"
            onFiles={(files) => void addReferences(cast, files)}
          >
            <Plus size={16} />
          </FileButton>
        )}
      </div>
      {cast.references.length === 0 && (
        <p className="rail-hint">A take needs at least one reference image: a face, a figure, a place.</p>
      )}
      <ul className="rail-list">
        {castNames(cast).map((name) => (
          <li key={name} className="rail-item">
            <span className="rail-choice">
              <AtSign size={16} aria-hidden />
              <span className="ell">{name}</span>
              <span className="rail-count num">{plural(counts.get(name) ?? 0, 'scene')}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
