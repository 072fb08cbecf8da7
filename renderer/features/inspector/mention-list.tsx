import { useEffect, useRef } from 'react'
import type { Cast } from '../../../shared/model.ts'
import type { Sha256 } from '../../../shared/ids.ts'
import { imageUrl } from '../../state/media.ts'
import { castNames } from '../../state/selectors.ts'
import { Thumb } from '../../ui/thumb.tsx'

/** Somebody who can be mentioned. */
export interface MentionName {
  readonly name: string
  /** The first of the images, and how many there are. */
  readonly image: Sha256
  readonly images: number
}

const known = new WeakMap<Cast['references'], readonly MentionName[]>()

/** Whoever can be mentioned, in cast order; the same list until the cast changes. */
export function mentionNames(cast: Cast | null): readonly MentionName[] {
  if (!cast) return []
  const before = known.get(cast.references)
  if (before) return before
  const names = castNames(cast).flatMap((name) => {
    const own = cast.references.filter((reference) => reference.name === name)
    return own[0] ? [{ name, image: own[0].image.sha256, images: own.length }] : []
  })
  known.set(cast.references, names)
  return names
}

function Option({
  id,
  person,
  active,
  onChoose,
}: {
  id: string
  person: MentionName
  active: boolean
  onChoose(): void
}) {
  const row = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (active) row.current?.scrollIntoView({ block: 'nearest' })
  }, [active])
  return (
    // The keys are those of the text area, which keeps the focus.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      ref={row}
      id={id}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
      role="option"
      tabIndex={-1}
      aria-selected={active}
      className="menu-item"
      data-highlighted={active ? '' : undefined}
      onPointerDown={(event) => event.preventDefault()}
      onClick={onChoose}
    >
      <Thumb src={imageUrl(person.image)} label="" size={24} />
      <span className="ell">{person.name}</span>
      {person.images > 1 && <span className="menu-hint num"> {person.images} images</span>}
    </div>
  )
}

/** The names that may be meant by a mention that is being typed, with their faces. */
export function MentionList({
  id,
  cast,
  options,
  active,
  place,
  onChoose,
}: {
  id: string
  cast: readonly MentionName[]
  options: readonly string[]
  /** Which option Enter takes. */
  active: number
  place: { readonly left: number; readonly top: number }
  onChoose(name: string): void
}) {
  const people = options.flatMap((name) => cast.find((person) => person.name === name) ?? [])
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
    <div id={id} role="listbox" aria-label="Cast" className="popup menu mention-list" style={place}>
      {people.map((person, at) => (
        <Option
          key={person.name}
          id={`${id}-${at}`}
          person={person}
          active={at === active}
          onChoose={() => onChoose(person.name)}
        />
      ))}
    </div>
  )
}
